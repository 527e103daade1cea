/* Prices and use of columns are two sides of one matrix: y * (A x) must be what the columns pay, column by column. */
#include "relax/columns.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct tiny_shape shape = {.periods = 9, .works = 4, .longest = 3, .rails = true};

struct rows {
    struct ganger_blocks blocks;
    struct ganger_columns columns;
    struct ganger_column_sums sums;
    struct ganger_column_use use[GANGER_COLUMNS_JOBS];
    struct ganger_row_prices prices;
    struct ganger_orders orders;
    struct ganger_order_use order;
    double *capacity, *renewable, *window, *target, *profit, *x, *scratch;
    size_t segments, renewables;
};

static double *random_row(struct ganger_rng *rng, size_t count, double most)
{
    double *row = calloc(count + 1, sizeof *row);
    CU_ASSERT_FATAL(row != NULL);
    for (size_t i = 0; i < count; i++) {
        row[i] = ganger_rng_below(rng, 3) == 0 ? 0 : most * ganger_rng_unit(rng);
    }
    return row;
}

static void rows_init(struct rows *r, const struct ganger_problem *p, struct ganger_rng *rng,
                      int32_t blocks)
{
    memset(r, 0, sizeof *r);
    CU_ASSERT_FATAL(ganger_blocks_init(&r->blocks, p, blocks));
    CU_ASSERT_FATAL(ganger_orders_init(&r->orders, p));
    CU_ASSERT_FATAL(ganger_columns_init(&r->columns, p, &r->blocks, &r->orders));
    CU_ASSERT_FATAL(ganger_column_sums_init(&r->sums, &r->columns));
    size_t width = (size_t)r->blocks.width;
    r->segments = (size_t)p->segments.count * width;
    r->renewables = (size_t)p->resources.renewables * width;
    r->prices.segment = random_row(rng, 2 * r->segments, 5);
    r->prices.renewable = random_row(rng, r->renewables, 3);
    r->prices.window = random_row(rng, (size_t)p->resources.windows, 2);
    r->prices.target = random_row(rng, (size_t)p->targets.count, 2);
    size_t orders = (size_t)r->orders.count * width;
    r->prices.order = random_row(rng, orders, 2);
    for (size_t i = 0; i < orders; i++) { /* nothing in the last block */
        r->prices.order[i] *= (int32_t)(i % width) + 1 < r->blocks.count ? 1 : 0;
    }
    r->order.waiter = random_row(rng, orders, 0);
    r->order.opener = random_row(rng, (size_t)r->orders.first[r->orders.count] * width, 0);
    r->capacity = random_row(rng, r->segments, 0);
    r->renewable = random_row(rng, r->renewables, 0);
    r->window = random_row(rng, (size_t)p->resources.windows, 0);
    r->target = random_row(rng, (size_t)p->targets.count, 0);
    r->profit = random_row(rng, (size_t)r->columns.count, 0);
    r->x = random_row(rng, (size_t)r->columns.count, 1);
    r->scratch = random_row(rng, 3 * width + 2, 0);
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        CU_ASSERT_FATAL(ganger_column_use_init(&r->use[job], &r->columns));
    }
}

static void rows_clear(struct rows *r)
{
    double *owned[] = {
        r->prices.segment, r->prices.renewable, r->prices.window, r->prices.target, r->capacity,
        r->renewable,      r->window,           r->target,        r->profit,        r->x,
        r->scratch,        r->prices.order,     r->order.waiter,  r->order.opener};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        ganger_column_use_clear(&r->use[job]);
    }
    ganger_column_sums_clear(&r->sums);
    ganger_columns_clear(&r->columns);
    ganger_orders_clear(&r->orders);
    ganger_blocks_clear(&r->blocks);
}

/* Gives a spare column of every mode that has one a start between the regular ones, where there is one. */
static int32_t move_spares(struct rows *r, const struct ganger_problem *p)
{
    int32_t moved = 0;
    for (int32_t place = 0; place < p->works.count; place++) {
        int32_t w = r->columns.order[place];
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            struct ganger_column_range range = ganger_columns_of_mode(&r->columns, place, m);
            if (range.first == range.last) {
                continue;
            }
            CU_ASSERT(range.last - range.first > GANGER_COLUMNS_SPARE);
            int32_t start = r->columns.start[range.first] + 1, spare = range.last - 1;
            bool fits = start < p->time.periods &&
                        ganger_problem_finish(p, m, start) <= p->works.deadline[w] &&
                        ganger_problem_finish(p, m, start) <= p->time.periods;
            if (fits && p->works.fixed_start[w] == GANGER_NONE) {
                ganger_columns_restart(&r->columns, spare, start);
                CU_ASSERT_EQUAL(r->columns.start[spare], start);
                moved++;
            }
        }
    }
    return moved;
}

