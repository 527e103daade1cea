/*
 * The referee: re-verifies a plan from the problem and the plan's arrays alone. Shares no code with
 * schedule/, freight/, relax/ and search/; every quantity is recomputed here from MODEL.
 */
#ifndef GANGER_CHECK_REFEREE_H
#define GANGER_CHECK_REFEREE_H

#include "plan/plan.h"

/* GANGER_STATUS_OK: every rule holds, the value is reached and the bound is proven. Otherwise
 * GANGER_STATUS_REFUSED with a finding for each breach (file = `name`, say the plan file's path). */
ganger_status ganger_referee_check(const struct ganger_problem *problem, const struct ganger_plan *plan,
                                   const char *name, struct ganger_verdict *verdict,
                                   struct ganger_findings *findings);

#endif
