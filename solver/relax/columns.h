/*
 * The columns of the relaxation: each is a way to do a work, a mode and a start, over time in blocks.
 *
 * What a column earns at given prices, and what it uses, are differences of running sums over blocks, so that a
 * column costs O(1) however long its effect lasts. Works are kept in an order that has those of one segment side
 * by side: jobs are ranges of that order and never share a segment.
 *
 * Capacity of a segment is MODEL section 7's sum over works (see price_works.c).
 */
#ifndef GANGER_RELAX_COLUMNS_H
#define GANGER_RELAX_COLUMNS_H

#include "relax/blocks.h"
#include "relax/closures.h"
#include "relax/energies.h"
#include "relax/orders.h"

/* Columns of each mode, after those at regular starts, whose starts change: see ganger_columns_restart. */
enum { GANGER_COLUMNS_JOBS = 8, GANGER_COLUMNS_SPARE = 4 };

/* Prices in M USD a unit of each row. */
struct ganger_row_prices {
    double *segment;   /* [segments * 2 * width] a Mt/yr over the block, from -> to and back */
    double *renewable; /* [renewables * width] a unit for a period, the same all over the block */
    double *window;    /* [windows] */
    double *target;    /* [targets] a km */
    /* [orders * width] a work begun by the last period of the block for which no other has opened the way by then;
     * nothing in the last block */
    double *order;
    double *
        closure; /* [rows of closure * width] a Mt/yr over the block, beyond what the gate lets through */
    double *
        energy; /* [rows of energy * width] a gang-period that is lacking at the beginning of the block; nothing in the last */
};

/* What a job's works use; segments are its own, so that their rows are written at once. */
struct ganger_column_use {
    double *
        renewable; /* [renewables * width] unit-periods, of the first and last block of each column */
    double
        *between; /* [renewables * (calendars+1) * width] changes of what is used in whole blocks */
    double
        *spread; /* [consumables * (calendars+1) * (periods+1)] changes of amount by productivity */
    double *window; /* [windows] what milestones take */
    double *target; /* [targets] km */
    void *block;    /* has them all; each job's on cache lines of its own */
};

/* Rows of order: what of the waiting work is begun, and of each that opens the way done, by the last period of each
 * block. Each is written by the job that has the work. */
struct ganger_order_use {
    double *waiter; /* [orders * width] */
    double *opener; /* [entries of the orders' openers * width] */
};

struct ganger_columns {
    const struct ganger_problem *problem;
    const struct ganger_blocks *blocks;
    const struct ganger_orders *orders;
    int32_t count, room;
    int32_t *order;                       /* [works] works as they are kept */
    int32_t job[GANGER_COLUMNS_JOBS + 1]; /* places in that order */
    int32_t *first;                       /* [works+1] columns of the work at each place */
    int32_t *mode, *start, *finish;       /* [count] */
    int32_t *begin, *end; /* [count] blocks of the start and of the finish boundary */
    double *fixed; /* [count] minus cost and tardiness, plus what it saves of changes, M USD */
    double *pace;  /* [count] 1 by the productivity it takes; 0 for a milestone */
    double *done;  /* [count] lift in the block of the finish */
    double *lost_begin,
        *lost_end;             /* [count] standing capacity while active, first and last block */
    double *on_begin, *on_end; /* [count] working periods there */
    double *lift;              /* [works * width] what a finished work adds, mean over the block */
    double
        *standing;   /* [works * width] worn capacity in its working periods, mean over the block */
    uint8_t *usable; /* [renewables * periods] some work that needs it can be at work then */
    int32_t consumables;
    int32_t *consumable_of; /* [resources] or GANGER_NONE */
};

/* Starts lie `blocks` apart, and where they are fixed. False if memory is short. */
bool ganger_columns_init(struct ganger_columns *columns, const struct ganger_problem *problem,
                         const struct ganger_blocks *blocks, const struct ganger_orders *orders);
void ganger_columns_clear(struct ganger_columns *columns);
/* The columns of a mode, first .. last-1; equal if it has none. The last GANGER_COLUMNS_SPARE are spare. */
struct ganger_column_range {
    int32_t first, last;
};
struct ganger_column_range ganger_columns_of_mode(const struct ganger_columns *columns,
                                                  int32_t place, int32_t mode);
/* Columns `list[0 .. count-1]` of another set, in its order, as a set of their own, in the arrays that it has or in larger
 * ones; what belongs to works is the other's. False if memory is short. */
