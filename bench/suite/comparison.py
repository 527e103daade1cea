"""Two results, benchmark by benchmark."""
import dataclasses
import math

from suite import counters, machine, results, stats

# What a row may say, the worst first.
VERDICTS = ("failed", "missing", "worse", "slower", "changed", "better", "faster", "new", "same")
BAD = {"failed", "missing", "worse", "slower"}
# Least differences of times that count. Runs apart in time differ by more than what a repetition shows.
EFFECT_IN_TURN, EFFECT_APART = 0.03, 0.05
# What the system does to write a file differs more from run to run: six runs of one build had 3.6 to 4.1 ms for a file of
# 0.5 MB, each of them sure of its own to 5 %.
EFFECT_WRITING_APART = 0.2
CALIBRATION, KERNELS, WRITING = "calibrate/", "kernels", "write/"
# Fewer repetitions than this show no interval.
FEWEST = 3
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclasses.dataclass
class Row:
    verdict: str
    name: str
    what: str
    old: object = None
    new: object = None
    ratio: float = None
    interval: tuple = None


@dataclasses.dataclass
class Mean:
    group: str
    unit: str
    count: int
    old: float
    new: float
    ratio: float


@dataclasses.dataclass
class Comparison:
    rows: list = dataclasses.field(default_factory=list)
    means: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)


def time_key(entry):
    """What is compared of times: the least of a repetition where there is one; wall time where threads work together."""
    if "cpu_time_least" in entry:
        return "cpu_time_least"
    return "real_time" if entry.get("threads", 1) > 1 else "cpu_time"


def times_of(entries):
    key = time_key(entries[0])
    return [e[key] * UNITS[e["time_unit"]] for e in entries if not e.get("error_occurred")]


def location(times, key):
    """Of the least times of repetitions the lower quartile: other programs only ever add to them. Of others the median."""
    return stats.quantile(times, 0.25) if key == "cpu_time_least" else stats.median(times)


def interval_of(old, new, in_turn, confidence):
    """Log of the ratio new / old with its confidence interval; None if there are too few repetitions. Repetitions in turn
    are drawn together, since what disturbed one disturbed the other."""
    key, a, b = time_key(old[0]), times_of(old), times_of(new)
    if min(len(a), len(b)) < FEWEST or min(*a, *b) <= 0:
        return None

    def apart(some_a, some_b):
        return math.log(location(some_b, key) / location(some_a, key))

    def together(pairs):
        return apart([x for x, _ in pairs], [y for _, y in pairs])
    if in_turn and len(a) == len(b):
        pairs = list(zip(a, b))
        return together(pairs), stats.bootstrap([pairs], together, confidence, draws_for(confidence))
    return apart(a, b), stats.bootstrap([a, b], apart, confidence, draws_for(confidence))


def draws_for(confidence):
    """So many that some ten lie beyond each end of the interval."""
    return min(20000, max(1000, math.ceil(20 / (1 - confidence))))


class Times:
    """The rule for times: how much of a difference counts, and how sure one must be."""

    def __init__(self, in_turn, effect, confidence, pairs):
        self.in_turn = in_turn
        self.effect = math.log1p((EFFECT_IN_TURN if in_turn else EFFECT_APART) if effect is None else effect / 100)
        self.writing = self.effect if in_turn or effect is not None else math.log1p(EFFECT_WRITING_APART)
        timed = sum(not name.startswith(CALIBRATION) for name in pairs)
        # Bonferroni: the confidence holds for all verdicts together.
        self.confidence = 1 - (1 - confidence) / max(1, timed)
        self.drift = 0.0 if in_turn else self.drift_of(pairs)

    def drift_of(self, pairs):
        """How much faster or slower the machine itself was: what loops that no change touches tell, at most."""
        found = [interval_of(old, new, False, 0.9) for name, (old, new) in pairs.items() if name.startswith(CALIBRATION)]
        return max((abs(bound) for ratio in found if ratio for bound in ratio[1]), default=0.0)

    def verdict(self, found, repetitions, effect):
        """Of an interval. So few repetitions that chance alone could make all of them slower say nothing."""
        if 2.0 ** (1 - repetitions) > 1 - self.confidence:
            return "same"
        if found[1][0] > self.drift and found[0] > effect + self.drift:
            return "slower"
        return "faster" if found[1][1] < -self.drift and found[0] < -effect - self.drift else "same"

    def row(self, name, old, new):
        key, a, b = time_key(old[0]), times_of(old), times_of(new)
        if not a or not b:
            return None
        found = interval_of(old, new, self.in_turn, self.confidence)
        row = Row("same", name, "time s", location(a, key), location(b, key))
        row.ratio = math.exp(found[0]) if found else row.new / row.old if row.old > 0 else None
        if found:
            row.interval = tuple(math.exp(bound) for bound in found[1])
            effect = self.writing if name.startswith(WRITING) else self.effect
            row.verdict = self.verdict(found, min(len(a), len(b)), effect)
        return row

    def row_of_group(self, group, pairs):
        """Mean of the log ratios of a group: of solves each has few repetitions, but all together have many."""
        cases = [list(zip(times_of(old), times_of(new))) for old, new in pairs]
        cases = [case for case in cases if len(case) >= FEWEST]
        repetitions = sum(len(case) for case in cases)
        if len(cases) < 2:
            return None

        def mean(*some):
            return sum(math.log(stats.median([y for _, y in case]) / stats.median([x for x, _ in case]))
                       for case in some) / len(some)
        found = mean(*cases), stats.bootstrap(cases, mean, self.confidence, draws_for(self.confidence))
        row = Row(self.verdict(found, repetitions, self.effect), f"{group}/*", "time, mean ratio")
        row.ratio, row.interval = math.exp(found[0]), tuple(math.exp(bound) for bound in found[1])
        return row


