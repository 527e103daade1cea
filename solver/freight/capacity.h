/* Capacity of segments and links over time (MODEL section 2) for a schedule. */
#ifndef GANGER_FREIGHT_CAPACITY_H
#define GANGER_FREIGHT_CAPACITY_H

#include "schedule/schedule.h"

/* Health of an unrenewed segment at t: max(floor, 1 - decay * years(t)). */
static inline double ganger_capacity_worn_health(const struct ganger_problem *problem,
                                                 int32_t segment, int32_t t)
{
    double health =
        1.0 - problem->segments.decay[segment] * ((double)t * problem->time.years_per_period);
    return health > problem->segments.floor[segment] ? health : problem->segments.floor[segment];
}

/* The parts of cap_q(t) = (standing) * factor for t = 0 .. periods: what stands (base * health + gains of
 * finished works) and the factor of works under way. Works of `schedule` only. O(periods * works on q). */
void ganger_capacity_segment(const struct ganger_schedule *schedule, int32_t segment,
                             double *standing, double *factor);

#endif
