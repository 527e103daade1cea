/* Costs of carrying from a node to all others, or from all others to it, with some arcs closed: the referee's own search.
 * Private to check/. */
#ifndef GANGER_CHECK_SPREAD_H
#define GANGER_CHECK_SPREAD_H

#include "check/facts.h"

/* Beyond all values, and three such costs still add up. */
#define GANGER_SPREAD_FAR ((ganger_wide)1 << 100)

/* The network; arcs are 2*link + direction. */
struct ganger_spread {
    const struct ganger_facts *facts;
    int32_t *first[2], *arc[2]; /* CSR by node: arcs that leave it; arcs that lead to it */
    int32_t *queue;             /* [nodes] whose neighbours are to be looked at, in a ring */
    bool *queued;               /* [nodes] */
};

/* False if memory is short; close it even then. */
bool ganger_spread_open(struct ganger_spread *spread, const struct ganger_facts *facts);
void ganger_spread_close(struct ganger_spread *spread);

/* Fills cost[nodes], rounded down; GANGER_SPREAD_FAR where no way leads. closed: two arcs, or GANGER_NONE. O(nodes * links) at
 * worst, and seldom much more than the links. */
void ganger_spread_from(struct ganger_spread *spread, int32_t node, const int32_t closed[2],
                        ganger_wide *cost);
void ganger_spread_to(struct ganger_spread *spread, int32_t node, const int32_t closed[2],
                      ganger_wide *cost);

/* Where an arc begins, and where it ends. */
static inline int32_t ganger_spread_tail(const struct ganger_problem *problem, int32_t arc)
{
    return arc % 2 == 0 ? problem->links.from[arc / 2] : problem->links.to[arc / 2];
}
static inline int32_t ganger_spread_head(const struct ganger_problem *problem, int32_t arc)
{
    return ganger_spread_tail(problem, arc ^ 1);
}

#endif
