/*
 * Periods told apart by the works that are at work in them, as the referee reads them: a work may pay for being at work in a
 * period, and the period gets what all of them pay. What it is then worth at most, freight and pay together, a tree of
 * states proves. A node's two branches are that a work is at rest, and that it is at work; whatever a plan does, it is in
 * one leaf. There, with prices z of capacity on arcs, it is at most
 *
 *     sum_k d_k max(0, value_k - dist_k)  +  sum over links the most of z * capacity + pay of the works there that are at work
 *                                         +  pay of the works on other links that may be at work
 *
 * A link lets no more pass than its weakest segment, and a segment with a work at work no more than the largest factor of
 * the work's modes leaves; all gains count, and a segment that some work renews does not wear. Which works of a link are at
 * work that may or may not be, is chosen for the most. Plans are worth the periods less what works pay, so that
 *
 *     bound = ... + sum over periods with a tree of w_t * the most of a leaf,
 *
 * instead of what freight gains there at the prices of segments, and each work pays w_t * its pay while it is at work.
 */
#ifndef GANGER_CHECK_TREES_H
#define GANGER_CHECK_TREES_H

#include "check/bound.h"

/* Which works pay, for those that look them up by work. */
struct ganger_trees {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    int32_t *first_pay, *pay_at; /* CSR by work: positions in pay_period */
    bool lost;
};

/* False if memory is short; close it even then. */
bool ganger_trees_open(struct ganger_trees *trees, const struct ganger_facts *facts,
                       const struct ganger_prices *prices);
void ganger_trees_close(struct ganger_trees *trees);

/* Adds to burden[t+1] what a work pays for being at work in period t. */
void ganger_trees_burden(struct ganger_trees *trees, int32_t work, ganger_wide *burden);

/* The name of the first table that is not what it may be, and where; NULL if all are. */
const char *ganger_trees_bad(const struct ganger_problem *problem,
                             const struct ganger_prices *prices, int64_t *index, double *found);

/* sum_t w_t * the most of a leaf, M USD in unit bits, rounded up; all are what they may be. */
enum ganger_proof ganger_bound_states(const struct ganger_facts *facts,
                                      const struct ganger_prices *prices, ganger_wide *sum);

#endif
