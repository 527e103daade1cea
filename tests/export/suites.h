/* The suites of this module. */
#ifndef GANGER_TESTS_EXPORT_SUITES_H
#define GANGER_TESTS_EXPORT_SUITES_H

#include "support/test.h"

extern const struct ganger_suite table_suite, geometry_suite, project_suite;

#endif
