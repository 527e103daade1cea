/*
 * Values in the cells of a table: strict, whole cell, independent of the locale.
 */
#ifndef GANGER_INSTANCE_CELLS_H
#define GANGER_INSTANCE_CELLS_H

#include "base/text.h"
#include "instance/schema.h"
#include <locale.h>

/* Optional minus and decimal digits. */
bool ganger_cell_integer(const char *text, int64_t *value);
/* Decimal digits with a point or an exponent; no decimal comma, hexadecimal, nan or inf. `c_locale` is one
 * from newlocale(LC_ALL_MASK, "C"). */
bool ganger_cell_real(const char *text, locale_t c_locale, double *value);
/* true, false, 1, 0, and the spellings that data packages know: True, TRUE, False, FALSE. */
bool ganger_cell_bool(const char *text, bool *value);
/* Position of `text` among NULL-terminated names, or -1. */
int ganger_cell_choice(const char *text, const char *const *names);
/* Names joined by | as bits; 0 if one is unknown or none is there. */
uint32_t ganger_cell_choices(const char *text, const char *const *names);

/* Room for what ganger_cell_expected() writes. */
#define GANGER_CELL_EXPECTED 160

/* What a column accepts, in words: "an integer >= 0", "a number from 0 to 1", "repair, build or upgrade". */
const char *ganger_cell_expected(const struct ganger_column *column,
                                 char expected[GANGER_CELL_EXPECTED]);

#endif
