#include "check/suites.h"

const struct ganger_suite *const ganger_suites[] = {
    &bound_suite, &rules_suite,  &claims_suite,    &makespan_suite, &exact_suite,
    &waits_suite, &routes_suite, &gates_suite,     &stages_suite,   &planes_suite,
    &trees_suite, &energy_suite, &successor_suite, &far_suite,      NULL};
