/*
 * An instance under the conditions of a new plan made from an earlier one: some works stay where they are, nothing else
 * starts in the past, and each further work that is not as it was costs something.
 */
#ifndef GANGER_INSTANCE_HOLD_H
#define GANGER_INSTANCE_HOLD_H

#include "base/status.h"
#include "instance/problem.h"

/* Arrays [works]. */
struct ganger_hold {
    int32_t *start, *mode; /* of the earlier plan, mode by position; GANGER_NONE: nothing to keep */
    int32_t *held;         /* 1: must stay so */
    int32_t
        *not_before; /* period before which the work does not start unless it is held or fixed */
    double *change_cost; /* M USD if a work of `start` is moved, done in another mode or left out */
};

/* Arrays without conditions; false if memory is short. */
bool ganger_hold_init(struct ganger_hold *hold, int32_t works);
void ganger_hold_clear(struct ganger_hold *hold);

/* The same instance under these conditions. It bears the same hash: a plan under conditions is a plan of the instance,
 * and its file says what the conditions are. */
ganger_status ganger_problem_hold(const struct ganger_problem *problem,
                                  const struct ganger_hold *hold, struct ganger_problem **held,
                                  struct ganger_findings *findings);

#endif
