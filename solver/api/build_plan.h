/* From the search's result to the arrays of a plan. */
#ifndef GANGER_API_BUILD_PLAN_H
#define GANGER_API_BUILD_PLAN_H

#include "makespan/makespan.h"
#include "plan/plan.h"
#include "search/search.h"

/* A plan with every array filled from the result's best schedule: capacities, exact traffic with its path
 * flows, usage, money, km, prices, trace and summary (value recomputed from the path flows; bound as the
 * search claims it). */
ganger_status ganger_plan_build(const struct ganger_search_result *result,
                                struct ganger_plan **plan, struct ganger_findings *findings);

/* A plan of starts, finishes and modes (index into modes) by work, GANGER_NONE where it is undone: use, money and km, and
 * nothing of traffic. NULL on failure. */
ganger_status ganger_plan_build_schedule(const struct ganger_problem *problem, const int32_t *start,
                                         const int32_t *finish, const int32_t *mode,
                                         struct ganger_plan **plan,
                                         struct ganger_findings *findings);

/* The same for a makespan: usage, trace and summary; there is no traffic. */
ganger_status ganger_plan_build_makespan(const struct ganger_problem *problem,
                                         const struct ganger_makespan_result *result,
                                         struct ganger_plan **plan,
                                         struct ganger_findings *findings);

#endif
