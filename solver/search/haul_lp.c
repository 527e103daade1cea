#include "search/haul_lp.h"

#include "freight/detours.h"
#include "freight/traffic.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { lanes = GANGER_STATES };

/* An LP begins with the paths on which a moment has this share of their demand, and with rows of the arcs that have a price,
 * USD per tonne. */
static const double least_share = 0.02, least_price = 1e-3;
/* A new path must be better by this, USD per tonne: the last paths take most of the time and gain next to nothing. */
static const double path_tolerance = 0.1;
/* Ticks of a simplex iteration for each row and column. */
static const double pivot_ticks = 0.8;
/* How many there are; ticks of the first LP of one, by demands and links cubed; of a later one, as a share of it. */
static const struct {
    int count;
    double first, later;
} stretches = {8, 0.011, 0.25};

struct stretch {
    int32_t first, count; /* boundaries */
    int32_t *order;       /* [count] boundaries as they are solved */
    int32_t next;         /* of order */
    uint8_t *solved;      /* [count] */
    struct ganger_path_pool pool;
    /* Of the last step: boundaries from..to-1, and what each of them can carry. */
    int32_t from, to;
    double *traffic;               /* [count] */
    int64_t *first_haul;           /* [count+1] */
    struct ganger_haul_list hauls; /* paths of the pool; after its last one, those of ways */
    struct ganger_path_pool ways;
    int64_t ticks;
    bool failed, left_out;
};

struct ganger_haul_lp {
    struct ganger_haulage_request request;
    const struct ganger_graph *graph;
    int32_t boundaries;
    int stretches;
    struct stretch *stretch;
};

/* One stretch's scratch in a step. */
struct bench {
    struct ganger_traffic_solver solver;
    struct ganger_traffic traffic;
    struct ganger_carrier carrier;
    struct ganger_detours detours;
    double *capacity; /* [links] */
    double *hoped;    /* [demands] what the LP carries */
    double *flow;     /* [paths] likewise */
    int32_t *listed;  /* [paths] all */
};

double ganger_haul_lp_ticks(const struct ganger_problem *problem)
{
    double size = (double)problem->demands.count + problem->links.count;
    double later = stretches.later * (problem->time.periods + 1);
    return stretches.first * size * size * size * (stretches.count + later);
}

/* ---- stretches -------------------------------------------------------------------------------- */

/* The last boundary; then what lies between those listed, in ever smaller steps, backward and forward by turns: the next one
 * is never far. */
static void list_order(struct stretch *s)
{
    int32_t last = s->count - 1, listed = 0, step = 1;
    while (step < s->count) {
        step *= 2;
    }
    for (bool back = true; step >= 1; step /= 2, back = !back) {
        int32_t many = last / step;
        for (int32_t i = 0; i <= many; i++) {
            int32_t place = last - step * (back ? i : many - i);
            if (!s->solved[place]) {
                s->solved[place] = 1;
                s->order[listed++] = s->first + place;
            }
        }
    }
    memset(s->solved, 0, (size_t)s->count);
}

static bool stretch_init(struct stretch *s, const struct ganger_graph *graph, int32_t first,
                         int32_t after)
{
    s->first = first;
    s->count = after - first;
    size_t count = (size_t)s->count + 1;
    s->order = malloc(count * sizeof *s->order);
    s->solved = calloc(count, sizeof *s->solved);
    s->traffic = malloc(count * sizeof *s->traffic);
    s->first_haul = calloc(count, sizeof *s->first_haul);
    bool ready = s->order && s->solved && s->traffic && s->first_haul &&
                 ganger_path_pool_init(&s->pool, graph);
    if (ready) {
        list_order(s);
    }
    return ready;
}

static void stretch_clear(struct stretch *s)
{
    free(s->order);
    free(s->solved);
    free(s->traffic);
    free(s->first_haul);
    free(s->hauls.haul);
    ganger_path_pool_clear(&s->pool);
    ganger_path_pool_clear(&s->ways);
}

