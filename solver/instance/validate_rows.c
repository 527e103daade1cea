/* Rows of a table that must not be equal, or must not overlap. */
#include "instance/validate.h"

#include <stdlib.h>
#include <string.h>

struct keyed {
    int32_t key[3], from, to, row;
};

static int compare(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    const int32_t one[] = {a->key[0], a->key[1], a->key[2], a->from, a->row};
    const int32_t other[] = {b->key[0], b->key[1], b->key[2], b->from, b->row};
    for (int i = 0; i < 5; i++) {
        if (one[i] != other[i]) {
            return one[i] < other[i] ? -1 : 1;
        }
    }
    return 0;
}

static int by_row(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* The rows sorted by key, begin of range and place in the file; *count of them. NULL: memory is short. */
static struct keyed *sort_rows(const struct ganger_keyed_rows *rows, int32_t *count)
{
    struct keyed *list = calloc((size_t)rows->rows + 1, sizeof *list);
    *count = 0;
    for (int32_t row = 0; list != NULL && row < rows->rows; row++) {
        if (rows->skip != NULL && rows->skip[row]) {
            continue;
        }
        struct keyed *item = &list[(*count)++];
        for (int i = 0; i < 3; i++) {
            item->key[i] = rows->keys[i] != NULL ? rows->keys[i][row] : 0;
        }
        item->from = rows->from != NULL ? rows->from[row] : 0;
        item->to = rows->to != NULL ? rows->to[row] : 0;
        item->row = row;
    }
    if (list != NULL) {
        qsort(list, (size_t)*count, sizeof *list, compare);
    }
    return list;
}

/* Says of each of `found` rows, in file order, which row (in `from`) it clashes with. */
static void report(const struct ganger_validation *v, const struct ganger_keyed_rows *rows,
                   struct keyed *found, int32_t count, const char *message)
{
    qsort(found, (size_t)count, sizeof *found, by_row);
    for (int32_t i = 0; i < count; i++) {
        long line = ganger_validation_line(v, rows->table, found[i].from);
        if (line > 0) {
            ganger_validation_refuse(v, rows->table, found[i].row, rows->column, "%s line %ld",
                                     message, line);
        } else {
            ganger_validation_refuse(v, rows->table, found[i].row, rows->column, "%s row %ld",
                                     message, (long)found[i].from + 1);
        }
    }
}

bool ganger_validate_unique(const struct ganger_validation *v, const struct ganger_keyed_rows *rows,
                            const char *message)
{
    int32_t count = 0, clashes = 0, first = 0;
    struct keyed *list = sort_rows(rows, &count);
    struct keyed *found = calloc((size_t)count + 1, sizeof *found);
    if (list == NULL || found == NULL) {
        free(list);
        free(found);
        return false;
    }
    for (int32_t i = 1; i < count; i++) {
        if (memcmp(list[i].key, list[first].key, sizeof list[i].key) != 0) {
            first = i;
            continue;
        }
        found[clashes] = list[i];
        found[clashes++].from = list[first].row;
    }
    report(v, rows, found, clashes, message);
    free(list);
    free(found);
    return true;
}

bool ganger_validate_disjoint(const struct ganger_validation *v,
                              const struct ganger_keyed_rows *rows)
{
    int32_t count = 0, clashes = 0;
    struct keyed *list = sort_rows(rows, &count);
    struct keyed *found = calloc((size_t)count + 1, sizeof *found);
    if (list == NULL || found == NULL) {
        free(list);
        free(found);
        return false;
    }
    int32_t last = -1; /* the row of this key that reaches furthest so far */
    for (int32_t i = 0; i < count; i++) {
        if (list[i].from >= list[i].to) {
            continue;
        }
        bool same = last >= 0 && memcmp(list[i].key, list[last].key, sizeof list[i].key) == 0;
        if (same && list[i].from < list[last].to) {
            bool later = list[i].row > list[last].row;
            found[clashes] = later ? list[i] : list[last];
            found[clashes++].from = later ? list[last].row : list[i].row;
        }
        if (!same || list[i].to > list[last].to) {
            last = i;
        }
    }
    report(v, rows, found, clashes, "overlaps");
    free(list);
    free(found);
    return true;
}
