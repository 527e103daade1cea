/*
 * Cheap proofs that an instance has no plan at all. Each proof is a finding in a planner's words. No proof
 * does not mean that there is a plan.
 */
#ifndef GANGER_RELAX_INFEASIBLE_H
#define GANGER_RELAX_INFEASIBLE_H

#include "base/status.h"
#include "instance/problem.h"

/* True if proven, with a finding (status GANGER_STATUS_OK) for each proof: a hard target beyond all that can
 * be finished in time, mandatory works (and what they need) that cannot keep their deadlines one after
 * another, or that need more of a gang, a budget or a supply than there is. */
bool ganger_infeasible_prove(const struct ganger_problem *problem,
                             struct ganger_findings *findings);

#endif
