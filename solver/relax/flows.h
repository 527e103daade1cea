/*
 * The flows of the relaxation: freight on paths, a number for each block of time. A demand's paths share its volume,
 * so that flows are kept within it by projection, and only the capacity of the line needs prices.
 *
 * Vectors of GANGER_BLOCKS_LANES blocks are worked on together; a job is one such vector for all paths.
 */
#ifndef GANGER_RELAX_FLOWS_H
#define GANGER_RELAX_FLOWS_H

#include "freight/paths.h"
#include "relax/blocks.h"
#include "relax/closures.h"

struct ganger_flows {
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    const struct ganger_blocks *blocks;
    int32_t count;         /* paths listed */
    int32_t *first, *list; /* CSR [demands+1]: paths of each demand, by number */
    int32_t most;          /* paths of one demand */
    int32_t crossings;
    int32_t *first_crossing, *crossing; /* CSR [count+1]: crossings of each path; see closures.h */
};

/* M USD a Mt/yr over the block. */
struct ganger_flow_prices {
    const double *segment;  /* [segments * 2 * width] */
    const double *crossing; /* [crossings * width] */
};

/* What flows use, Mt/yr. */
struct ganger_flow_use {
    double *carried;  /* [arcs * width] */
    double *crossing; /* [crossings * width] */
};

struct ganger_flow_sums {
    double moved;  /* squared length of the change, by the step lengths */
    double earned; /* M USD, of the flows */
    double hoped;  /* M USD, the most that any flows earn after the prices of the line */
};

/* `closures` may be NULL. */
bool ganger_flows_init(struct ganger_flows *flows, const struct ganger_graph *graph,
                       const struct ganger_path_pool *paths, const struct ganger_blocks *blocks,
                       const struct ganger_closures *closures);
void ganger_flows_clear(struct ganger_flows *flows);

/* One vector of blocks. Moves `flow` along its profit by step * length[demand] into `next` (both [paths * width]),
 * adds up what it uses, and returns the sums. With `step` 0 nothing moves: next may be flow. `scratch` from
 * ganger_flows_scratch(). */
struct ganger_flow_sums ganger_flows_step(const struct ganger_flows *flows,
                                          struct ganger_flow_prices price, double step,
                                          const double *length, int32_t vector, const double *flow,
                                          double *next, struct ganger_flow_use use,
                                          double *scratch);
/* Doubles of scratch for one job. */
size_t ganger_flows_scratch(const struct ganger_flows *flows);

#endif
