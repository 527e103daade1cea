#include "search/haulage.h"

#include "freight/detours.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { lanes = GANGER_STATES };

struct hauls {
    struct ganger_haul_list list;
    struct ganger_path_pool ways; /* found for these hauls; numbers go on from the relaxation's */
    int64_t ticks;
    bool failed, left_out;
};

/* One vector's scratch. */
struct bench {
    struct ganger_carrier carrier;
    struct ganger_detours detours;
    double *hoped; /* [demands] carried at the moment that is near */
};

/* A boundary and the lane that has it. */
struct place {
    int32_t boundary, lane;
};

struct job {
    const struct ganger_search_model *model;
    struct ganger_haulage_request request;
    struct ganger_haulage *haulage; /* its traffic, guess and toll */
    int32_t count, vectors;         /* boundaries that are settled */
    struct hauls *hauls;            /* [vectors] */
    int32_t *number; /* [paths of request.from] in the relaxation's pool, or GANGER_NONE */
    int64_t *first;  /* [boundaries + 1] of its hauls */
};

void ganger_haulage_clear(struct ganger_haulage *haulage)
{
    free(haulage->haul);
    free(haulage->traffic);
    free(haulage->guess);
    free(haulage->toll);
    ganger_path_pool_clear(&haulage->paths);
    *haulage = (struct ganger_haulage){0};
}

bool ganger_haul_add(struct ganger_haul_list *list, struct ganger_haul haul)
{
    if (list->count == list->room) {
        int64_t room = 2 * list->room + 8192;
        struct ganger_haul *grown = realloc(list->haul, (size_t)room * sizeof *grown);
        if (!grown) {
            return false;
        }
        list->haul = grown;
        list->room = room;
    }
    list->haul[list->count++] = haul;
    return true;
}

/* The last boundary fills the lanes that are beyond it. */
static int32_t boundary_of(const struct job *job, int32_t vector, int lane)
{
    int32_t last = job->model->boundaries - 1, i = vector * lanes + lane;
    return i < job->count - 1 ? i * job->request.every : last;
}

/* The vector that settles a boundary. */
static int32_t vector_of(const struct job *job, int32_t t)
{
    bool last = t == job->model->boundaries - 1;
    return (last ? job->count - 1 : t / job->request.every) / lanes;
}

/* What the moment that is near carries of each demand. */
static void hope(const struct job *job, struct bench *b, int32_t t)
{
    const struct ganger_moments *moments = job->request.moments;
    int32_t near = ganger_moments_of(moments, t);
    struct ganger_states_view view = ganger_states_view(moments->states[near / lanes]);
    const struct ganger_path_pool *paths = ganger_relaxation_paths(moments->relaxation);
    memset(b->hoped, 0, (size_t)job->model->problem->demands.count * sizeof *b->hoped);
    for (int32_t i = 0; i < view.count; i++) {
        int64_t path = view.listed[i];
        b->hoped[paths->demand[path]] += view.flow[path * lanes + near % lanes];
    }
}

static bool haul_lane(const struct job *job, struct hauls *hauls, struct bench *b,
                      struct ganger_states_view view, struct place at)
{
    struct ganger_carrier *carrier = &b->carrier;
    const struct ganger_problem *p = job->model->problem;
    int32_t t = at.boundary, lane = at.lane;
    struct ganger_carry_state state = {.volume = p->demands.volume +
                                                 (int64_t)p->demands.step_at[t] * p->demands.count,
                                       .capacity = job->request.capacity + t,
                                       .links_apart = job->model->boundaries,
                                       .wanted = view.flow + lane,
                                       .paths_apart = lanes};
    ganger_carrier_rank(carrier, view.toll + lane, lanes);
    job->haulage->traffic[t] = ganger_carry(carrier, state);
    hope(job, b, t);
    if (!ganger_detours_find(&b->detours, carrier, b->hoped, view.toll + lane, lanes,
                             &job->haulage->traffic[t])) {
        return false;
    }
    for (int32_t i = 0; i < b->detours.paths.count; i++) {
        struct ganger_haul haul = {t, carrier->paths->count + i,
                                   (double)b->detours.flow[i] / GANGER_CARRY_UNITS};
        if (haul.mtpa > 0 && !ganger_haul_add(&hauls->list, haul)) {
            return false;
        }
    }
    for (int32_t i = 0; i < view.count; i++) {
        int64_t flow = carrier->flow[view.listed[i]];
        struct ganger_haul haul = {t, view.listed[i], (double)flow / GANGER_CARRY_UNITS};
        if (flow > 0 && !ganger_haul_add(&hauls->list, haul)) {
            return false;
        }
    }
    return true;
}

