#include "explain/suites.h"

const struct ganger_suite *const ganger_suites[] = {
    &obstacles_suite, &what_if_suite, &prices_suite, &plan_suite, &conflict_suite, NULL};
