/* The suites of this module, and the small instance that several of them use. */
#ifndef GANGER_TESTS_EXPLAIN_SUITES_H
#define GANGER_TESTS_EXPLAIN_SUITES_H

#include "support/test.h"
#include "support/tiny.h"
#include "support/tree.h"

extern const struct ganger_suite obstacles_suite, what_if_suite, prices_suite, plan_suite,
    conflict_suite;

/*
 * Three periods of four years and two years after them, nothing discounted. A link of 10 Mt a year is asked for 20, at
 * 10 USD a tonne. The work "widen" adds 5, costs 7 and leaves half of the line for one period, so that against the plan
 * without it, it is worth
 *
 *     started in 0:  -200 + 2 * 200 + 100 - 7 = 293
 *     started in 1:  -200 + 200 + 100 - 7     =  93
 *     started in 2:  -200 + 100 - 7           = -107
 *
 * and in mode "slow", which takes two periods and closes nothing but costs 20:  200 + 100 - 20 = 280 from 0. The work
 * "idle", of the same gang, only costs money: 3.
 */
struct ganger_problem *explain_small(void);

/* Solves it, explains the plan as JSON with this work (or none), and parses that. */
json_t *explain_small_plan(const char *work);

#endif
