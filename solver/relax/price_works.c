/*
 * Best mode and start of every work at given prices.
 *
 * The capacity of a segment is bounded by a sum over its works (MODEL section 7),
 *
 *     cap_q(t) <= base h(t) + sum over works { finished: gain + renews base (1 - h(t))
 *                                              active:   - base h(t) (1 - factor) },   h = worn health,
 *
 * exact for one work. Where others come first - they are finished whenever the work begins - what is renewed once is not
 * renewed again, and an active work takes its share of their gains too (worn.h). So each work is chosen for itself: running sums over t make a start O(1).
 */
#include "relax/internal.h"

#include "parallel/parallel.h"
#include "relax/worn.h"

#include <math.h>
#include <stdlib.h>

struct scratch {
    double *active;  /* [periods+1] running sum of what an active period costs */
    double *spread;  /* [periods+1] running sum of productivity * price of what is spread over it */
    double *done;    /* [periods+2] sum from t on of what the finished work earns */
    double *density; /* [periods] price of one unit of the consumables, scratch */
};

struct job {
    struct ganger_relaxation *relaxation;
    bool failed[GANGER_RELAX_WORK_BLOCKS];
};

static void sum_done(const struct ganger_relaxation *r, int32_t w, struct scratch *s)
{
    const struct ganger_problem *p = r->problem;
    int32_t q = p->works.segment[w];
    int32_t last = r->boundaries - 1;
    s->done[last + 1] = 0;
    for (int32_t t = last; t >= 0; t--) {
        double lift = 0;
        if (q != GANGER_NONE) {
            lift = ganger_relax_lift(p, w, t) * r->worth[(int64_t)q * r->boundaries + t] +
                   ganger_relax_open(r, w, t);
        }
        s->done[t] = s->done[t + 1] + lift;
    }
}

/* Adds price * amount of one consumable to the density over time. */
static void add_density(const struct ganger_relaxation *r, int32_t resource, double amount,
                        double *density)
{
    const struct ganger_resources *res = &r->problem->resources;
    for (int32_t i = res->first_window[resource]; i < res->first_window[resource + 1]; i++) {
        int32_t j = res->window_list[i];
        double price = r->now.window[j] * amount;
        for (int32_t t = res->window_from[j]; price > 0 && t < res->window_to[j]; t++) {
            density[t] += price;
        }
    }
}

static void sum_mode(const struct ganger_relaxation *r, int32_t mode, struct scratch *s)
{
    const struct ganger_problem *p = r->problem;
    int32_t periods = p->time.periods;
    int32_t w = p->modes.work[mode];
    int32_t q = p->works.segment[w];
    double lost = q == GANGER_NONE ? 0 : 1.0 - p->modes.factor[mode];
    for (int32_t t = 0; t < periods; t++) {
        s->density[t] = p->modes.cost[mode] * p->time.discount[t];
        s->active[t + 1] =
            lost > 0 ? lost * ganger_relax_stage(p, w, t) * r->worth[(int64_t)q * r->boundaries + t]
                     : 0;
    }
    ganger_relax_close(r, mode, s->active);
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        int32_t row = p->resources.renewable_index[resource];
        double amount = p->modes.use_amount[i];
        if (row == GANGER_NONE) {
            add_density(r, resource, amount, s->density);
            continue;
        }
        const double *price = r->now.renewable + (int64_t)row * periods;
        for (int32_t t = 0; t < periods; t++) {
            s->active[t + 1] += price[t] * amount;
        }
    }
    if (p->resources.budget != GANGER_NONE) {
        add_density(r, p->resources.budget, p->modes.cost[mode], s->density);
    }
    s->active[0] = s->spread[0] = 0;
    for (int32_t t = 0; t < periods; t++) {
        int32_t productivity = ganger_problem_productivity(p, w, t);
        s->active[t + 1] = s->active[t] + (productivity > 0 ? s->active[t + 1] : 0);
        s->spread[t + 1] = s->spread[t] + productivity * s->density[t];
    }
}

static double km_worth(const struct ganger_relaxation *r, int32_t w, int32_t finish)
{
    const struct ganger_targets *targets = &r->problem->targets;
    double worth = 0;
    for (int32_t g = 0; g < targets->count; g++) {
        if ((targets->kinds[g] >> r->problem->works.kind[w] & 1U) && finish <= targets->by[g]) {
            worth += r->now.target[g] * r->problem->works.km[w];
        }
    }
    return worth;
}