struct ganger_haul_lp *ganger_haul_lp_create(struct ganger_haulage_request request)
{
    struct ganger_haul_lp *lp = calloc(1, sizeof *lp);
    if (!lp) {
        return NULL;
    }
    lp->request = request;
    lp->graph = request.moments->model->graph;
    lp->boundaries = request.moments->model->boundaries;
    lp->stretches = stretches.count < lp->boundaries ? stretches.count : lp->boundaries;
    lp->stretch = calloc((size_t)lp->stretches + 1, sizeof *lp->stretch);
    bool ready = lp->stretch != NULL;
    for (int i = 0; ready && i < lp->stretches; i++) {
        int32_t first = (int32_t)((int64_t)lp->boundaries * i / lp->stretches);
        int32_t after = (int32_t)((int64_t)lp->boundaries * (i + 1) / lp->stretches);
        ready = stretch_init(&lp->stretch[i], lp->graph, first, after);
    }
    if (!ready) {
        ganger_haul_lp_destroy(lp);
        return NULL;
    }
    return lp;
}

void ganger_haul_lp_destroy(struct ganger_haul_lp *lp)
{
    for (int i = 0; lp && lp->stretch && i < lp->stretches; i++) {
        stretch_clear(&lp->stretch[i]);
    }
    if (lp) {
        free(lp->stretch);
    }
    free(lp);
}

/* ---- one boundary's LP ------------------------------------------------------------------------ */

static bool bench_init(struct bench *b, const struct ganger_graph *graph)
{
    size_t arcs = (size_t)graph->arcs + 1;
    *b = (struct bench){0};
    b->capacity = malloc(((size_t)graph->problem->links.count + 1) * sizeof *b->capacity);
    b->hoped = calloc((size_t)graph->problem->demands.count + 1, sizeof *b->hoped);
    b->traffic.flow = malloc(arcs * sizeof *b->traffic.flow);
    b->traffic.price = malloc(arcs * sizeof *b->traffic.price);
    return b->capacity && b->hoped && b->traffic.flow && b->traffic.price &&
           ganger_detours_init(&b->detours, graph);
}

static void bench_clear(struct bench *b)
{
    ganger_carrier_clear(&b->carrier);
    ganger_detours_clear(&b->detours);
    free(b->capacity);
    free(b->hoped);
    free(b->traffic.flow);
    free(b->traffic.price);
    free(b->flow);
    free(b->listed);
}

/* Paths in use at the moment that is near, and rows of what is short there. */
static bool seed(const struct ganger_haul_lp *lp, struct stretch *s, int32_t t,
                 const double *volume)
{
    const struct ganger_moments *moments = lp->request.moments;
    const struct ganger_path_pool *paths = ganger_relaxation_paths(moments->relaxation);
    int32_t near = ganger_moments_of(moments, t), lane = near % lanes;
    struct ganger_states_view view = ganger_states_view(moments->states[near / lanes]);
    for (int32_t i = 0; i < view.count; i++) {
        int32_t path = view.listed[i], first = paths->first_arc[path];
        double flow = view.flow[(int64_t)path * lanes + lane];
        if (flow > least_share * volume[paths->demand[path]] &&
            ganger_path_pool_add(&s->pool, paths->demand[path], paths->arcs + first,
                                 paths->first_arc[path + 1] - first) == GANGER_NONE) {
            return false;
        }
    }
    for (int32_t arc = 0; arc < lp->graph->arcs; arc++) {
        if (view.toll[(int64_t)arc * lanes + lane] > least_price) {
            ganger_path_pool_add_row(&s->pool, arc);
        }
    }
    return true;
}

/* Flows on paths and what they deliver. */
static bool read_flows(struct bench *b, const struct ganger_path_pool *pool)
{
    size_t count = (size_t)pool->count + 1;
    b->flow = malloc(count * sizeof *b->flow);
    b->listed = malloc(count * sizeof *b->listed);
    if (!b->flow || !b->listed) {
        return false;
    }
    for (int32_t path = 0; path < pool->count; path++) {
        b->listed[path] = path;
        b->flow[path] = ganger_traffic_path_flow(&b->solver, path);
        b->hoped[pool->demand[path]] += b->flow[path];
    }
    return true;
}

