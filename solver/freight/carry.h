/*
 * Freight fitted into the network of one period without an LP: a feasible flow on known paths, so a lower bound on V(t).
 *
 * Flows that are wanted are cut down to what fits, path by path in order of gain; what is left of capacity and volume is
 * then filled in the same order. Flows are whole units of 2^-30 Mt/yr: sums of them are exact in any order, and what fits
 * fits to the last bit.
 */
#ifndef GANGER_FREIGHT_CARRY_H
#define GANGER_FREIGHT_CARRY_H

#include "freight/paths.h"

#define GANGER_CARRY_UNITS 1073741824.0 /* in a Mt/yr */

struct ganger_ranked_path {
    double gain; /* of a tonne at the prices of the line, USD */
    int32_t path;
};

/* One worker's scratch; paths are those of the pool when it was made. */
struct ganger_carrier {
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    const int32_t *listed; /* [count] the paths that may be used */
    int32_t count, ranked;
    struct ganger_ranked_path *order; /* [ranked] those on which a tonne pays its way, by rank */
    int64_t *room;                    /* [arcs] units */
    int64_t *volume, *left;           /* [demands] units, in all and not carried */
    int64_t *flow;                    /* [paths] units, the result: of listed paths */
};

/* One period: arrays with the distance between neighbouring entries. */
struct ganger_carry_state {
    const double *volume;   /* [demands] Mt/yr */
    const double *capacity; /* [links], `links_apart` apart, Mt/yr */
    int64_t links_apart;
    const double *wanted; /* [paths], `paths_apart` apart, Mt/yr; NULL: nothing */
    int64_t paths_apart;
};

/* Uses the paths listed[0 .. count-1], which stay the caller's. */
bool ganger_carrier_init(struct ganger_carrier *carrier, const struct ganger_path_pool *paths,
                         const int32_t *listed, int32_t count);
void ganger_carrier_clear(struct ganger_carrier *carrier);

/* Orders the paths by what a tonne gains at prices toll[arc * apart] (NULL: 0), the most first; ties by number.
 * O(arcs of all paths + paths log paths). */
void ganger_carrier_rank(struct ganger_carrier *carrier, const double *toll, int64_t apart);
/* Fills carrier->flow; returns its value, M USD per year. O(arcs of all paths). */
double ganger_carry(struct ganger_carrier *carrier, struct ganger_carry_state state);

#endif
