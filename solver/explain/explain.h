/* The explanation of a plan as a tree of JSON, for the floors above. */
#ifndef GANGER_EXPLAIN_EXPLAIN_H
#define GANGER_EXPLAIN_EXPLAIN_H

#include "base/status.h"
#include "plan/plan.h"

#include <jansson.h>

/* What ganger_plan_explain() says in JSON (README.md has its members), of a plan that the referee has passed and without
 * single works. Where periods are too large to be solved (search/model.h) binding.links is missing. The caller owns
 * *tree, which is NULL on failure. */
ganger_status ganger_explain_tree(const struct ganger_problem *problem,
                                  const struct ganger_plan *plan, json_t **tree,
                                  struct ganger_findings *findings);

#endif
