#include "support/test.h"

extern const struct ganger_suite graph_suite, hand_suite, value_suite, cuts_suite, capacity_suite,
    max_flow_suite, carry_suite, detours_suite;

const struct ganger_suite *const ganger_suites[] = {&graph_suite, &hand_suite,     &value_suite,
                                                    &cuts_suite,  &capacity_suite, &max_flow_suite,
                                                    &carry_suite, &detours_suite,  NULL};
