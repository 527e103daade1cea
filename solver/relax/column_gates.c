/* What columns close and open: gates of closure, at their prices and as they are used. */
#include "relax/columns.h"

#include <string.h>

/* Share of the block of its finish for which a column is finished. */
static double finished(const struct ganger_columns *c, int32_t i)
{
    const int32_t *first = c->blocks->first;
    int32_t end = c->end[i];
    return (double)(first[end + 1] - c->finish[i]) / (first[end + 1] - first[end]);
}

static void earn_opening(const struct ganger_columns *c, int32_t place, const double *price,
                         double *profit, double *later)
{
    int32_t width = c->blocks->width;
    later[width] = 0;
    for (int32_t b = width - 1; b >= 0; b--) {
        later[b] = later[b + 1] + price[b];
    }
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        profit[i] += later[c->end[i] + 1] + finished(c, i) * price[c->end[i]];
    }
}

/* What each period of a mode at work earns in each block, by what it is of each entry. False if it is part of none. */
static bool price_mode(const struct ganger_columns *c, const struct ganger_column_gates *gates,
                       int32_t work, int32_t mode, double *price)
{
    const struct ganger_closures *k = gates->closures;
    int32_t width = c->blocks->width;
    bool any = false;
    for (int32_t i = k->first_of[work]; i < k->first_of[work + 1]; i++) {
        int32_t entry = k->of[i];
        int32_t amount =
            ganger_closures_finished(k, entry) ? 0 : ganger_closures_amount(k, entry, mode);
        const double *of = gates->price + (int64_t)k->term_of[entry] * width;
        const double *share = gates->share + (int64_t)k->gate_of[entry] * width;
        for (int32_t b = 0; amount > 0 && b < width; b++) {
            price[b] = (any ? price[b] : 0) + amount * share[b] * of[b];
        }
        any = any || amount > 0;
    }
    return any;
}

void ganger_columns_pay_gates(const struct ganger_columns *columns,
                              const struct ganger_column_gates *gates, int32_t place,
                              double *profit, double *scratch)
{
    const struct ganger_columns *c = columns;
    const struct ganger_closures *k = gates->closures;
    int32_t work = c->order[place], width = c->blocks->width;
    const double *on = c->blocks->on + ganger_columns_calendar(c->problem, work) * width;
    double *price = scratch, *paid = scratch + width;
    for (int32_t i = k->first_of[work]; i < k->first_of[work + 1]; i++) {
        if (ganger_closures_finished(k, k->of[i])) {
            earn_opening(c, place, gates->price + (int64_t)k->term_of[k->of[i]] * width, profit,
                         paid);
        }
    }
    for (int32_t i = c->first[place]; i < c->first[place + 1];) {
        int32_t mode = c->mode[i];
        bool part = price_mode(c, gates, work, mode, price);
        paid[0] = 0;
        for (int32_t b = 0; part && b < width; b++) {
            paid[b + 1] = paid[b] + price[b] * on[b];
        }
        for (; i < c->first[place + 1] && c->mode[i] == mode; i++) {
            int32_t begin = c->begin[i], end = c->end[i];
            if (part) {
                double whole = end > begin ? paid[end] - paid[begin + 1] : 0;
                profit[i] += price[begin] * c->on_begin[i] + whole + price[end] * c->on_end[i];
            }
        }
    }
}

static void open_up(const struct ganger_columns *c, const double *x, int32_t place, double *row)
{
    double done = 0;
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        if (x[i] > 0) {
            double now = x[i] * finished(c, i);
            row[c->end[i]] += now;
            if (c->end[i] + 1 < c->blocks->width) {
                row[c->end[i] + 1] += x[i] - now; /* from one block to the next */
            }
        }
    }
    for (int32_t b = 0; b < c->blocks->width; b++) {
        done += row[b];
        row[b] = done;
    }
}

static void close_up(const struct ganger_columns *c, const struct ganger_closures *k,
                     const double *x, int32_t place, int32_t entry, double *row)
{
    int32_t width = c->blocks->width, mode = GANGER_NONE, amount = 0;
    const double *on = c->blocks->on + ganger_columns_calendar(c->problem, c->order[place]) * width;
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        if (c->mode[i] != mode) {
            mode = c->mode[i];
            amount = ganger_closures_amount(k, entry, mode);
        }
        if (amount == 0 || x[i] <= 0) {
            continue;
        }
        row[c->begin[i]] += amount * x[i] * c->on_begin[i];
        row[c->end[i]] += amount * x[i] * c->on_end[i];
        for (int32_t b = c->begin[i] + 1; b < c->end[i]; b++) {
            row[b] += amount * x[i] * on[b];
        }
    }
}

void ganger_columns_use_gates(const struct ganger_columns *columns,
                              const struct ganger_column_gates *gates, const double *x,
                              int32_t place, double *entries)
{
    const struct ganger_closures *k = gates->closures;
    int32_t work = columns->order[place], width = columns->blocks->width;
    for (int32_t i = k->first_of[work]; i < k->first_of[work + 1]; i++) {
        int32_t entry = k->of[i];
        double *row = entries + (int64_t)entry * width;
        memset(row, 0, (size_t)width * sizeof *row);
        if (ganger_closures_finished(k, entry)) {
            open_up(columns, x, place, row);
            continue;
        }
        close_up(columns, k, x, place, entry, row);
        for (int32_t b = 0; b < width; b++) {
            row[b] *= gates->share[(int64_t)k->gate_of[entry] * width + b];
        }
    }
}
