/* What the chosen works use, and the running average of it. */
#include "relax/internal.h"

#include <math.h>
#include <string.h>

static void add_capacity(struct ganger_relaxation *r, int32_t w, int32_t start, int32_t finish)
{
    const struct ganger_problem *p = r->problem;
    int32_t q = p->works.segment[w];
    if (q == GANGER_NONE) {
        return;
    }
    double *row = r->usage.capacity + (int64_t)q * r->boundaries;
    double lost = 1.0 - p->modes.factor[r->choice.mode[w]];
    for (int32_t t = start; lost > 0 && t < finish; t++) {
        if (ganger_problem_productivity(p, w, t) > 0) {
            row[t] -= lost * ganger_relax_worn(p, q, t);
        }
    }
    for (int32_t t = finish; t < r->boundaries; t++) {
        row[t] += p->works.gain[w] +
                  (p->works.renews[w] ? p->segments.capacity[q] - ganger_relax_worn(p, q, t) : 0);
    }
}

static void add_window(struct ganger_relaxation *r, int32_t mode, int32_t start, int32_t resource,
                       double amount)
{
    const struct ganger_resources *res = &r->problem->resources;
    for (int32_t i = res->first_window[resource]; i < res->first_window[resource + 1]; i++) {
        int32_t j = res->window_list[i];
        int64_t share = ganger_schedule_share(r->problem, mode, start, amount, res->window_from[j],
                                              res->window_to[j]);
        r->usage.window[j] += (double)share / GANGER_SHARE_SCALE;
    }
}

static void add_work(struct ganger_relaxation *r, int32_t w)
{
    const struct ganger_problem *p = r->problem;
    int32_t mode = r->choice.mode[w];
    int32_t start = r->choice.start[w];
    int32_t finish = ganger_problem_finish(p, mode, start);
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        int32_t row = p->resources.renewable_index[resource];
        double amount = p->modes.use_amount[i];
        if (row == GANGER_NONE) {
            add_window(r, mode, start, resource, amount);
            continue;
        }
        for (int32_t t = start; t < finish; t++) {
            if (ganger_problem_productivity(p, w, t) > 0) {
                r->usage.renewable[(int64_t)row * p->time.periods + t] += amount;
            }
        }
    }
    if (p->resources.budget != GANGER_NONE) {
        add_window(r, mode, start, p->resources.budget, p->modes.cost[mode]);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        if ((p->targets.kinds[g] >> p->works.kind[w] & 1U) && finish <= p->targets.by[g]) {
            r->usage.target[g] += p->works.km[w];
        }
    }
    add_capacity(r, w, start, finish);
}

void ganger_relax_add_up_usage(struct ganger_relaxation *relaxation)
{
    const struct ganger_problem *p = relaxation->problem;
    struct ganger_usage *usage = &relaxation->usage;
    memset(usage->renewable, 0,
           (size_t)p->resources.renewables * (size_t)p->time.periods * sizeof(double));
    memset(usage->window, 0, (size_t)p->resources.windows * sizeof(double));
    memset(usage->target, 0, (size_t)p->targets.count * sizeof(double));
    for (int32_t q = 0; q < p->segments.count; q++) {
        for (int32_t t = 0; t < relaxation->boundaries; t++) {
            usage->capacity[(int64_t)q * relaxation->boundaries + t] = ganger_relax_worn(p, q, t);
        }
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        if (relaxation->choice.mode[w] != GANGER_NONE) {
            add_work(relaxation, w);
        }
    }
}

static void blend(double *average, const double *now, int64_t count, double share)
{
    for (int64_t i = 0; i < count; i++) {
        average[i] += share * (now[i] - average[i]);
    }
}

void ganger_relax_blend_average(struct ganger_relaxation *relaxation, double share)
{
    const struct ganger_problem *p = relaxation->problem;
    struct ganger_usage *average = &relaxation->average;
    const struct ganger_usage *usage = &relaxation->usage;
    blend(average->renewable, usage->renewable, (int64_t)p->resources.renewables * p->time.periods,
          share);
    blend(average->window, usage->window, p->resources.windows, share);
    blend(average->target, usage->target, p->targets.count, share);
    blend(average->capacity, usage->capacity, (int64_t)p->segments.count * relaxation->boundaries,
          share);
}
