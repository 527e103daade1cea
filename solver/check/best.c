/* The npv bound's constants, and prices as works look them up. */
#include "check/best.h"
#include "check/discount.h"

#include <stdlib.h>

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

void ganger_best_add(struct ganger_best *b, ganger_wide term)
{
    b->sum = ganger_wide_add(b->sum, term, &b->lost);
}

/* A unit may be a sleeper, of which there are millions: its price wants finer bits than those of the rest. */
static void toll_windows(struct ganger_best *b)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_resources *r = &f->problem->resources;
    for (int32_t j = 0; j < f->windows; j++) {
        int32_t row = f->window_row[j];
        ganger_wide price =
            ganger_wide_from(b->prices->window[j], GANGER_RATIO_BITS, GANGER_DOWN, &b->lost);
        ganger_wide *toll = b->toll + (int64_t)r->row_resource[row] * f->periods;
        int32_t from = r->row_from[row] < 0 ? 0 : r->row_from[row];
        int32_t to = r->row_to[row] > f->periods ? f->periods : r->row_to[row];
        b->tolled[r->row_resource[row]] |= price > 0;
        for (int32_t t = from; t < to && price > 0; t++) {
            toll[t] += price;
        }
        ganger_best_add(b,
                        ganger_wide_scale(price, ganger_best_units(b, r->row_limit[row], GANGER_UP),
                                          GANGER_RATIO_BITS, GANGER_UP, &b->lost));
    }
}

static void rent_renewables(struct ganger_best *b)
{
    const struct ganger_facts *f = b->facts;
    for (int64_t r = 0; r < f->renewables; r++) {
        ganger_wide sum = 0;
        for (int64_t i = r * f->periods; i < (r + 1) * f->periods; i++) {
            b->rent[i] = ganger_grid_floor(b->prices->renewable[i]);
            b->rented[r] |= b->rent[i] > 0;
            sum = ganger_wide_add(sum, (ganger_wide)b->rent[i] * f->limit[i], &b->lost);
        }
        ganger_best_add(b, ganger_wide_multiply(sum, GANGER_GRID_UNITS, &b->lost));
    }
}

static void target_constants(struct ganger_best *b)
{
    const struct ganger_targets *targets = &b->facts->problem->targets;
    for (int32_t g = 0; g < targets->count; g++) {
        ganger_best_add(b, -ganger_wide_scale(ganger_grid_floor(b->prices->target[g]),
                                              ganger_best_units(b, targets->km[g], GANGER_DOWN),
                                              GANGER_GRID_BITS, GANGER_DOWN, &b->lost));
    }
}

/* As if all of an earlier plan were changed: what is kept saves its share (bound.c). */
static void change_constant(struct ganger_best *b)
{
    const struct ganger_works *works = &b->facts->problem->works;
    for (int32_t w = 0; works->kept_start && w < works->count; w++) {
        ganger_best_add(b, works->kept_start[w] != GANGER_NONE
                               ? -ganger_best_units(b, works->change_cost[w], GANGER_DOWN)
                               : 0);
    }
}

/* Prices of capacity, segment by segment: the file has them boundary by boundary, mostly zeros. */
static bool gather_capacity(struct ganger_best *b)
{
    int64_t segments = b->facts->problem->segments.count, boundaries = b->facts->periods + 1;
    const double *price = b->prices->segment;
    int32_t rows = 0;
    for (int64_t q = 0; q < segments; q++) {
        b->paid_row[q] = GANGER_NONE;
    }
    for (int64_t i = 0; i < boundaries * segments; i++) {
        if ((price[2 * i] > 0 || price[2 * i + 1] > 0) && b->paid_row[i % segments] < 0) {
            b->paid_row[i % segments] = rows++;
        }
    }
    b->paid = make(rows * boundaries, sizeof *b->paid);
    for (int64_t t = 0; b->paid && t < boundaries; t++) {
        for (int64_t q = 0; q < segments; q++) {
            if (b->paid_row[q] >= 0) {
                const double *pair = price + 2 * (t * segments + q);
                b->paid[b->paid_row[q] * boundaries + t] =
                    ganger_grid_floor(pair[0]) + ganger_grid_floor(pair[1]);
            }
        }
    }
    return b->paid != NULL;
}

static void standing_capacity(struct ganger_best *b)
{
    const struct ganger_facts *f = b->facts;
    for (int32_t q = 0; q < f->problem->segments.count; q++) {
        if (b->paid_row[q] < 0) {
            continue;
        }
        const int64_t *paid = b->paid + (int64_t)b->paid_row[q] * (f->periods + 1);
        struct ganger_wear wear = ganger_wear_of(f, q, &b->lost);
        ganger_wide sum = 0;
        for (int32_t t = 0; t <= f->periods; t++) {
            if (paid[t] > 0) {
                ganger_wide z = ganger_wide_shift(
                    (ganger_wide)f->weight_high[t] * paid[t],
                    GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS, GANGER_UP);
                sum = ganger_wide_add(
                    sum, ganger_wide_multiply(z, ganger_wear_high(&wear, t), &b->lost), &b->lost);
            }
        }
        ganger_best_add(b, ganger_wide_shift(sum, GANGER_UNIT_BITS, GANGER_UP));
    }
}

