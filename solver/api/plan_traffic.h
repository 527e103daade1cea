/* The exact traffic of a finished plan, with the flow on every path. */
#ifndef GANGER_API_PLAN_TRAFFIC_H
#define GANGER_API_PLAN_TRAFFIC_H

#include "freight/paths.h"
#include "plan/plan.h"
#include "search/haulage.h"

/* Starts from `paths` and their basis. Fills flow, delivered, traffic_value and paths of a plan whose capacity is
 * filled. Flows are whole steps of the plan's grid and fit into capacities and volumes without any tolerance;
 * values are added up from them, so that a reader of the file comes to the same figures. */
ganger_status ganger_plan_fill_traffic(const struct ganger_problem *problem,
                                       const struct ganger_path_pool *paths, int threads,
                                       struct ganger_plan *plan, struct ganger_findings *findings);
/* The same from the flows that the search found, on paths of `paths`: nothing is solved. */
ganger_status ganger_plan_take_traffic(const struct ganger_problem *problem,
                                       const struct ganger_path_pool *paths,
                                       const struct ganger_haulage *haulage,
                                       struct ganger_plan *plan, struct ganger_findings *findings);

#endif
