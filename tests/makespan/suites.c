#include "support/test.h"

extern const struct ganger_suite model_suite, chains_suite, modes_suite, optimum_suite,
    limits_suite, repeat_suite, breeder_suite, breeding_suite, window_suite, polish_suite,
    filling_suite, stages_suite, steps_suite;

const struct ganger_suite *const ganger_suites[] = {
    &model_suite,  &chains_suite, &modes_suite,   &optimum_suite,
    &limits_suite, &repeat_suite, &breeder_suite, &breeding_suite,
    &window_suite, &polish_suite, &filling_suite, &stages_suite,
    &steps_suite,  NULL};
