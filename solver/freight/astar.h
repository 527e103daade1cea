/*
 * Shortest paths from several places to one, on networks whose arcs have other lengths each time: A* (Hart, Nilsson and
 * Raphael 1968). Distances at lengths that no arc ever falls below guide all searches to that destination, so that one
 * looks at little more than its path.
 */
#ifndef GANGER_FREIGHT_ASTAR_H
#define GANGER_FREIGHT_ASTAR_H

#include "freight/graph.h"

/* One worker's scratch. */
struct ganger_astar {
    const struct ganger_graph *graph;
    int32_t destination;
    double *ahead; /* [nodes] distance to it at the least lengths, exact where below `radius` */
    double radius;
    double *distance; /* [nodes] from the origin of the last search, where it has been */
    int32_t *arc_in;  /* [nodes] likewise, GANGER_NONE at the origin */
    double *key;      /* [nodes] distance and what is ahead at least */
    int32_t *seen;    /* [nodes] search that was there last */
    int32_t search;
    struct ganger_node_heap heap;
    int64_t looked; /* arcs looked at, by all that was done */
};

bool ganger_astar_init(struct ganger_astar *astar, const struct ganger_graph *graph);
void ganger_astar_clear(struct ganger_astar *astar);

/* Aims at the destination of group `to` of the graph: measures `ahead` for the origins of its demands, as far as `limit`,
 * where arcs have at least length least[arcs]. O(arcs log nodes). */
void ganger_astar_aim(struct ganger_astar *astar, int32_t to, const double *least, double limit);
/* Distance from `origin` to the destination with arc lengths length[arcs], none below the least; INFINITY if it is
 * `limit` or more. arc_in leads back from the destination. */
double ganger_astar_run(struct ganger_astar *astar, int32_t origin, const double *length,
                        double limit);

#endif
