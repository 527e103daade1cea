/*
 * A CSV table while it is written: RFC 4180 but for line ends, which are single line feeds as in all tables of this
 * program. The first failure is kept, so that a run of cells is checked once, by close.
 */
#ifndef GANGER_EXPORT_TABLE_H
#define GANGER_EXPORT_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct ganger_export_table {
    FILE *file;
    bool begun; /* the row has a cell */
    int error;  /* errno of the first failure, or 0 */
};

/* Makes the file, which must not be there, and writes the headings, which end with NULL. */
void ganger_export_table_open(struct ganger_export_table *table, const char *path,
                              const char *const *columns);
/* The same after a byte order mark, by which spreadsheets know UTF-8. */
void ganger_export_table_open_marked(struct ganger_export_table *table, const char *path,
                                     const char *const *columns);
/* False, with errno, if anything was not written. */
bool ganger_export_table_close(struct ganger_export_table *table);

/* One cell more. What is not finite is an empty cell. Reals are read back as the same number. */
void ganger_export_put_text(struct ganger_export_table *table, const char *text);
void ganger_export_put_real(struct ganger_export_table *table, double value);
/* A sum or a mean, in millionths: its last digits are rounding. */
void ganger_export_put_sum(struct ganger_export_table *table, double value);
void ganger_export_put_integer(struct ganger_export_table *table, int64_t value);
void ganger_export_put_flag(struct ganger_export_table *table, bool value);
void ganger_export_put_day(struct ganger_export_table *table, int64_t day);
/* So many empty cells. */
void ganger_export_put_nothing(struct ganger_export_table *table, int cells);
void ganger_export_end_row(struct ganger_export_table *table);

#endif
