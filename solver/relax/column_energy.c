/* What columns do for rows of energy (energies.h): works get prices for what has been done of them, and successors pay for what
 * must be done before them. */
#include "relax/columns.h"

#include <string.h>

/* A ramp over the beginnings of blocks: nothing before `from`, all of `total` from `to` on, and in between total -
 * slope * (end - before[t]). */
struct ramp {
    int32_t from, to; /* blocks */
    double total, slope, end;
};

static const int32_t *worked_before(const struct ganger_energies *e, int32_t work)
{
    return e->worked + ganger_columns_calendar(e->problem, work) * (e->problem->time.periods + 1);
}

static const int32_t *supplied_before(const struct ganger_energies *e, int32_t row)
{
    return e->supply + (int64_t)row * (e->problem->time.periods + 1);
}

static struct ramp credit_ramp(const struct ganger_columns *c, const struct ganger_energies *e,
                               int32_t account, int32_t amount, int32_t finish)
{
    int32_t from = ganger_energies_credit_from(e, account, amount, finish);
    return (struct ramp){c->blocks->next[from], c->blocks->next[finish], e->account_total[account],
                         amount, worked_before(e, e->account_work[account])[finish]};
}

static struct ramp need_ramp(const struct ganger_columns *c, const struct ganger_energies *e,
                             int32_t row, int32_t start)
{
    int64_t at = (int64_t)row * (c->problem->time.periods + 1) + start;
    return (struct ramp){c->blocks->next[e->reach[at]], c->blocks->next[start], e->total[row], 1,
                         e->supply[at]};
}

/* Of a column; `amount` is that of the mode of the one before. */
static struct ramp ramp_of(const struct ganger_columns *c, const struct ganger_energies *e,
                           int32_t account, int32_t i, int32_t *amount)
{
    if (*amount == 0 || c->mode[i] != c->mode[i - 1]) {
        *amount = ganger_energies_amount(c->problem, e->account_renewable[account], c->mode[i]);
    }
    return credit_ramp(c, e, account, *amount, c->finish[i]);
}

/* ---- prices ----------------------------------------------------------------------------------- */

/* Prices of blocks before each, and the same by what is there before the blocks. */
struct price_sums {
    double *sum, *by;
};

static struct price_sums sum_prices(const struct ganger_columns *c, const double *price,
                                    const int32_t *before, double *scratch)
{
    struct price_sums sums = {scratch, scratch + c->blocks->width};
    sums.sum[0] = sums.by[0] = 0;
    for (int32_t b = 0; b + 1 < c->blocks->count; b++) {
        sums.sum[b + 1] = sums.sum[b] + price[b];
        sums.by[b + 1] = sums.by[b] + price[b] * before[c->blocks->first[b]];
    }
    return sums;
}

static double worth_of(const struct ganger_columns *c, const struct ramp *ramp,
                       struct price_sums sums)
{
    const double *sum = sums.sum, *by = sums.by;
    return ramp->total * (sum[c->blocks->count - 1] - sum[ramp->to]) +
           (ramp->total - ramp->slope * ramp->end) * (sum[ramp->to] - sum[ramp->from]) +
           ramp->slope * (by[ramp->to] - by[ramp->from]);
}

void ganger_columns_pay_energy(const struct ganger_columns *columns,
                               const struct ganger_energies *energies, const double *account,
                               const double *row, int32_t place, double *profit, double *scratch)
{
    const struct ganger_columns *c = columns;
    const struct ganger_energies *e = energies;
    int32_t work = c->order[place], first = c->first[place], last = c->first[place + 1];
    int64_t width = c->blocks->width;
    for (int32_t k = e->first_account[work]; k < e->first_account[work + 1]; k++) {
        struct price_sums sums =
            sum_prices(c, account + e->account[k] * width, worked_before(e, work), scratch);
        int32_t amount = 0;
        for (int32_t i = first; i < last; i++) {
            struct ramp ramp = ramp_of(c, e, e->account[k], i, &amount);
            profit[i] += worth_of(c, &ramp, sums);
        }
    }
    for (int32_t r = e->first_row[work]; r < e->last_row[work]; r++) {
        struct price_sums sums = sum_prices(c, row + r * width, supplied_before(e, r), scratch);
        for (int32_t i = first; i < last; i++) {
            struct ramp ramp = need_ramp(c, e, r, c->start[i]);
            profit[i] -= worth_of(c, &ramp, sums);
        }
    }
}

/* ---- use -------------------------------------------------------------------------------------- */

/* Changes from block to block: of what does not depend on the block, and of what is by `before`. */
struct changes {
    double *level, *slope;
};

static struct changes no_changes(const struct ganger_columns *c, double *scratch)
{
    memset(scratch, 0, 2 * (size_t)c->blocks->width * sizeof *scratch);
    return (struct changes){scratch, scratch + c->blocks->width};
}

/* Adds x of a ramp. */
static void add_ramp(const struct ramp *ramp, double x, struct changes to)
{
    double low = ramp->total - ramp->slope * ramp->end;
    to.level[ramp->from] += x * low;
    to.level[ramp->to] += x * (ramp->total - low);
    to.slope[ramp->from] += x * ramp->slope;
    to.slope[ramp->to] -= x * ramp->slope;
}

static void sum_changes(const struct ganger_columns *c, struct changes changes,
                        const int32_t *before, double *row)
{
    double level = 0, slope = 0;
    for (int32_t b = 0; b + 1 < c->blocks->count; b++) {
        level += changes.level[b];
        slope += changes.slope[b];
        row[b] = level + slope * before[c->blocks->first[b]];
    }
}

void ganger_columns_use_energy(const struct ganger_columns *columns,
                               const struct ganger_energies *energies, const double *x,
                               int32_t place, double *credit, double *need, double *scratch)
{
    const struct ganger_columns *c = columns;
    const struct ganger_energies *e = energies;
    int32_t work = c->order[place], first = c->first[place], last = c->first[place + 1];
    int64_t width = c->blocks->width;
    for (int32_t k = e->first_account[work]; k < e->first_account[work + 1]; k++) {
        struct changes changes = no_changes(c, scratch);
        int32_t amount = 0;
        for (int32_t i = first; i < last; i++) {
            struct ramp ramp = ramp_of(c, e, e->account[k], i, &amount);
            add_ramp(&ramp, x[i], changes);
        }
        sum_changes(c, changes, worked_before(e, work), credit + e->account[k] * width);
    }
    for (int32_t r = e->first_row[work]; r < e->last_row[work]; r++) {
        struct changes changes = no_changes(c, scratch);
        for (int32_t i = first; i < last; i++) {
            struct ramp ramp = need_ramp(c, e, r, c->start[i]);
            add_ramp(&ramp, x[i], changes);
        }
        sum_changes(c, changes, supplied_before(e, r), need + r * width);
    }
}
