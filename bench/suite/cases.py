"""The benchmarks of each suite."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Solve:
    """A solve of so much counted work: the same plan on any machine."""
    instance: str
    ticks: int
    seed: int = 0
    threads: int = 1
    group: str = "solve"

    @property
    def name(self):
        return f"{self.group}/{self.instance}/ticks:{short(self.ticks)}/seed:{self.seed}/threads:{self.threads}"


@dataclasses.dataclass(frozen=True)
class Works:
    """What a step costs for so many works: generate, pack (load and write), load, plan (the first one, and little else)."""
    step: str
    works: int
    threads = 1

    @property
    def name(self):
        return f"works/{self.step}/{self.works}"


@dataclasses.dataclass(frozen=True)
class Suite:
    rounds: int  # repetitions of the kernels
    seconds: float  # of each kernel and round
    repetitions: int  # of solves
    solves: tuple
    works: tuple
    kernels: str = ""  # patterns; "": all


def short(ticks):
    return f"{ticks // 1000000}M" if ticks % 1000000 == 0 else str(ticks)


def strong(counts, ticks):
    """The same work on more threads."""
    return tuple(Solve("kazakhstan-2030", ticks, threads=n, group="strong") for n in counts)


def weak(counts, ticks):
    """As much more work as there are threads."""
    return tuple(Solve("kazakhstan-2030", ticks * n, threads=n, group="weak") for n in counts)


def works(sizes, steps):
    return tuple(Works(step, size) for size in sizes for step in steps)


def counts_up_to(threads):
    """1, 2, 4, ... and the number itself."""
    found = [1]
    while found[-1] * 2 < threads:
        found.append(found[-1] * 2)
    return found + ([threads] if threads > 1 else [])


M = 1000000
STEPS = ("generate", "pack", "load", "plan")


def tiny():
    """For tests: everything once, in seconds."""
    return Suite(2, 0.0005, 2, (Solve("steppe", M), Solve("project-20", M)),
                 works((100,), STEPS), "calibrate/alu,cuts/shift,paths/*")


def quick(threads):
    """Within five minutes on two processors."""
    solves = (Solve("steppe", 60 * M), Solve("kazakhstan-2030", 700 * M), Solve("network-S", 60 * M),
              Solve("network-M", 150 * M), Solve("network-L", 40 * M), Solve("project-60", 60 * M),
              Solve("project-300", 60 * M))
    scaling = strong(counts_up_to(threads), 120 * M) + weak(counts_up_to(threads), 120 * M)
    return Suite(20, 0.02, 3, solves + scaling, works((1000, 3000, 10000), STEPS))


def full(threads):
    """For a night: many seeds, so that curves are of more than one run; and all sizes."""
    many, few = range(10), range(3)
    solves = (tuple(Solve("steppe", 200 * M, seed) for seed in many) +
              tuple(Solve("network-S", 400 * M, seed) for seed in many) +
              tuple(Solve("project-60", 400 * M, seed) for seed in many) +
              tuple(Solve("project-300", 400 * M, seed) for seed in many) +
              tuple(Solve("kazakhstan-2030", 2400 * M, seed) for seed in few) +
              tuple(Solve("network-M", 1200 * M, seed) for seed in few) +
              (Solve("network-L", 800 * M), Solve("network-XL", 400 * M)))
    scaling = strong(counts_up_to(threads), 1200 * M) + weak(counts_up_to(threads), 600 * M)
    return Suite(60, 0.05, 5, solves + scaling, works((1000, 3000, 10000, 30000, 100000), STEPS))


SUITES = {"tiny": lambda threads: tiny(), "quick": quick, "full": full}
# Values that longer solves of other seeds reached: what the primal integral measures against. A better one found later
# changes the integrals of old and new results alike, so it belongs in a commit of its own.
BEST_KNOWN = {"steppe": 398.3, "kazakhstan-2030": 66400.0, "network-S": 6560.0, "network-M": 36800.0,
              "project-60": 75.0, "project-300": 380.0}