/* What the prices of order say of the work's start and finish. */
static double order_worth(const struct ganger_relaxation *r, int32_t w, int32_t start,
                          int32_t finish)
{
    const struct ganger_orders *o = &r->orders;
    int64_t periods = r->problem->time.periods;
    double worth = 0;
    for (int32_t i = o->first_in[w]; i < o->first_in[w + 1]; i++) {
        worth -= r->later[o->in[i] * (periods + 1) + start];
    }
    for (int32_t i = o->first_out[w]; i < o->first_out[w + 1]; i++) {
        int32_t row = o->row_of[o->out[i]];
        int64_t done = ganger_orders_opens(o, row, o->out[i], start, finish);
        worth += done < periods ? r->later[row * (periods + 1) + done] : 0;
    }
    return worth;
}

static double profit_of(const struct ganger_relaxation *r, int32_t mode, int32_t start,
                        int32_t finish, const struct scratch *s)
{
    const struct ganger_problem *p = r->problem;
    int32_t w = p->modes.work[mode];
    int64_t row = (int64_t)(p->works.calendar[w] + 1) * r->boundaries;
    const int32_t *cumulative = p->calendars.cumulative + row;
    double spread = finish == start ? s->density[start]
                                    : (s->spread[finish] - s->spread[start]) /
                                          (double)(cumulative[finish] - cumulative[start]);
    double late = 0;
    if (p->works.due[w] != GANGER_NONE && finish > p->works.due[w]) {
        late = p->works.tardiness_cost[w] * (double)(finish - p->works.due[w]);
    }
    return s->done[finish] - (s->active[finish] - s->active[start]) - spread - late +
           km_worth(r, w, finish) + order_worth(r, w, start, finish) +
           ganger_relax_credit(r, mode, start, finish) + ganger_problem_kept(p, mode, start);
}

static void choose(struct ganger_relaxation *r, int32_t w, struct scratch *s)
{
    const struct ganger_problem *p = r->problem;
    int32_t periods = p->time.periods;
    int32_t deadline = p->works.deadline[w] < periods ? p->works.deadline[w] : periods;
    double best = p->works.mandatory[w] ? -INFINITY : 0;
    r->mode[w] = r->start[w] = GANGER_NONE;
    sum_done(r, w, s);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        if (p->works.fixed_mode[w] != GANGER_NONE &&
            m != p->works.first_mode[w] + p->works.fixed_mode[w]) {
            continue;
        }
        sum_mode(r, m, s);
        bool fixed = p->works.fixed_start[w] != GANGER_NONE;
        int32_t first = fixed ? p->works.fixed_start[w] : p->works.earliest[w];
        int32_t last = fixed ? first : periods - 1;
        for (int32_t start = first; start <= last; start++) {
            int32_t finish = ganger_problem_finish(p, m, start);
            if (finish > deadline) {
                continue;
            }
            double profit = profit_of(r, m, start, finish, s);
            if (profit > best) {
                best = profit;
                r->mode[w] = m;
                r->start[w] = start;
            }
        }
    }
    r->profit[w] = best;
}

static void price_block(int32_t block, void *context)
{
    struct job *job = context;
    struct ganger_relaxation *r = job->relaxation;
    int64_t works = r->problem->works.count;
    size_t cells = (size_t)r->boundaries + 2;
    double *memory = malloc(4 * cells * sizeof *memory);
    job->failed[block] = !memory;
    if (!memory) {
        return;
    }
    struct scratch s = {memory, memory + cells, memory + 2 * cells, memory + 3 * cells};
    int32_t from = (int32_t)(works * block / GANGER_RELAX_WORK_BLOCKS);
    int32_t to = (int32_t)(works * (block + 1) / GANGER_RELAX_WORK_BLOCKS);
    for (int32_t w = from; w < to; w++) {
        choose(r, w, &s);
    }
    free(memory);
}

int64_t ganger_relax_price_works(struct ganger_relaxation *relaxation, int threads)
{
    struct job job = {relaxation, {false}};
    ganger_parallel_for(threads, GANGER_RELAX_WORK_BLOCKS, price_block, &job);
    for (int i = 0; i < GANGER_RELAX_WORK_BLOCKS; i++) {
        relaxation->failed = relaxation->failed || job.failed[i];
    }
    return (int64_t)relaxation->problem->modes.count * relaxation->boundaries / 2;
}