/* A lane as the haulage that is gone on from has the boundary. */
static void go_on(const struct job *job, struct ganger_states *states, int lane, int32_t t)
{
    const struct ganger_haulage *from = job->request.from;
    ganger_states_empty(states, lane, from->toll + (int64_t)t * job->model->graph->arcs);
    for (int64_t i = job->first[t]; i < job->first[t + 1]; i++) {
        int32_t path = job->number[from->haul[i].path];
        if (path != GANGER_NONE) {
            ganger_states_put(states, lane, path, from->haul[i].mtpa);
        }
    }
}

/* The states of a vector's boundaries, as they begin. NULL if memory is short. */
static struct ganger_states *open_states(const struct job *job, int32_t vector)
{
    const struct ganger_moments *moments = job->request.moments;
    struct ganger_states *states = ganger_states_create(moments->relaxation);
    for (int lane = 0; states && lane < lanes; lane++) {
        int32_t t = boundary_of(job, vector, lane), near = ganger_moments_of(moments, t);
        if (job->request.from) {
            go_on(job, states, lane, t);
        } else {
            ganger_states_copy(states, lane, moments->states[near / lanes], near % lanes);
        }
    }
    return states;
}

/* The end stands for all the years after it: it is settled so much more closely, on all paths. */
enum { at_the_end = 12 };

/* From so many iterations on: the first step in those of the relaxation, and where freight may go besides the paths in use,
 * by what it gains less than on the best one, USD per tonne. In few iterations both do harm. */
static const struct {
    int32_t many;
    double longer, slack;
} closely = {48, 4, 0.5};

/* Settles a vector's freight; false if memory is short. */
static bool settle(const struct job *job, struct ganger_states *states, int32_t vector,
                   struct hauls *hauls)
{
    const struct ganger_haulage_request *request = &job->request;
    bool ends = vector == job->vectors - 1;
    bool close = request->from || request->iterations >= closely.many;
    for (int lane = 0; lane < lanes; lane++) {
        ganger_states_set(
            states, lane,
            (struct ganger_states_at){boundary_of(job, vector, lane), job->request.capacity, true});
    }
    if (!ends && !ganger_states_narrow(states, close ? closely.slack : 0)) {
        return false;
    }
    hauls->ticks =
        ganger_states_run(states, (struct ganger_states_run){.iterations = request->iterations *
                                                                           (ends ? at_the_end : 1),
                                                             .longer = close ? closely.longer : 1,
                                                             .interrupted = request->interrupted,
                                                             .context = request->context});
    hauls->left_out = hauls->ticks < 0;
    return true;
}

/* What the freight of a boundary earns as it is settled, and what the prices say of where it is more or less than what fits.
 * Nothing flows over closed links after the first iteration. */
