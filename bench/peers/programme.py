"""The names in an exported programme (solver/mip/README.md)."""


def ids_of(mps):
    """[(work_id, [mode_id, ...]), ...] from the remarks at the head of the file."""
    ids = []
    with open(mps, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("*"):
                return ids
            if line.startswith("* work "):
                work, *modes = line[len("* work "):].rstrip("\n").split(", mode ")
                ids.append((work.split(" ", 1)[1], [mode.split(" ", 1)[1] for mode in modes]))
    return ids


def step_of(name):
    """(work, mode, start) of a column that says whether a work has begun, or None."""
    kind, *numbers = name.split("_")
    return tuple(map(int, numbers)) if kind == "begun" else None


def starts_of(ids, columns):
    """Rows of a table of starts from pairs of name and value."""
    first = {}
    for name, value in columns:
        step = step_of(name)
        if step and value > 0.5:
            work, mode, start = step
            first[work] = min(first.get(work, (start, mode)), (start, mode))
    return [(ids[work][0], ids[work][1][mode], start) for work, (start, mode) in sorted(first.items())]
