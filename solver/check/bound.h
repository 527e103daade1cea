/* The parts of the dual bound; ganger_referee_bound() in referee.h puts them together. */
#ifndef GANGER_CHECK_BOUND_H
#define GANGER_CHECK_BOUND_H

#include "check/facts.h"
#include "plan/plan.h"

enum ganger_proof {
    GANGER_PROOF_HOLDS,
    GANGER_PROOF_IMPOSSIBLE, /* a mandatory work cannot be done: there is no plan */
    GANGER_PROOF_BYPASSED,   /* rails come to a work past all works of a row from afar */
    GANGER_PROOF_LEAKS,      /* freight has a way around the cut of a row */
    GANGER_PROOF_LOST,       /* numbers beyond exact arithmetic */
    GANGER_PROOF_NO_MEMORY
};

/* MODEL section 7 in M USD, unit bits, rounded up; prices are valid. O(boundaries * segments + modes * periods), a tree of
 * shortest paths for each destination or origin, and where prices change for each demand about a path. */
enum ganger_proof ganger_bound_npv(const struct ganger_facts *facts,
                                   const struct ganger_prices *prices, ganger_wide *bound);

/* The mode and start in which a work is worth most at these prices, GANGER_NONE and -INFINITY if there is none; a
 * negative worth is what an optional work lacks to be done in the bound. Rounded up; of no use where ganger_bound_npv()
 * finds the numbers too large. */
struct ganger_bound_place {
    int32_t mode, start; /* mode: index into modes */
    double worth;        /* M USD */
    double waiting;      /* the part of it that is of energy */
};
/* Fills places[works]; false if memory is short. O(modes * periods). */
bool ganger_bound_places(const struct ganger_facts *facts, const struct ganger_prices *prices,
                         struct ganger_bound_place *places);

/* sum_t w_t sum_k d_k(t) max(0, value_k - dist_k(t)), likewise, over boundaries without a tree of states. */
enum ganger_proof ganger_bound_traffic(const struct ganger_facts *facts,
                                       const struct ganger_prices *prices, ganger_wide *traffic);

/* Least makespan that longest chains and the energy of each renewable allow. */
enum ganger_proof ganger_bound_makespan(const struct ganger_facts *facts, int32_t *bound);

/* The first price that is negative, too large or beyond its limit: its dataset, else NULL. */
const char *ganger_bound_bad_price(const struct ganger_facts *facts,
                                   const struct ganger_prices *prices, int64_t *index,
                                   double *price);

#endif
