/*
 * A table as aligned text or markdown: the first row is its header, the first column stands left and the
 * others right. Cells are added row by row.
 */
#ifndef GANGER_BENCH_QUALITY_TABLE_H
#define GANGER_BENCH_QUALITY_TABLE_H

#include <stdbool.h>
#include <stdio.h>

struct quality_table {
    int columns, cells, room;
    char **text;
};

void quality_table_init(struct quality_table *table, int columns);
void quality_table_clear(struct quality_table *table);

void quality_table_text(struct quality_table *table, const char *text);
void quality_table_count(struct quality_table *table, long long count);
/* "-" if the number is NaN. */
void quality_table_real(struct quality_table *table, double number, int decimals);

/* Replaces what a terminal would obey, or a table take for its own, by '?': names may hold anything. */
void quality_text_clean(char *text);

void quality_table_print(const struct quality_table *table, bool markdown, FILE *stream);

#endif
