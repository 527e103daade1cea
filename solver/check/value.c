/* Terms of the objective, targets and km: MODEL section 6. */
#include "check/bench.h"
#include "check/discount.h"

#include <stdlib.h>

static ganger_wide units(struct ganger_bench *b, double x, enum ganger_toward toward)
{
    return ganger_wide_from(x, GANGER_UNIT_BITS, toward, &b->lost);
}

/* A work's cost times what money is worth when it is paid. */
static ganger_wide discounted_cost(struct ganger_bench *b, int32_t w, enum ganger_toward toward)
{
    const struct ganger_facts *f = b->facts;
    const int64_t *disc = toward == GANGER_DOWN ? f->disc_low : f->disc_high;
    ganger_wide cost = units(b, b->problem->modes.cost[b->mode[w]], toward), sum = 0;
    int32_t start = b->plan->start[w], finish = b->finish[w];
    if (start == finish) {
        return ganger_wide_scale(cost, disc[start], GANGER_RATIO_BITS, toward, &b->lost);
    }
    const int64_t *worked = f->worked + (int64_t)ganger_facts_calendar(f, w) * (f->periods + 1);
    for (int32_t t = start; t < finish; t++) {
        sum += (ganger_wide)(worked[t + 1] - worked[t]) * disc[t];
    }
    sum = ganger_wide_divide(sum, worked[finish] - worked[start], toward);
    return ganger_wide_scale(cost, sum, GANGER_RATIO_BITS, toward, &b->lost);
}

static void increase(struct ganger_bench *b, ganger_wide *sum, ganger_wide term)
{
    *sum = ganger_wide_add(*sum, term, &b->lost);
}

static void add_up_works(struct ganger_bench *b)
{
    const struct ganger_works *works = &b->problem->works;
    for (int32_t w = 0; w < works->count; w++) {
        if (b->mode[w] == GANGER_NONE) {
            continue;
        }
        increase(b, &b->km[works->kind[w]], units(b, works->km[w], GANGER_DOWN));
        increase(b, &b->terms.cost, discounted_cost(b, w, GANGER_UP));
        increase(b, &b->terms.cost_low, discounted_cost(b, w, GANGER_DOWN));
        if (works->due[w] != GANGER_NONE && b->finish[w] > works->due[w]) {
            ganger_wide late = (ganger_wide)b->finish[w] - works->due[w];
            increase(b, &b->terms.tardiness,
                     ganger_wide_multiply(units(b, works->tardiness_cost[w], GANGER_UP), late,
                                          &b->lost));
        }
    }
}

/* Km are given with a few digits and added up as integers: a step of the grid a work is all that rounding
 * can take from a sum that is right. */
static void check_targets(struct ganger_bench *b)
{
    const struct ganger_problem *p = b->problem;
    for (int32_t g = 0; g < p->targets.count; g++) {
        ganger_wide km = 0, asked = units(b, p->targets.km[g], GANGER_UP);
        for (int32_t w = 0; w < p->works.count; w++) {
            bool counts = b->mode[w] != GANGER_NONE && ganger_facts_counts(b->facts, g, w) &&
                          b->finish[w] <= p->targets.by[g];
            increase(b, &km, counts ? units(b, p->works.km[w], GANGER_DOWN) : 0);
        }
        ganger_wide missing = asked > km ? asked - km : 0;
        if (p->targets.hard[g] && missing > (ganger_wide)GANGER_ROUNDING * (b->works_done + 1)) {
            ganger_bench_breach(b, "finish", "target %s: %.9g km by %d, should be %.9g",
                                p->targets.id[g], ganger_bench_real(km), p->targets.by[g],
                                p->targets.km[g]);
        }
        increase(b, &b->terms.shortfall,
                 ganger_wide_scale(missing, units(b, p->targets.shortfall_cost[g], GANGER_UP),
                                   GANGER_UNIT_BITS, GANGER_UP, &b->lost));
    }
}

/* A plan made from an earlier one pays for each work that is not as it was there. */
static void add_up_changes(struct ganger_bench *b)
{
    const struct ganger_problem *p = b->problem;
    for (int32_t w = 0; p->works.kept_start && w < p->works.count; w++) {
        bool kept = b->mode[w] != GANGER_NONE && b->plan->start[w] == p->works.kept_start[w] &&
                    b->plan->mode[w] == p->works.kept_mode[w];
        increase(b, &b->terms.changes,
                 p->works.kept_start[w] != GANGER_NONE && !kept
                     ? units(b, p->works.change_cost[w], GANGER_UP)
                     : 0);
    }
}