static bool has_price(const double *price, int32_t count)
{
    for (int32_t t = 0; t < count; t++) {
        if (price[t] > 0) {
            return true;
        }
    }
    return false;
}

const double *ganger_best_order_price(const struct ganger_best *b, int32_t row)
{
    int32_t rails = b->facts->problem->precedences.count, far = rails + b->facts->waits.rows;
    int64_t periods = b->facts->periods;
    return row < rails ? b->prices->precedence + row * periods
           : row < far ? b->prices->rails + (row - rails) * periods
                       : b->prices->far + (row - far) * periods;
}

static int32_t order_rows(const struct ganger_best *b)
{
    return b->facts->problem->precedences.count + b->facts->waits.rows + b->prices->fars;
}

struct ganger_order ganger_best_order(const struct ganger_best *b, int32_t row)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    const struct ganger_waits *waits = &b->facts->waits;
    if (row < rows->count) {
        return (struct ganger_order){rows->successor[row], 1, rows->predecessor + row};
    }
    row -= rows->count;
    if (row < waits->rows) {
        return (struct ganger_order){waits->work[row], waits->first[row + 1] - waits->first[row],
                                     waits->opener + waits->first[row]};
    }
    row -= waits->rows;
    const int32_t *first = b->prices->far_first_opener + row;
    return (struct ganger_order){b->prices->far_work[row], first[1] - first[0],
                                 b->prices->far_opener + first[0]};
}

/* Counts the rows of order that each work is part of (row_at NULL), or lists them. */
static void go_through_orders(struct ganger_best *b, const bool *priced, int32_t *at)
{
    for (int32_t row = 0; row < order_rows(b); row++) {
        struct ganger_order order = ganger_best_order(b, row);
        for (int32_t k = 0; priced[row] && k <= order.openers; k++) {
            int32_t place = at[k == order.openers ? order.waiter : order.opener[k]]++;
            if (b->row_at) {
                b->row_at[place] = row;
            }
        }
    }
}

static bool list_orders(struct ganger_best *b)
{
    int32_t works = b->facts->problem->works.count, periods = b->facts->periods;
    int32_t rows = order_rows(b);
    bool *priced = make(rows, sizeof *priced);
    b->first_at = make((int64_t)works + 2, sizeof *b->first_at);
    bool ready = priced && b->first_at;
    for (int32_t i = 0; ready && i < rows; i++) {
        priced[i] = has_price(ganger_best_order_price(b, i), periods);
    }
    if (ready) {
        go_through_orders(b, priced, b->first_at + 2);
        for (int32_t w = 0; w < works; w++) {
            b->first_at[w + 2] += b->first_at[w + 1];
        }
        b->row_at = make(b->first_at[works + 1], sizeof *b->row_at);
        ready = b->row_at != NULL;
    }
    if (ready) {
        go_through_orders(b, priced, b->first_at + 1);
    }
    free(priced);
    return ready;
}

static bool prepare(struct ganger_best *b)
{
    const struct ganger_problem *p = b->facts->problem;
    int64_t length = (int64_t)b->facts->periods + 1;
    b->toll = make((int64_t)p->resources.count * b->facts->periods, sizeof *b->toll);
    b->tolled = make(p->resources.count, sizeof *b->tolled);
    b->rent = make((int64_t)b->facts->renewables * b->facts->periods, sizeof *b->rent);
    b->rented = make(b->facts->renewables, sizeof *b->rented);
    b->paid_row = make(p->segments.count, sizeof *b->paid_row);
    b->before = make(length, sizeof *b->before);
    b->after = make(length, sizeof *b->after);
    b->later = make(length, sizeof *b->later);
    b->standing = make(length, sizeof *b->standing);
    b->burden = make(length, sizeof *b->burden);
    b->spent = make(length, sizeof *b->spent);
    b->credited = make(length, sizeof *b->credited);
    return b->toll && b->tolled && b->rent && b->rented && b->paid_row && b->before && b->after &&
           b->later && b->standing && b->burden && b->spent && b->credited && gather_capacity(b) &&
           list_orders(b) && ganger_gates_open(&b->gates, b->facts, b->prices) &&
           ganger_trees_open(&b->trees, b->facts, b->prices) &&
           ganger_energy_open(&b->energy, b->facts, b->prices) &&
           ganger_far_open(&b->far, b->facts, b->prices);
}

void ganger_best_close(struct ganger_best *b)
{
    free(b->toll);
    free(b->tolled);
    free(b->rent);
    free(b->rented);
    free(b->paid_row);
    free(b->paid);
    free(b->first_at);
    free(b->row_at);
    free(b->before);
    free(b->after);
    free(b->later);
    free(b->standing);
    free(b->burden);
    free(b->spent);
    free(b->credited);
    ganger_gates_close(&b->gates);
    ganger_trees_close(&b->trees);
    ganger_energy_close(&b->energy);
    ganger_far_close(&b->far);
}

bool ganger_best_open(struct ganger_best *b, const struct ganger_facts *facts,
                      const struct ganger_prices *prices)
{
    *b = (struct ganger_best){.facts = facts, .prices = prices, .lost = facts->lost};
    if (!prepare(b)) {
        return false;
    }
    standing_capacity(b);
    toll_windows(b);
    rent_renewables(b);
    target_constants(b);
    change_constant(b);
    ganger_best_add(b, b->gates.constant);
    return true;
}
