/* Terms of the objective, targets and km: MODEL section 6. */
#include "check/bench.h"

#include <math.h>

static double discounted_cost(const struct ganger_bench *b, int32_t w)
{
    const struct ganger_facts *f = b->facts;
    double cost = b->problem->modes.cost[b->mode[w]];
    int32_t start = b->plan->start[w], finish = b->finish[w];
    if (start == finish) {
        return cost * f->disc[start];
    }
    const int64_t *worked = f->worked + (int64_t)ganger_facts_calendar(f, w) * (f->periods + 1);
    double sum = 0;
    for (int32_t t = start; t < finish; t++) {
        sum += (double)(worked[t + 1] - worked[t]) * f->disc[t];
    }
    return cost * sum / (double)(worked[finish] - worked[start]);
}

static void add_up_works(struct ganger_bench *b)
{
    const struct ganger_works *works = &b->problem->works;
    for (int32_t w = 0; w < works->count; w++) {
        if (b->mode[w] == GANGER_NONE) {
            continue;
        }
        b->km[works->kind[w]] += works->km[w];
        b->terms.cost += discounted_cost(b, w);
        if (works->due[w] != GANGER_NONE && b->finish[w] > works->due[w]) {
            b->terms.tardiness += works->tardiness_cost[w] * (b->finish[w] - works->due[w]);
        }
    }
}

static void check_targets(struct ganger_bench *b)
{
    const struct ganger_problem *p = b->problem;
    for (int32_t g = 0; g < p->targets.count; g++) {
        double km = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            bool counts = b->mode[w] != GANGER_NONE && ganger_facts_counts(b->facts, g, w) &&
                          b->finish[w] <= p->targets.by[g];
            km += counts ? p->works.km[w] : 0;
        }
        double missing = fmax(0, p->targets.km[g] - km);
        if (p->targets.hard[g] && missing > 1e-6) {
            ganger_bench_breach(b, "finish", "target %s: %.9g km by %d, should be %.9g",
                                p->targets.id[g], km, p->targets.by[g], p->targets.km[g]);
        }
        b->terms.shortfall += missing * p->targets.shortfall_cost[g];
    }
}

static void compare_km(struct ganger_bench *b, const char *column, const double *stored,
                       enum ganger_work_kind kind)
{
    const struct ganger_works *works = &b->problem->works;
    for (int32_t t = 0; t <= b->facts->periods; t++) {
        double km = 0;
        for (int32_t w = 0; w < works->count; w++) {
            bool counts = b->mode[w] != GANGER_NONE && works->kind[w] == kind && b->finish[w] <= t;
            km += counts ? works->km[w] : 0;
        }
        if (!ganger_bench_close(stored[t], km)) {
            ganger_bench_lie(b, column, "boundary %d: %.9g, should be %.9g", t, stored[t], km);
            return;
        }
    }
}

static void compare_term(struct ganger_bench *b, const char *column, double stored, double right)
{
    if (!ganger_bench_close(stored, right)) {
        ganger_bench_lie(b, column, "%.9g, should be %.9g", stored, right);
    }
}

static void compare_summary(struct ganger_bench *b)
{
    const struct ganger_summary *s = &b->plan->summary;
    compare_term(b, "term_traffic", s->terms.traffic, b->terms.traffic);
    compare_term(b, "term_terminal", s->terms.terminal, b->terms.terminal);
    compare_term(b, "term_cost", s->terms.cost, b->terms.cost);
    compare_term(b, "term_tardiness", s->terms.tardiness, b->terms.tardiness);
    compare_term(b, "term_shortfall", s->terms.shortfall, b->terms.shortfall);
    compare_term(b, "total_km_repaired", s->km_repaired, b->km[GANGER_WORK_REPAIR]);
    compare_term(b, "total_km_built", s->km_built, b->km[GANGER_WORK_BUILD]);
    compare_term(b, "total_km_upgraded", s->km_upgraded, b->km[GANGER_WORK_UPGRADE]);
    compare_term(b, "works_done", s->works_done, b->works_done);
    compare_term(b, "works", s->works, b->problem->works.count);
}

void ganger_bench_value(struct ganger_bench *bench)
{
    const struct ganger_facts *f = bench->facts;
    add_up_works(bench);
    check_targets(bench);
    if (bench->problem->objective == GANGER_OBJECTIVE_NPV) {
        for (int32_t t = 0; t < f->periods; t++) {
            bench->terms.traffic += f->weight[t] * bench->traffic[t];
        }
        bench->terms.terminal = f->weight[f->periods] * bench->traffic[f->periods];
        bench->value = bench->terms.traffic + bench->terms.terminal - bench->terms.cost -
                       bench->terms.tardiness - bench->terms.shortfall;
    } else {
        bench->terms = (struct ganger_terms){0};
        for (int32_t w = 0; w < bench->problem->works.count; w++) {
            bench->value = fmax(bench->value, bench->finish[w]);
        }
    }
    compare_summary(bench);
    compare_km(bench, "km_repaired", bench->plan->km_repaired, GANGER_WORK_REPAIR);
    compare_km(bench, "km_built", bench->plan->km_built, GANGER_WORK_BUILD);
}
