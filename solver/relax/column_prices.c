/* What columns earn at given prices: running sums over time, differences of which are what a column pays. */
#include "relax/columns.h"

#include <stdlib.h>
#include <string.h>

bool ganger_column_sums_init(struct ganger_column_sums *sums, const struct ganger_columns *columns)
{
    const struct ganger_problem *p = columns->problem;
    size_t calendars = (size_t)p->calendars.count + 1, periods = (size_t)p->time.periods;
    size_t rents = (size_t)p->resources.renewables * calendars;
    sums->rent = calloc(rents * ((size_t)columns->blocks->width + 1) + 1, sizeof(double));
    sums->toll =
        calloc((size_t)columns->consumables * calendars * (periods + 1) + 1, sizeof(double));
    sums->density = calloc((size_t)columns->consumables * periods + 1, sizeof(double));
    sums->later = calloc((size_t)columns->orders->count * ((size_t)columns->blocks->width + 1) + 1,
                         sizeof(double));
    return sums->rent && sums->toll && sums->density && sums->later;
}

void ganger_column_sums_clear(struct ganger_column_sums *sums)
{
    free(sums->rent);
    free(sums->toll);
    free(sums->density);
    free(sums->later);
    *sums = (struct ganger_column_sums){0};
}

static void sum_rents(struct ganger_column_sums *sums, const struct ganger_columns *c,
                      const double *price)
{
    const struct ganger_problem *p = c->problem;
    int32_t width = c->blocks->width, calendars = p->calendars.count + 1;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        for (int32_t row = 0; row < calendars; row++) {
            double *rent = sums->rent + ((int64_t)r * calendars + row) * (width + 1);
            const double *on = c->blocks->on + (int64_t)row * width;
            for (int32_t b = 0; b < width; b++) {
                rent[b + 1] = rent[b] + price[(int64_t)r * width + b] * on[b];
            }
        }
    }
}

static void sum_tolls(struct ganger_column_sums *sums, const struct ganger_columns *c,
                      const double *price)
{
    const struct ganger_problem *p = c->problem;
    const struct ganger_resources *res = &p->resources;
    int32_t periods = p->time.periods, calendars = p->calendars.count + 1;
    memset(sums->density, 0, (size_t)c->consumables * (size_t)periods * sizeof(double));
    for (int32_t j = 0; j < res->windows; j++) {
        double *density =
            sums->density + (int64_t)c->consumable_of[res->window_resource[j]] * periods;
        for (int32_t t = res->window_from[j]; price[j] != 0 && t < res->window_to[j]; t++) {
            density[t] += price[j];
        }
    }
    for (int32_t v = 0; v < c->consumables; v++) {
        const double *density = sums->density + (int64_t)v * periods;
        for (int32_t row = 0; row < calendars; row++) {
            const uint8_t *productivity = p->calendars.productivity + (int64_t)row * periods;
            double *toll = sums->toll + ((int64_t)v * calendars + row) * (periods + 1);
            for (int32_t t = 0; t < periods; t++) {
                toll[t + 1] = toll[t] + productivity[t] * density[t];
            }
        }
    }
}

void ganger_column_sums_fill(struct ganger_column_sums *sums, const struct ganger_columns *columns,
                             const struct ganger_row_prices *prices)
{
    sum_rents(sums, columns, prices->renewable);
    sum_tolls(sums, columns, prices->window);
    int32_t width = columns->blocks->width;
    for (int64_t row = 0; row < columns->orders->count; row++) {
        double *later = sums->later + row * (width + 1);
        for (int32_t b = width - 1; b >= 0; b--) {
            later[b] = later[b + 1] + prices->order[row * width + b];
        }
    }
}

int32_t ganger_columns_opens(const struct ganger_columns *columns, int32_t column, int32_t row,
                             int32_t entry)
{
    int64_t from = ganger_orders_opens(columns->orders, row, entry, columns->start[column],
                                       columns->finish[column]);
    int32_t periods = columns->problem->time.periods;
    return from < periods ? columns->blocks->of[from] : columns->blocks->count - 1;
}

/* Where in time and calendar a work's columns look things up. */
struct view {
    const struct ganger_columns *c;
    const struct ganger_column_sums *sums;
    const struct ganger_row_prices *prices;
    int32_t work, from, to; /* columns of one mode */
    int64_t calendar;
};

static void pay_renewable(const struct view *v, int32_t r, double amount, double *profit)
{
    const struct ganger_columns *c = v->c;
    const struct ganger_problem *p = c->problem;
    int32_t width = c->blocks->width;
    const double *price = v->prices->renewable + (int64_t)r * width;
    const double *rent =
        v->sums->rent + ((int64_t)r * (p->calendars.count + 1) + v->calendar) * (width + 1);
    for (int32_t i = v->from; i < v->to; i++) {
        int32_t begin = c->begin[i], end = c->end[i];
        double whole = end > begin ? rent[end] - rent[begin + 1] : 0;
        profit[i] -= amount * (price[begin] * c->on_begin[i] + whole + price[end] * c->on_end[i]);
    }
}

