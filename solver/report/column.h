/*
 * Columns of the page's data: arrays of JSON with one element a row, which large plans need to stay small.
 *
 * All are members of an object that the sheet's tree owns, which may be NULL after a failure.
 */
#ifndef GANGER_REPORT_COLUMN_H
#define GANGER_REPORT_COLUMN_H

#include "explain/sheet.h"

void ganger_column_texts(struct ganger_sheet *sheet, json_t *object, const char *key,
                         char *const *list, int32_t count);
void ganger_column_integers(struct ganger_sheet *sheet, json_t *object, const char *key,
                            const int32_t *list, int32_t count);
void ganger_column_flags(struct ganger_sheet *sheet, json_t *object, const char *key,
                         const bool *list, int32_t count);
void ganger_column_bytes(struct ganger_sheet *sheet, json_t *object, const char *key,
                         const uint8_t *list, int32_t count);
/* Rounded to so many decimals. */
void ganger_column_reals(struct ganger_sheet *sheet, json_t *object, const char *key,
                         const double *list, int32_t count, int decimals);

/* At the end of an array: a number rounded to so many decimals, an integer where it is one; null if not finite. */
void ganger_column_add(struct ganger_sheet *sheet, json_t *array, double value, int decimals);
/* values[0], values[stride], ..., count of them. */
struct ganger_series {
    const double *values;
    int32_t count;
    int64_t stride;
};
/* A series as an array [value, how often, value, how often, ...]: a member, or at the end of an array. */
void ganger_column_runs(struct ganger_sheet *sheet, json_t *object, const char *key,
                        struct ganger_series series, int decimals);
void ganger_column_add_runs(struct ganger_sheet *sheet, json_t *array, struct ganger_series series,
                            int decimals);

#endif
