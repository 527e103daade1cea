"""Medians, spreads, bootstrap intervals, geometric means, primal integrals. Standard library only."""
import math
import random
import statistics



def median(values):
    """statistics.median, faster."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def quantile(values, share):
    """Linear between the two nearest values."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def mad(values):
    """Median absolute deviation from the median."""
    middle = median(values)
    return median([abs(v - middle) for v in values])


def bootstrap(samples, estimate, confidence, draws=4000, seed=0):
    """Percentile interval of estimate(*resampled samples). The same samples give the same interval."""
    generator = random.Random(seed)
    found = sorted(estimate(*[generator.choices(s, k=len(s)) for s in samples]) for _ in range(draws))
    tail = (1 - confidence) / 2
    return found[int(tail * draws)], found[min(draws - 1, int((1 - tail) * draws))]


def shifted_geometric_mean(values, shift):
    """exp(mean(log(v + shift))) - shift: of times of very different lengths, so that none of them decides alone."""
    return math.exp(statistics.fmean(math.log(v + shift) for v in values)) - shift


def primal_integral(trace, best, end):
    """Mean over the work done of how far the value was from the best known one (Berthold 2013): 1 before the first
    plan, 0 from the moment on at which the best known value is reached. `trace` has rows (ticks, value, ...)."""
    total, since, gap = 0.0, 0, 1.0
    for ticks, value, *_ in trace:
        ticks = min(ticks, end)
        total += gap * (ticks - since)
        since, gap = ticks, relative_gap(value, best)
    total += gap * max(0, end - since)
    return total / end if end > 0 else 1.0


def relative_gap(value, best):
    """0..1; a value beyond the best known one is as good as it."""
    if value is None or math.isnan(value):
        return 1.0
    if value == best:
        return 0.0
    return min(1.0, abs(value - best) / max(abs(value), abs(best)))
