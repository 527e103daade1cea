/*
 * MODEL read as literally as possible, for networks that are a line of nodes n0 - n1 - ... with link i from
 * n(i) to n(i+1), and demands that go over one link, either way, or forward over all of them. There the
 * best use of the network can be found without a linear programme.
 *
 * Works from the problem's derived parts, which the referee does not, so that the two also check each other.
 */
#ifndef GANGER_TESTS_CHECK_NAIVE_H
#define GANGER_TESTS_CHECK_NAIVE_H

#include "plan/plan.h"

/* Fills a whole plan, all of it true, for start and mode[] (position among the work's modes) of each work.
 * Starts must be ones from which the mode fits into the horizon. NULL if memory is short. */
struct ganger_plan *naive_plan(const struct ganger_problem *problem, const int32_t *start,
                               const int32_t *mode);

/* Does the schedule of a plan made by naive_plan() keep all rules? */
bool naive_feasible(const struct ganger_problem *problem, const struct ganger_plan *plan);

/* Is `first`, on the same segment, finished whenever `work` begins: by a row of precedence, or by one and what waits for that? */
bool naive_comes_first(const struct ganger_problem *problem, int32_t first, int32_t work);

#endif