static double guess(const struct job *job, struct ganger_states_view view, struct place at)
{
    const struct ganger_path_pool *paths =
        ganger_relaxation_paths(job->request.moments->relaxation);
    const double *value = job->model->problem->demands.value;
    const double *capacity = job->request.capacity + at.boundary;
    int64_t lane = at.lane;
    double sum = 0;
    for (int32_t i = 0; i < view.count; i++) {
        int64_t path = view.listed[i];
        double flow = view.flow[path * lanes + lane];
        double profit = value[paths->demand[path]] - paths->cost[path];
        for (int32_t k = paths->first_arc[path]; flow > 0 && k < paths->first_arc[path + 1]; k++) {
            profit -= view.toll[(int64_t)paths->arcs[k] * lanes + lane];
        }
        sum += flow * profit;
    }
    for (int64_t arc = 0; arc < job->model->graph->arcs; arc++) {
        sum += view.toll[arc * lanes + lane] * capacity[arc / 2 * job->model->boundaries];
    }
    return sum;
}

/* Prices at which a boundary's freight is settled; those of closed links are the near moment's. */
static void keep_tolls(const struct job *job, struct ganger_states_view view, struct place at)
{
    const struct ganger_moments *moments = job->request.moments;
    int32_t t = at.boundary, near = ganger_moments_of(moments, t);
    const double *other = ganger_states_view(moments->states[near / lanes]).toll + near % lanes;
    const double *capacity = job->request.capacity + t;
    int64_t arcs = job->model->graph->arcs;
    float *toll = job->haulage->toll + t * arcs;
    for (int64_t arc = 0; arc < arcs; arc++) {
        bool closed = capacity[arc / 2 * job->model->boundaries] <= 0;
        toll[arc] = (float)(closed ? other[arc * lanes] : view.toll[arc * lanes + at.lane]);
    }
}

/* A vector's boundaries follow each other. The last one takes longest, and comes first. */
static void run_vector(int32_t index, void *context)
{
    struct job *job = context;
    int32_t vector = job->vectors - 1 - index;
    struct hauls *hauls = &job->hauls[vector];
    const struct ganger_haulage_request *request = &job->request;
    const struct ganger_moments *moments = request->moments;
    const struct ganger_path_pool *paths = ganger_relaxation_paths(moments->relaxation);
    hauls->left_out = request->interrupted && request->interrupted(request->context);
    if (hauls->left_out) {
        return;
    }
    struct bench b = {.hoped =
                          calloc((size_t)job->model->problem->demands.count + 1, sizeof *b.hoped)};
    struct ganger_states *states = open_states(job, vector);
    bool ready = states && b.hoped && ganger_detours_init(&b.detours, job->model->graph);
    if (ready) {
        ready = settle(job, states, vector, hauls);
    }
    if (ready && !hauls->left_out) {
        struct ganger_states_view view = ganger_states_view(states);
        ready = ganger_carrier_init(&b.carrier, paths, view.listed, view.count);
        for (int lane = 0; ready && lane < lanes && vector * lanes + lane < job->count; lane++) {
            struct place at = {boundary_of(job, vector, lane), lane};
            double *traffic = job->haulage->traffic + at.boundary;
            ready = haul_lane(job, hauls, &b, view, at);
            job->haulage->guess[at.boundary] = fmax(guess(job, view, at), *traffic);
            keep_tolls(job, view, at);
        }
        hauls->ticks += paths->first_arc[paths->count] + b.detours.astar.looked;
    }
    hauls->failed = !ready;
    hauls->ways = b.detours.paths;
    b.detours.paths = (struct ganger_path_pool){0};
    ganger_carrier_clear(&b.carrier);
    ganger_detours_clear(&b.detours);
    free(b.hoped);
    ganger_states_destroy(states);
}

/* The vectors' hauls one after another. */
static bool join(struct ganger_haulage *haulage, const struct hauls *hauls, int32_t vectors,
                 int64_t *ticks)
{
    int64_t count = 0, spent = 0;
    bool ready = true;
    for (int32_t v = 0; v < vectors; v++) {
        ready = ready && !hauls[v].failed;
        haulage->broken_off = haulage->broken_off || hauls[v].left_out;
        count += hauls[v].list.count;
        spent += hauls[v].ticks;
    }
    *ticks += haulage->broken_off ? 0 : spent;
    haulage->haul = ready ? malloc(((size_t)count + 1) * sizeof *haulage->haul) : NULL;
    for (int32_t v = 0; haulage->haul && v < vectors; v++) {
        if (hauls[v].list.count > 0) {
            memcpy(haulage->haul + haulage->count, hauls[v].list.haul,
                   (size_t)hauls[v].list.count * sizeof *haulage->haul);
        }
        haulage->count += hauls[v].list.count;
    }
    return haulage->haul != NULL;
}

