#include "support/test.h"

extern const struct ganger_suite changes_suite, wrong_suite;

const struct ganger_suite *const ganger_suites[] = {&changes_suite, &wrong_suite, NULL};
