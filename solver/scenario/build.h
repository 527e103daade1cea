/* The instance of one scenario. */
#ifndef GANGER_SCENARIO_BUILD_H
#define GANGER_SCENARIO_BUILD_H

#include "scenario/sheet.h"

/* The base with the scenario's changes, in the order of their rows, validated as a read instance is. Its name is the base's
 * with "." and the scenario's, its title likewise. On failure *problem is NULL, and findings name rows of the table. */
ganger_status ganger_scenario_build(const struct ganger_problem *base,
                                    const struct ganger_scenarios *scenarios, int32_t scenario,
                                    struct ganger_problem **problem,
                                    struct ganger_findings *findings);

#endif
