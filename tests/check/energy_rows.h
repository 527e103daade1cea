/* Room for rows of energy in a plan's prices, and the best plan that they must not be below. */
#ifndef GANGER_TESTS_CHECK_ENERGY_ROWS_H
#define GANGER_TESTS_CHECK_ENERGY_ROWS_H

#include "plan/plan.h"

/* Room for so many rows; once for a plan without any. */
bool energy_rows_make(struct ganger_prices *prices, const struct ganger_problem *p,
                      int32_t energies);

/* The value of the best plan of a tiny problem. */
double energy_rows_best(const struct ganger_problem *p);

#endif
