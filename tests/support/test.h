/*
 * What a test module gives to the common main (tests/support/main.c).
 *
 * A module's suites.c defines ganger_suites, ending with NULL; each suite's tests end with {NULL, NULL}.
 * A test is a function that uses CUnit's CU_ASSERT macros and may stop early with the _FATAL ones.
 * The label says which run a suite belongs to: unit, property, determinism, oom, fuzz-replay, cli or slow.
 */
#ifndef GANGER_TESTS_SUPPORT_TEST_H
#define GANGER_TESTS_SUPPORT_TEST_H

#include <CUnit/CUnit.h>

struct ganger_test {
    const char *name;
    void (*run)(void);
};

struct ganger_suite {
    const char *name;
    const char *label;
    const struct ganger_test *tests;
};

extern const struct ganger_suite *const ganger_suites[];

#endif
