"""The pictures of bench/plot. Each function returns a matplotlib figure, or None where there is nothing to draw."""
import math

from suite import cases, stats
from suite.results import Problem

COLUMNS = 3


def library():
    """matplotlib without a screen, and such that the same results give the same file."""
    try:
        import matplotlib
    except ImportError as error:
        raise Problem("matplotlib is missing: apt-get install python3-matplotlib, or pip install -r "
                      "bench/requirements.txt", 1) from error
    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "ganger", "font.size": 8, "axes.grid": True, "grid.alpha": 0.3,
                                "legend.fontsize": 7, "figure.constrained_layout.use": True})
    from matplotlib import pyplot
    return pyplot


def log_scale(axis, *names):
    """Labels at powers of ten; between them, where they would lie on each other, only if there is room for one power or so."""
    from matplotlib import ticker
    for name in names:
        getattr(axis, f"set_{name}scale")("log")
        getattr(axis, f"{name}axis").set_minor_formatter(ticker.LogFormatter(minor_thresholds=(1.2, 0.7)))


def save(picture, path):
    try:
        picture.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, dpi=150)
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}", Problem.OUTPUT) from error
    library().close(picture)


def draw_all(wholes, target):
    """(name, picture) of each kind. `wholes` are pairs of a label and benchmarks by name."""
    yield "gap", gap(wholes)
    yield "target", work_to_target(wholes, target)
    yield "profile", profile(wholes)
    yield "threads", threads(wholes)
    yield "works", works(wholes)


def parts(name):
    """"solve/steppe/ticks:60M/seed:0/threads:1" as a dict."""
    words = name.split("/")
    found = {"group": words[0], "instance": words[1] if len(words) > 1 else ""}
    return found | dict(word.split(":", 1) for word in words if ":" in word)


def traces(benchmarks):
    """instance -> entries of its solves that have a history, one for each seed."""
    found = {}
    for name, entries in benchmarks.items():
        if name.startswith("solve/") and entries[0].get("trace"):
            found.setdefault(parts(name)["instance"], []).append(entries[0])
    return found


def panels(count, columns=COLUMNS):
    columns = min(count, columns)
    rows = math.ceil(count / columns)
    picture, axes = library().subplots(rows, columns, figsize=(3.2 * columns, 2.6 * rows), squeeze=False)
    flat = list(axes.flat)
    for unused in flat[count:]:
        unused.remove()
    return picture, flat[:count]


def at(trace, ticks, column):
    """What a history's column was after so much work; None before the first."""
    known = None
    for row in trace:
        if row[0] > ticks:
            break
        known = row[column] if row[column] is not None else known
    return known


def gap_at(entry, ticks):
    """In %, as the program defines it: of the works' cost, or of the value where there is none."""
    value, bound = at(entry["trace"], ticks, 1), at(entry["trace"], ticks, 2)
    base = entry.get("cost") or value
    return None if value is None or bound is None or not base else 100 * abs(bound - value) / base


def grid_of(entries, count=120):
    """Amounts of work to look at, evenly on a logarithmic scale."""
    first = max(1, min(e["trace"][0][0] for e in entries))
    last = max(first + 1, *(e["ticks"] for e in entries))
    return [first * (last / first) ** (i / (count - 1)) for i in range(count)]


def gap(wholes):
    found = {label: traces(benchmarks) for label, benchmarks in wholes}
    instances = sorted({name for listed in found.values() for name in listed})
    if not instances:
        return None
    picture, axes = panels(len(instances))
    for axis, instance in zip(axes, instances):
        for label, listed in found.items():
            entries = listed.get(instance, [])
            points = []
            for ticks in grid_of(entries) if entries else []:
                gaps = [g for g in (gap_at(e, ticks) for e in entries) if g is not None]
                if len(gaps) == len(entries):
                    points.append((ticks, stats.median(gaps)))
            if points:
                axis.step(*zip(*points), where="post", label=label)
        log_scale(axis, "x")
        axis.set(title=instance, xlabel="ticks", ylabel="gap, %")
        axis.set_ylim(bottom=0)
        axis.legend()
    return picture


