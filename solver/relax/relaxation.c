#include "relax/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Price updates between two rounds of period LPs. */
enum { updates_a_step = 12 };
/* Share of the newest plan in the average, as in the volume algorithm's usual setting. */
static const double newest_share = 0.1;
static const double first_step_size = 0.5;
/* Price of a target's km at the start, as a share of what a km of it costs on average. */
static const double first_target_share = 0.5;

static size_t renewable_cells(const struct ganger_problem *p)
{
    return (size_t)p->resources.renewables * (size_t)p->time.periods;
}

static bool multipliers_init(struct ganger_multipliers *m, const struct ganger_problem *p)
{
    m->renewable = calloc(renewable_cells(p) + 1, sizeof(double));
    m->window = calloc((size_t)p->resources.windows + 1, sizeof(double));
    m->target = calloc((size_t)p->targets.count + 1, sizeof(double));
    return m->renewable && m->window && m->target;
}

static void multipliers_clear(struct ganger_multipliers *m)
{
    free(m->renewable);
    free(m->window);
    free(m->target);
}

static void multipliers_copy(const struct ganger_problem *p, struct ganger_multipliers *to,
                             const struct ganger_multipliers *from)
{
    memcpy(to->renewable, from->renewable, renewable_cells(p) * sizeof(double));
    memcpy(to->window, from->window, (size_t)p->resources.windows * sizeof(double));
    memcpy(to->target, from->target, (size_t)p->targets.count * sizeof(double));
}

static bool usage_init(struct ganger_usage *u, const struct ganger_problem *p)
{
    size_t boundaries = (size_t)p->time.periods + 1;
    u->renewable = calloc(renewable_cells(p) + 1, sizeof(double));
    u->window = calloc((size_t)p->resources.windows + 1, sizeof(double));
    u->target = calloc((size_t)p->targets.count + 1, sizeof(double));
    u->capacity = calloc(((size_t)p->segments.count + 1) * boundaries, sizeof(double));
    return u->renewable && u->window && u->target && u->capacity;
}

static void usage_clear(struct ganger_usage *u)
{
    free(u->renewable);
    free(u->window);
    free(u->target);
    free(u->capacity);
}

static bool allocate(struct ganger_relaxation *r)
{
    const struct ganger_problem *p = r->problem;
    size_t boundaries = (size_t)r->boundaries;
    size_t cells = ((size_t)p->segments.count + 1) * boundaries;
    size_t works = (size_t)p->works.count + 1;
    r->segment_price = calloc(2 * cells, sizeof(double));
    r->best_segment_price = calloc(2 * cells, sizeof(double));
    r->constant = calloc(boundaries, sizeof(double));
    r->worth = calloc(cells, sizeof(double));
    r->choice.mode = malloc(works * sizeof(int32_t));
    r->choice.start = malloc(works * sizeof(int32_t));
    r->choice.profit = malloc(works * sizeof(double));
    bool ready = r->segment_price && r->best_segment_price && r->constant && r->worth &&
                 r->choice.mode && r->choice.start && r->choice.profit &&
                 multipliers_init(&r->now, p) && multipliers_init(&r->centre, p) &&
                 multipliers_init(&r->best, p) && usage_init(&r->usage, p) &&
                 usage_init(&r->average, p);
    for (int i = 0; ready && i < GANGER_RELAX_TIME_BLOCKS; i++) {
        ready = ganger_path_pool_init(&r->pools[i], r->graph);
    }
    return ready;
}

struct ganger_relaxation *ganger_relaxation_create(const struct ganger_problem *problem,
                                                   const struct ganger_graph *graph)
{
    struct ganger_relaxation *r = calloc(1, sizeof *r);
    if (!r) {
        return NULL;
    }
    r->problem = problem;
    r->graph = graph;
    r->boundaries = problem->time.periods + 1;
    r->bound_best = r->bound_centre = INFINITY;
    r->step_size = first_step_size;
    if (!allocate(r)) {
        ganger_relaxation_destroy(r);
        return NULL;
    }
    return r;
}

