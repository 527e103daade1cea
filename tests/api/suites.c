#include "support/test.h"

extern const struct ganger_suite replan_suite;
extern const struct ganger_suite solve_suite;

const struct ganger_suite *const ganger_suites[] = {&solve_suite, &replan_suite, NULL};
