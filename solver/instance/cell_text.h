/*
 * The text of a value in a cell of a CSV table, such that reading it gives the same value.
 */
#ifndef GANGER_INSTANCE_CELL_TEXT_H
#define GANGER_INSTANCE_CELL_TEXT_H

#include "instance/schema.h"

/* Room for the text of any value that is not a text itself. */
#define GANGER_CELL_TEXT 64

struct ganger_cell_at {
    enum ganger_table_index table;
    int column;
    int32_t row;
};

/* A text of the problem or `buffer`; "" where the value is the one that an empty cell stands for and no text
 * says it better; NULL if no cell can hold the value. The problem must be sealed, and the thread's locale
 * "C". */
const char *ganger_cell_text(const struct ganger_problem *problem, struct ganger_cell_at at,
                             char buffer[GANGER_CELL_TEXT]);

/* Whether a column that is not required holds what its absence stands for in every row. */
bool ganger_cell_all_absent(const struct ganger_problem *problem, enum ganger_table_index table,
                            const struct ganger_column *column);

/* Writes the fewest of 15 to 17 digits that are read as the same number; the locale as above. */
const char *ganger_real_text(double value, char text[GANGER_CELL_TEXT]);

#endif
