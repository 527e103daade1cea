#include "support/test.h"

extern const struct ganger_suite optimum_suite, repeat_suite;

const struct ganger_suite *const ganger_suites[] = {&optimum_suite, &repeat_suite, NULL};
