#include "support/test.h"

extern const struct ganger_suite loop_suite, threads_suite;

const struct ganger_suite *const ganger_suites[] = {&loop_suite, &threads_suite, NULL};
