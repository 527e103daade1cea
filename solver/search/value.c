/* Adding up the objective of MODEL section 6 for an island's schedule, always in the same order. */
#include "search/trial.h"

#include <math.h>
#include <string.h>

/* Adds a work done once more (sign 1) or once less; km aside. */
static void add_work(const struct ganger_island *island, struct ganger_placement work, double sign,
                     struct ganger_value *value)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t finish = ganger_problem_finish(p, work.mode, work.start);
    value->terms.cost += sign * ganger_search_cost(island->model, work.mode, work.start);
    value->terms.tardiness += sign * ganger_search_tardiness(island->model, work.work, finish);
    value->terms.changes -= sign * ganger_problem_kept(p, work.mode, work.start);
    value->penalty -= p->works.mandatory[work.work] ? sign * GANGER_PENALTY_WORK : 0;
}

static void add_works(const struct ganger_island *island, double *target_km,
                      struct ganger_value *value)
{
    const struct ganger_problem *p = island->model->problem;
    const struct ganger_schedule *s = island->schedule;
    value->terms.changes = ganger_problem_change_cost(p);
    for (int32_t w = 0; w < p->works.count; w++) {
        if (s->start[w] == GANGER_NONE) {
            value->penalty += p->works.mandatory[w] ? GANGER_PENALTY_WORK : 0;
            continue;
        }
        value->terms.cost += ganger_search_cost(island->model, s->mode[w], s->start[w]);
        value->terms.tardiness += ganger_search_tardiness(island->model, w, s->finish[w]);
        value->terms.changes -= ganger_problem_kept(p, s->mode[w], s->start[w]);
        for (int32_t g = 0; g < p->targets.count; g++) {
            if ((p->targets.kinds[g] >> p->works.kind[w] & 1U) &&
                s->finish[w] <= p->targets.by[g]) {
                target_km[g] += p->works.km[w];
            }
        }
    }
}

static void add_targets(const struct ganger_problem *p, const double *target_km,
                        struct ganger_value *value)
{
    for (int32_t g = 0; g < p->targets.count; g++) {
        double missing = fmax(0, p->targets.km[g] - target_km[g]);
        if (missing <= 1e-9 * p->targets.km[g]) {
            continue; /* what summing km in another order may leave */
        }
        if (p->targets.hard[g]) {
            value->penalty += missing * GANGER_PENALTY_KM;
        } else {
            value->terms.shortfall += missing * p->targets.shortfall_cost[g];
        }
    }
}

struct ganger_value ganger_island_value(struct ganger_island *island, const double *traffic)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_value value = {0};
    if (island->outlook) { /* against what is expected, end and all */
        for (int32_t l = 0; l < p->links.count; l++) {
            value.terms.traffic += island->link_worth[l];
        }
    } else {
        for (int32_t t = 0; t < p->time.periods; t++) {
            value.terms.traffic += p->time.weight[t] * traffic[t];
        }
        value.terms.terminal = p->time.weight[p->time.periods] * traffic[p->time.periods];
    }
    memset(island->target_km, 0, (size_t)p->targets.count * sizeof(double));
    add_works(island, island->target_km, &value);
    add_targets(p, island->target_km, &value);
    value.total = value.terms.traffic + value.terms.terminal - value.terms.cost -
                  value.terms.tardiness - value.terms.shortfall - value.terms.changes -
                  value.penalty;
    island->ticks += (p->works.count + p->time.periods) / 4;
    return value;
}

void ganger_island_add_up(struct ganger_island *island)
{
    island->value = ganger_island_value(island, island->traffic);
}

struct ganger_value ganger_island_change(struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    const struct ganger_schedule *s = island->schedule;
    const struct ganger_trial *trial = island->trial;
    struct ganger_value value = trial->saved_value, before = {0}, after = {0};
    for (int32_t i = 0; i < trial->link_count; i++) {
        int32_t l = trial->links[i];
        value.terms.traffic += island->link_worth[l] - trial->saved_worth[l];
    }
    for (int32_t i = 0; i < trial->removed_count; i++) {
        add_work(island, trial->removed[i], -1, &value);
    }
    for (int32_t i = 0; i < trial->placed_count; i++) {
        int32_t w = trial->placed[i];
        add_work(island, (struct ganger_placement){w, s->mode[w], s->start[w]}, 1, &value);
    }
    add_targets(p, trial->saved_km, &before);
    add_targets(p, island->target_km, &after);
    value.terms.shortfall = after.terms.shortfall;
    value.penalty += after.penalty - before.penalty;
    value.total = value.terms.traffic + value.terms.terminal - value.terms.cost -
                  value.terms.tardiness - value.terms.shortfall - value.terms.changes -
                  value.penalty;
    island->ticks += trial->removed_count + trial->placed_count + trial->link_count;
    return value;
}