/* The LP's flows are what is left of it. */
static bool solve(const struct ganger_haul_lp *lp, struct stretch *s, struct bench *b, int32_t t,
                  const double *volume)
{
    const struct ganger_haulage_request *request = &lp->request;
    for (int32_t l = 0; l < lp->graph->problem->links.count; l++) {
        b->capacity[l] = request->capacity[(int64_t)l * lp->boundaries + t];
    }
    if ((s->pool.count == 0 && !seed(lp, s, t, volume)) ||
        !ganger_traffic_open(&b->solver, lp->graph, &s->pool)) {
        return false;
    }
    b->solver.path_tolerance = path_tolerance;
    b->solver.interrupted = request->interrupted;
    b->solver.context = request->context;
    bool ready = ganger_traffic_solve(&b->solver, volume, b->capacity, &b->traffic) &&
                 read_flows(b, &s->pool);
    s->left_out = b->solver.broken_off;
    if (ready) {
        double size = b->solver.columns + b->solver.arc_rows + lp->graph->problem->demands.count;
        ganger_traffic_keep_basis(&b->solver);
        s->ticks +=
            b->solver.searched + (int64_t)(pivot_ticks * size * (double)b->solver.iterations);
    }
    ganger_traffic_close(&b->solver);
    return ready;
}

/* ---- what it carries, there and around -------------------------------------------------------- */

static bool carry(const struct ganger_haul_lp *lp, struct stretch *s, struct bench *b, int32_t t)
{
    const struct ganger_problem *p = lp->graph->problem;
    double *value = &s->traffic[t - s->first];
    struct ganger_carry_state state = {.volume = p->demands.volume +
                                                 (int64_t)p->demands.step_at[t] * p->demands.count,
                                       .capacity = lp->request.capacity + t,
                                       .links_apart = lp->boundaries,
                                       .wanted = b->flow,
                                       .paths_apart = 1};
    s->first_haul[t - s->first] = s->hauls.count;
    *value = ganger_carry(&b->carrier, state);
    if (!ganger_detours_find(&b->detours, &b->carrier, b->hoped, b->traffic.price, 1, value)) {
        return false;
    }
    for (int32_t i = 0; i < s->pool.count + b->detours.paths.count; i++) {
        int64_t units = i < s->pool.count ? b->carrier.flow[i] : b->detours.flow[i - s->pool.count];
        struct ganger_haul haul = {t, i, (double)units / GANGER_CARRY_UNITS};
        if (units > 0 && !ganger_haul_add(&s->hauls, haul)) {
            return false;
        }
    }
    s->ticks += s->pool.first_arc[s->pool.count];
    return true;
}

/* The boundary and its neighbours that are not solved. */
static bool carry_around(const struct ganger_haul_lp *lp, struct stretch *s, struct bench *b,
                         int32_t t)
{
    s->from = t;
    s->to = t + 1;
    while (s->from > s->first && !s->solved[s->from - 1 - s->first]) {
        s->from--;
    }
    while (s->to < s->first + s->count && !s->solved[s->to - s->first]) {
        s->to++;
    }
    s->hauls.count = 0;
    bool ready = ganger_carrier_init(&b->carrier, &s->pool, b->listed, s->pool.count);
    if (ready) {
        ganger_carrier_rank(&b->carrier, b->traffic.price, 1);
    }
    for (int32_t u = s->from; ready && u < s->to; u++) {
        ready = carry(lp, s, b, u);
    }
    s->first_haul[s->to - s->first] = s->hauls.count;
    s->ticks += b->detours.astar.looked;
    return ready;
}

