#include "mip/mip.h"

#include "instance/problem.h"

#include <stdlib.h>
#include <string.h>

void ganger_mip_init(struct ganger_mip *mip)
{
    *mip = (struct ganger_mip){0};
}

void ganger_mip_clear(struct ganger_mip *mip)
{
    free(mip->column);
    free(mip->row);
    free(mip->entry);
    *mip = (struct ganger_mip){0};
}

/* The list with room for one more than `count`; NULL, and the old one stays, if memory is short. */
static void *grown(struct ganger_mip *mip, void *list, int64_t count, int64_t *room, size_t size)
{
    if (count < *room) {
        return list;
    }
    int64_t wanted = 2 * *room + 1024;
    void *more = realloc(list, (size_t)wanted * size);
    if (more) {
        *room = wanted;
    }
    mip->failed |= !more;
    return more;
}

int32_t ganger_mip_add_column(struct ganger_mip *mip, struct ganger_mip_column column)
{
    mip->failed |= mip->columns == INT32_MAX;
    void *list =
        mip->failed ? NULL
                    : grown(mip, mip->column, mip->columns, &mip->column_room, sizeof *mip->column);
    if (!list) {
        return 0;
    }
    mip->column = list;
    mip->column[mip->columns] = column;
    return mip->columns++;
}

int32_t ganger_mip_add_row(struct ganger_mip *mip, struct ganger_mip_row row)
{
    mip->failed |= mip->rows == INT32_MAX;
    void *list =
        mip->failed ? NULL : grown(mip, mip->row, mip->rows, &mip->row_room, sizeof *mip->row);
    if (!list) {
        return 0;
    }
    mip->row = list;
    mip->row[mip->rows] = row;
    return mip->rows++;
}

void ganger_mip_add(struct ganger_mip *mip, int32_t row, int32_t column, double value)
{
    if (column == GANGER_NONE || !(value > 0 || value < 0)) {
        return;
    }
    void *list = mip->failed
                     ? NULL
                     : grown(mip, mip->entry, mip->entries, &mip->entry_room, sizeof *mip->entry);
    if (list) {
        mip->entry = list;
        mip->entry[mip->entries++] = (struct ganger_mip_entry){row, column, value};
    }
}

void ganger_mip_drop_empty(struct ganger_mip *mip, int64_t entries)
{
    mip->rows -= !mip->failed && mip->entries == entries;
}

/* By row; equal places by value, so that their sum is always the same. */
static int compare(const void *a, const void *b)
{
    const struct ganger_mip_entry *x = a, *y = b;
    if (x->row != y->row) {
        return x->row < y->row ? -1 : 1;
    }
    return (x->value > y->value) - (x->value < y->value);
}

/* Puts entries into the order of their columns; first[] has room for one more than there are. */
static void sort_by_column(const struct ganger_mip *mip, int64_t *first,
                           struct ganger_mip_entry *sorted)
{
    memset(first, 0, ((size_t)mip->columns + 1) * sizeof *first);
    for (int64_t i = 0; i < mip->entries; i++) {
        first[mip->entry[i].column + 1]++;
    }
    for (int32_t c = 0; c < mip->columns; c++) {
        first[c + 1] += first[c];
    }
    for (int64_t i = 0; i < mip->entries; i++) {
        sorted[first[mip->entry[i].column]++] = mip->entry[i];
    }
}

/* Sorts the entries of a column and writes their sums to `to`; returns how many. */
static int64_t merge(struct ganger_mip_entry *list, int64_t count, struct ganger_mip_entry *to)
{
    int64_t kept = 0;
    qsort(list, (size_t)count, sizeof *list, compare);
    for (int64_t i = 0; i < count;) {
        struct ganger_mip_entry sum = list[i++];
        while (i < count && list[i].row == sum.row) {
            sum.value += list[i++].value;
        }
        if (sum.value > 0 || sum.value < 0) {
            to[kept++] = sum;
        }
    }
    return kept;
}

bool ganger_mip_finish(struct ganger_mip *mip)
{
    if (mip->failed) {
        return false;
    }
    int64_t *first = malloc(((size_t)mip->columns + 1) * sizeof *first);
    struct ganger_mip_entry *sorted = malloc(((size_t)mip->entries + 1) * sizeof *sorted);
    if (first && sorted) {
        int64_t kept = 0, begin = 0;
        sort_by_column(mip, first, sorted);
        for (int32_t c = 0; c < mip->columns; c++) {
            kept += merge(sorted + begin, first[c] - begin, mip->entry + kept);
            begin = first[c];
        }
        mip->entries = kept;
    } else {
        mip->failed = true;
    }
    free(first);
    free(sorted);
    return !mip->failed;
}
