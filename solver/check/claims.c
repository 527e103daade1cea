/* The plan's own words - value, bound, gap, status - against what was recomputed: sections 6 and 7 of MODEL. */
#include "check/bench.h"
#include "check/referee.h"

#include <math.h>

bool ganger_referee_optimal(const struct ganger_verdict *verdict)
{
    bool lost = false;
    ganger_wide value = ganger_wide_from(verdict->value, GANGER_UNIT_BITS, GANGER_DOWN, &lost);
    ganger_wide bound = ganger_wide_from(verdict->bound, GANGER_UNIT_BITS, GANGER_UP, &lost);
    return !lost && ganger_wide_subtract(bound, value, &lost) <= ganger_bench_tolerance(value);
}

void ganger_bench_bound(struct ganger_bench *b)
{
    int64_t index;
    double price;
    int32_t periods = 0;
    const char *bad = ganger_bound_bad_price(b->facts, &b->plan->prices, &index, &price);
    b->proof = GANGER_PROOF_LOST;
    if (bad) {
        ganger_bench_lie(b, bad, "position %lld: %.9g is no price", (long long)index, price);
        return;
    }
    if (b->problem->objective == GANGER_OBJECTIVE_NPV) {
        b->proof = ganger_bound_npv(b->facts, &b->plan->prices, &b->bound);
    } else {
        b->proof = ganger_bound_makespan(b->facts, &periods);
        b->bound = periods;
    }
    if (b->proof == GANGER_PROOF_BYPASSED) {
        ganger_bench_lie(b, "far_opener",
                         "rails may come to the work of a row without any of the row's works");
    }
    if (b->proof == GANGER_PROOF_LEAKS) {
        ganger_bench_lie(b, "closure_beside_arc",
                         "a demand has a way that pays around all arcs of one of its rows");
    }
    b->short_of_memory |= b->proof == GANGER_PROOF_NO_MEMORY;
    b->lost |= b->proof == GANGER_PROOF_LOST;
}

/* x / y in %, unit bits, rounded up; y > 0. */
static ganger_wide percent(struct ganger_bench *b, ganger_wide x, ganger_wide y)
{
    ganger_wide scaled = ganger_wide_multiply(x, (ganger_wide)100 << GANGER_UNIT_BITS, &b->lost);
    return ganger_wide_divide(scaled, y, GANGER_UP);
}

bool ganger_bench_gap(struct ganger_bench *b, ganger_wide *gap)
{
    *gap = 0;
    if (b->problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
        *gap = b->value > 0 ? percent(b, b->value - b->bound, b->value) : 0;
        return true;
    }
    ganger_wide apart = ganger_wide_subtract(b->bound, b->value, &b->lost);
    if (b->terms.cost_low > 0) {
        *gap = percent(b, apart, b->terms.cost_low);
        return true;
    }
    if (b->value != 0) { /* where works cost nothing, the plan's own worth is the measure */
        *gap = percent(b, apart, b->value < 0 ? -b->value : b->value);
        return true;
    }
    return apart <= ganger_bench_tolerance(b->value);
}

/* A makespan bound may rest on an exhausted search, which leaves nothing to recompute: it is believed as far
 * as it does not contradict the plan, and the verdict gives what chains and energy prove. */
static void judge_makespan(struct ganger_bench *b)
{
    const struct ganger_summary *claim = &b->plan->summary;
    double value = (double)b->value; /* periods: exact, as are all of these */
    bool sensible =
        claim->bound >= 0 && claim->bound <= value && floor(claim->bound) == claim->bound;
    if (claim->value != value) {
        ganger_bench_lie(b, "value", "%.9g is claimed, %.9g is reached", claim->value, value);
    }
    if (!sensible) {
        ganger_bench_lie(b, "bound", "value %.9g lies beyond the bound %.9g: this cannot be", value,
                         claim->bound);
        return;
    }
    b->bound = (ganger_wide)claim->bound;
    ganger_wide gap;
    ganger_bench_gap(b, &gap);
    if (!ganger_bench_near(claim->gap_percent, gap)) {
        ganger_bench_lie(b, "gap_percent", "%.9g %% is claimed, %.9g %% follows from the bound",
                         claim->gap_percent, ganger_bench_real(gap));
    }
    if (claim->outcome == GANGER_OUTCOME_OPTIMAL ? claim->bound != value
                                                 : claim->outcome != GANGER_OUTCOME_FEASIBLE) {
        ganger_bench_lie(b, "status", "value %.9g and bound %.9g do not make a plan %s", value,
                         claim->bound, ganger_outcome_name(claim->outcome));
    }
}

/* A claim on the wrong side of the truth is a lie however small, one on the other side if it is not near. */
static void judge_value_and_bound(struct ganger_bench *b)
{
    const struct ganger_summary *claim = &b->plan->summary;
    bool lost = false;
    ganger_wide value = ganger_wide_from(claim->value, GANGER_UNIT_BITS, GANGER_UP, &lost);
    if (lost || value > b->value || !ganger_bench_near(claim->value, b->value)) {
        ganger_bench_lie(b, "value", "%.17g is claimed, %.17g is reached", claim->value,
                         ganger_bench_real(b->value));
    }
    lost = false;
    ganger_wide bound = ganger_wide_from(claim->bound, GANGER_UNIT_BITS, GANGER_DOWN, &lost);
    if (lost || bound < b->bound || !ganger_bench_near(claim->bound, b->bound)) {
        ganger_bench_lie(b, "bound", "%.17g is claimed, %.17g is proven", claim->bound,
                         ganger_wide_to(b->bound, GANGER_UNIT_BITS, GANGER_UP));
    }
}

static void judge_npv(struct ganger_bench *b)
{
    const struct ganger_summary *claim = &b->plan->summary;
    ganger_wide gap, apart = ganger_wide_subtract(b->bound, b->value, &b->lost);
    double value = ganger_bench_real(b->value), bound = ganger_bench_real(b->bound);
    judge_value_and_bound(b);
    bool finite = ganger_bench_gap(b, &gap);
    if (finite ? !ganger_bench_near(claim->gap_percent, gap)
               : !(isinf(claim->gap_percent) && claim->gap_percent > 0)) {
        ganger_bench_lie(b, "gap_percent", "%.9g %% is claimed, %.9g %% is proven",
                         claim->gap_percent, finite ? ganger_bench_real(gap) : (double)INFINITY);
    }
    if (-apart > ganger_bench_tolerance(b->value)) {
        ganger_bench_lie(b, "bound", "value %.9g lies beyond the bound %.9g: this cannot be", value,
                         bound);
    }
    if (claim->outcome == GANGER_OUTCOME_OPTIMAL) {
        if (apart > ganger_bench_tolerance(b->value)) {
            ganger_bench_lie(b, "status", "optimal is claimed, but value %.9g, bound %.9g", value,
                             bound);
        }
    } else if (claim->outcome != GANGER_OUTCOME_FEASIBLE) {
        ganger_bench_lie(b, "status", "a plan is optimal or feasible");
    }
}

void ganger_bench_claims(struct ganger_bench *bench)
{
    if (bench->problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
        ganger_wide proven = bench->bound;
        judge_makespan(bench);
        bench->bound = proven;
    } else {
        judge_npv(bench);
    }
}
