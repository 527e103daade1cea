/*
 * The traffic of a plan without an LP: every boundary's freight is settled on the plan's capacities from the
 * moment that is near (moments.h), then fitted into them (freight/carry.h). A lower bound on V(t) everywhere, with the
 * flows that prove it.
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
    double *traffic;               /* [boundaries] */
    bool broken_off;               /* some boundaries were left out: of no use */
};

struct ganger_haulage_request {
    const struct ganger_moments *moments;
    const double *capacity; /* [links * boundaries] of the plan */
    int32_t iterations;
    int threads;
    /* Asked between groups of boundaries, from any thread: true breaks off. NULL: never. */
    bool (*interrupted)(void *context);
    void *context;
};

/* False if memory is short. What is broken off counts no ticks, so that a replay by ticks ends before it. */
bool ganger_haulage_init(struct ganger_haulage *haulage, struct ganger_haulage_request request,
                         int64_t *ticks);
void ganger_haulage_clear(struct ganger_haulage *haulage);
/* False if memory is short. */
bool ganger_haul_add(struct ganger_haul_list *list, struct ganger_haul haul);

#endif