static void compare_km(struct ganger_bench *b, const char *column, const double *stored,
                       enum ganger_work_kind kind)
{
    const struct ganger_works *works = &b->problem->works;
    int32_t boundaries = b->facts->periods + 1;
    ganger_wide km = 0, *finished = calloc((size_t)boundaries, sizeof *finished);
    if (!finished) {
        b->short_of_memory = true;
        return;
    }
    for (int32_t w = 0; w < works->count; w++) {
        if (b->mode[w] != GANGER_NONE && works->kind[w] == kind) {
            increase(b, &finished[b->finish[w]], units(b, works->km[w], GANGER_DOWN));
        }
    }
    for (int32_t t = 0; t < boundaries; t++) {
        increase(b, &km, finished[t]);
        if (!ganger_bench_near(stored[t], km)) {
            ganger_bench_lie(b, column, "boundary %d: %.9g, should be %.9g", t, stored[t],
                             ganger_bench_real(km));
            break;
        }
    }
    free(finished);
}

static void compare_term(struct ganger_bench *b, const char *column, double stored,
                         ganger_wide right)
{
    if (!ganger_bench_near(stored, right)) {
        ganger_bench_lie(b, column, "%.9g, should be %.9g", stored, ganger_bench_real(right));
    }
}

static void compare_count(struct ganger_bench *b, const char *column, int stored, int right)
{
    if (stored != right) {
        ganger_bench_lie(b, column, "%d, should be %d", stored, right);
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
    compare_term(b, "term_changes", s->terms.changes, b->terms.changes);
    compare_term(b, "total_km_repaired", s->km_repaired, b->km[GANGER_WORK_REPAIR]);
    compare_term(b, "total_km_built", s->km_built, b->km[GANGER_WORK_BUILD]);
    compare_term(b, "total_km_upgraded", s->km_upgraded, b->km[GANGER_WORK_UPGRADE]);
    compare_count(b, "works_done", s->works_done, b->works_done);
    compare_count(b, "works", s->works, b->problem->works.count);
}

/* Traffic may be worth less than nothing, and then more of it is less. */
static ganger_wide weighed(struct ganger_bench *b, int32_t t)
{
    const struct ganger_facts *f = b->facts;
    ganger_wide traffic = b->traffic[t];
    return ganger_wide_scale(traffic, traffic < 0 ? f->weight_high[t] : f->weight_low[t],
                             GANGER_WEIGHT_BITS, GANGER_DOWN, &b->lost);
}

static void value_npv(struct ganger_bench *b)
{
    struct ganger_exact_terms *terms = &b->terms;
    for (int32_t t = 0; t < b->facts->periods; t++) {
        increase(b, &terms->traffic, weighed(b, t));
    }
    terms->terminal = weighed(b, b->facts->periods);
    b->value = ganger_wide_add(terms->traffic, terms->terminal, &b->lost);
    b->value = ganger_wide_subtract(b->value, terms->cost, &b->lost);
    b->value = ganger_wide_subtract(b->value, terms->tardiness, &b->lost);
    b->value = ganger_wide_subtract(b->value, terms->shortfall, &b->lost);
    b->value = ganger_wide_subtract(b->value, terms->changes, &b->lost);
}

void ganger_bench_value(struct ganger_bench *bench)
{
    add_up_works(bench);
    check_targets(bench);
    add_up_changes(bench);
    if (bench->problem->objective == GANGER_OBJECTIVE_NPV) {
        value_npv(bench);
    } else {
        bench->terms = (struct ganger_exact_terms){0};
        for (int32_t w = 0; w < bench->problem->works.count; w++) {
            bench->value = bench->finish[w] > bench->value ? bench->finish[w] : bench->value;
        }
    }
    compare_summary(bench);
    compare_km(bench, "km_repaired", bench->plan->km_repaired, GANGER_WORK_REPAIR);
    compare_km(bench, "km_built", bench->plan->km_built, GANGER_WORK_BUILD);
}
