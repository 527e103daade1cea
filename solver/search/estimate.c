#include "search/estimate.h"

#include "base/bits.h"
#include "base/wide.h"
#include "freight/capacity.h"
#include "search/lift.h"
#include "search/prospect_sums.h"

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
    e->starts = calloc(boundaries / 64 + 1, sizeof *e->starts);
    e->sum = calloc(boundaries + GANGER_PROSPECT_PADDING, sizeof(double));
    e->nothing = calloc(boundaries + 1, sizeof(double));
    e->other = malloc(boundaries * sizeof(double));
    /* Read, though not used, where no work may finish. */
    e->active = calloc(boundaries + 1, sizeof(double));
    e->before = calloc(boundaries + 1, sizeof(double));
    e->base = malloc(boundaries * sizeof(double));
    e->capacity = malloc(boundaries * sizeof(double));
    e->change = malloc(boundaries * sizeof(double));
    if (!e->starts || !e->sum || !e->nothing || !e->other || !e->active || !e->before || !e->base ||
        !e->capacity || !e->change) {
        ganger_estimator_destroy(e);
        return NULL;
    }
    return e;
}

void ganger_estimator_destroy(struct ganger_estimator *estimator)
{
    if (estimator) {
        free(estimator->starts);
        free(estimator->sum);
        free(estimator->nothing);
        free(estimator->other);
        free(estimator->active);
        free(estimator->before);
        free(estimator->base);
        free(estimator->capacity);
        free(estimator->change);
        free(estimator);
    }
}

/* Least of the link's other segments. */
static void measure_other(struct ganger_island *island, int32_t segment)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t boundaries = island->model->boundaries;
    double *other = island->estimator->other;
    int32_t link = p->segments.link[segment];
    for (int32_t t = 0; t < boundaries; t++) {
        other[t] = INFINITY;
    }
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        if (q != segment) {
            ganger_capacity_lower(other, island->segment_capacity + (int64_t)q * boundaries,
                                  boundaries);
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
    for (int32_t t = from; t < to; t++) {
        e->change[t] = change_at(island, link, t, e->capacity[t]);
    }
}

GANGER_WIDE static void drop_pauses(const uint8_t *restrict productivity, int32_t from, int32_t to,
                                    double *restrict change)
{
    for (int32_t t = from; t < to; t++) {
        change[t] = productivity[t] > 0 ? change[t] : 0;
    }
}

GANGER_WIDE static void raise_all(double *restrict sum, int32_t count, double by)
{
    for (int32_t i = 0; i < count; i++) {
        sum[i] += by;
    }
}

/* sum[i]: of x[0] to x[i - 1], i <= count. In four parts at once, since each addition waits for the one before. */
static void add_up(const double *restrict x, int32_t count, double *restrict sum)
{
    int32_t part = count / 4;
    double a = 0, b = 0, c = 0, d = 0;
    sum[0] = 0;
    for (int32_t i = 0; i < part; i++) {
        sum[i + 1] = a += x[i];
        sum[part + i + 1] = b += x[part + i];
        sum[2 * part + i + 1] = c += x[2 * part + i];
        sum[3 * part + i + 1] = d += x[3 * part + i];
    }
    raise_all(sum + part + 1, part, a);
    raise_all(sum + 2 * part + 1, part, a + b);
    raise_all(sum + 3 * part + 1, part, a + b + c);
    for (int32_t i = 4 * part; i < count; i++) {
        sum[i + 1] = sum[i] + x[i];
    }
}

/* The link's capacity then, from boundary `from` on. */
GANGER_WIDE static void lift_capacity(const struct ganger_lift *lift,
                                      const struct ganger_island *island, int32_t boundaries)
{
    const double *restrict standing = island->standing, *restrict factor = island->factor;
    const double *restrict other = island->estimator->other;
    double *restrict capacity = island->estimator->capacity;
    struct ganger_lift up = *lift;
    for (int32_t t = 0; t < boundaries; t++) {
        double lost = up.base * (1.0 - ganger_capacity_health(up.decay, up.floor, t * up.years));
        double own = (standing[t] + (up.gain + (t < up.worn ? lost : 0))) * factor[t];
        capacity[t] = other[t] < own ? other[t] : own;
    }
}

/* before[t]: what the finished work would change up to t, and misses if it ends then. */
static void sum_before(struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t q = p->works.segment[work], boundaries = island->model->boundaries;
    struct ganger_lift lift = ganger_lift_of(island, work);
    lift_capacity(&lift, island, boundaries);
    find_changes(island, p->segments.link[q], 0, boundaries);
    add_up(e->change, boundaries, e->before);
}

