/*
 * Sketching where there is little work for so many works: one plan, in which each island anneals a region of its own
 * (regions.h, merge.h), on outlooks from the prices of the relaxation (outlook_prices.h), which cost next to nothing. What
 * comes of it is solved exactly after each round.
 */
#ifndef GANGER_SEARCH_JOINT_H
#define GANGER_SEARCH_JOINT_H

#include "search/run.h"

/* The least pace that is not little for this programme. */
int64_t ganger_joint_below(const struct ganger_problem *problem);
/* Rounds until the pace or a limit; then all islands hold the best plan with its traffic. The relaxation must have made a
 * step. */
enum ganger_round_end ganger_joint_run(struct ganger_run *run);

#endif
