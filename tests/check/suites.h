#ifndef GANGER_TESTS_CHECK_SUITES_H
#define GANGER_TESTS_CHECK_SUITES_H

#include "support/test.h"

extern const struct ganger_suite bound_suite, rules_suite, claims_suite, makespan_suite,
    exact_suite, waits_suite, routes_suite, gates_suite, stages_suite, planes_suite, trees_suite,
    energy_suite, successor_suite, far_suite;

#endif