def reached_after(entry, best, share):
    """Ticks at which the value first was within a share of the best known one; None if never."""
    return next((ticks for ticks, value, *_ in entry["trace"] if stats.relative_gap(value, best) <= share), None)


def work_to_target(wholes, share):
    found = {label: traces(benchmarks) for label, benchmarks in wholes}
    instances = sorted({name for listed in found.values() for name in listed if name in cases.BEST_KNOWN})
    if not instances:
        return None
    picture, axes = panels(len(instances))
    for axis, instance in zip(axes, instances):
        for label, listed in found.items():
            entries = listed.get(instance, [])
            reached = sorted(t for t in (reached_after(e, cases.BEST_KNOWN[instance], share) for e in entries)
                             if t is not None)
            points = [(ticks, (i + 1) / len(entries)) for i, ticks in enumerate(reached)]
            if points:
                # A single seed would be a line without length.
                axis.step(*zip(*points, (max(e["ticks"] for e in entries), points[-1][1])), where="post", marker=".",
                          label=f"{label} ({len(reached)} of {len(entries)})")
        log_scale(axis, "x")
        axis.set(title=f"{instance}, {100 * share:g} %", xlabel="ticks", ylabel="share of seeds")
        axis.set_ylim(0, 1.05)
        if axis.lines:
            axis.legend()
    return picture


def integrals(benchmarks):
    return {name: entries[0]["primal_integral"] for name, entries in benchmarks.items()
            if name.startswith("solve/") and "primal_integral" in entries[0]}


def profile(wholes):
    found = [(label, integrals(benchmarks)) for label, benchmarks in wholes]
    common = sorted(set.intersection(*(set(listed) for _, listed in found)))
    if not common:
        return None
    picture, (axis,) = panels(1)
    alone = len(found) == 1
    best = {name: min(listed[name] for _, listed in found) for name in common}
    for label, listed in found:
        # A millionth: an integral may be 0.
        ratios = sorted(listed[n] if alone else (listed[n] + 1e-6) / (best[n] + 1e-6) for n in common)
        axis.step(ratios, [(i + 1) / len(ratios) for i in range(len(ratios))], where="post", marker=".", label=label)
    axis.set(xlabel="primal integral" if alone else "primal integral, times the best", ylabel="share of solves")
    log_scale(axis, "x")
    axis.set_ylim(0, 1.05)
    axis.legend()
    return picture


def wall_by_threads(benchmarks, group):
    """threads -> median wall time."""
    return {int(parts(name)["threads"]): stats.median([e["real_time"] for e in entries])
            for name, entries in benchmarks.items() if name.startswith(group + "/")}


def threads(wholes):
    if not any(len(wall_by_threads(b, g)) > 1 for _, b in wholes for g in ("strong", "weak")):
        return None
    picture, axes = panels(2)
    for axis, group, words in zip(axes, ("strong", "weak"), ("speed-up, the same work",
                                                             "efficiency, as much work a thread")):
        most = 1
        for label, benchmarks in wholes:
            walls = wall_by_threads(benchmarks, group)
            counts = sorted(walls)
            if 1 in walls:
                axis.plot(counts, [walls[1] / walls[n] for n in counts], marker="o", label=label)
                most = max(most, *counts)
        axis.plot([1, most], [1, most] if group == "strong" else [1, 1], "k:", label="ideal")
        axis.set(title=words, xlabel="threads", xticks=range(1, most + 1) if most <= 16 else None)
        axis.set_ylim(bottom=0)
        axis.legend()
    return picture


def works(wholes):
    found = {}
    for label, benchmarks in wholes:
        for name, entries in benchmarks.items():
            if name.startswith("works/") and not entries[0].get("error_occurred"):
                _, step, size = name.split("/")
                time = stats.median([e["cpu_time"] for e in entries])
                found.setdefault(step, {}).setdefault(label, []).append((int(size), 1e6 * time / int(size)))
    if not found:
        return None
    picture, axes = panels(len(found), 4)
    for axis, (step, listed) in zip(axes, sorted(found.items())):
        for label, points in listed.items():
            axis.plot(*zip(*sorted(points)), marker="o", label=label)
        log_scale(axis, "x", "y")
        axis.set(title=step, xlabel="works", ylabel="processor time for a work, us")
        axis.legend()
    return picture
