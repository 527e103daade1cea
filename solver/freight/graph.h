/*
 * The network as a directed graph: arc 2*link runs from -> to, arc 2*link+1 back (absent if the link is
 * directed). Shared and const during a solve.
 */
#ifndef GANGER_FREIGHT_GRAPH_H
#define GANGER_FREIGHT_GRAPH_H

#include "freight/node_heap.h"
#include "instance/problem.h"

/* Demands that have their origin, or their destination, in common. */
struct ganger_demand_groups {
    int32_t count;
    int32_t *node;           /* [count] by first appearance */
    int32_t *first, *demand; /* CSR by group, demands in file order */
};

struct ganger_graph {
    const struct ganger_problem *problem;
    int32_t nodes, arcs;
    int32_t *tail, *head;                 /* [arcs] */
    double *cost;                         /* [arcs] USD per tonne */
    int32_t *first_out, *out;             /* CSR by tail, arcs in index order */
    int32_t *first_in, *in;               /* likewise by head */
    struct ganger_demand_groups from, to; /* by origin, by destination */
    /* [demands] cheapest route when nothing is congested, INFINITY if none; NULL until measured */
    double *free_distance;
};

/* One worker's scratch for shortest paths. */
struct ganger_dijkstra {
    double *distance; /* [nodes] INFINITY where not reached */
    int32_t *arc_in;  /* [nodes] arc by which the node was reached, GANGER_NONE at the origin */
    struct ganger_node_heap heap;
};

struct ganger_graph *ganger_graph_create(const struct ganger_problem *problem);
void ganger_graph_destroy(struct ganger_graph *graph);
/* Fills free_distance, once. False if memory is short. */
bool ganger_graph_measure_free(struct ganger_graph *graph);

/* The same with heads for tails; it has arrays of the graph's and is not to be destroyed. */
struct ganger_graph ganger_graph_turned(const struct ganger_graph *graph);

bool ganger_dijkstra_init(struct ganger_dijkstra *scratch, const struct ganger_graph *graph);
void ganger_dijkstra_clear(struct ganger_dijkstra *scratch);
/* Distances from `origin` with arc lengths cost + price (price NULL: 0); ties go to the lower arc. Nodes at
 * `limit` or farther may keep a distance that is too long, but not below the limit. Returns the number of
 * arcs looked at. O(arcs log nodes). */
int64_t ganger_dijkstra_run(struct ganger_dijkstra *scratch, const struct ganger_graph *graph,
                            const double *price, int32_t origin, double limit);

#endif
