/*
 * Distances in whole units between the places of demands, on a network whose arcs have other lengths each time: A* (Hart,
 * Nilsson and Raphael 1968). From each destination - or from each origin, if those are fewer - a tree of shortest paths is
 * grown at lengths that no arc ever falls below. It guides the searches at all lengths, which so look at little more than
 * the path they find. All is exact: such a guide never leads past a shorter way.
 */
#ifndef GANGER_CHECK_ROUTE_H
#define GANGER_CHECK_ROUTE_H

#include "instance/problem.h"

/* No value of a tonne is worth going so far, and three such lengths still add up. */
#define GANGER_ROUTE_FAR (INT64_C(1) << 61)

struct ganger_route_entry {
    int64_t key;
    int32_t node;
};

/* The network, and the scratch of searches; arcs are 2*link + direction. */
struct ganger_routes {
    const struct ganger_problem *problem;
    const int32_t *near, *far; /* [demands] trees grow from `near`; searches go from `far` to it */
    int32_t *first_out, *out;  /* CSR: arcs that lead from a node nearer to `near` */
    int32_t *first_in, *in;    /* and those that lead to it from farther off */
    int32_t *tail, *head;      /* [2*links] in that sense */
    int32_t *demand;           /* [demands] by `near`, then file order */
    int64_t *ahead; /* [nodes] distance to `near` at the least lengths, exact below `radius` */
    int64_t radius;
    int64_t *distance; /* [nodes] from `far` */
    int32_t *seen;     /* [nodes] search that was there last */
    int32_t search;
    struct ganger_route_entry
        *heap; /* a node that was reached again on a shorter way is there twice */
    int32_t size;
};

/* Lengths of the arcs, and what is wanted of them: distances to all pairs of a demand. */
struct ganger_route_request {
    int32_t rows;
    const int64_t *length; /* [rows * 2*links] at most GANGER_ROUTE_FAR */
    const int64_t *value;  /* [demands] below GANGER_ROUTE_FAR: nothing farther matters */
    int64_t
        *reached;   /* [rows * demands] the result; GANGER_ROUTE_FAR where it is `value` or more */
    int64_t *least; /* [2*links] scratch */
};

/* False if memory is short; close it all the same. */
bool ganger_routes_open(struct ganger_routes *routes, const struct ganger_problem *problem);
void ganger_routes_close(struct ganger_routes *routes);
/* O(places * links log nodes), and for each demand and row about its path. */
void ganger_routes_measure(struct ganger_routes *routes, struct ganger_route_request request);
/* The same for one demand at lengths of its own; `value` is the demand's. O(links log nodes). */
int64_t ganger_routes_measure_one(struct ganger_routes *routes, int32_t demand,
                                  const int64_t *length, int64_t value);

#endif
