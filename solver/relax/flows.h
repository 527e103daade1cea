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

struct ganger_flows {
    const struct ganger_graph *graph;
    const struct ganger_path_pool *paths;
    const struct ganger_blocks *blocks;
    int32_t count;         /* paths listed */
    int32_t *first, *list; /* CSR [demands+1]: paths of each demand, by number */
    int32_t most;          /* paths of one demand */
};

struct ganger_flow_sums {
    double moved;  /* squared length of the change, by the step lengths */
    double earned; /* M USD, of the flows */
    double hoped;  /* M USD, the most that any flows earn after the prices of the line */
};

bool ganger_flows_init(struct ganger_flows *flows, const struct ganger_graph *graph,
                       const struct ganger_path_pool *paths, const struct ganger_blocks *blocks);
void ganger_flows_clear(struct ganger_flows *flows);

/* One vector of blocks. Moves `flow` along its profit by step * length[demand] into `next` (both [paths * width]),
 * adds up what arcs carry into carried [arcs * width], and returns the sums. With `step` 0 nothing moves: next may
 * be flow. `price` [segments * 2 * width]; `scratch` from ganger_flows_scratch(). */
struct ganger_flow_sums ganger_flows_step(const struct ganger_flows *flows, const double *price,
                                          double step, const double *length, int32_t vector,
                                          const double *flow, double *next, double *carried,
                                          double *scratch);
/* Doubles of scratch for one job. */
size_t ganger_flows_scratch(const struct ganger_flows *flows);

#endif
