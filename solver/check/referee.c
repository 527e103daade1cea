#include "check/referee.h"

#include "check/bench.h"
#include "check/bound.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void add_finding(struct ganger_bench *bench, const char *column, const char *format,
                        va_list arguments)
{
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    ganger_findings_add(bench->findings, GANGER_STATUS_REFUSED, bench->name, 0, column, "%s", text);
}

void ganger_bench_breach(struct ganger_bench *bench, const char *column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(bench, column, format, arguments);
    va_end(arguments);
    bench->breaches++;
}

void ganger_bench_lie(struct ganger_bench *bench, const char *column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(bench, column, format, arguments);
    va_end(arguments);
    bench->lies++;
}

bool ganger_bench_close(double a, double b)
{
    return a == b || fabs(a - b) <= 1e-6 * fmax(1.0, fmax(fabs(a), fabs(b)));
}

static double gap_percent(const struct ganger_bench *b, double bound)
{
    if (b->problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
        return b->value > 0 ? 100 * (b->value - bound) / b->value : 0;
    }
    if (b->terms.cost > 0) {
        return 100 * (bound - b->value) / b->terms.cost;
    }
    return ganger_bench_close(bound, b->value) ? 0 : (double)INFINITY;
}

/* A makespan bound may rest on an exhausted search, which leaves nothing to recompute: it is believed as far
 * as it does not contradict the plan, and the verdict gives what chains and energy prove. */
static void judge_makespan_claims(struct ganger_bench *b)
{
    const struct ganger_summary *claim = &b->plan->summary;
    double gap = gap_percent(b, claim->bound);
    if (!(claim->value >= b->value)) {
        ganger_bench_lie(b, "value", "%.9g is claimed, %.9g is reached", claim->value, b->value);
    }
    if (!(claim->bound <= b->value)) {
        ganger_bench_lie(b, "bound", "value %.9g lies beyond the bound %.9g: this cannot be",
                         b->value, claim->bound);
    }
    if (!(claim->gap_percent >= gap - 1e-4 * fmax(1, fabs(gap)))) {
        ganger_bench_lie(b, "gap_percent", "%.9g %% is claimed, %.9g %% follows from the bound",
                         claim->gap_percent, gap);
    }
    if (claim->outcome == GANGER_OUTCOME_OPTIMAL ? !(claim->bound >= b->value)
                                                 : claim->outcome != GANGER_OUTCOME_FEASIBLE) {
        ganger_bench_lie(b, "status", "value %.9g and bound %.9g do not make a plan %s", b->value,
                         claim->bound, ganger_outcome_name(claim->outcome));
    }
}

/* A claim is refused only if it is better than what was recomputed. */
static void judge_claims(struct ganger_bench *b, double bound, double gap)
{
    const struct ganger_summary *claim = &b->plan->summary;
    if (!(claim->value <= b->value) && !ganger_bench_close(claim->value, b->value)) {
        ganger_bench_lie(b, "value", "%.9g is claimed, %.9g is reached", claim->value, b->value);
    }
    if (!(claim->bound >= bound) && !ganger_bench_close(claim->bound, bound)) {
        ganger_bench_lie(b, "bound", "%.9g is claimed, %.9g is proven", claim->bound, bound);
    }
    if (claim->gap_percent < gap - 1e-4 * fmax(1, fabs(gap))) {
        ganger_bench_lie(b, "gap_percent", "%.9g %% is claimed, %.9g %% is proven",
                         claim->gap_percent, gap);
    }
    if (b->value > bound && !ganger_bench_close(b->value, bound)) {
        ganger_bench_lie(b, "bound", "value %.9g lies beyond the bound %.9g: this cannot be",
                         b->value, bound);
    }
    if (claim->outcome == GANGER_OUTCOME_OPTIMAL) {
        if (!ganger_bench_close(b->value, bound)) {
            ganger_bench_lie(b, "status", "optimal is claimed, but value %.9g, bound %.9g",
                             b->value, bound);
        }
    } else if (claim->outcome != GANGER_OUTCOME_FEASIBLE) {
        ganger_bench_lie(b, "status", "a plan is optimal or feasible");
    }
}

static double prove_bound(struct ganger_bench *b)
{
    int64_t index;
    double price;
    const char *bad = ganger_bound_bad_price(b->facts, &b->plan->prices, &index, &price);
    if (bad) {
        ganger_bench_lie(b, bad, "position %lld: %.9g is no price", (long long)index, price);
        return (double)NAN;
    }
    double bound = b->problem->objective == GANGER_OBJECTIVE_NPV
                       ? ganger_bound_npv(b->facts, &b->plan->prices)
                       : ganger_bound_makespan(b->facts);
    b->short_of_memory |= isnan(bound);
    return bound;
}

static void judge(struct ganger_bench *b, struct ganger_verdict *verdict)
{
    if (ganger_bench_works(b)) {
        ganger_bench_order(b);
        ganger_bench_resources(b);
        ganger_bench_freight(b);
        if (!b->short_of_memory) {
            ganger_bench_value(b);
            verdict->value = b->value;
            verdict->terms = b->terms;
        }
    }
    verdict->feasible = b->breaches == 0;
    verdict->km_repaired = b->km[GANGER_WORK_REPAIR];
    verdict->km_built = b->km[GANGER_WORK_BUILD];
    verdict->km_upgraded = b->km[GANGER_WORK_UPGRADE];
    verdict->works_done = b->works_done;
    verdict->bound = prove_bound(b);
    if (!isnan(verdict->value) && !isnan(verdict->bound)) {
        verdict->gap_percent = gap_percent(b, verdict->bound);
        if (b->problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
            judge_makespan_claims(b);
        } else {
            judge_claims(b, verdict->bound, verdict->gap_percent);
        }
    }
}

ganger_status ganger_referee_check(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   struct ganger_verdict *verdict, struct ganger_findings *findings)
{
    size_t works = (size_t)problem->works.count + 1;
    size_t periods = (size_t)problem->time.periods;
    struct ganger_verdict own = {.value = (double)NAN,
                                 .bound = (double)NAN,
                                 .gap_percent = (double)NAN,
                                 .works = problem->works.count};
    struct ganger_bench b = {
        .problem = problem,
        .plan = plan,
        .name = name,
        .findings = findings,
        .facts = ganger_facts_create(problem),
        .finish = calloc(works, sizeof *b.finish),
        .mode = calloc(works, sizeof *b.mode),
        .usage = calloc(periods * (size_t)problem->resources.count + 1, sizeof *b.usage),
        .traffic = calloc(periods + 1, sizeof *b.traffic),
    };
    b.short_of_memory = !b.facts || !b.finish || !b.mode || !b.usage || !b.traffic;
    if (!b.short_of_memory) {
        judge(&b, &own);
    }
    if (verdict) {
        *verdict = own;
    }
    ganger_facts_destroy(b.facts);
    free(b.finish);
    free(b.mode);
    free(b.usage);
    free(b.traffic);
    if (b.short_of_memory) {
        return ganger_findings_out_of_memory(findings);
    }
    return b.breaches + b.lies > 0 ? GANGER_STATUS_REFUSED : GANGER_STATUS_OK;
}
