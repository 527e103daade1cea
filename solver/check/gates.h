/*
 * Prices of closures, as the referee reads them: a row asks of the freight of some demands on an arc, together, at each
 * boundary, that it is no more than what passes. With d the volume of the demands it names one of these:
 *
 *     a segment of the link, and one of its planes (planes.h): what it is with no work done passes, more for each work on it that
 *     is finished, and less while one is at work;
 *
 *     segments, one of the arc's link and others of links besides: the freight of the demands, wherever it goes, is no more than
 *     what passes on all of these links. No path that costs less than a demand's value goes around the arcs of all of them. A
 *     link besides may have no segment: it lets pass the most it ever may at that boundary;
 *
 *     a renewable, and one demand: d passes, less d * (what is in use of it, as a share of its capacity) by works in modes with
 *     factor 0 on the link, and on all links that a path over the link cannot do without, if it is to cost less than the
 *     demand's value. The use of all together is within the capacity, and what works at all closes such a path.
 */
#ifndef GANGER_CHECK_GATES_H
#define GANGER_CHECK_GATES_H

#include "check/facts.h"
#include "plan/plan.h"

struct ganger_gates {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    ganger_wide *volume_low, *volume_high; /* [rows * (periods+1)] of the row's demands */
    ganger_wide *besides;       /* [rows * (periods+1)] what links without a segment let pass */
    ganger_wide *low, *high;    /* [rows * (periods+1)] w_t * price in unit bits */
    ganger_wide constant;       /* what passes with nothing done, rounded up */
    int32_t *first_at, *row_at; /* CSR by work: rows that it is part of */
    bool lost;
};

/* False if memory is short; close it even then. The rows are those that ganger_gates_bad() lets pass. */
bool ganger_gates_open(struct ganger_gates *gates, const struct ganger_facts *facts,
                       const struct ganger_prices *prices);
void ganger_gates_close(struct ganger_gates *gates);

/* The name of the first table that is not what a row may be, and where; NULL if all are. Whether freight has a way around is
 * for ganger_bound_traffic(), which knows ways. */
const char *ganger_gates_bad(const struct ganger_problem *problem,
                             const struct ganger_prices *prices, int64_t *index, double *found);

/* Is the row about all freight of its demands, wherever it goes? */
static inline bool ganger_gates_cut(const struct ganger_prices *prices, int32_t row)
{
    return prices->closure_first_beside[row + 1] > prices->closure_first_beside[row];
}

/* Adds to burden[t+1] what a mode pays for being at work in period t; to after[t] what the work gets for being finished
 * at t. */
void ganger_gates_burden(struct ganger_gates *gates, int32_t mode, ganger_wide *burden);
void ganger_gates_after(struct ganger_gates *gates, int32_t work, ganger_wide *after);

#endif
