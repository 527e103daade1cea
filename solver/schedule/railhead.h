/* Rule 4 (railhead) on the state of a schedule; used inside this folder, and by risk/, which keeps starts and finishes
 * of its own in a schedule. */
#ifndef GANGER_SCHEDULE_RAILHEAD_H
#define GANGER_SCHEDULE_RAILHEAD_H

#include "schedule/schedule.h"

/* Recomputes open(q) of an unbuilt segment and open(l) of its link after a work on it came or went. */
void ganger_railhead_refresh(struct ganger_schedule *schedule, int32_t segment);

/* Calls segment(q, context) for the segments that rails may reach directly from an unbuilt one; some more than once. Of
 * no others the rails depend on it. */
struct ganger_railhead_visit {
    void (*segment)(int32_t segment, void *context);
    void *context;
};
void ganger_railhead_visit_next(const struct ganger_schedule *schedule, int32_t segment,
                                struct ganger_railhead_visit visit);

/* The latest boundary at which the (removed) build work on `segment` may finish so that every placed build
 * work still has rails leading to it. GANGER_NEVER if none depends on it. */
int32_t ganger_railhead_needed_by(const struct ganger_schedule *schedule, int32_t segment);

#endif
