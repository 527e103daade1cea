#include "support/test.h"

extern const struct ganger_suite makespan_suite, optimum_suite, plan_suite;

const struct ganger_suite *const ganger_suites[] = {&makespan_suite, &optimum_suite, &plan_suite,
                                                    NULL};