/* The link's capacity while the work is active with so much left; in pauses it is as it is now. */
GANGER_WIDE static void weaken_capacity(const struct ganger_island *island, double left,
                                        const uint8_t *restrict productivity,
                                        const double *restrict now, int32_t from, int32_t to)
{
    const double *restrict standing = island->standing, *restrict factor = island->factor;
    const double *restrict other = island->estimator->other;
    double *restrict capacity = island->estimator->capacity;
    for (int32_t t = from; t < to; t++) {
        double own = standing[t] * (left < factor[t] ? left : factor[t]);
        own = other[t] < own ? other[t] : own;
        capacity[t] = productivity[t] > 0 ? own : now[t];
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
    if (left >= 1) {
        memset(e->active + first, 0, (size_t)(end - first + 1) * sizeof *e->active);
        return;
    }
    weaken_capacity(island, left, productivity, now, first, end);
    find_changes(island, link, first, end);
    drop_pauses(productivity, first, end, e->change);
    add_up(e->change + first, end - first, e->active + first);
}

/* What the targets pay for the work if it finishes by boundary f. */
double ganger_estimate_km(const struct ganger_island *island, int32_t work, int32_t finish)
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

/* What a mode brings by traffic and cost. */
struct balance {
    const double *active, *before; /* [boundaries + 1] */
    const int32_t *finish;         /* of starts, as all below */
    const double *share;
    double cost, more; /* more: whenever it starts */
};

GANGER_WIDE static void add_up_starts(const struct balance *b, int32_t first, int32_t last,
                                      double *restrict sum)
{
    const double *restrict active = b->active, *restrict before = b->before;
    const double *restrict share = b->share;
    const int32_t *restrict finish = b->finish;
    double cost = b->cost, more = b->more;
    for (int32_t s = first; s <= last; s++) {
        int32_t f = finish[s];
        sum[s] = active[f] - active[s] - before[f] - cost * share[s] + more;
    }
}

/* What depends on start or finish in some other way. */
static void add_rest(struct ganger_island *island, int32_t mode, int32_t first, int32_t last)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    for (int32_t s = ganger_bits_next(e->starts, first, last + 1); s <= last;
         s = ganger_bits_next(e->starts, s + 1, last + 1)) {
        int32_t f = ganger_problem_finish(p, mode, s);
        e->sum[s] += ganger_problem_kept(p, mode, s) -
                     ganger_search_tardiness(island->model, p->modes.work[mode], f);
    }
}

/* The targets' earliest date. */
int32_t ganger_estimate_first_target(const struct ganger_problem *problem)
{
    const struct ganger_problem *p = problem;
    int32_t by = p->time.periods;
    for (int32_t g = 0; g < p->targets.count; g++) {
        by = p->targets.by[g] < by ? p->targets.by[g] : by;
    }
    return by;
}

/* Fills e->sum for the starts of a range. */
static void balance_starts(struct ganger_island *island, int32_t mode, int32_t first, int32_t last)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t work = p->modes.work[mode];
    int64_t at = (int64_t)p->modes.span[mode] * p->time.periods;
    bool on_line = p->works.segment[work] != GANGER_NONE;
    struct balance balance = {on_line ? e->active : e->nothing,
                              on_line ? e->before : e->nothing,
                              p->spans.finish + at,
                              island->model->share + at,
                              p->modes.cost[mode],
                              on_line ? e->before[island->model->boundaries] : 0};
    add_up_starts(&balance, first, last, e->sum);
    if (p->works.due[work] != GANGER_NONE || p->works.kept_start) {
        add_rest(island, mode, first, last);
    }
}

/* What all modes of a work on a line need to know. */
static void prepare(struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t segment = p->works.segment[work];
    measure_other(island, segment);
    ganger_capacity_segment(island->schedule, segment, island->standing, island->factor);
    for (int32_t t = 0; t < island->model->boundaries; t++) {
        e->base[t] = NAN;
    }
    sum_before(island, work);
}

const double *ganger_estimate_starts(struct ganger_island *island, int32_t mode, int32_t first,
                                     int32_t last)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_estimator *e = island->estimator;
    int32_t work = p->modes.work[mode];
    bool on_line = p->works.segment[work] != GANGER_NONE;
    if (on_line && !e->prepared) {
        prepare(island, work);
        e->prepared = true;
    }
    if (on_line) {
        sum_active(island, mode, first, last);
    }
    balance_starts(island, mode, first, last);
    return e->sum;
}
