/*
 * The tables of an instance as data: which column is what, and where struct ganger_problem keeps it.
 *
 * One list serves the CSV reader, the HDF5 reader and writer, the hash, the comparison and the clean-up, so
 * a column is added in one place. Only "given" parts appear; what seal derives does not.
 */
#ifndef GANGER_INSTANCE_SCHEMA_H
#define GANGER_INSTANCE_SCHEMA_H

#include "instance/problem.h"
#include <stddef.h>

enum ganger_table_index {
    GANGER_TABLE_NODE,
    GANGER_TABLE_LINK,
    GANGER_TABLE_SEGMENT,
    GANGER_TABLE_DEMAND,
    GANGER_TABLE_DEMAND_PROFILE,
    GANGER_TABLE_RESOURCE,
    GANGER_TABLE_CAPACITY,
    GANGER_TABLE_CALENDAR_NAME, /* the distinct ids of calendar.csv: no file of its own */
    GANGER_TABLE_CALENDAR,
    GANGER_TABLE_WORK,
    GANGER_TABLE_MODE,
    GANGER_TABLE_USAGE,
    GANGER_TABLE_PRECEDENCE,
    GANGER_TABLE_TARGET,
    GANGER_TABLES
};

enum ganger_column_type {
    GANGER_COLUMN_ID,        /* char *: not empty, unique in the table */
    GANGER_COLUMN_TEXT,      /* char *: "" where absent */
    GANGER_COLUMN_REAL,      /* double */
    GANGER_COLUMN_INTEGER,   /* int32_t */
    GANGER_COLUMN_BOOL,      /* bool */
    GANGER_COLUMN_CHOICE,    /* uint8_t: position among `choices` */
    GANGER_COLUMN_CHOICES,   /* uint32_t: one bit for each of `choices`, joined by | in a cell */
    GANGER_COLUMN_REFERENCE, /* int32_t: row of table `refers`, or GANGER_NONE */
    GANGER_COLUMN_TIME       /* int32_t: period or boundary; a number or a date in a cell */
};

enum ganger_column_flags {
    GANGER_COLUMN_REQUIRED = 1,
    GANGER_COLUMN_BY_HAND = 2,     /* the CSV reader has code of its own for the cell */
    GANGER_COLUMN_NOT_IN_CSV = 4,  /* kept in the problem only */
    GANGER_COLUMN_NOT_KEPT = 8,    /* in the CSV only: `offset` is meaningless */
    GANGER_COLUMN_DAY_END = 16,    /* date D is the boundary at the end of that day, rounded down */
    GANGER_COLUMN_CLAMP_LOW = 32,  /* times before 0 become 0 */
    GANGER_COLUMN_CLAMP_HIGH = 64, /* times after the end become the end */
    GANGER_COLUMN_PERIOD = 128,    /* the last value is periods-1, not periods */
    GANGER_COLUMN_UNBOUNDED = 256, /* any time goes */
    GANGER_COLUMN_WHEN_ABSENT_END = 512 /* an empty time is `periods` instead of `absent` */
};

struct ganger_column {
    const char *name; /* header of the CSV column */
    const char
        *packed; /* name in the packed form where it differs (a reference is kept as row number) */
    enum ganger_column_type type;
    unsigned flags;
    size_t offset; /* of the array's pointer in struct ganger_problem */
    double least, most, absent;
    const char *const *choices; /* NULL-terminated */
    enum ganger_table_index refers;
};

struct ganger_table {
    const char *name; /* resource name; file NAME.csv in messages */
    const char *what; /* one row of it, in words */
    size_t count;     /* offset of the int32_t number of rows */
    const struct ganger_column *columns;
    int column_count;
    bool needed, needed_npv; /* must be there always, must be there for objective npv */
};

extern const struct ganger_table ganger_tables[GANGER_TABLES];
extern const char *const ganger_work_kind_names[GANGER_WORK_KINDS + 1];
extern const char *const ganger_resource_kind_names[];
extern const char *const ganger_precedence_type_names[];
extern const char *const ganger_objective_names[];

size_t ganger_column_size(enum ganger_column_type type);
const char *ganger_column_packed_name(const struct ganger_column *column);
bool ganger_column_kept(const struct ganger_column *column);

/* The array of a kept column, and the number of rows of a table. */
void **ganger_column_array(struct ganger_problem *problem, const struct ganger_column *column);
const void *ganger_column_view(const struct ganger_problem *problem,
                               const struct ganger_column *column);
int32_t *ganger_table_rows(struct ganger_problem *problem, enum ganger_table_index table);
int32_t ganger_table_count(const struct ganger_problem *problem, enum ganger_table_index table);

/* The ids of a table whose first column is one. */
char **ganger_table_ids(const struct ganger_problem *problem, enum ganger_table_index table);

/* Sets the number of rows and allocates every kept column, zeroed. False if memory is short. */
bool ganger_table_allocate(struct ganger_problem *problem, enum ganger_table_index table,
                           int32_t rows);

/* Frees every kept column and leaves no rows. */
void ganger_table_release(struct ganger_problem *problem, enum ganger_table_index table);

/* An empty problem: no rows anywhere, all arrays NULL; NULL if memory is short. */
struct ganger_problem *ganger_problem_create(void);

/* Lower-case hex SHA-256 of the given parts, independent of the form they were read from. */
void ganger_problem_hash(const struct ganger_problem *problem, char hex[65]);

#endif
