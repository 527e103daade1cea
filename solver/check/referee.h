/*
 * The referee: re-verifies a plan from the problem and the plan's arrays alone. Shares no code with
 * schedule/, freight/, relax/ and search/; every quantity is recomputed here from MODEL, from the given
 * parts of the problem (dates, calendars, capacities and volumes are derived anew in facts.c).
 */
#ifndef GANGER_CHECK_REFEREE_H
#define GANGER_CHECK_REFEREE_H

#include "plan/plan.h"

/* GANGER_STATUS_OK: every rule holds, the value is reached and the bound is proven. Otherwise
 * GANGER_STATUS_REFUSED with a finding for each breach (file = `name`, say the plan file's path). The
 * verdict may be NULL; after a refusal it holds what could be established (NaN where nothing could). */
ganger_status ganger_referee_check(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   struct ganger_verdict *verdict,
                                   struct ganger_findings *findings);

/* The same, but for the plan's own words on value, bound, gap and status: for whoever is to write them. */
ganger_status ganger_referee_prove(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   struct ganger_verdict *verdict,
                                   struct ganger_findings *findings);

/* The rules about works and what they use, and nothing else, of a plan whose start, finish, mode, usage and cash are
 * filled: for schedules that come from elsewhere. `line` is that of each work in the file `name`, or NULL. */
ganger_status ganger_referee_rules(const struct ganger_problem *problem,
                                   const struct ganger_plan *plan, const char *name,
                                   const long *line, struct ganger_findings *findings);

/* Does a verdict on a programme bear out that it is optimal? Value and bound may be apart by what rounding leaves. */
bool ganger_referee_optimal(const struct ganger_verdict *verdict);

/* The bound that these prices prove (MODEL section 7), rounded outward: no plan's value lies beyond it.
 * For objective makespan the prices do not matter: longest chain and energy of each renewable.
 * NaN if a price is negative, beyond the file's grid (base/fixed.h) or above its limit, if a number is too
 * large to be added up exactly, or if memory is short; -INFINITY (npv) or
 * INFINITY (makespan) if some mandatory work cannot be done at all. */
double ganger_referee_bound(const struct ganger_problem *problem,
                            const struct ganger_prices *prices);

#endif
