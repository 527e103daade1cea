#include "search/haulage.h"

#include "freight/carry.h"
#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

enum { lanes = GANGER_STATES };

struct hauls {
    struct ganger_haul *haul;
    int64_t count, room;
    int64_t ticks;
    bool failed, left_out;
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
    *haulage = (struct ganger_haulage){0};
}

static bool add(struct hauls *h, struct ganger_haul haul)
{
    if (h->count == h->room) {
        int64_t room = 2 * h->room + 8192;
        struct ganger_haul *grown = realloc(h->haul, (size_t)room * sizeof *grown);
        if (!grown) {
            return false;
        }
        h->haul = grown;
        h->room = room;
    }
    h->haul[h->count++] = haul;
    return true;
}

static bool haul_lane(const struct job *job, struct hauls *hauls, struct ganger_carrier *carrier,
                      struct ganger_states_view view, int32_t t)
{
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
    for (int32_t i = 0; i < view.count; i++) {
        int64_t flow = carrier->flow[view.listed[i]];
        struct ganger_haul haul = {t, view.listed[i], (double)flow / GANGER_CARRY_UNITS};
        if (flow > 0 && !add(hauls, haul)) {
            return false;
        }
    }
    return true;
}

/* Vector v is of boundaries lanes * v and on; the last boundary fills what is beyond. */
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
    struct ganger_carrier carrier = {0};
    struct ganger_states *states = ganger_states_create(moments->relaxation);
    bool ready = states != NULL;
    if (ready) {
        for (int lane = 0; lane < lanes; lane++) {
            int32_t t = vector * lanes + lane < last ? vector * lanes + lane : last;
            int32_t near = ganger_moments_of(moments, t);
            ganger_states_copy(states, lane, moments->states[near / lanes], near % lanes);
            ganger_states_set(states, lane, (struct ganger_states_at){t, request->capacity, true});
        }
        hauls->ticks = ganger_states_run(states, request->iterations);
        struct ganger_states_view view = ganger_states_view(states);
        ready = ganger_carrier_init(&carrier, paths, view.listed, view.count);
        for (int32_t i = vector * lanes; ready && i <= last && i < (vector + 1) * lanes; i++) {
            ready = haul_lane(job, hauls, &carrier, view, i);
        }
        hauls->ticks += paths->first_arc[paths->count];
    }
    hauls->failed = !ready;
    ganger_carrier_clear(&carrier);
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
        count += hauls[v].count;
        spent += hauls[v].ticks;
    }
    *ticks += haulage->broken_off ? 0 : spent;
    haulage->haul = ready ? malloc(((size_t)count + 1) * sizeof *haulage->haul) : NULL;
    for (int32_t v = 0; haulage->haul && v < vectors; v++) {
        if (hauls[v].count > 0) {
            memcpy(haulage->haul + haulage->count, hauls[v].haul,
                   (size_t)hauls[v].count * sizeof *haulage->haul);
        }
        haulage->count += hauls[v].count;
    }
    return haulage->haul != NULL;
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
        ready = join(haulage, job.hauls, vectors, ticks);
    }
    for (int32_t v = 0; job.hauls && v < vectors; v++) {
        free(job.hauls[v].haul);
    }
    free(job.hauls);
    if (!ready) {
        ganger_haulage_clear(haulage);
    }
    return ready;
}
