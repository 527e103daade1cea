#include "report/column.h"

#include <math.h>

/* Takes the value, even on failure. */
static void add(struct ganger_sheet *sheet, json_t *array, json_t *value)
{
    sheet->failed |= json_array_append_new(array, value) != 0;
}

static double rounded(double value, int decimals)
{
    double unit = pow(10, decimals);
    return round(value * unit) / unit;
}

static json_t *number(double value)
{
    if (!isfinite(value)) {
        return json_null();
    }
    bool whole = value == floor(value) && fabs(value) < 1e15;
    return whole ? json_integer((json_int_t)value) : json_real(value);
}

void ganger_column_texts(struct ganger_sheet *sheet, json_t *object, const char *key,
                         char *const *list, int32_t count)
{
    json_t *array = ganger_sheet_array(sheet, object, key);
    for (int32_t i = 0; i < count; i++) {
        add(sheet, array, json_string(list[i]));
    }
}

void ganger_column_integers(struct ganger_sheet *sheet, json_t *object, const char *key,
                            const int32_t *list, int32_t count)
{
    json_t *array = ganger_sheet_array(sheet, object, key);
    for (int32_t i = 0; i < count; i++) {
        add(sheet, array, json_integer(list[i]));
    }
}

void ganger_column_flags(struct ganger_sheet *sheet, json_t *object, const char *key,
                         const bool *list, int32_t count)
{
    json_t *array = ganger_sheet_array(sheet, object, key);
    for (int32_t i = 0; i < count; i++) {
        add(sheet, array, json_integer(list[i]));
    }
}

void ganger_column_bytes(struct ganger_sheet *sheet, json_t *object, const char *key,
                         const uint8_t *list, int32_t count)
{
    json_t *array = ganger_sheet_array(sheet, object, key);
    for (int32_t i = 0; i < count; i++) {
        add(sheet, array, json_integer(list[i]));
    }
}

void ganger_column_reals(struct ganger_sheet *sheet, json_t *object, const char *key,
                         const double *list, int32_t count, int decimals)
{
    json_t *array = ganger_sheet_array(sheet, object, key);
    for (int32_t i = 0; i < count; i++) {
        ganger_column_add(sheet, array, list[i], decimals);
    }
}

void ganger_column_add(struct ganger_sheet *sheet, json_t *array, double value, int decimals)
{
    add(sheet, array, number(rounded(value, decimals)));
}

static void fill_runs(struct ganger_sheet *sheet, json_t *runs, struct ganger_series series,
                      int decimals)
{
    for (int32_t i = 0; i < series.count;) {
        double value = rounded(series.values[i * series.stride], decimals);
        int32_t begin = i++; /* what is not a number is equal to nothing */
        while (i < series.count && rounded(series.values[i * series.stride], decimals) == value) {
            i++;
        }
        add(sheet, runs, number(value));
        add(sheet, runs, json_integer(i - begin));
    }
}

void ganger_column_runs(struct ganger_sheet *sheet, json_t *object, const char *key,
                        struct ganger_series series, int decimals)
{
    json_t *runs = ganger_sheet_array(sheet, object, key);
    fill_runs(sheet, runs, series, decimals);
}

void ganger_column_add_runs(struct ganger_sheet *sheet, json_t *array, struct ganger_series series,
                            int decimals)
{
    json_t *runs = json_array();
    fill_runs(sheet, runs, series, decimals);
    add(sheet, array, runs);
}