void ganger_relaxation_destroy(struct ganger_relaxation *relaxation)
{
    if (!relaxation) {
        return;
    }
    free(relaxation->segment_price);
    free(relaxation->best_segment_price);
    free(relaxation->constant);
    free(relaxation->worth);
    free(relaxation->choice.mode);
    free(relaxation->choice.start);
    free(relaxation->choice.profit);
    multipliers_clear(&relaxation->now);
    multipliers_clear(&relaxation->centre);
    multipliers_clear(&relaxation->best);
    usage_clear(&relaxation->usage);
    usage_clear(&relaxation->average);
    for (int i = 0; i < GANGER_RELAX_TIME_BLOCKS; i++) {
        ganger_path_pool_clear(&relaxation->pools[i]);
    }
    free(relaxation);
}

/* The bound of MODEL section 7 at the multipliers `now` and the current choice. */
static double add_up_bound(const struct ganger_relaxation *r)
{
    const struct ganger_problem *p = r->problem;
    double bound = 0;
    for (int32_t t = 0; t < r->boundaries; t++) {
        bound += p->time.weight[t] * r->constant[t];
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        for (int32_t t = 0; t < r->boundaries; t++) {
            bound += r->worth[(int64_t)q * r->boundaries + t] * ganger_relax_worn(p, q, t);
        }
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        bound += r->choice.profit[w];
    }
    for (size_t i = 0; i < renewable_cells(p); i++) {
        bound += r->now.renewable[i] * p->resources.capacity[i];
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        bound += r->now.window[j] * p->resources.window_limit[j];
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        bound -= r->now.target[g] * p->targets.km[g];
    }
    return bound;
}

/* Scales that make a row's violation relative, so that one step length suits all rows. */
static double renewable_scale(const struct ganger_problem *p, int32_t row)
{
    int32_t most = 1;
    for (int32_t t = 0; t < p->time.periods; t++) {
        int32_t capacity = p->resources.capacity[(int64_t)row * p->time.periods + t];
        most = capacity > most ? capacity : most;
    }
    return most;
}

/* A gang's period weighs less than a year's window: a row of a renewable is one of many. */
static double window_scale(const struct ganger_problem *p, int32_t j)
{
    double limit = p->resources.window_limit[j] > 1e-9 ? p->resources.window_limit[j] : 1.0;
    int32_t length = p->resources.window_to[j] - p->resources.window_from[j];
    return limit / sqrt(length > 1 ? length : 1);
}

static double target_scale(const struct ganger_problem *p, int32_t g)
{
    double km = p->targets.km[g] > 1e-9 ? p->targets.km[g] : 1.0;
    return km / sqrt(p->targets.by[g] > 1 ? p->targets.by[g] : 1);
}

/* now = centre + step * scaled violation of the average, kept in range; with `apply` false only the squared
 * length of the violation that can act is returned. */
static double move_along(struct ganger_relaxation *r, double step, bool apply)
{
    const struct ganger_problem *p = r->problem;
    int32_t periods = p->time.periods;
    double norm = 0;
    for (int32_t row = 0; row < p->resources.renewables; row++) {
        double scale = renewable_scale(p, row);
        for (int32_t t = 0; t < periods; t++) {
            int64_t i = (int64_t)row * periods + t;
            double over = (r->average.renewable[i] - p->resources.capacity[i]) / scale;
            if (over > 0 || r->centre.renewable[i] > 0) {
                norm += over * over;
            }
            if (apply) {
                r->now.renewable[i] = fmax(0, r->centre.renewable[i] + step * over / scale);
            }
        }
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        double scale = window_scale(p, j);
        double over = (r->average.window[j] - p->resources.window_limit[j]) / scale;
        if (over > 0 || r->centre.window[j] > 0) {
            norm += over * over;
        }
        if (apply) {
            r->now.window[j] = fmax(0, r->centre.window[j] + step * over / scale);
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double scale = target_scale(p, g);
        double most = p->targets.hard[g] ? INFINITY : p->targets.shortfall_cost[g];
        double under = (p->targets.km[g] - r->average.target[g]) / scale;
        norm += under * under;
        if (apply) {
            r->now.target[g] = fmin(most, fmax(0, r->centre.target[g] + step * under / scale));
        }
    }
    return norm;
}

static void evaluate(struct ganger_relaxation *r, int threads, int64_t *ticks)
{
    *ticks += ganger_relax_price_works(r, threads);
    ganger_relax_add_up_usage(r);
    *ticks += (int64_t)r->problem->segments.count * r->boundaries;
    r->bound_now = add_up_bound(r);
    if (r->bound_now < r->bound_best) {
        const struct ganger_problem *p = r->problem;
        r->bound_best = r->bound_now;
        multipliers_copy(p, &r->best, &r->now);
        memcpy(r->best_segment_price, r->segment_price,
               2 * (size_t)p->segments.count * (size_t)r->boundaries * sizeof(double));
    }
}

/* Targets may be priced far above what meeting them costs; what it costs is the better first guess. */
static double first_km_price(const struct ganger_problem *p, int32_t target)
{
    double cost = 0;
    double km = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (p->targets.kinds[target] >> p->works.kind[w] & 1U) {
            double least = INFINITY;
            for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
                least = fmin(least, p->modes.cost[m]);
            }
            cost += isfinite(least) ? least : 0;
            km += p->works.km[w];
        }
    }
    double price = km > 0 ? first_target_share * cost / km : 0;
    return p->targets.hard[target] ? price : fmin(price, p->targets.shortfall_cost[target]);
}

