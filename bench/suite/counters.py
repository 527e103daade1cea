"""What each counter of a benchmark means to who compares."""

# Less is better, more is better, or a change is only told: then the program does other work than before, which may be
# meant.
LESS, MORE, NEITHER = "less", "more", "neither"
EXACT = 0.0

# name -> (direction, relative difference that is none)
COUNTERS = {
    "items": (NEITHER, EXACT),
    "digest": (NEITHER, EXACT),
    "lp_pivots": (LESS, EXACT),
    "bytes": (LESS, EXACT),
    "allocations": (LESS, EXACT),
    "instructions": (LESS, 0.005),
    "ticks": (NEITHER, EXACT),
    "rounds": (NEITHER, EXACT),
    "value": (MORE, EXACT),  # of a programme
    "makespan": (LESS, EXACT),
    "bound": (LESS, EXACT),  # of a programme: no plan is worth more
    "makespan_bound": (MORE, EXACT),
    "gap_percent": (LESS, EXACT),
    "primal_integral": (LESS, EXACT),
    "moves": (NEITHER, EXACT),
    "placements": (NEITHER, EXACT),
    "boundaries_solved": (NEITHER, EXACT),
    "works_done": (NEITHER, EXACT),
    "max_rss_kb": (LESS, 0.05),
}
# These depend on compiler and libraries, and are compared only where those are the same.
OF_TOOLS = {"instructions", "allocations"}
# This one depends on the machine too, as times do.
OF_MACHINE = {"max_rss_kb"}


def judge(name, old, new):
    """"same", "worse", "better" or "changed"."""
    direction, tolerance = COUNTERS[name]
    if old == new or abs(new - old) <= tolerance * max(abs(old), abs(new)):
        return "same"
    if direction == NEITHER:
        return "changed"
    return "worse" if (new > old) == (direction == LESS) else "better"
