/* The referee's word on a plan that was built here. */
#ifndef GANGER_API_APPROVE_H
#define GANGER_API_APPROVE_H

#include "plan/plan.h"

/* Has the plan refereed under this name; on failure it is gone. A programme claims what the referee has proven and no
 * more; of a makespan the solver may know more than can be added up, and that it has claimed already. */
ganger_status ganger_plan_approve(const struct ganger_problem *problem, const char *name,
                                  struct ganger_plan **plan, struct ganger_findings *findings);

#endif
