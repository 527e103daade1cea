/*
 * The traffic of a plan without an LP: every boundary's freight is settled on the plan's capacities, from the moment that
 * is near (moments.h) or from where it was before, then fitted into them (freight/carry.h). A lower bound on V(t)
 * everywhere, with the flows that prove it.
 */
#ifndef GANGER_SEARCH_HAULAGE_H
#define GANGER_SEARCH_HAULAGE_H

#include "search/moments.h"

struct ganger_haul {
    int32_t boundary, path; /* path of the haulage's own pool */
    double mtpa;
};

struct ganger_haul_list {
    struct ganger_haul *haul;
    int64_t count, room;
};

struct ganger_haulage {
    struct ganger_haul *haul; /* by boundary, then as listed */
    int64_t count;
    struct ganger_path_pool paths; /* those that are taken */
    double *traffic;               /* [boundaries] of the hauls, M USD per year */
    /* [boundaries] what the settled freight would earn at its prices, before it is fitted: errors of flows and of prices only
     * multiply in it, so it is nearer to V(t), from either side. */
    double *guess;
    float *toll;     /* [boundaries * arcs] these prices, USD per tonne */
    bool broken_off; /* some boundaries were left out: of no use */
};

struct ganger_haulage_request {
    const struct ganger_moments *moments;
    const double *capacity; /* [links * boundaries] of the plan */
    int32_t iterations;
    /* 1: every boundary. More: those so far apart, and the last; the others are taken to be as the one before them, so that
     * traffic and guess are an estimate, and the hauls of no use. */
    int32_t every;
    /* What each boundary's freight goes on from, of a plan alike; NULL: the moment that is near. */
    const struct ganger_haulage *from;
    int threads;
    /* Asked now and then, from any thread: true breaks off. NULL: never. */
    bool (*interrupted)(void *context);
    void *context;
};

/* False if memory is short. What is broken off counts no ticks, so that a replay by ticks ends before it. */
bool ganger_haulage_init(struct ganger_haulage *haulage, struct ganger_haulage_request request,
                         int64_t *ticks);
void ganger_haulage_clear(struct ganger_haulage *haulage);
/* The guesses as a haulage of boundaries so far apart would have them. */
void ganger_haulage_thin_guess(struct ganger_haulage *haulage, int32_t boundaries, int32_t every);
/* Takes over the boundaries at which another haulage of the same plan carries more. False if memory is short. */
bool ganger_haulage_improve(struct ganger_haulage *haulage, const struct ganger_haulage *by,
                            int32_t boundaries);
/* False if memory is short. */
bool ganger_haul_add(struct ganger_haul_list *list, struct ganger_haul haul);

#endif
