#include "support/test.h"

extern const struct ganger_suite state_suite, run_suite, repeat_suite, hull_suite, network_suite;

const struct ganger_suite *const ganger_suites[] = {&state_suite, &run_suite,     &repeat_suite,
                                                    &hull_suite,  &network_suite, NULL};
