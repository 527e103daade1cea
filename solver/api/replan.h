/* From an earlier plan to the problem of a solve that keeps what it can of it. */
#ifndef GANGER_API_REPLAN_H
#define GANGER_API_REPLAN_H

#include "base/status.h"
#include "instance/hold.h"

struct ganger_replanning {
    struct ganger_hold hold;
    struct ganger_problem *held; /* the problem under these conditions */
    int unknown, misfits;        /* see struct ganger_replan_summary */
};

/* Reads the earlier plan and finds what of it stays: works are the same by id, times by date. What is lost on the way, and
 * which works no longer fit, become notes among the findings. */
ganger_status ganger_replanning_init(struct ganger_replanning *replanning,
                                     const struct ganger_problem *problem,
                                     const struct ganger_replan *replan,
                                     struct ganger_findings *findings);
void ganger_replanning_clear(struct ganger_replanning *replanning);

#endif
