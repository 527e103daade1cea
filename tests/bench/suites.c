#include "bench/suites.h"

const struct ganger_suite *const ganger_suites[] = {
    &statistics_suite, &table_suite,  &summary_suite, &pairs_suite,
    &reference_suite,  &result_suite, &pool_suite,    NULL};