/* Fills profit, and the use of x. */
static void go_through_works(struct rows *r, const struct ganger_problem *p)
{
    int32_t width = r->blocks.width;
    ganger_column_sums_fill(&r->sums, &r->columns, &r->prices);
    for (int job = 0; job < GANGER_COLUMNS_JOBS; job++) {
        for (int32_t place = r->columns.job[job]; place < r->columns.job[job + 1]; place++) {
            int32_t q = p->works.segment[r->columns.order[place]];
            ganger_columns_profit(&r->columns, &r->sums, &r->prices, place, r->profit, r->scratch);
            ganger_columns_use(&r->columns, r->x, place, &r->use[job],
                               q == GANGER_NONE ? NULL : r->capacity + (int64_t)q * width,
                               r->scratch);
            ganger_columns_order(&r->columns, r->x, place, &r->order);
        }
    }
    ganger_column_use_sum(r->use, &r->columns, r->renewable, r->window, r->target);
}

/* What the rows ask for the use, less what they pay for capacity and km. */
static double price_of_use(const struct rows *r, const struct ganger_problem *p)
{
    size_t width = (size_t)r->blocks.width;
    double sum = 0;
    for (size_t i = 0; i < r->segments; i++) {
        size_t side = i / width * 2 * width + i % width;
        sum -= (r->prices.segment[side] + r->prices.segment[side + width]) * r->capacity[i];
    }
    for (size_t i = 0; i < r->renewables; i++) {
        sum += r->prices.renewable[i] * r->renewable[i];
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        sum += r->prices.window[j] * r->window[j];
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        sum -= r->prices.target[g] * r->target[g];
    }
    for (size_t i = 0; i < (size_t)r->orders.count * width; i++) {
        sum += r->prices.order[i] * r->order.waiter[i];
    }
    for (int32_t k = 0; k < r->orders.first[r->orders.count]; k++) {
        const double *price = r->prices.order + r->orders.row_of[k] * (int64_t)width;
        for (size_t b = 0; b < width; b++) {
            sum -= price[b] * r->order.opener[(size_t)k * width + b];
        }
    }
    return sum;
}

static void what_is_paid_is_the_price_of_what_is_used(void)
{
    struct ganger_rng rng;
    int32_t seen = 0, moved = 0;
    ganger_rng_init(&rng, 73, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct rows r;
        CU_ASSERT_FATAL(p != NULL);
        rows_init(&r, p, &rng, 2 + i % 12);
        moved += move_spares(&r, p);
        go_through_works(&r, p);
        double paid = 0, size = 1;
        for (int32_t c = 0; c < r.columns.count; c++) {
            paid += r.x[c] * (r.columns.fixed[c] - r.profit[c]);
            size += fabs(r.x[c] * (r.columns.fixed[c] - r.profit[c]));
        }
        CU_ASSERT_DOUBLE_EQUAL(paid, price_of_use(&r, p), 1e-10 * size);
        seen += r.columns.count;
        rows_clear(&r);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(seen > 500 && moved > 60);
}

/* Jobs part no segment, and every column is a start that the mode may have. */
static void columns_are_ways_to_do_a_work(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 74, 0, 0);
    for (int i = 0; i < 40; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct rows r;
        CU_ASSERT_FATAL(p != NULL);
        rows_init(&r, p, &rng, 2 + i % 12);
        const struct ganger_columns *c = &r.columns;
        for (int32_t place = 0; place < p->works.count; place++) {
            for (int32_t k = c->first[place]; k < c->first[place + 1]; k++) {
                int32_t w = p->modes.work[c->mode[k]];
                CU_ASSERT_EQUAL(w, c->order[place]);
                CU_ASSERT_EQUAL(c->finish[k], ganger_problem_finish(p, c->mode[k], c->start[k]));
                CU_ASSERT(c->finish[k] <= p->time.periods && c->finish[k] <= p->works.deadline[w]);
                CU_ASSERT(c->start[k] >= p->works.earliest[w]);
            }
        }
        for (int job = 1; job < GANGER_COLUMNS_JOBS; job++) {
            int32_t cut = c->job[job];
            bool inside = cut > 0 && cut < p->works.count;
            int32_t q = inside ? p->works.segment[c->order[cut]] : GANGER_NONE;
            CU_ASSERT(q == GANGER_NONE || q != p->works.segment[c->order[cut - 1]]);
        }
        rows_clear(&r);
        ganger_problem_destroy(p);
    }
}

static const struct ganger_test tests[] = {
    {"what is paid is the price of what is used", what_is_paid_is_the_price_of_what_is_used},
    {"columns are ways to do a work", columns_are_ways_to_do_a_work},
    {NULL, NULL}};

const struct ganger_suite columns_suite = {"columns", "property", tests};
