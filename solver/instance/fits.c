/* Earliest times of works, one at a time in topological order. */
#include "instance/fits.h"

#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* In favour of the instance: what fails here fails by more than rounding. */
static const double slack = 1e-9;

/* Which resource a try failed for, so that the explanation can name it. */
struct obstacle {
    int32_t resource, period;
    double need, limit;
};

/* The last working period of [start, finish) in which a use exceeds the capacity, or GANGER_NONE. */
static int32_t renewable_fails(const struct ganger_problem *p, int32_t mode, int32_t use,
                               int32_t start, struct obstacle *obstacle)
{
    int32_t work = p->modes.work[mode];
    int32_t resource = p->modes.use_resource[use];
    int32_t amount = p->modes.use_amount[use];
    const int32_t *capacity =
        p->resources.capacity + (int64_t)p->resources.renewable_index[resource] * p->time.periods;
    for (int32_t t = ganger_problem_finish(p, mode, start) - 1; t >= start; t--) {
        if (capacity[t] < amount && ganger_problem_productivity(p, work, t) > 0) {
            *obstacle = (struct obstacle){resource, t, amount, capacity[t]};
            return t;
        }
    }
    return GANGER_NONE;
}

/* Share of a consumption that falls into [from, to); all of it at the start if it takes no time. */
static double share(const struct ganger_problem *p, int32_t mode, int32_t start, int32_t from,
                    int32_t to)
{
    int32_t finish = ganger_problem_finish(p, mode, start);
    if (finish == start) {
        return start >= from && start < to ? 1 : 0;
    }
    int64_t row = p->works.calendar[p->modes.work[mode]] + 1;
    const int32_t *sum = p->calendars.cumulative + row * (p->time.periods + 1);
    int32_t low = from > start ? from : start, high = to < finish ? to : finish;
    return low < high ? (double)(sum[high] - sum[low]) / (sum[finish] - sum[start]) : 0;
}

static bool window_fails(const struct ganger_problem *p, int32_t mode, int32_t start,
                         struct obstacle *obstacle, int32_t resource, double amount)
{
    const struct ganger_resources *r = &p->resources;
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t window = r->window_list[i];
        double need = amount * share(p, mode, start, r->window_from[window], r->window_to[window]);
        double limit = r->window_limit[window];
        if (need > limit + slack * (1 + limit)) {
            *obstacle = (struct obstacle){resource, r->window_from[window], need, limit};
            return true;
        }
    }
    return false;
}

/* Whether the mode alone keeps within all resources. If not, *next is a start before which none does. */
static bool resources_allow(const struct ganger_problem *p, int32_t mode, int32_t start,
                            int32_t *next, struct obstacle *obstacle)
{
    *next = start + 1;
    for (int32_t use = p->modes.first_use[mode]; use < p->modes.first_use[mode + 1]; use++) {
        int32_t resource = p->modes.use_resource[use];
        if (p->resources.renewable_index[resource] != GANGER_NONE) {
            int32_t period = renewable_fails(p, mode, use, start, obstacle);
            if (period != GANGER_NONE) {
                /* A later start that still lies before that period would work in it too. */
                *next = period + 1;
                return false;
            }
        } else if (window_fails(p, mode, start, obstacle, resource, p->modes.use_amount[use])) {
            return false;
        }
    }
    int32_t budget = p->resources.budget;
    return budget == GANGER_NONE ||
           !window_fails(p, mode, start, obstacle, budget, p->modes.cost[mode]);
}

/* What a search for a start leaves behind for the explanation. */
struct trial {
    int32_t in_time; /* starts within deadline and horizon, whatever the resources */
    struct obstacle obstacle;
};

/* The least start of a mode from `from` on; GANGER_NONE if there is none. */
static int32_t first_start(const struct ganger_problem *p, int32_t mode, int32_t from,
                           struct trial *trial)
{
    int32_t work = p->modes.work[mode];
    int32_t fixed = p->works.fixed_start[work];
    int32_t last = fixed != GANGER_NONE ? fixed : p->time.periods - 1;
    int32_t start = fixed > from ? fixed : from;
    while (start <= last) {
        int32_t next = start + 1;
        bool working =
            p->modes.duration[mode] == 0 || ganger_problem_productivity(p, work, start) > 0;
        if (working && ganger_problem_finish(p, mode, start) > p->works.deadline[work]) {
            return GANGER_NONE; /* later starts finish no earlier */
        }
        if (working) {
            trial->in_time++;
            if (resources_allow(p, mode, start, &next, &trial->obstacle)) {
                return start;
            }
        }
        start = next;
    }
    return GANGER_NONE;
}

static bool allowed_mode(const struct ganger_problem *p, int32_t mode)
{
    int32_t work = p->modes.work[mode];
    int32_t fixed = p->works.fixed_mode[work];
    return fixed == GANGER_NONE || mode == p->works.first_mode[work] + fixed;
}

