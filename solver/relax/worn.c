#include "relax/worn.h"

#include <math.h>

double ganger_relax_worn(const struct ganger_problem *problem, int32_t segment, int32_t t)
{
    double years = (double)t * problem->time.years_per_period;
    double health =
        fmax(problem->segments.floor[segment], 1.0 - problem->segments.decay[segment] * years);
    return problem->segments.capacity[segment] * health;
}

double ganger_relax_stage(const struct ganger_problem *problem, int32_t work, int32_t t)
{
    int32_t q = problem->works.segment[work];
    return problem->works.stage_gain[work] + (problem->works.stage_renewed[work]
                                                  ? problem->segments.capacity[q]
                                                  : ganger_relax_worn(problem, q, t));
}

double ganger_relax_lift(const struct ganger_problem *problem, int32_t work, int32_t t)
{
    int32_t q = problem->works.segment[work];
    bool renews = problem->works.renews[work] && !problem->works.stage_renewed[work];
    return problem->works.gain[work] +
           (renews ? problem->segments.capacity[q] - ganger_relax_worn(problem, q, t) : 0);
}
