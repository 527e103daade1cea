#include "search/haulage.h"

#include "freight/detours.h"
#include "parallel/parallel.h"

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

struct job {
    const struct ganger_search_model *model;
    struct ganger_haulage_request request;
    double *traffic;
    struct hauls *hauls; /* [vectors] */
};

void ganger_haulage_clear(struct ganger_haulage *haulage)
{
    free(haulage->haul);
    free(haulage->traffic);
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
    int32_t last = job->model->boundaries - 1, t = vector * lanes + lane;
    return t < last ? t : last;
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
                      struct ganger_states_view view, int32_t t)
{
    struct ganger_carrier *carrier = &b->carrier;
    const struct ganger_problem *p = job->model->problem;
    int lane = t % lanes;
    struct ganger_carry_state state = {.volume = p->demands.volume +
                                                 (int64_t)p->demands.step_at[t] * p->demands.count,
                                       .capacity = job->request.capacity + t,
                                       .links_apart = job->model->boundaries,
                                       .wanted = view.flow + lane,
                                       .paths_apart = lanes};
    ganger_carrier_rank(carrier, view.toll + lane, lanes);
    job->traffic[t] = ganger_carry(carrier, state);
    hope(job, b, t);
    if (!ganger_detours_find(&b->detours, carrier, b->hoped, view.toll + lane, lanes,
                             &job->traffic[t])) {
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

/* The states of a vector's boundaries, from the moments that are near. NULL if memory is short. */
static struct ganger_states *open_states(const struct job *job, int32_t vector)
{
    const struct ganger_moments *moments = job->request.moments;
    struct ganger_states *states = ganger_states_create(moments->relaxation);
    for (int lane = 0; states && lane < lanes; lane++) {
        int32_t near = ganger_moments_of(moments, boundary_of(job, vector, lane));
        ganger_states_copy(states, lane, moments->states[near / lanes], near % lanes);
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

/* Settles a vector's freight; returns ticks, less than 0 if memory is short. */
static int64_t settle(const struct job *job, struct ganger_states *states, int32_t vector)
{
    bool ends = vector == (job->model->boundaries - 1) / lanes;
    bool close = job->request.iterations >= closely.many;
    for (int lane = 0; lane < lanes; lane++) {
        ganger_states_set(
            states, lane,
            (struct ganger_states_at){boundary_of(job, vector, lane), job->request.capacity, true});
    }
    if (!ends && !ganger_states_narrow(states, close ? closely.slack : 0)) {
        return -1;
    }
    return ganger_states_run(states, job->request.iterations * (ends ? at_the_end : 1),
                             close ? closely.longer : 1);
}

/* Vector v is of boundaries lanes * v and on. */
static void run_vector(int32_t vector, void *context)
{
    struct job *job = context;
    struct hauls *hauls = &job->hauls[vector];
    const struct ganger_haulage_request *request = &job->request;
    const struct ganger_moments *moments = request->moments;
    const struct ganger_path_pool *paths = ganger_relaxation_paths(moments->relaxation);
    int32_t last = job->model->boundaries - 1;
    hauls->left_out = request->interrupted && request->interrupted(request->context);
    if (hauls->left_out) {
        return;
    }
    struct bench b = {.hoped =
                          calloc((size_t)job->model->problem->demands.count + 1, sizeof *b.hoped)};
    struct ganger_states *states = open_states(job, vector);
    bool ready = states && b.hoped && ganger_detours_init(&b.detours, job->model->graph);
    if (ready) {
        hauls->ticks = settle(job, states, vector);
        ready = hauls->ticks >= 0;
    }
    if (ready) {
        struct ganger_states_view view = ganger_states_view(states);
        ready = ganger_carrier_init(&b.carrier, paths, view.listed, view.count);
        for (int32_t i = vector * lanes; ready && i <= last && i < (vector + 1) * lanes; i++) {
            ready = haul_lane(job, hauls, &b, view, i);
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
                       const struct hauls *hauls)
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
            const struct ganger_path_pool *ways = &hauls[haul->boundary / lanes].ways;
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

bool ganger_haulage_init(struct ganger_haulage *haulage, struct ganger_haulage_request request,
                         int64_t *ticks)
{
    const struct ganger_search_model *model = request.moments->model;
    int32_t vectors = (model->boundaries + lanes - 1) / lanes;
    *haulage = (struct ganger_haulage){
        .traffic = calloc((size_t)model->boundaries, sizeof *haulage->traffic)};
    struct job job = {model, request, haulage->traffic, calloc((size_t)vectors, sizeof *job.hauls)};
    bool ready = job.hauls && job.traffic;
    if (ready) {
        ganger_parallel_for(request.threads, vectors, run_vector, &job);
        ready =
            join(haulage, job.hauls, vectors, ticks) &&
            keep_paths(haulage, ganger_relaxation_paths(request.moments->relaxation), job.hauls);
    }
    for (int32_t v = 0; job.hauls && v < vectors; v++) {
        free(job.hauls[v].list.haul);
        ganger_path_pool_clear(&job.hauls[v].ways);
    }
    free(job.hauls);
    if (!ready) {
        ganger_haulage_clear(haulage);
    }
    return ready;
}
