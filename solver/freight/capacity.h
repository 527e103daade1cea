/* Capacity of segments and links over time (MODEL section 2) for a schedule. */
#ifndef GANGER_FREIGHT_CAPACITY_H
#define GANGER_FREIGHT_CAPACITY_H

#include "schedule/schedule.h"

/* Health of an unrenewed segment after so many years. */
static inline double ganger_capacity_health(double decay, double floor, double years)
{
    double health = 1.0 - decay * years;
    return health > floor ? health : floor;
}

/* The same at t. */
static inline double ganger_capacity_worn_health(const struct ganger_problem *problem,
                                                 int32_t segment, int32_t t)
{
    return ganger_capacity_health(problem->segments.decay[segment],
                                  problem->segments.floor[segment],
                                  (double)t * problem->time.years_per_period);
}

/* The parts of cap_q(t) = (standing) * factor for t = 0 .. periods: what stands (base * health + gains of
 * finished works) and the factor of works under way. Works of `schedule` only. O(periods * works on q). */
void ganger_capacity_segment(const struct ganger_schedule *schedule, int32_t segment,
                             double *standing, double *factor);

/* least[t] = min(least[t], row[t]), t < count: a link is as strong as its weakest segment. */
void ganger_capacity_lower(double *least, const double *row, int32_t count);

#endif
