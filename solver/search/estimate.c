#include "search/estimate.h"

#include "freight/capacity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ganger_estimator *ganger_estimator_create(const struct ganger_search_model *model)
{
    struct ganger_estimator *e = calloc(1, sizeof *e);
    if (!e) {
        return NULL;
    }
    size_t boundaries = (size_t)model->boundaries;
    e->allowed = malloc(boundaries);
    e->other = malloc(boundaries * sizeof(double));
    e->active = malloc((boundaries + 1) * sizeof(double));
    e->done = malloc((boundaries + 1) * sizeof(double));
    e->base = malloc(boundaries * sizeof(double));
    e->capacity = malloc(boundaries * sizeof(double));
    e->change = malloc(boundaries * sizeof(double));
    e->now = malloc(boundaries * sizeof(double));
    if (!e->allowed || !e->other || !e->active || !e->done || !e->base || !e->capacity ||
        !e->change || !e->now) {
        ganger_estimator_destroy(e);
        return NULL;
    }
    return e;
}

void ganger_estimator_destroy(struct ganger_estimator *estimator)
{
    if (estimator) {
        free(estimator->allowed);
        free(estimator->other);
        free(estimator->active);
        free(estimator->done);
        free(estimator->base);
        free(estimator->capacity);
        free(estimator->change);
        free(estimator->now);
        free(estimator);
    }
}

/* Least of the link's other segments, from boundary `from` on. */
static void measure_other(struct ganger_island *island, int32_t segment, int32_t from)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t boundaries = island->model->boundaries;
    double *other = island->estimator->other;
    int32_t link = p->segments.link[segment];
    for (int32_t t = from; t < boundaries; t++) {
        other[t] = INFINITY;
    }
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        const double *row = island->segment_capacity + (int64_t)q * boundaries;
        for (int32_t t = from; q != segment && t < boundaries; t++) {
            other[t] = row[t] < other[t] ? row[t] : other[t];
        }
    }
    island->ticks += boundaries / 8;
}

/* Weighted change of the traffic estimate at t if the link's capacity becomes `capacity`. */
static double change_at(struct ganger_island *island, int32_t link, int32_t t, double capacity)
{
    struct ganger_estimator *e = island->estimator;
    double now = island->link_capacity[(int64_t)link * island->model->boundaries + t];
    if (capacity == now) {
        return 0;
    }
    const double *value = island->cut_value + (int64_t)t * island->cuts.room;
    if (isnan(e->base[t])) {
        e->base[t] = ganger_cuts_least(&island->cuts, 0, 0.0, value);
    }
    double least = ganger_cuts_least(&island->cuts, link, capacity - now, value);
    island->ticks += island->cuts.room / 32;
    return island->model->problem->time.weight[t] * (least - e->base[t]);
}

/* Weighted changes of the traffic estimate if the link's capacity becomes e->capacity[from .. to-1]. */
static void find_changes(struct ganger_island *island, int32_t link, int32_t from, int32_t to)
{
    struct ganger_estimator *e = island->estimator;
    if (island->outlook) {
        ganger_outlook_changes(island->outlook, &island->model->problem->time, link, from, to,
                               e->capacity, e->change);
        for (int32_t t = from; t < to; t++) {
            e->change[t] -= e->now[t];
        }
        return;
    }
    for (int32_t t = from; t < to; t++) {
        e->change[t] = change_at(island, link, t, e->capacity[t]);
    }
}

/* The first finish of a placed work that renews the segment, or `boundaries`. */
static int32_t renewed_at(const struct ganger_island *island, int32_t q)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t renewed = island->model->boundaries;
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        if (p->works.renews[w] && island->schedule->start[w] != GANGER_NONE &&
            island->schedule->finish[w] < renewed) {
            renewed = island->schedule->finish[w];
        }
    }
    return renewed;
}

/* done[t], for t from `from` on: what the finished work changes from boundary t on. */
static void sum_done(struct ganger_island *island, int32_t work, int32_t from)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t q = p->works.segment[work], boundaries = island->model->boundaries;
    /* Renewed by another work already where what stands is base + gains; the work's own renewal lifts a
     * worn base by what it has lost. */
    int32_t worn = p->works.renews[work] ? renewed_at(island, q) : 0;
    double base = p->segments.capacity[q], gain = p->works.gain[work];
    for (int32_t t = from; t < boundaries; t++) {
        double lift = gain;
        lift += t < worn ? base * (1.0 - ganger_capacity_worn_health(p, q, t)) : 0;
        double capacity = (island->standing[t] + lift) * island->factor[t];
        e->capacity[t] = e->other[t] < capacity ? e->other[t] : capacity;
    }
    find_changes(island, p->segments.link[q], from, boundaries);
    e->done[boundaries] = 0;
    for (int32_t t = boundaries - 1; t >= from; t--) {
        e->done[t] = e->done[t + 1] + e->change[t];
    }
}

static void sum_active(struct ganger_island *island, int32_t mode, int32_t first, int32_t last)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t work = p->modes.work[mode];
    int32_t link = p->segments.link[p->works.segment[work]];
    int64_t calendar = p->works.calendar[work] + 1;
    const uint8_t *productivity = p->calendars.productivity + calendar * p->time.periods;
    const double *now = island->link_capacity + (int64_t)link * island->model->boundaries;
    double left = p->modes.factor[mode];
    int32_t end = ganger_problem_finish(p, mode, last);
    e->active[first] = 0;
    if (left >= 1) {
        memset(e->active + first, 0, (size_t)(end - first + 1) * sizeof *e->active);
        return;
    }
    for (int32_t t = first; t < end; t++) {
        double factor = left < island->factor[t] ? left : island->factor[t];
        double capacity = island->standing[t] * factor;
        capacity = e->other[t] < capacity ? e->other[t] : capacity;
        e->capacity[t] = productivity[t] > 0 ? capacity : now[t];
    }
    find_changes(island, link, first, end);
    for (int32_t t = first; t < end; t++) {
        double change = productivity[t] > 0 ? e->change[t] : 0;
        e->active[t + 1] = e->active[t] + change;
    }
}

