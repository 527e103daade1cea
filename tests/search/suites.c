#include "support/test.h"

extern const struct ganger_suite trial_suite, moves_suite, optimum_suite, threads_suite, run_suite,
    sketch_suite, prospects_suite, large_suite, large_threads_suite, legs_suite, haulage_suite;

const struct ganger_suite *const ganger_suites[] = {
    &trial_suite,         &moves_suite,  &optimum_suite,   &threads_suite,
    &run_suite,           &sketch_suite, &prospects_suite, &large_suite,
    &large_threads_suite, &legs_suite,   &haulage_suite,   NULL};