bool ganger_relaxation_start(struct ganger_relaxation *relaxation, const double *segment_capacity,
                             const struct ganger_path_pool *paths, int threads)
{
    struct ganger_relaxation *r = relaxation;
    const struct ganger_problem *p = r->problem;
    memcpy(r->average.capacity, segment_capacity,
           (size_t)p->segments.count * (size_t)r->boundaries * sizeof(double));
    for (int i = 0; i < GANGER_RELAX_TIME_BLOCKS; i++) {
        if (!ganger_path_pool_copy(&r->pools[i], paths)) {
            return false;
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        r->centre.target[g] = r->now.target[g] = first_km_price(p, g);
    }
    r->blend = 1.0;
    int64_t ticks = 0;
    return ganger_relax_price_traffic(r, threads, &ticks);
}

/* The centre's bound at the segment prices as they are now; also the first average. */
static void recentre(struct ganger_relaxation *r, int threads, int64_t *ticks)
{
    multipliers_copy(r->problem, &r->now, &r->centre);
    evaluate(r, threads, ticks);
    r->bound_centre = r->bound_now;
    if (!r->centre_known) {
        ganger_relax_blend_average(r, 1.0);
        r->centre_known = true;
    } else {
        ganger_relax_blend_average(r, newest_share);
    }
}

static void update_prices(struct ganger_relaxation *r, double value, int threads, int64_t *ticks)
{
    double norm = move_along(r, 0, false);
    double aim = isnan(value) ? r->bound_centre - 0.05 * fabs(r->bound_centre) : value;
    double reach = fmax(r->bound_centre - aim, 1e-9 * fabs(r->bound_centre));
    if (norm <= 0) {
        return;
    }
    move_along(r, r->step_size * reach / norm, true);
    evaluate(r, threads, ticks);
    ganger_relax_blend_average(r, newest_share);
    if (r->bound_now < r->bound_centre) {
        r->bound_centre = r->bound_now;
        multipliers_copy(r->problem, &r->centre, &r->now);
        r->step_size = fmin(2.0, r->step_size * 1.1);
        r->nulls = 0;
    } else if (++r->nulls >= 5) {
        r->step_size = fmax(1e-4, r->step_size * 0.7);
        r->nulls = 0;
    }
}

bool ganger_relaxation_step(struct ganger_relaxation *relaxation, double value, int threads,
                            int64_t *ticks)
{
    struct ganger_relaxation *r = relaxation;
    if (r->failed) {
        return false;
    }
    if (r->stage > 0) {
        r->blend = fmax(0.1, 2.0 / (2.0 + r->stage));
        if (!ganger_relax_price_traffic(r, threads, ticks)) {
            return false;
        }
    }
    recentre(r, threads, ticks);
    for (int i = 0; i < updates_a_step && !r->failed; i++) {
        update_prices(r, value, threads, ticks);
    }
    r->stage++;
    return !r->failed;
}

void ganger_relaxation_set_interrupt(struct ganger_relaxation *relaxation,
                                     bool (*interrupted)(void *context), void *context)
{
    relaxation->interrupted = interrupted;
    relaxation->interrupt_context = context;
}

double ganger_relaxation_bound(const struct ganger_relaxation *relaxation)
{
    return relaxation->bound_best;
}

struct ganger_relaxation_prices ganger_relaxation_prices(const struct ganger_relaxation *relaxation)
{
    return (struct ganger_relaxation_prices){relaxation->best.renewable, relaxation->best.window,
                                             relaxation->best_segment_price,
                                             relaxation->best.target};
}
