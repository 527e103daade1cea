/* The suites of this folder, one a file. */
#ifndef GANGER_TESTS_BASE_SUITES_H
#define GANGER_TESTS_BASE_SUITES_H

#include "support/test.h"

extern const struct ganger_suite status_suite, text_suite, file_suite, date_suite, lookup_suite,
    rng_suite, block_suite, fixed_suite, bits_suite;

#endif