static void run_stretch(int32_t index, void *context)
{
    struct ganger_haul_lp *lp = context;
    struct stretch *s = &lp->stretch[index];
    s->from = s->to = 0;
    s->ticks = 0;
    s->left_out = lp->request.interrupted && lp->request.interrupted(lp->request.context);
    if (s->next == s->count || s->left_out) {
        return;
    }
    struct bench b;
    const struct ganger_demands *demands = &lp->graph->problem->demands;
    int32_t t = s->order[s->next];
    const double *volume = demands->volume + (int64_t)demands->step_at[t] * demands->count;
    bool ready = bench_init(&b, lp->graph);
    if (ready && solve(lp, s, &b, t, volume)) { /* an LP that gives out leaves all as it was */
        ready = carry_around(lp, s, &b, t);
    }
    s->failed = !ready;
    s->solved[t - s->first] = 1;
    s->next++;
    ganger_path_pool_clear(&s->ways);
    s->ways = b.detours.paths;
    b.detours.paths = (struct ganger_path_pool){0};
    bench_clear(&b);
}

/* ---- into the haulage ------------------------------------------------------------------------- */

/* The hauls of a boundary that a stretch carries better. False if memory is short. */
static bool take_better(const struct stretch *s, int32_t t, struct ganger_haulage *to,
                        struct ganger_haul *haul)
{
    int64_t first = s->first_haul[t - s->first], after = s->first_haul[t + 1 - s->first];
    for (int64_t i = first; i < after; i++) {
        bool way = s->hauls.haul[i].path >= s->pool.count;
        const struct ganger_path_pool *pool = way ? &s->ways : &s->pool;
        int32_t path = s->hauls.haul[i].path - (way ? s->pool.count : 0);
        int32_t begin = pool->first_arc[path];
        haul[i - first] = s->hauls.haul[i];
        haul[i - first].path = ganger_path_pool_add(
            &to->paths, pool->demand[path], pool->arcs + begin, pool->first_arc[path + 1] - begin);
        if (haul[i - first].path == GANGER_NONE) {
            return false;
        }
    }
    return true;
}

static bool is_better(const struct stretch *s, int32_t t, const struct ganger_haulage *haulage)
{
    return t >= s->from && t < s->to && s->traffic[t - s->first] > haulage->traffic[t];
}

static bool take(const struct ganger_haul_lp *lp, struct ganger_haulage *haulage)
{
    int64_t most = haulage->count, count = 0, old = 0;
    for (int i = 0; i < lp->stretches; i++) {
        most += lp->stretch[i].hauls.count;
    }
    struct ganger_haul *haul = malloc(((size_t)most + 1) * sizeof *haul);
    bool ready = haul != NULL;
    const struct stretch *s = lp->stretch;
    for (int32_t t = 0; ready && t < lp->boundaries; t++) {
        int64_t first = old;
        s += t == s->first + s->count;
        while (old < haulage->count && haulage->haul[old].boundary == t) {
            old++;
        }
        if (is_better(s, t, haulage)) {
            ready = take_better(s, t, haulage, haul + count);
            count += s->first_haul[t + 1 - s->first] - s->first_haul[t - s->first];
            haulage->traffic[t] = s->traffic[t - s->first];
        } else {
            memcpy(haul + count, haulage->haul + first, (size_t)(old - first) * sizeof *haul);
            count += old - first;
        }
    }
    if (ready) {
        free(haulage->haul);
        haulage->haul = haul;
        haulage->count = count;
    } else {
        free(haul);
    }
    return ready;
}

enum ganger_haul_lp_end ganger_haul_lp_step(struct ganger_haul_lp *lp,
                                            struct ganger_haulage *haulage, int64_t *ticks)
{
    bool failed = false, left_out = false, more = false;
    int64_t spent = 0;
    ganger_parallel_for(lp->request.threads, lp->stretches, run_stretch, lp);
    for (int i = 0; i < lp->stretches; i++) {
        const struct stretch *s = &lp->stretch[i];
        failed = failed || s->failed;
        left_out = left_out || s->left_out;
        more = more || s->next < s->count;
        spent += s->ticks;
    }
    if (failed || left_out) {
        return failed ? GANGER_HAUL_LP_FAILED : GANGER_HAUL_LP_BROKEN_OFF;
    }
    *ticks += spent;
    if (!take(lp, haulage)) {
        return GANGER_HAUL_LP_FAILED;
    }
    return more ? GANGER_HAUL_LP_AGAIN : GANGER_HAUL_LP_DONE;
}
