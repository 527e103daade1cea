/* The suites of this folder, one a file, and what they share. */
#ifndef GANGER_TESTS_GENERATE_SUITES_H
#define GANGER_TESTS_GENERATE_SUITES_H

#include "instance/problem.h"
#include "support/test.h"

extern const struct ganger_suite options_suite, country_suite, programme_suite, solved_suite;

/* A made-up problem; fails the test if there is none. `links` 0: as many as usual. */
struct ganger_problem *made_up(int32_t works, int32_t links, uint64_t seed);

#endif
