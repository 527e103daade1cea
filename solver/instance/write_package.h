/*
 * What the files of the package writer share; private to instance/.
 */
#ifndef GANGER_INSTANCE_WRITE_PACKAGE_H
#define GANGER_INSTANCE_WRITE_PACKAGE_H

#include "base/status.h"
#include "instance/schema.h"

/* Whether a table, and a column of one, is written: what holds nothing and may be absent is left out. */
bool ganger_table_is_written(const struct ganger_problem *problem, enum ganger_table_index table);
bool ganger_column_is_written(const struct ganger_problem *problem, enum ganger_table_index table,
                              const struct ganger_column *column);

/* datapackage.json at `path`. False, with errno, on failure. write_json.c */
bool ganger_write_package_json(const struct ganger_problem *problem, const char *path);

#endif
