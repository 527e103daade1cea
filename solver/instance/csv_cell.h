/*
 * Writing one cell of a CSV table.
 */
#ifndef GANGER_INSTANCE_CSV_CELL_H
#define GANGER_INSTANCE_CSV_CELL_H

#include <stdbool.h>
#include <stdio.h>

/* Writes a text as a cell, in quotes only where it must be, so that tables stay easy to read and to compare. False, with
 * errno, on failure. */
bool ganger_csv_put_cell(FILE *file, const char *text);

#endif
