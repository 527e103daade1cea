/*
 * The tables in the words of others: as Frictionless table schemas for programs, and what each column is for people. Made
 * from the tables of schema.h; only the help is written here, and a test misses none.
 */
#ifndef GANGER_INSTANCE_TABLE_SCHEMA_H
#define GANGER_INSTANCE_TABLE_SCHEMA_H

#include "instance/schema.h"

#include <jansson.h>

/* What a table holds, and what a column of it says, in one sentence without a full stop; NULL if nobody wrote that. */
const char *ganger_table_help(enum ganger_table_index table);
const char *ganger_column_help(enum ganger_table_index table, const struct ganger_column *column);

/* A resource of a data package: path, form and schema of a table. With a problem only the columns that are written for it;
 * NULL: all. NULL if memory is short. */
json_t *ganger_table_resource(enum ganger_table_index table, const struct ganger_problem *problem);

#endif