/* Earliest start that the predecessors leave; GANGER_NONE if one of them can never be done. */
static int32_t ready_at(const struct ganger_fits *fits, const struct ganger_problem *p,
                        int32_t work)
{
    const struct ganger_precedences *rows = &p->precedences;
    int32_t ready = p->works.earliest[work];
    for (int32_t i = rows->first_in[work]; i < rows->first_in[work + 1]; i++) {
        int32_t row = rows->in_list[i];
        int32_t predecessor = rows->predecessor[row];
        if (fits->start[predecessor] == GANGER_NONE) {
            return GANGER_NONE;
        }
        int32_t from = rows->type[row] == GANGER_PRECEDENCE_FS ? fits->finish[predecessor]
                                                               : fits->start[predecessor];
        from += rows->lag[row];
        ready = from > ready ? from : ready;
    }
    return ready;
}

static void place(struct ganger_fits *fits, const struct ganger_problem *p, int32_t work)
{
    struct trial trial = {.in_time = 0};
    fits->start[work] = fits->finish[work] = GANGER_NONE;
    fits->ready[work] = ready_at(fits, p, work);
    if (fits->ready[work] == GANGER_NONE) {
        return;
    }
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        int32_t start =
            allowed_mode(p, m) ? first_start(p, m, fits->ready[work], &trial) : GANGER_NONE;
        if (start == GANGER_NONE) {
            continue;
        }
        int32_t finish = ganger_problem_finish(p, m, start);
        if (fits->start[work] == GANGER_NONE || start < fits->start[work]) {
            fits->start[work] = start;
        }
        if (fits->finish[work] == GANGER_NONE || finish < fits->finish[work]) {
            fits->finish[work] = finish;
        }
    }
}

bool ganger_fits_init(struct ganger_fits *fits, const struct ganger_problem *p)
{
    size_t works = (size_t)p->works.count + 1;
    fits->start = calloc(works, sizeof *fits->start);
    fits->finish = calloc(works, sizeof *fits->finish);
    fits->ready = calloc(works, sizeof *fits->ready);
    if (fits->start == NULL || fits->finish == NULL || fits->ready == NULL) {
        ganger_fits_clear(fits);
        return false;
    }
    for (int32_t i = 0; i < p->works.count; i++) {
        place(fits, p, p->precedences.topological[i]);
    }
    return true;
}

void ganger_fits_clear(struct ganger_fits *fits)
{
    free(fits->start);
    free(fits->finish);
    free(fits->ready);
    memset(fits, 0, sizeof *fits);
}

void ganger_fits_explain(const struct ganger_fits *fits, const struct ganger_problem *p,
                         int32_t work, char *text, size_t size)
{
    struct trial trial = {.obstacle.resource = GANGER_NONE};
    int32_t ready = fits->ready[work];
    int32_t fixed = p->works.fixed_start[work];
    if (ready == GANGER_NONE) {
        snprintf(text, size, "a work that must come before it can never be done");
        return;
    }
    if (fixed != GANGER_NONE && ready > fixed) {
        snprintf(text, size,
                 "it is fixed to start in period %d, but what comes before it allows "
                 "period %d at the earliest",
                 fixed, ready);
        return;
    }
    if (fixed != GANGER_NONE && ganger_problem_productivity(p, work, fixed) == 0) {
        snprintf(text, size, "its calendar does not let it start in period %d", fixed);
        return;
    }
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        if (allowed_mode(p, m)) {
            first_start(p, m, ready, &trial);
        }
    }
    const struct obstacle *o = &trial.obstacle;
    char quoted[GANGER_TEXT_QUOTED];
    if (trial.in_time == 0) {
        snprintf(text, size,
                 "no mode is short enough to be done from period %d%s to its %s, boundary %d",
                 fixed != GANGER_NONE ? fixed : ready,
                 fixed != GANGER_NONE              ? " (its fixed start)"
                 : ready > p->works.earliest[work] ? " (when what comes before it is done)"
                                                   : "",
                 p->works.deadline[work] < p->time.periods ? "deadline" : "end",
                 p->works.deadline[work]);
    } else if (p->resources.renewable_index[o->resource] != GANGER_NONE) {
        snprintf(text, size, "it needs %g of %s, of which period %d has %g", o->need,
                 ganger_text_quote(p->resources.id[o->resource], quoted), o->period, o->limit);
    } else {
        snprintf(text, size, "it needs %g of %s in a window that begins in period %d and allows %g",
                 o->need, ganger_text_quote(p->resources.id[o->resource], quoted), o->period,
                 o->limit);
    }
}

void ganger_fits_needed(const struct ganger_problem *p, bool *needed)
{
    const struct ganger_precedences *rows = &p->precedences;
    for (int32_t i = p->works.count - 1; i >= 0; i--) {
        int32_t work = rows->topological[i];
        needed[work] = p->works.mandatory[work];
        for (int32_t j = rows->first_out[work]; j < rows->first_out[work + 1]; j++) {
            needed[work] = needed[work] || needed[rows->successor[rows->out_list[j]]];
        }
    }
}
