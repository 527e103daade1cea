/*
 * What all samples of a plan share: the order in which its works are replayed, and calendars and gangs beyond the
 * horizon, so that a work that is late has somewhere to go.
 *
 * After the horizon the last year is repeated, calendars and gangs alike. Budgets, supplies and deadlines are not
 * looked at: money that a late work has not used yet is kept for it.
 */
#ifndef GANGER_RISK_WORLD_H
#define GANGER_RISK_WORLD_H

#include "plan/plan.h"
#include "schedule/schedule.h"

/* Periods of a calendar in a row with less than full productivity. */
struct ganger_risk_winter {
    int32_t calendar_row, from, to;
    int32_t year; /* in which it ends, or would: half a year after its middle */
};

struct ganger_risk_world {
    const struct ganger_problem *problem;
    const struct ganger_plan *plan;
    const struct ganger_risk_options *options;
    int32_t horizon;            /* periods that are looked at, about twice the programme's */
    uint8_t *productivity;      /* [(calendars + 1) * horizon] */
    int32_t *capacity;          /* [renewables * horizon] */
    int32_t steps;              /* works of the plan */
    int32_t *order;             /* [steps] by start; what must come first comes first */
    int32_t *place;             /* [works] in `order`, or GANGER_NONE */
    int32_t *mode;              /* [works] row of the modes, or GANGER_NONE */
    int32_t *group;             /* [works] whose durations have a factor in common */
    int32_t *first_user, *user; /* CSR [renewables + 1]: works that use it, in order */
    double mu[GANGER_WORK_KINDS],
        sigma[GANGER_WORK_KINDS]; /* of the logarithm of a duration's factor */
    int32_t winters;
    struct ganger_risk_winter *winter;
    struct ganger_schedule_frame *frame;
};

/* Borrows all three. NULL if memory is short. */
struct ganger_risk_world *ganger_risk_world_create(const struct ganger_problem *problem,
                                                   const struct ganger_plan *plan,
                                                   const struct ganger_risk_options *options);
void ganger_risk_world_destroy(struct ganger_risk_world *world);

/* True if a work waits for rails under rule 4. */
bool ganger_risk_waits_for_rails(const struct ganger_problem *problem, int32_t work);

#endif
