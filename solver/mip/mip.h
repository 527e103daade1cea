/*
 * A mixed-integer programme while it is put together, to be minimised: columns from 0 up, rows that are at most or
 * equal to their limit, entries in any order. A failed allocation is remembered, so that a long run of additions is
 * checked once, at the end.
 */
#ifndef GANGER_MIP_MIP_H
#define GANGER_MIP_MIP_H

#include <stdbool.h>
#include <stdint.h>

/* A name is its kind and numbers, joined by '_': begun_17_1_57. GANGER_NONE: no further number. */
struct ganger_mip_name {
    const char *kind;
    int32_t number[3];
};

struct ganger_mip_column {
    struct ganger_mip_name name;
    double cost;
    double upper; /* INFINITY: none */
    bool integer;
};

struct ganger_mip_row {
    struct ganger_mip_name name;
    double limit;
    bool equal;
};

struct ganger_mip_entry {
    int32_t row, column;
    double value;
};

struct ganger_mip {
    int32_t columns, rows;
    int64_t entries;
    struct ganger_mip_column *column;
    struct ganger_mip_row *row;
    struct ganger_mip_entry *entry; /* several of one place are one, their sum */
    int64_t column_room, row_room, entry_room;
    bool failed;
};

void ganger_mip_init(struct ganger_mip *mip);
void ganger_mip_clear(struct ganger_mip *mip);
/* Return the number of the new one; 0 if memory is short. */
int32_t ganger_mip_add_column(struct ganger_mip *mip, struct ganger_mip_column column);
int32_t ganger_mip_add_row(struct ganger_mip *mip, struct ganger_mip_row row);
/* Adds an entry; those that are 0 or of no column (GANGER_NONE) are left out. */
void ganger_mip_add(struct ganger_mip *mip, int32_t row, int32_t column, double value);
/* Takes the last row away if no entry was added since it was; `entries` is what there were before it. */
void ganger_mip_drop_empty(struct ganger_mip *mip, int64_t entries);
/* Sorts entries by column, then row, one for each place and none that is 0. False if memory is short, now or ever. */
bool ganger_mip_finish(struct ganger_mip *mip);

#endif