static int32_t add_way(struct ganger_haulage *haulage, const struct ganger_path_pool *ways,
                       int32_t way)
{
    int32_t first = ways->first_arc[way];
    return ganger_path_pool_add(&haulage->paths, ways->demand[way], ways->arcs + first,
                                ways->first_arc[way + 1] - first);
}

/* The haulage's own pool: the relaxation's paths come and go. */
static bool keep_paths(struct ganger_haulage *haulage, const struct ganger_path_pool *from,
                       const struct job *job)
{
    size_t count = (size_t)from->count + 1;
    uint8_t *keep = calloc(count, sizeof *keep);
    int32_t *number = malloc(count * sizeof *number);
    bool ready = keep && number && ganger_path_pool_init(&haulage->paths, from->graph) &&
                 ganger_path_pool_copy(&haulage->paths, from);
    if (ready) {
        for (int64_t i = 0; i < haulage->count; i++) {
            int32_t path = haulage->haul[i].path;
            keep[path < from->count ? path : from->count] = 1;
        }
        ganger_path_pool_keep(&haulage->paths, keep, number);
        for (int64_t i = 0; ready && i < haulage->count; i++) {
            struct ganger_haul *haul = &haulage->haul[i];
            const struct ganger_path_pool *ways = &job->hauls[vector_of(job, haul->boundary)].ways;
            haul->path = haul->path < from->count
                             ? number[haul->path]
                             : add_way(haulage, ways, haul->path - from->count);
            ready = haul->path != GANGER_NONE;
        }
    }
    free(keep);
    free(number);
    return ready;
}

/* first[t]: of the hauls of boundary t. */
static void index_hauls(const struct ganger_haulage *haulage, int32_t boundaries, int64_t *first)
{
    int64_t i = 0;
    for (int32_t t = 0; t <= boundaries; t++) {
        while (i < haulage->count && haulage->haul[i].boundary < t) {
            i++;
        }
        first[t] = i;
    }
}

/* Finds what is gone on from among the paths there are now. False if memory is short. */
static bool find_paths(struct job *job)
{
    const struct ganger_path_pool *from = &job->request.from->paths;
    const struct ganger_path_pool *pool = ganger_relaxation_paths(job->request.moments->relaxation);
    job->number = malloc(((size_t)from->count + 1) * sizeof *job->number);
    job->first = malloc(((size_t)job->model->boundaries + 1) * sizeof *job->first);
    if (!job->number || !job->first) {
        return false;
    }
    for (int32_t path = 0; path < from->count; path++) {
        int32_t first = from->first_arc[path];
        job->number[path] = ganger_path_pool_find(pool, from->demand[path], from->arcs + first,
                                                  from->first_arc[path + 1] - first);
    }
    index_hauls(job->request.from, job->model->boundaries, job->first);
    return true;
}

/* Boundaries so far apart speak for those behind them. */
static void thin(double *row, int32_t boundaries, int32_t every)
{
    for (int32_t t = 0; t + 1 < boundaries; t++) {
        row[t] = row[t / every * every];
    }
}

void ganger_haulage_thin_guess(struct ganger_haulage *haulage, int32_t boundaries, int32_t every)
{
    thin(haulage->guess, boundaries, every);
}

