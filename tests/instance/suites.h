/* The suites of this folder, one a file. */
#ifndef GANGER_TESTS_INSTANCE_SUITES_H
#define GANGER_TESTS_INSTANCE_SUITES_H

#include "support/test.h"

extern const struct ganger_suite package_suite, bad_suite, seal_suite, pack_suite, damage_suite,
    describe_suite, write_suite, classic_suite, classic_bad_suite, classic_damage_suite,
    table_schema_suite;

#endif
