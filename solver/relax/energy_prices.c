/* Prices of rows of energy in the bound (solver/MODEL.md, "What is proven"): works get their part for what has been done of them,
 * and successors pay what must be done before them. */
#include "relax/internal.h"

#include <stdlib.h>
#include <string.h>

bool ganger_relax_make_energies(struct ganger_relaxation *relaxation)
{
    struct ganger_relaxation *r = relaxation;
    size_t boundaries = (size_t)r->boundaries;
    if (!ganger_energies_init(&r->energies, r->problem)) {
        return false;
    }
    size_t rows = (size_t)r->energies.count * boundaries + 1;
    size_t accounts = (size_t)r->energies.accounts * boundaries + 1;
    r->now.energy = calloc(rows, sizeof *r->now.energy);
    r->best.energy = calloc(rows, sizeof *r->best.energy);
    r->charge = calloc(rows, sizeof *r->charge);
    r->account_sum = calloc(accounts, sizeof *r->account_sum);
    r->account_by = calloc(accounts, sizeof *r->account_by);
    return r->now.energy && r->best.energy && r->charge && r->account_sum && r->account_by;
}

/* Sums before each boundary of prices, and of prices by what is there before their periods. */
static void sum_prices(double *sum, double *by, const int32_t *before, int32_t boundaries)
{
    for (int32_t t = boundaries - 1; t > 0; t--) {
        by[t] = sum[t - 1] * before[t - 1];
        sum[t] = sum[t - 1];
    }
    sum[0] = by[0] = 0;
    for (int32_t t = 1; t < boundaries; t++) {
        sum[t] += sum[t - 1];
        by[t] += by[t - 1];
    }
}

/* Prices stand at the beginnings of blocks. */
static void spread_row(struct ganger_relaxation *r, const struct ganger_primal_dual_view *view,
                       int64_t row)
{
    const struct ganger_blocks *blocks = view->blocks;
    double *price = r->now.energy + row * r->boundaries;
    memset(price, 0, (size_t)r->boundaries * sizeof *price);
    for (int32_t b = 0; b + 1 < blocks->count; b++) {
        price[blocks->first[b]] = view->prices->energy[row * blocks->width + b];
    }
}

/* What the row's successor pays by its start. `sum`, `by` are scratch, [boundaries]. */
static void charge_row(struct ganger_relaxation *r, int64_t row, double *sum, double *by)
{
    const struct ganger_energies *e = &r->energies;
    int64_t boundaries = r->boundaries, last = boundaries - 1;
    const int32_t *supply = e->supply + row * boundaries, *reach = e->reach + row * boundaries;
    double *charge = r->charge + row * boundaries;
    memcpy(sum, r->now.energy + row * boundaries, (size_t)boundaries * sizeof *sum);
    sum_prices(sum, by, supply, r->boundaries);
    for (int64_t t = 0; t <= last; t++) {
        charge[t] = e->total[row] * (sum[last] - sum[t]) +
                    (e->total[row] - supply[t]) * (sum[t] - sum[reach[t]]) + by[t] - by[reach[t]];
    }
}

static void add_to_accounts(struct ganger_relaxation *r, int64_t row)
{
    const struct ganger_energies *e = &r->energies;
    const double *price = r->now.energy + row * r->boundaries;
    for (int32_t k = e->first_member[row]; k < e->first_member[row + 1]; k++) {
        double *sum = r->account_sum + (int64_t)e->member[k] * r->boundaries;
        for (int32_t t = 0; t < r->boundaries; t++) {
            sum[t] += price[t];
        }
    }
}

void ganger_relax_spread_energies(struct ganger_relaxation *relaxation,
                                  const struct ganger_primal_dual_view *view)
{
    struct ganger_relaxation *r = relaxation;
    const struct ganger_energies *e = &r->energies;
    int64_t boundaries = r->boundaries;
    for (int64_t row = 0; row < e->count; row++) { /* the first account is scratch yet */
        spread_row(r, view, row);
        charge_row(r, row, r->account_sum, r->account_by);
    }
    memset(r->account_sum, 0, (size_t)(e->accounts * boundaries) * sizeof(double));
    for (int64_t row = 0; row < e->count; row++) {
        add_to_accounts(r, row);
    }
    for (int64_t i = 0; i < e->accounts; i++) {
        int64_t calendar = ganger_columns_calendar(r->problem, e->account_work[i]);
        sum_prices(r->account_sum + i * boundaries, r->account_by + i * boundaries,
                   e->worked + calendar * boundaries, r->boundaries);
    }
}

double ganger_relax_credit(const struct ganger_relaxation *relaxation, int32_t mode, int32_t start,
                           int32_t finish)
{
    const struct ganger_relaxation *r = relaxation;
    const struct ganger_energies *e = &r->energies;
    int32_t work = r->problem->modes.work[mode];
    int64_t boundaries = r->boundaries, calendar = ganger_columns_calendar(r->problem, work);
    double worth = 0;
    for (int32_t i = e->first_account[work]; i < e->first_account[work + 1]; i++) {
        int32_t account = e->account[i];
        int32_t amount = ganger_energies_amount(r->problem, e->account_renewable[account], mode);
        int32_t from = ganger_energies_credit_from(e, account, amount, finish);
        const double *sum = r->account_sum + account * boundaries;
        const double *by = r->account_by + account * boundaries;
        double total = e->account_total[account];
        double low = total - (double)amount * e->worked[calendar * boundaries + finish];
        worth += total * (sum[boundaries - 1] - sum[finish]) + low * (sum[finish] - sum[from]) +
                 amount * (by[finish] - by[from]);
    }
    for (int32_t row = e->first_row[work]; row < e->last_row[work]; row++) {
        worth -= r->charge[row * boundaries + start];
    }
    return worth;
}