/* What the targets pay for the work if it finishes by boundary f. */
static double km_worth(const struct ganger_island *island, int32_t work, int32_t finish)
{
    const struct ganger_problem *p = island->model->problem;
    double worth = 0;
    for (int32_t g = 0; g < p->targets.count; g++) {
        if ((p->targets.kinds[g] >> p->works.kind[work] & 1U) && finish <= p->targets.by[g]) {
            double missing = fmax(0, p->targets.km[g] - island->target_km[g]);
            worth += fmin(missing, p->works.km[work]) * ganger_search_km_worth(p, g);
        }
    }
    return worth;
}

/* Starts overlooked come at random distances, so that most starts cost no random number. */
static int32_t next_blink(struct ganger_island *island, double blink)
{
    if (blink <= 0) {
        return INT32_MAX;
    }
    double distance = log1p(-ganger_rng_unit(&island->rng)) / log1p(-blink);
    return distance > 1e9 ? INT32_MAX : (int32_t)distance;
}

static bool best_of_mode(struct ganger_island *island, int32_t mode,
                         struct ganger_question question, struct ganger_placement *best,
                         double *gain)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t work = question.work;
    bool on_line = p->works.segment[work] != GANGER_NONE;
    bool found = false;
    bool may_be_late = p->works.due[work] != GANGER_NONE;
    double worth_early = km_worth(island, work, 0);
    int32_t first_by = p->time.periods;
    for (int32_t g = 0; g < p->targets.count; g++) {
        first_by = p->targets.by[g] < first_by ? p->targets.by[g] : first_by;
    }
    int32_t until_blink = next_blink(island, question.blink);
    for (int32_t s = question.first; s <= question.last; s++) {
        if (!e->allowed[s]) {
            continue;
        }
        if (until_blink-- == 0) {
            until_blink = next_blink(island, question.blink);
            continue;
        }
        e->placements++;
        int32_t f = ganger_problem_finish(p, mode, s);
        double sum = (on_line ? e->active[f] - e->active[s] + e->done[f] : 0) -
                     ganger_search_cost(island->model, mode, s) -
                     (may_be_late ? ganger_search_tardiness(island->model, work, f) : 0) +
                     (f <= first_by ? worth_early : km_worth(island, work, f)) +
                     ganger_problem_kept(p, mode, s);
        if (question.early && found) {
            int32_t kept = ganger_problem_finish(p, mode, best->start);
            if (f > kept || (f == kept && sum <= *gain)) {
                continue;
            }
        }
        if (!found || question.early || sum > *gain) {
            *best = (struct ganger_placement){work, mode, s};
            *gain = sum;
            found = true;
        }
    }
    return found;
}

static bool better(const struct ganger_problem *p, struct ganger_question question,
                   struct ganger_placement a, double a_gain, struct ganger_placement b,
                   double b_gain)
{
    int32_t a_finish = ganger_problem_finish(p, a.mode, a.start);
    int32_t b_finish = ganger_problem_finish(p, b.mode, b.start);
    if (question.early && a_finish != b_finish) {
        return a_finish < b_finish;
    }
    return a_gain > b_gain;
}

/* What all modes of a work on a line need to know, for starts from `from` on. */
static void prepare(struct ganger_island *island, int32_t work, int32_t from)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t segment = p->works.segment[work], link = p->segments.link[segment];
    int32_t boundaries = island->model->boundaries;
    /* Looking up cuts counts as work, which must not depend on what is left out. */
    from = island->outlook ? from : 0;
    measure_other(island, segment, from);
    ganger_capacity_segment(island->schedule, segment, island->standing, island->factor);
    if (island->outlook) {
        ganger_outlook_changes(island->outlook, &p->time, link, from, boundaries,
                               island->link_capacity + (int64_t)link * boundaries, e->now);
    } else {
        for (int32_t t = 0; t < boundaries; t++) {
            e->base[t] = NAN;
        }
    }
    sum_done(island, work, from);
}

bool ganger_estimate_best(struct ganger_island *island, struct ganger_question question,
                          struct ganger_placement *best, double *gain)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t work = question.work;
    bool on_line = p->works.segment[work] != GANGER_NONE;
    bool prepared = false;
    bool found = false;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        island->ticks += p->time.periods / 4;
        if ((question.mode != GANGER_NONE && m != question.mode) || m == question.not_mode ||
            ganger_schedule_starts_between(island->schedule, m, question.first, question.last,
                                           e->allowed) == 0) {
            continue;
        }
        struct ganger_question narrowed = question;
        while (!e->allowed[narrowed.first]) {
            narrowed.first++;
        }
        while (!e->allowed[narrowed.last]) {
            narrowed.last--;
        }
        if (on_line && !prepared) {
            prepare(island, work, question.first);
            prepared = true;
        }
        if (on_line) {
            sum_active(island, m, narrowed.first, narrowed.last);
        }
        struct ganger_placement candidate;
        double candidate_gain = 0;
        if (best_of_mode(island, m, narrowed, &candidate, &candidate_gain) &&
            (!found || better(p, question, candidate, candidate_gain, *best, *gain))) {
            *best = candidate;
            *gain = candidate_gain;
            found = true;
        }
    }
    return found;
}
