#include "support/test.h"

extern const struct ganger_suite times_suite, use_suite, order_suite, rails_suite, diagnose_suite,
    random_suite, lanes_suite, serial_suite;

const struct ganger_suite *const ganger_suites[] = {&times_suite, &use_suite,      &order_suite,
                                                    &rails_suite, &diagnose_suite, &random_suite,
                                                    &lanes_suite, &serial_suite,   NULL};
