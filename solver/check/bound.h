/* The parts of the dual bound; ganger_referee_bound() in referee.h puts them together. */
#ifndef GANGER_CHECK_BOUND_H
#define GANGER_CHECK_BOUND_H

#include "check/facts.h"
#include "plan/plan.h"

/* MODEL section 7, rounded up; prices are valid. NaN if memory is short, -INFINITY if a mandatory work
 * cannot be done. O(boundaries * origins * links log nodes + modes * periods). */
double ganger_bound_npv(const struct ganger_facts *facts, const struct ganger_prices *prices);

/* sum_t w_t sum_k d_k(t) max(0, value_k - dist_k(t)); false if memory is short. */
bool ganger_bound_traffic(const struct ganger_facts *facts, const struct ganger_prices *prices,
                          double *traffic);

/* Least makespan that longest chains and the energy of each renewable allow; INFINITY if a mandatory work
 * cannot be done, NaN if memory is short. */
double ganger_bound_makespan(const struct ganger_facts *facts);

/* The first price that is negative, not finite or beyond its limit: its dataset, else NULL. */
const char *ganger_bound_bad_price(const struct ganger_facts *facts,
                                   const struct ganger_prices *prices, int64_t *index,
                                   double *price);

#endif