def counter_value(name, entries):
    values = [e[name] for e in entries if name in e]
    return None if not values else stats.median(values) if name in counters.OF_MACHINE else values[0]


def counter_rows(name, old, new, skipped):
    found = []
    for counter in counters.COUNTERS:
        a, b = counter_value(counter, old), counter_value(counter, new)
        if counter in skipped or a is None or b is None:
            continue
        verdict = counters.judge(counter, a, b)
        found.append(Row(verdict, name, counter, a, b, b / a if a else None))
    return found


def failure_row(name, old, new):
    failed = [next((e["error_message"] for e in entries if e.get("error_occurred")), None) for entries in (old, new)]
    if failed[1] is None:
        return None
    return Row("failed" if failed[0] is None else "same", name, failed[1])


def grouped(pairs):
    """Benchmarks with times, by group: kernels, and the first words of the names of others."""
    groups = {}
    for name, (old, new) in pairs.items():
        if times_of(old) and times_of(new) and not name.startswith(CALIBRATION):
            group = name.split("/")[0] if old[0]["time_unit"] == "s" else KERNELS
            groups.setdefault(group, []).append((old, new))
    return groups


def means_of(groups):
    """Of solves and steps the shifted geometric mean of times; of kernels, which differ by orders, the mean of ratios."""
    found = []
    for group, listed in groups.items():
        times = [[location(times_of(entries), time_key(entries[0])) for entries in pair] for pair in listed]
        shift, unit = (1e-9, "s") if group == KERNELS else (1.0, "s (shifted by 1 s)")
        a, b = (stats.shifted_geometric_mean([t[i] for t in times], shift) for i in (0, 1))
        found.append(Mean(group, unit, len(times), a, b, (b + shift) / (a + shift)))
    return found


def compare(old, new, effect=None, confidence=0.95):
    """Everything that differs. Times are left out, with a note, between unlike machines."""
    found = Comparison()
    contexts = old["context"], new["context"]
    unlike = machine.differences(*(c.get("machine", {}) for c in contexts), machine.ALIKE)
    other_tools = machine.differences(*(c.get("tools", {}) for c in contexts), machine.TOOLS)
    in_turn = contexts[0].get("interleaved") is not None and contexts[0]["interleaved"] == contexts[1].get("interleaved")
    a, b = results.by_name(old), results.by_name(new)
    pairs = {name: (a[name], b[name]) for name in a if name in b}
    times = None
    if unlike:
        found.notes.append("unlike machines, so times are not compared: " + "; ".join(unlike))
    else:
        times = Times(in_turn, effect, confidence, pairs)
        found.notes.append("builds measured in turn: times are compared repetition by repetition" if in_turn else
                           f"two separate runs: the machine itself differed by up to {100 * times.drift:.1f} %, and times "
                           "that differ by less than that and the effect are taken for the same")
    if other_tools:
        found.notes.append("built by other tools, so instructions and allocations are not compared: "
                           + "; ".join(other_tools))
    skipped = (counters.OF_TOOLS if other_tools else set()) | (counters.OF_MACHINE if unlike else set())
    for name in a:
        found.rows += rows_of(name, a[name], b.get(name), times, skipped)
    found.rows += [Row("new", name, "only in the second") for name in b if name not in a]
    if not pairs:
        found.rows = []
    groups = {} if unlike else grouped(pairs)
    for group, listed in groups.items():
        row = times.row_of_group(group, listed) if group != KERNELS else None
        found.rows += [row] if row else []
    found.rows.sort(key=lambda row: VERDICTS.index(row.verdict))
    found.means = means_of(groups)
    return found


def rows_of(name, old, new, times, skipped):
    if new is None:
        return [Row("missing", name, "only in the first")]
    failure = failure_row(name, old, new)
    if failure:
        return [failure]
    rows = counter_rows(name, old, new, skipped)
    if times and not name.startswith(CALIBRATION):
        row = times.row(name, old, new)
        rows += [row] if row else []
    return rows
