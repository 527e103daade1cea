/*
 * The pool of price cuts. Any prices give an upper bound on V(t) that is linear in the capacities
 * (MODEL section 7):
 *
 *     V(t) <= constant[step of t] + sum over links of slope[link] * capacity[link](t)
 *
 * so the least of the pool is an optimistic estimate of V for any state of the links, in every period.
 * Layout: for each link (and each volume step) the numbers of all cuts lie side by side, padded to `room`
 * with cuts that never bind, so that a change of one link is one pass over two rows.
 */
#ifndef GANGER_FREIGHT_CUTS_H
#define GANGER_FREIGHT_CUTS_H

#include "instance/problem.h"

struct ganger_cuts {
    int32_t links, steps;
    int32_t room; /* a multiple of 8 */
    int32_t count;
    double *slope;    /* [links * room] M USD per year and Mt/yr */
    double *constant; /* [steps * room] M USD per year */
    int64_t *used;    /* [room] round in which the cut was last tight */
};

bool ganger_cuts_init(struct ganger_cuts *cuts, const struct ganger_problem *problem, int32_t room);
void ganger_cuts_clear(struct ganger_cuts *cuts);
void ganger_cuts_copy(struct ganger_cuts *to, const struct ganger_cuts *from);

/* Adds the cut of arc prices [2*links] and demand prices [demands], replacing the one longest out of use
 * when the pool is full; returns its place. `round` marks it as used. */
int32_t ganger_cuts_add(struct ganger_cuts *cuts, const struct ganger_problem *problem,
                        const double *price, const double *worth, int64_t round);
/* Takes cut `from_place` of another pool over. Returns its place, or GANGER_NONE if it is there already. */
int32_t ganger_cuts_take(struct ganger_cuts *cuts, const struct ganger_cuts *from,
                         int32_t from_place, int64_t round);

/* value[room] of every cut for link capacities capacity[link * stride]. */
void ganger_cuts_evaluate(const struct ganger_cuts *cuts, int32_t step, const double *capacity,
                          int64_t stride, double *value);
/* value += slope of the link * change. */
void ganger_cuts_shift(const struct ganger_cuts *cuts, int32_t link, double change, double *value);
/* Least of the cuts after a link's capacity changes; `value` is of the state before. */
double ganger_cuts_least(const struct ganger_cuts *cuts, int32_t link, double change,
                         const double *value);
/* Place of the least cut. */
int32_t ganger_cuts_tight(const struct ganger_cuts *cuts, const double *value);

#endif
