/*
 * Ways around: freight that found no room on the paths known is led along shortest paths through what room is left, after
 * freight/carry.h. Where links are closed the paths of a network as it usually is are of little use.
 */
#ifndef GANGER_FREIGHT_DETOURS_H
#define GANGER_FREIGHT_DETOURS_H

#include "freight/astar.h"
#include "freight/carry.h"

/* One worker's paths found so far, and scratch. */
struct ganger_detours {
    struct ganger_astar astar;
    struct ganger_path_pool paths; /* numbered by themselves */
    double *length;                /* [arcs] USD per tonne; infinite without room */
    int32_t *arcs;                 /* [nodes] of a path */
    int64_t *flow;                 /* [paths.count] units, the result */
    int32_t room;                  /* of flow */
};

bool ganger_detours_init(struct ganger_detours *detours, const struct ganger_graph *graph);
void ganger_detours_clear(struct ganger_detours *detours);

/* What the carrier has left over goes on paths found before, then on new ones, for demands of which less than
 * hoped[demands] Mt/yr is carried; at prices toll[arc * apart]. Adds its value to `value`, M USD per year. False if memory
 * is short. O(destinations * arcs log nodes). */
bool ganger_detours_find(struct ganger_detours *detours, struct ganger_carrier *carrier,
                         const double *hoped, const double *toll, int64_t apart, double *value);

#endif
