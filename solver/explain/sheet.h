/*
 * What is explained, written once and read twice: as a tree of JSON for scripts and as text for people.
 *
 * A section puts rows and figures into the tree and prints the same rows as a table, so the two cannot differ. Failed
 * allocations are remembered and reported by take. Objects that are passed may be NULL after a failure.
 */
#ifndef GANGER_EXPLAIN_SHEET_H
#define GANGER_EXPLAIN_SHEET_H

#include "base/text.h"

#include <jansson.h>
#include <stdint.h>

struct ganger_sheet {
    json_t *root;
    struct ganger_text text;
    bool failed;
};

void ganger_sheet_open(struct ganger_sheet *sheet);
void ganger_sheet_clear(struct ganger_sheet *sheet);
/* The tree as one JSON object, or the text; the caller frees it. NULL if memory ran out on the way. */
char *ganger_sheet_take(struct ganger_sheet *sheet, bool json);

/* A new member of an object; the tree owns what is returned. */
json_t *ganger_sheet_object(struct ganger_sheet *sheet, json_t *parent, const char *key);
json_t *ganger_sheet_array(struct ganger_sheet *sheet, json_t *parent, const char *key);
/* A new object at the end of an array. */
json_t *ganger_sheet_row(struct ganger_sheet *sheet, json_t *array);

/* Members of an object. NULL and what is not finite become null. */
void ganger_sheet_put_text(struct ganger_sheet *sheet, json_t *object, const char *key,
                           const char *value);
void ganger_sheet_put_real(struct ganger_sheet *sheet, json_t *object, const char *key,
                           double value);
void ganger_sheet_put_integer(struct ganger_sheet *sheet, json_t *object, const char *key,
                              int64_t value);
void ganger_sheet_put_flag(struct ganger_sheet *sheet, json_t *object, const char *key, bool value);

/* Orders the rows of an array by the number under `key`, largest first; ties stay in order. */
void ganger_sheet_sort(struct ganger_sheet *sheet, json_t *array, const char *key);

/* How a column prints what it finds under its key. */
enum ganger_sheet_form {
    GANGER_SHEET_TEXT,   /* left, cut at `decimals` characters if that is not 0 */
    GANGER_SHEET_NUMBER, /* right, with so many decimals */
    GANGER_SHEET_SIGNED, /* the same with + or - */
    GANGER_SHEET_PERCENT /* a share, printed times 100 */
};

struct ganger_sheet_column {
    const char *group; /* key of an object in the row in which `key` is looked up; NULL: the row */
    const char *key, *heading;
    enum ganger_sheet_form form;
    int decimals;
};

struct ganger_sheet_table {
    const struct ganger_sheet_column *columns;
    int count;
    int rows;   /* at most so many are printed; 0: all */
    int indent; /* spaces before each line */
};

/* Prints a heading and rows, each column as wide as it must be. What is null or missing prints as "-". */
void ganger_sheet_print(struct ganger_sheet *sheet, const json_t *rows,
                        struct ganger_sheet_table table);
/* Prints a line or part of one. */
void ganger_sheet_say(struct ganger_sheet *sheet, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* An item of a list in running text, after a semicolon unless it is the first, on a new line where it must. */
void ganger_sheet_item(struct ganger_sheet *sheet, bool first, const char *item);

#endif
