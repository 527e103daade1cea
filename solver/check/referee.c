#include "check/referee.h"

#include "check/bench.h"

#include <math.h>
#include <stdlib.h>

static void judge_rules(struct ganger_bench *b)
{
    if (ganger_bench_works(b)) {
        ganger_bench_order(b);
        ganger_bench_resources(b);
    }
}

static void judge(struct ganger_bench *b, bool with_claims)
{
    bool built = ganger_bench_works(b);
    if (built) {
        ganger_bench_order(b);
        ganger_bench_resources(b);
        ganger_bench_freight(b);
        if (!b->short_of_memory) {
            ganger_bench_value(b);
        }
    }
    b->valued = built && !b->short_of_memory;
    ganger_bench_bound(b);
    const struct ganger_findings *doubts = &b->plan->doubts;
    for (int i = 0; i < doubts->count; i++) {
        ganger_bench_lie(b, doubts->list[i].column, "%s", doubts->list[i].message);
    }
    b->lies += doubts->total - doubts->count; /* those that were not kept count too */
    if (b->lost) {
        ganger_bench_lie(b, NULL, "has numbers too large to be added up exactly");
    } else if (b->valued && b->proof == GANGER_PROOF_HOLDS && with_claims) {
        ganger_bench_claims(b);
    }
}

static void judge_value(struct ganger_bench *b)
{
    judge(b, false);
}

static void judge_all(struct ganger_bench *b)
{
    judge(b, true);
}

/* Doubles of what was found, rounded as it is: nothing in a verdict is better than what is proven. */
static void report(struct ganger_bench *b, struct ganger_verdict *verdict)
{
    bool npv = b->problem->objective == GANGER_OBJECTIVE_NPV;
    const int bits = GANGER_UNIT_BITS;
    verdict->feasible = b->breaches == 0;
    verdict->works_done = b->works_done;
    verdict->replan = b->plan->summary.replan;
    verdict->km_repaired = ganger_bench_real(b->km[GANGER_WORK_REPAIR]);
    verdict->km_built = ganger_bench_real(b->km[GANGER_WORK_BUILD]);
    verdict->km_upgraded = ganger_bench_real(b->km[GANGER_WORK_UPGRADE]);
    if (b->lost) {
        return;
    }
    if (b->valued) {
        verdict->value = ganger_wide_to(b->value, npv ? bits : 0, GANGER_DOWN);
        verdict->terms = (struct ganger_terms){ganger_wide_to(b->terms.traffic, bits, GANGER_DOWN),
                                               ganger_wide_to(b->terms.terminal, bits, GANGER_DOWN),
                                               ganger_wide_to(b->terms.cost, bits, GANGER_UP),
                                               ganger_wide_to(b->terms.tardiness, bits, GANGER_UP),
                                               ganger_wide_to(b->terms.shortfall, bits, GANGER_UP),
                                               ganger_wide_to(b->terms.changes, bits, GANGER_UP)};
    }
    if (b->proof == GANGER_PROOF_HOLDS) {
        verdict->bound = ganger_wide_to(b->bound, npv ? bits : 0, GANGER_UP);
    } else if (b->proof == GANGER_PROOF_IMPOSSIBLE) {
        verdict->bound = npv ? -(double)INFINITY : (double)INFINITY;
    }
    if (b->valued && b->proof == GANGER_PROOF_HOLDS) {
        ganger_wide gap;
        verdict->gap_percent =
            ganger_bench_gap(b, &gap) ? ganger_wide_to(gap, bits, GANGER_UP) : (double)INFINITY;
    }
}

static ganger_status referee(struct ganger_bench *b, void (*judgement)(struct ganger_bench *bench),
                             struct ganger_verdict *verdict)
{
    const struct ganger_problem *problem = b->problem;
    size_t works = (size_t)problem->works.count + 1;
    size_t periods = (size_t)problem->time.periods;
    struct ganger_verdict own = {.value = (double)NAN,
                                 .bound = (double)NAN,
                                 .gap_percent = (double)NAN,
                                 .works = problem->works.count};
    b->at = GANGER_NONE;
    b->facts = ganger_facts_create(problem);
    b->finish = calloc(works, sizeof *b->finish);
    b->mode = calloc(works, sizeof *b->mode);
    b->usage = calloc(periods * (size_t)problem->resources.count + 1, sizeof *b->usage);
    b->cash = calloc(periods + 1, sizeof *b->cash);
    b->traffic = calloc(periods + 1, sizeof *b->traffic);
    b->short_of_memory =
        !b->facts || !b->finish || !b->mode || !b->usage || !b->cash || !b->traffic;
    if (!b->short_of_memory) {
        b->lost = b->facts->lost;
        judgement(b);
        report(b, &own);
    }
    if (verdict) {
        *verdict = own;
    }
    ganger_facts_destroy(b->facts);
    free(b->finish);
    free(b->mode);
    free(b->usage);
    free(b->cash);
    free(b->traffic);
    if (b->short_of_memory) {
        return ganger_findings_out_of_memory(b->findings);
    }
    return b->breaches + b->lies > 0 ? GANGER_STATUS_REFUSED : GANGER_STATUS_OK;
}

ganger_status ganger_referee_prove(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   struct ganger_verdict *verdict, struct ganger_findings *findings)
{
    struct ganger_bench bench = {.problem = ganger_plan_problem(plan, problem),
                                 .plan = plan,
                                 .name = name,
                                 .findings = findings};
    return referee(&bench, judge_value, verdict);
}

ganger_status ganger_referee_check(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   struct ganger_verdict *verdict, struct ganger_findings *findings)
{
    struct ganger_bench bench = {.problem = ganger_plan_problem(plan, problem),
                                 .plan = plan,
                                 .name = name,
                                 .findings = findings};
    return referee(&bench, judge_all, verdict);
}

ganger_status ganger_referee_rules(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   const long *line, struct ganger_findings *findings)
{
    struct ganger_bench bench = {.problem = ganger_plan_problem(plan, problem),
                                 .plan = plan,
                                 .name = name,
                                 .findings = findings,
                                 .line = line};
    return referee(&bench, judge_rules, NULL);
}
