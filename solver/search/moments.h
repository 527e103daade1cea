/*
 * Some moments of the programme whose freight is kept settled: the network as a plan leaves it then, used nearly as well as
 * it can be (relax/states.h). They go on from round to round; outlooks are drawn from them, and the freight of every
 * boundary starts from the moment that it is near.
 */
#ifndef GANGER_SEARCH_MOMENTS_H
#define GANGER_SEARCH_MOMENTS_H

#include "relax/states.h"
#include "search/model.h"

enum { GANGER_MOMENT_VECTORS = 2, GANGER_MOMENTS = GANGER_MOMENT_VECTORS * GANGER_STATES };

struct ganger_moments {
    const struct ganger_search_model *model;
    struct ganger_relaxation *relaxation;
    int32_t count; /* periods may be fewer than moments */
    int32_t first[GANGER_MOMENTS +
                  1]; /* boundaries that a moment stands for; the last stands for the end alone */
    int32_t t[GANGER_MOMENTS]; /* its own; the last again where there are fewer */
    struct ganger_states *states[GANGER_MOMENT_VECTORS];
};

/* As the relaxation has them now. False if memory is short. */
bool ganger_moments_init(struct ganger_moments *moments, const struct ganger_search_model *model,
                         struct ganger_relaxation *relaxation);
void ganger_moments_clear(struct ganger_moments *moments);

/* Some iterations with capacity[links * boundaries]. The relaxation may have gone on in between. False if memory is
 * short. */
bool ganger_moments_settle(struct ganger_moments *moments, const double *capacity,
                           int32_t iterations, int threads, int64_t *ticks);
/* The paths that are lacking in all moments, or in every so many. False if memory is short. */
bool ganger_moments_find_paths(struct ganger_moments *moments, int32_t every, int threads,
                               int64_t *ticks);

/* Drops paths that carry next to nothing in the relaxation and in all moments. Ticks are added. False if memory is
 * short. */
bool ganger_moments_drop_paths(struct ganger_moments *moments, int64_t *ticks);

/* The moment that stands for boundary t. */
int32_t ganger_moments_of(const struct ganger_moments *moments, int32_t t);

#endif
