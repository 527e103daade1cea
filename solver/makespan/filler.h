/*
 * One attempt to fill a makespan: a beam of partial schedules, all at the same moment of time, moves from the beginning
 * to the end.
 *
 * From a partial schedule others follow by starting some of the works that may start, so that what is left idle until
 * the next work ends is covered by the slack. Of those that reach the same moment the beam keeps a few: those that lost
 * little and started works with much to come after them. How much each of these counts is drawn anew for each attempt.
 * Partial schedules are dropped when they waste more than the slack, when a chain of works is too long for the time left,
 * or when the works that may start before some moment cannot keep a renewable as busy as the slack demands.
 */
#ifndef GANGER_MAKESPAN_FILLER_H
#define GANGER_MAKESPAN_FILLER_H

#include "base/rng.h"
#include "makespan/fill_task.h"

struct ganger_filler;

/* For tasks of a model. NULL if memory is short. */
struct ganger_filler *ganger_filler_create(const struct ganger_makespan_model *model);
void ganger_filler_destroy(struct ganger_filler *filler);

struct ganger_fill_outcome {
    bool found, out_of_memory;
    int64_t ticks;
    const int32_t *start,
        *mode; /* [works] a view of the filler's, in forward time; NULL: none found */
    int32_t makespan;
};

/* One attempt, of at most about so many ticks. */
struct ganger_fill_outcome ganger_filler_try(struct ganger_filler *filler,
                                             const struct ganger_fill_task *task,
                                             struct ganger_rng *rng, int64_t ticks);

#endif
