/* The suites of this module, one a file. */
#ifndef GANGER_TESTS_BENCH_SUITES_H
#define GANGER_TESTS_BENCH_SUITES_H

#include "support/test.h"

extern const struct ganger_suite statistics_suite;
extern const struct ganger_suite table_suite;
extern const struct ganger_suite summary_suite;
extern const struct ganger_suite pairs_suite;
extern const struct ganger_suite reference_suite;
extern const struct ganger_suite result_suite;
extern const struct ganger_suite pool_suite;

#endif
