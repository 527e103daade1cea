#include "search/moments.h"

#include "parallel/parallel.h"

#include <stddef.h>
#include <stdlib.h>

enum { lanes = GANGER_STATES, vectors = GANGER_MOMENT_VECTORS };

static void choose_boundaries(struct ganger_moments *m)
{
    int32_t periods = m->model->problem->time.periods;
    int32_t inner = periods < GANGER_MOMENTS - 1 ? periods : GANGER_MOMENTS - 1;
    m->count = inner + 1;
    for (int32_t i = 0; i < inner; i++) {
        m->first[i] = (int32_t)((int64_t)periods * i / inner);
    }
    m->first[inner] = periods;
    m->first[inner + 1] = periods + 1;
    for (int32_t i = 0; i < GANGER_MOMENTS; i++) {
        int32_t k = i < m->count ? i : inner;
        m->t[i] = (m->first[k] + m->first[k + 1] - 1) / 2;
    }
}

bool ganger_moments_init(struct ganger_moments *moments, const struct ganger_search_model *model,
                         struct ganger_relaxation *relaxation)
{
    *moments = (struct ganger_moments){.model = model, .relaxation = relaxation};
    choose_boundaries(moments);
    ganger_relaxation_hold_paths(relaxation);
    bool ready = true;
    for (int v = 0; ready && v < vectors; v++) {
        moments->states[v] = ganger_states_create(relaxation);
        ready = moments->states[v] != NULL;
        if (ready) {
            ganger_states_open(moments->states[v], moments->t + (ptrdiff_t)v * lanes);
        }
    }
    return ready;
}

void ganger_moments_clear(struct ganger_moments *moments)
{
    for (int v = 0; v < vectors; v++) {
        ganger_states_destroy(moments->states[v]);
        moments->states[v] = NULL;
    }
}

struct job {
    struct ganger_moments *moments;
    const double *capacity;
    int32_t iterations;
    bool failed[vectors];
    int64_t ticks[vectors];
};

static void settle_vector(int32_t vector, void *context)
{
    struct job *job = context;
    struct ganger_states *states = job->moments->states[vector];
    job->failed[vector] = !ganger_states_extend(states);
    for (int lane = 0; !job->failed[vector] && lane < lanes; lane++) {
        ganger_states_set(states, lane,
                          (struct ganger_states_at){job->moments->t[vector * lanes + lane],
                                                    job->capacity, false});
    }
    if (!job->failed[vector]) {
        job->ticks[vector] = ganger_states_run(
            states, (struct ganger_states_run){.iterations = job->iterations, .longer = 1});
    }
}

bool ganger_moments_settle(struct ganger_moments *moments, const double *capacity,
                           int32_t iterations, int threads, int64_t *ticks)
{
    struct job job = {moments, capacity, iterations, {false}, {0}};
    ganger_parallel_for(threads, vectors, settle_vector, &job);
    bool ready = true;
    for (int v = 0; v < vectors; v++) {
        ready = ready && !job.failed[v];
        *ticks += job.ticks[v];
    }
    return ready;
}

/* Tolls of moments first, first + every, ... as lanes; the last again where there are fewer. */
static void gather_tolls(const struct ganger_moments *m, int32_t first, int32_t every, double *toll)
{
    int64_t arcs = ganger_relaxation_paths(m->relaxation)->graph->arcs;
    int32_t moment = first;
    for (int64_t lane = 0; lane < lanes; lane++) {
        const double *from = ganger_states_view(m->states[moment / lanes]).toll + moment % lanes;
        for (int64_t arc = 0; arc < arcs; arc++) {
            toll[arc * lanes + lane] = from[arc * lanes];
        }
        moment += moment + every < m->count ? every : 0;
    }
}

bool ganger_moments_find_paths(struct ganger_moments *moments, int32_t every, int threads,
                               int64_t *ticks)
{
    int32_t arcs = ganger_relaxation_paths(moments->relaxation)->graph->arcs;
    double *toll = malloc(((size_t)arcs * lanes + 1) * sizeof *toll);
    bool ready = toll != NULL;
    for (int32_t i = every / 2; ready && i < moments->count; i += every * lanes) {
        gather_tolls(moments, i, every, toll);
        ready = ganger_relaxation_find_paths(moments->relaxation, toll, threads, ticks);
    }
    for (int v = 0; ready && v < vectors; v++) {
        ready = ganger_states_extend(moments->states[v]);
    }
    free(toll);
    return ready;
}

bool ganger_moments_drop_paths(struct ganger_moments *moments, int64_t *ticks)
{
    size_t count = (size_t)ganger_relaxation_paths(moments->relaxation)->count + 1;
    uint8_t *keep = calloc(count, sizeof *keep);
    int32_t *number = malloc(count * sizeof *number);
    bool ready = keep && number;
    for (int v = 0; ready && v < vectors; v++) { /* those found since are not in their lists */
        ready = ganger_states_extend(moments->states[v]);
    }
    if (ready) {
        ganger_relaxation_mark_paths(moments->relaxation, keep);
        for (int v = 0; v < vectors; v++) {
            ganger_states_mark(moments->states[v], keep);
        }
        ready = ganger_relaxation_drop_paths(moments->relaxation, keep, number);
        *ticks += (int64_t)count;
    }
    for (int v = 0; ready && v < vectors; v++) {
        ready = ganger_states_renumber(moments->states[v], number);
    }
    free(keep);
    free(number);
    return ready;
}

int32_t ganger_moments_of(const struct ganger_moments *moments, int32_t t)
{
    int32_t i = moments->count - 1;
    while (moments->first[i] > t) {
        i--;
    }
    return i;
}