static void pay_consumable(const struct view *v, int32_t resource, double amount, double *profit)
{
    const struct ganger_columns *c = v->c;
    const struct ganger_problem *p = c->problem;
    int32_t periods = p->time.periods, consumable = c->consumable_of[resource];
    const double *toll =
        v->sums->toll +
        ((int64_t)consumable * (p->calendars.count + 1) + v->calendar) * (periods + 1);
    const double *density = v->sums->density + (int64_t)consumable * periods;
    for (int32_t i = v->from; i < v->to; i++) {
        bool milestone = c->finish[i] == c->start[i];
        double unit = milestone ? density[c->start[i]]
                                : (toll[c->finish[i]] - toll[c->start[i]]) * c->pace[i];
        profit[i] -= amount * unit;
    }
}

static void pay_capacity(const struct view *v, int32_t mode, const double *earned,
                         const double *worth, double *profit, const double *active)
{
    const struct ganger_columns *c = v->c;
    double lost = 1.0 - c->problem->modes.factor[mode];
    for (int32_t i = v->from; i < v->to; i++) {
        int32_t begin = c->begin[i], end = c->end[i];
        double whole = end > begin ? active[end] - active[begin + 1] : 0;
        profit[i] += earned[end + 1] + worth[end] * c->done[i] -
                     lost * (worth[begin] * c->lost_begin[i] + whole + worth[end] * c->lost_end[i]);
    }
}

static void earn_km(const struct view *v, double *profit)
{
    const struct ganger_problem *p = v->c->problem;
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (!(p->targets.kinds[g] >> p->works.kind[v->work] & 1U)) {
            continue;
        }
        double worth = v->prices->target[g] * p->works.km[v->work];
        for (int32_t i = v->from; i < v->to; i++) {
            profit[i] += v->c->finish[i] <= p->targets.by[g] ? worth : 0;
        }
    }
}

static void pay_order(const struct view *v, double *profit)
{
    const struct ganger_columns *c = v->c;
    const struct ganger_orders *o = c->orders;
    int32_t width = c->blocks->width;
    for (int32_t k = o->first_in[v->work]; k < o->first_in[v->work + 1]; k++) {
        const double *later = v->sums->later + (int64_t)o->in[k] * (width + 1);
        for (int32_t i = v->from; i < v->to; i++) {
            profit[i] -= later[c->begin[i]];
        }
    }
    for (int32_t k = o->first_out[v->work]; k < o->first_out[v->work + 1]; k++) {
        int32_t row = o->row_of[o->out[k]];
        const double *later = v->sums->later + (int64_t)row * (width + 1);
        for (int32_t i = v->from; i < v->to; i++) {
            profit[i] += later[ganger_columns_opens(c, i, row, o->out[k])];
        }
    }
}

void ganger_columns_profit(const struct ganger_columns *columns,
                           const struct ganger_column_sums *sums,
                           const struct ganger_row_prices *prices, int32_t place, double *profit,
                           double *scratch)
{
    const struct ganger_columns *c = columns;
    const struct ganger_problem *p = c->problem;
    int32_t work = c->order[place], width = c->blocks->width, q = p->works.segment[work];
    struct view v = {c, sums, prices, work, 0, c->first[place], ganger_columns_calendar(p, work)};
    double *earned = scratch, *active = earned + width + 1, *worth = active + width + 1;
    if (q != GANGER_NONE) {
        const double *price = prices->segment + 2 * (int64_t)q * width;
        const double *lift = c->lift + (int64_t)work * width;
        const double *standing = c->standing + (int64_t)work * width;
        active[0] = earned[width] = 0;
        for (int32_t b = 0; b < width; b++) {
            worth[b] = price[b] + price[width + b];
            active[b + 1] = active[b] + worth[b] * standing[b];
        }
        for (int32_t b = width - 1; b >= 0; b--) {
            earned[b] = earned[b + 1] + worth[b] * lift[b];
        }
    }
    for (int32_t i = c->first[place]; i < c->first[place + 1]; i++) {
        profit[i] = c->fixed[i];
    }
    while (v.to < c->first[place + 1]) {
        int32_t mode = c->mode[v.to];
        v.from = v.to;
        while (v.to < c->first[place + 1] && c->mode[v.to] == mode) {
            v.to++;
        }
        if (q != GANGER_NONE) {
            pay_capacity(&v, mode, earned, worth, profit, active);
        }
        for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
            int32_t resource = p->modes.use_resource[u];
            int32_t r = p->resources.renewable_index[resource];
            if (r != GANGER_NONE) {
                pay_renewable(&v, r, p->modes.use_amount[u], profit);
            } else {
                pay_consumable(&v, resource, p->modes.use_amount[u], profit);
            }
        }
        if (p->resources.budget != GANGER_NONE) {
            pay_consumable(&v, p->resources.budget, p->modes.cost[mode], profit);
        }
        earn_km(&v, profit);
    }
    v.from = c->first[place];
    pay_order(&v, profit);
}
