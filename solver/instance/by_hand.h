/*
 * Parts of the package reader that no table of columns can describe, and what they share with tables.c.
 */
#ifndef GANGER_INSTANCE_BY_HAND_H
#define GANGER_INSTANCE_BY_HAND_H

#include "instance/package.h"

struct ganger_cell_place {
    enum ganger_table_index table;
    int column;
    int32_t row;
};

/* "expected WHAT, found CELL" at a cell. */
ganger_status ganger_package_refuse(struct ganger_package *package, struct ganger_cell_place place,
                                    const char *expected);
/* "unknown WHAT CELL: did you mean NEAR?"; near may be NULL. */
ganger_status ganger_package_refuse_unknown(struct ganger_package *package,
                                            struct ganger_cell_place place, const char *what,
                                            const char *near);

/* Period or boundary of a cell, not clamped; false if it is neither number nor date. */
bool ganger_package_time(const struct ganger_package *package, const struct ganger_column *column,
                         const char *text, int64_t *period);

/* Makes the ids of a table findable and reports duplicates. */
ganger_status ganger_package_index(struct ganger_package *package, enum ganger_table_index index);

/* Fills the columns marked BY_HAND of a table that was just read, and checks what spans several cells. */
ganger_status ganger_package_by_hand(struct ganger_package *package, enum ganger_table_index index);

#endif
