#include "base/suites.h"

const struct ganger_suite *const ganger_suites[] = {
    &status_suite, &text_suite,  &file_suite,  &date_suite, &lookup_suite,
    &rng_suite,    &block_suite, &fixed_suite, &bits_suite, NULL};
