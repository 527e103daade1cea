/* Works put where an earlier plan has them, as far as they fit. */
#ifndef GANGER_SCHEDULE_REINSTATE_H
#define GANGER_SCHEDULE_REINSTATE_H

#include "schedule/schedule.h"

/* Lists what is to stay: mandatory works whose start is fixed, in their mode or the earlier plan's, then those of the
 * earlier plan (`start` and `mode` [works], mode by position, GANGER_NONE: none), what must be done before the rest, by
 * start. `list` has room for all works. Returns how many; GANGER_NONE if memory is short. */
int32_t ganger_reinstate_list(const struct ganger_problem *problem, const int32_t *start,
                              const int32_t *mode, struct ganger_placement *list);

/* Places one of a list; called only where it fits. */
typedef void ganger_reinstate_place(void *context, struct ganger_placement placement);

/* Offers every work of the list to `place` once it fits into the schedule, which `place` must change, and goes round
 * until none fits any more: a work may wait for another one's rails. Returns how many were placed.
 * O(rounds * list * length of a work). */
int32_t ganger_reinstate(struct ganger_schedule *schedule, const struct ganger_placement *list,
                         int32_t count, ganger_reinstate_place *place, void *context);

#endif
