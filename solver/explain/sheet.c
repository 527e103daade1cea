#include "explain/sheet.h"

#include "explain/words.h"
#include "plan/report.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 24, CELL_SIZE = 512, LINE_WIDTH = 100 };

void ganger_sheet_open(struct ganger_sheet *sheet)
{
    *sheet = (struct ganger_sheet){.root = json_object()};
    sheet->failed = sheet->root == NULL;
    ganger_text_init(&sheet->text);
}

void ganger_sheet_clear(struct ganger_sheet *sheet)
{
    json_decref(sheet->root);
    ganger_text_clear(&sheet->text);
    *sheet = (struct ganger_sheet){0};
}

char *ganger_sheet_take(struct ganger_sheet *sheet, bool json)
{
    if (sheet->failed) {
        return NULL;
    }
    if (!json) {
        return ganger_text_take_shown(&sheet->text);
    }
    struct ganger_text out;
    char *tree = json_dumps(sheet->root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    ganger_text_init(&out);
    ganger_text_add(&out, tree ? tree : "");
    ganger_text_add(&out, "\n");
    char *text = ganger_text_take_shown(&out);
    if (!tree) {
        free(text);
        text = NULL;
    }
    free(tree);
    return text;
}

/* Takes the value, even on failure. */
static void put(struct ganger_sheet *sheet, json_t *object, const char *key, json_t *value)
{
    sheet->failed |= json_object_set_new(object, key, value) != 0;
}

json_t *ganger_sheet_object(struct ganger_sheet *sheet, json_t *parent, const char *key)
{
    put(sheet, parent, key, json_object());
    return json_object_get(parent, key);
}

json_t *ganger_sheet_array(struct ganger_sheet *sheet, json_t *parent, const char *key)
{
    put(sheet, parent, key, json_array());
    return json_object_get(parent, key);
}

json_t *ganger_sheet_row(struct ganger_sheet *sheet, json_t *array)
{
    json_t *row = json_object();
    bool added = json_array_append_new(array, row) == 0;
    sheet->failed |= !added;
    return added ? row : NULL;
}

void ganger_sheet_put_text(struct ganger_sheet *sheet, json_t *object, const char *key,
                           const char *value)
{
    put(sheet, object, key, value ? json_string(value) : json_null());
}

void ganger_sheet_put_real(struct ganger_sheet *sheet, json_t *object, const char *key,
                           double value)
{
    put(sheet, object, key, isfinite(value) ? json_real(value) : json_null());
}

void ganger_sheet_put_integer(struct ganger_sheet *sheet, json_t *object, const char *key,
                              int64_t value)
{
    put(sheet, object, key, json_integer(value));
}

void ganger_sheet_put_flag(struct ganger_sheet *sheet, json_t *object, const char *key, bool value)
{
    put(sheet, object, key, json_boolean(value));
}

struct keyed {
    double key;
    size_t place;
    json_t *row;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key) {
        return x->key > y->key ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

void ganger_sheet_sort(struct ganger_sheet *sheet, json_t *array, const char *key)
{
    size_t count = json_array_size(array);
    struct keyed *rows = malloc((count + 1) * sizeof *rows);
    if (!rows) {
        sheet->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *row = json_incref(json_array_get(array, i));
        json_t *value = json_object_get(row, key);
        rows[i] =
            (struct keyed){json_is_number(value) ? json_number_value(value) : -INFINITY, i, row};
    }
    qsort(rows, count, sizeof *rows, by_key);
    for (size_t i = 0; i < count; i++) {
        sheet->failed |= json_array_set_new(array, i, rows[i].row) != 0;
    }
    free(rows);
}

/* What stands in a cell, as printed but for its padding. */
static void cell_text(const json_t *row, const struct ganger_sheet_column *column,
                      char text[CELL_SIZE])
{
    char number[GANGER_SIGNED_SIZE];
    const json_t *from = column->group ? json_object_get(row, column->group) : row;
    const json_t *value = json_object_get(from, column->key);
    if (json_is_string(value)) {
        snprintf(text, CELL_SIZE, "%s", json_string_value(value));
        ganger_text_cut(text);
    } else if (json_is_number(value)) {
        double real = json_number_value(value);
        real *= column->form == GANGER_SHEET_PERCENT ? 100 : 1;
        snprintf(text, CELL_SIZE, "%s",
                 column->form == GANGER_SHEET_SIGNED
                     ? ganger_words_signed(real, column->decimals, number)
                     : ganger_report_number(number, real, column->decimals));
    } else if (json_is_boolean(value)) {
        snprintf(text, CELL_SIZE, "%s", json_is_true(value) ? "yes" : "no");
    } else {
        snprintf(text, CELL_SIZE, "-");
    }
}

static size_t rows_shown(const json_t *rows, const struct ganger_sheet_table *table)
{
    size_t count = json_array_size(rows);
    return table->rows > 0 && count > (size_t)table->rows ? (size_t)table->rows : count;
}

static void measure(const json_t *rows, const struct ganger_sheet_table *table,
                    int width[COLUMNS_MAX])
{
    char text[CELL_SIZE];
    for (int c = 0; c < table->count; c++) {
        const struct ganger_sheet_column *column = &table->columns[c];
        width[c] = ganger_text_width(column->heading);
        for (size_t i = 0; i < rows_shown(rows, table); i++) {
            cell_text(json_array_get(rows, i), column, text);
            int own = ganger_text_width(text);
            width[c] = own > width[c] ? own : width[c];
        }
        if (column->form == GANGER_SHEET_TEXT && column->decimals > 0 &&
            width[c] > column->decimals) {
            width[c] = column->decimals;
        }
    }
}

static void print_cell(struct ganger_sheet *sheet, const char *text, bool left, int width)
{
    if (left) {
        ganger_text_pad(&sheet->text, text, width);
    } else {
        ganger_text_format(&sheet->text, "%*s%s", width - ganger_text_width(text), "", text);
    }
}

/* Takes spaces off the end. */
static void trim(struct ganger_text *text)
{
    while (text->length > 0 && text->data[text->length - 1] == ' ') {
        text->data[--text->length] = '\0';
    }
}

/* A line of the table; row NULL: the headings. */
static void print_line(struct ganger_sheet *sheet, const json_t *row,
                       const struct ganger_sheet_table *table, const int width[COLUMNS_MAX])
{
    char text[CELL_SIZE];
    ganger_text_format(&sheet->text, "%*s", table->indent, "");
    for (int c = 0; c < table->count; c++) {
        const struct ganger_sheet_column *column = &table->columns[c];
        bool left = column->form == GANGER_SHEET_TEXT;
        if (row) {
            cell_text(row, column, text);
        } else {
            snprintf(text, sizeof text, "%s", column->heading);
        }
        ganger_text_add(&sheet->text, c > 0 ? "  " : "");
        print_cell(sheet, text, left, width[c]);
    }
    trim(&sheet->text);
    ganger_text_add(&sheet->text, "\n");
}

void ganger_sheet_print(struct ganger_sheet *sheet, const json_t *rows,
                        struct ganger_sheet_table table)
{
    int width[COLUMNS_MAX];
    measure(rows, &table, width);
    print_line(sheet, NULL, &table, width);
    for (size_t i = 0; i < rows_shown(rows, &table); i++) {
        print_line(sheet, json_array_get(rows, i), &table, width);
    }
}

void ganger_sheet_say(struct ganger_sheet *sheet, const char *format, ...)
{
    char *line = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0) {
        sheet->failed = true;
        return;
    }
    ganger_text_add(&sheet->text, line);
    free(line);
}

void ganger_sheet_item(struct ganger_sheet *sheet, bool first, const char *item)
{
    const char *line = sheet->text.data ? strrchr(sheet->text.data, '\n') : NULL;
    int used = line ? ganger_text_width(line + 1) : LINE_WIDTH;
    ganger_text_add(&sheet->text, first ? "" : ";");
    if (used + ganger_text_width(item) + 2 > LINE_WIDTH) {
        trim(&sheet->text);
        ganger_text_add(&sheet->text, "\n    ");
    } else {
        ganger_text_add(&sheet->text, first ? "" : " ");
    }
    ganger_text_add(&sheet->text, item);
}