bool ganger_columns_pick(struct ganger_columns *columns, const struct ganger_columns *from,
                         const int32_t *list, int32_t count);
/* Frees what ganger_columns_pick() made. */
void ganger_columns_drop(struct ganger_columns *columns);
/* Gives a spare column another start, one that the mode may have. */
void ganger_columns_restart(struct ganger_columns *columns, int32_t column, int32_t start);

/* Running sums of prices, shared by all columns. */
struct ganger_column_sums {
    double
        *rent; /* [renewables * (calendars+1) * (width+1)] of price * working periods, before b */
    double
        *toll; /* [consumables * (calendars+1) * (periods+1)] of price * productivity, before t */
    double *density; /* [consumables * periods] price of a unit in t */
    double *later;   /* [orders * (width+1)] sum of prices from b on */
};
bool ganger_column_sums_init(struct ganger_column_sums *sums, const struct ganger_columns *columns);
void ganger_column_sums_clear(struct ganger_column_sums *sums);
void ganger_column_sums_fill(struct ganger_column_sums *sums, const struct ganger_columns *columns,
                             const struct ganger_row_prices *prices);

/* profit[c] of the columns of the work at a place. `scratch` has room for 3 * width + 2. */
void ganger_columns_profit(const struct ganger_columns *columns,
                           const struct ganger_column_sums *sums,
                           const struct ganger_row_prices *prices, int32_t place, double *profit,
                           double *scratch);

bool ganger_column_use_init(struct ganger_column_use *use, const struct ganger_columns *columns);
void ganger_column_use_clear(struct ganger_column_use *use);
void ganger_column_use_reset(struct ganger_column_use *use, const struct ganger_columns *columns);
/* Adds what the work at a place does with x of its columns: `capacity` [width] is its segment's row (NULL
 * without segment), to which the change against an untouched segment is added. */
void ganger_columns_use(const struct ganger_columns *columns, const double *x, int32_t place,
                        struct ganger_column_use *use, double *capacity, double *scratch);
/* Writes the rows of order that the work at a place is part of. */
void ganger_columns_order(const struct ganger_columns *columns, const double *x, int32_t place,
                          struct ganger_order_use *use);
/* Sums the jobs' uses in their order: renewable [renewables * width], window [windows], target [targets]. */
void ganger_column_use_sum(struct ganger_column_use *use, const struct ganger_columns *columns,
                           double *renewable, double *window, double *target);

/* Gates of closure: `share` [gates * width] is what a period's unit of the gate is of a block: 1 by its periods, and of a
 * gang by its capacity. Adds to profit what works get for their part in limits; `price` [terms * width] M USD of the
 * whole block, below zero where they pay. `scratch` as for ganger_columns_profit(). */
struct ganger_column_gates {
    const struct ganger_closures *closures;
    const double *share, *price;
};
void ganger_columns_pay_gates(const struct ganger_columns *columns,
                              const struct ganger_column_gates *gates, int32_t place,
                              double *profit, double *scratch);
/* Writes for what shares of blocks the work at a place is each of its entries, in `entries` [entries * width]. */
void ganger_columns_use_gates(const struct ganger_columns *columns,
                              const struct ganger_column_gates *gates, const double *x,
                              int32_t place, double *entries);

/* Rows of energy. Adds to profit what works get for what has been done of them - `account` [accounts * width], a gang-period at
 * the beginning of each block - and takes off it what successors pay, by prices of rows. `scratch` as above. */
void ganger_columns_pay_energy(const struct ganger_columns *columns,
                               const struct ganger_energies *energies, const double *account,
                               const double *row, int32_t place, double *profit, double *scratch);
/* Writes what has been done of the work at a place, into credit [accounts * width], and what must be done before it, into need
 * [rows of energy * width]. */
void ganger_columns_use_energy(const struct ganger_columns *columns,
                               const struct ganger_energies *energies, const double *x,
                               int32_t place, double *credit, double *need, double *scratch);

/* The first block whose last period is at or after the boundary at which a column lets a row's waiter begin; the number
 * of the last block if there is none. */
int32_t ganger_columns_opens(const struct ganger_columns *columns, int32_t column, int32_t row,
                             int32_t entry);

/* Row of the problem's calendars that a work follows. */
static inline int64_t ganger_columns_calendar(const struct ganger_problem *problem, int32_t work)
{
    return problem->works.calendar[work] + 1;
}

#endif
