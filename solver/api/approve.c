#include "api/approve.h"

#include "check/referee.h"

#include <math.h>

ganger_status ganger_plan_approve(const struct ganger_problem *problem, const char *name,
                                  struct ganger_plan **plan, struct ganger_findings *findings)
{
    struct ganger_verdict verdict;
    struct ganger_summary *summary = &(*plan)->summary;
    ganger_status status;
    if (problem->objective == GANGER_OBJECTIVE_NPV) {
        status = ganger_referee_prove(problem, *plan, name, &verdict, findings);
        summary->value = verdict.value;
        summary->bound = verdict.bound;
        summary->gap_percent = verdict.gap_percent;
        summary->terms = verdict.terms;
        if (summary->outcome == GANGER_OUTCOME_OPTIMAL && !ganger_referee_optimal(&verdict)) {
            summary->outcome = GANGER_OUTCOME_FEASIBLE;
        }
        /* The search adds up doubles: what the first plan seems worth beyond the best one is rounding. */
        summary->first_value = fmin(summary->first_value, verdict.value);
    } else {
        status = ganger_referee_check(problem, *plan, name, &verdict, findings);
    }
    if (status != GANGER_STATUS_OK) {
        ganger_plan_destroy(*plan);
        *plan = NULL;
    }
    return status;
}
