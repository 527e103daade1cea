/* Tiny instances for tests: CSV texts written to a folder of their own, read and removed. */
#ifndef GANGER_TESTS_CHECK_PACKAGE_H
#define GANGER_TESTS_CHECK_PACKAGE_H

#include "instance/problem.h"

/* A table's name without ".csv", and its text. */
struct package_table {
    const char *name;
    const char *text;
};

/* Reads the instance made of `settings`, the members of datapackage.json's "ganger" as JSON text, and of
 * tables up to one without a name. NULL, with the findings on stderr, if the reader refuses it. */
struct ganger_problem *package_problem(const char *settings, const struct package_table *tables);

#endif
