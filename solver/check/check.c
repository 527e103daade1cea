/* The public door of the referee: a plan file against its instance. */
#include "check/referee.h"

#include <math.h>

ganger_status ganger_plan_check(const struct ganger_problem *problem, const char *plan_path,
                                struct ganger_verdict *verdict, struct ganger_findings *findings)
{
    struct ganger_plan *plan = NULL;
    if (verdict) {
        *verdict = (struct ganger_verdict){.value = (double)NAN,
                                           .bound = (double)NAN,
                                           .gap_percent = (double)NAN,
                                           .works = problem->works.count};
    }
    ganger_status status = ganger_plan_read(problem, plan_path, &plan, findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_referee_check(problem, plan, plan_path, verdict, findings);
    }
    ganger_plan_destroy(plan);
    return status;
}