bool ganger_haulage_init(struct ganger_haulage *haulage, struct ganger_haulage_request request,
                         int64_t *ticks)
{
    const struct ganger_search_model *model = request.moments->model;
    int32_t count = (model->boundaries - 2 + request.every) / request.every + 1;
    int32_t vectors = (count + lanes - 1) / lanes;
    size_t boundaries = (size_t)model->boundaries, arcs = (size_t)model->graph->arcs;
    *haulage =
        (struct ganger_haulage){.traffic = calloc(boundaries, sizeof *haulage->traffic),
                                .guess = calloc(boundaries, sizeof *haulage->guess),
                                .toll = malloc((boundaries * arcs + 1) * sizeof *haulage->toll)};
    struct job job = {.model = model,
                      .request = request,
                      .haulage = haulage,
                      .count = count,
                      .vectors = vectors,
                      .hauls = calloc((size_t)vectors, sizeof *job.hauls)};
    bool ready = job.hauls && haulage->traffic && haulage->guess && haulage->toll &&
                 (!request.from || find_paths(&job));
    if (ready) {
        ganger_parallel_for(request.threads, vectors, run_vector, &job);
        thin(haulage->traffic, model->boundaries, request.every);
        thin(haulage->guess, model->boundaries, request.every);
        ready = join(haulage, job.hauls, vectors, ticks) &&
                keep_paths(haulage, ganger_relaxation_paths(request.moments->relaxation), &job);
    }
    for (int32_t v = 0; job.hauls && v < vectors; v++) {
        free(job.hauls[v].list.haul);
        ganger_path_pool_clear(&job.hauls[v].ways);
    }
    free(job.hauls);
    free(job.number);
    free(job.first);
    if (!ready) {
        ganger_haulage_clear(haulage);
    }
    return ready;
}

/* ---- the better of two ------------------------------------------------------------------------ */

/* Two haulages of one plan, and what is made of them. */
struct choice {
    const struct ganger_haulage *from[2];
    int64_t *first[2]; /* [boundaries + 1] */
    struct ganger_haul_list list;
    struct ganger_path_pool paths;
};

/* The hauls of a boundary, from one of them. False if memory is short. */
static bool choose(struct choice *c, int which, int32_t t)
{
    const struct ganger_haulage *from = c->from[which];
    for (int64_t i = c->first[which][t]; i < c->first[which][t + 1]; i++) {
        struct ganger_haul haul = from->haul[i];
        int32_t first = from->paths.first_arc[haul.path];
        haul.path =
            ganger_path_pool_add(&c->paths, from->paths.demand[haul.path], from->paths.arcs + first,
                                 from->paths.first_arc[haul.path + 1] - first);
        if (haul.path == GANGER_NONE || !ganger_haul_add(&c->list, haul)) {
            return false;
        }
    }
    return true;
}

bool ganger_haulage_improve(struct ganger_haulage *haulage, const struct ganger_haulage *by,
                            int32_t boundaries)
{
    struct choice c = {.from = {haulage, by}};
    bool ready = ganger_path_pool_init(&c.paths, haulage->paths.graph);
    for (int i = 0; i < 2; i++) {
        c.first[i] = malloc(((size_t)boundaries + 1) * sizeof *c.first[i]);
        ready = ready && c.first[i];
        if (ready) {
            index_hauls(c.from[i], boundaries, c.first[i]);
        }
    }
    for (int32_t t = 0; ready && t < boundaries; t++) {
        ready = choose(&c, by->traffic[t] > haulage->traffic[t], t);
    }
    free(c.first[0]);
    free(c.first[1]);
    if (!ready) {
        free(c.list.haul);
        ganger_path_pool_clear(&c.paths);
        return false;
    }
    free(haulage->haul);
    ganger_path_pool_clear(&haulage->paths);
    haulage->haul = c.list.haul;
    haulage->count = c.list.count;
    haulage->paths = c.paths;
    for (int32_t t = 0; t < boundaries; t++) {
        haulage->traffic[t] = fmax(haulage->traffic[t], by->traffic[t]);
    }
    return true;
}
