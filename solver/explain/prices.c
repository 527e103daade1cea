/* What one more of everything is worth, at the prices of the bound. */
#include "explain/parts.h"
#include "plan/report.h"

#include <math.h>
#include <stdio.h>

/* Below this, in M USD, a price is what the prices' arithmetic leaves. */
static const double least_price = 5e-5;

static void put_years(struct ganger_explaining *x, json_t *row, const char *key, const double *sum)
{
    json_t *years = ganger_sheet_object(x->sheet, row, key);
    for (int32_t y = 0; y < x->years.count; y++) {
        ganger_sheet_put_real(x->sheet, years, x->years.name[y], sum[y]);
    }
}

static void put_gang(struct ganger_explaining *x, json_t *array, int32_t renewable)
{
    const struct ganger_problem *p = x->problem;
    const double *price = x->plan->prices.renewable + (int64_t)renewable * p->time.periods;
    double sum[GANGER_YEARS_MAX] = {0}, mean[GANGER_YEARS_MAX], total = 0, dearest = 0;
    int32_t periods[GANGER_YEARS_MAX] = {0}, at = 0;
    char date[GANGER_DATE_SIZE];
    for (int32_t t = 0; t < p->time.periods; t++) {
        int32_t y = ganger_years_at(&x->years, p, t);
        sum[y] += price[t];
        total += price[t];
        periods[y]++;
        at = price[t] > dearest ? t : at;
        dearest = fmax(dearest, price[t]);
    }
    for (int32_t y = 0; y < x->years.count; y++) {
        mean[y] = sum[y] / fmax(1, periods[y]);
    }
    int32_t resource = p->resources.renewable_resource[renewable];
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "id", p->resources.id[resource]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_resource(p, resource));
    ganger_sheet_put_text(x->sheet, row, "unit", ganger_words_unit(p, resource));
    put_years(x, row, "by_year", sum);
    put_years(x, row, "mean_per_period_by_year", mean);
    ganger_sheet_put_real(x->sheet, row, "total", total);
    ganger_sheet_put_real(x->sheet, row, "mean_per_period", total / p->time.periods);
    ganger_sheet_put_real(x->sheet, row, "dearest_price", dearest);
    ganger_sheet_put_text(x->sheet, row, "dearest_period",
                          dearest > 0 ? ganger_words_first_day(p, at, date) : NULL);
}

/* Rows of an array, already ordered by `key`, that have a price worth printing. */
static int priced(const json_t *array, const char *key)
{
    int count = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        count += json_number_value(json_object_get(json_array_get(array, i), key)) >= least_price;
    }
    return count;
}

static int shown(const struct ganger_explaining *x, int count)
{
    return count < x->rows ? count : x->rows;
}

/* "No price: a, b, c." and how many rows were not printed. */
static void say_rest(struct ganger_explaining *x, const json_t *array, int count, const char *what)
{
    int rows = (int)json_array_size(array);
    if (count > x->rows) {
        ganger_sheet_say(x->sheet, "  and %d more with a price.\n", count - x->rows);
    }
    if (rows - count > 2 * x->rows) {
        ganger_sheet_say(x->sheet, "  No price: %d of %d %s.\n", rows - count, rows, what);
    } else if (rows > count) {
        ganger_sheet_say(x->sheet, "  No price: ");
        for (int i = count; i < rows; i++) {
            const json_t *row = json_array_get(array, (size_t)i);
            ganger_sheet_item(x->sheet, i == count,
                              json_string_value(json_object_get(row, "name")));
        }
        ganger_sheet_say(x->sheet, ".\n");
    }
}

static void explain_gangs(struct ganger_explaining *x, json_t *prices)
{
    char period[GANGER_DATE_SIZE], heading[2 * GANGER_DATE_SIZE];
    struct ganger_sheet_column columns[GANGER_YEARS_MAX + 5] = {
        {NULL, "name", "gang or machine", GANGER_SHEET_TEXT, 40}};
    json_t *array = ganger_sheet_array(x->sheet, prices, "gangs");
    for (int32_t r = 0; r < x->problem->resources.renewables; r++) {
        put_gang(x, array, r);
    }
    ganger_sheet_sort(x->sheet, array, "total");
    int count = priced(array, "total");
    int columns_count = ganger_explain_year_columns(x, columns, 1, "by_year", 1);
    ganger_words_period(x->problem, false, period);
    snprintf(heading, sizeof heading, "mean a %s",
             x->problem->time.period_days == 7   ? "week"
             : x->problem->time.period_days == 1 ? "day"
                                                 : "period");
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "total", "all years", GANGER_SHEET_NUMBER, 1};
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "mean_per_period", heading, GANGER_SHEET_NUMBER, 3};
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "dearest_price", "dearest", GANGER_SHEET_NUMBER, 3};
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "dearest_period", "from", GANGER_SHEET_TEXT, 0};
    ganger_sheet_say(x->sheet, "\nOne more gang or machine, all year, every year, or one %s:\n",
                     period);
    if (count > 0) {
        ganger_sheet_print(x->sheet, array,
                           (struct ganger_sheet_table){columns, columns_count, shown(x, count), 2});
    }
    say_rest(x, array, count, "gangs and machines");
}

/* "1.214 M USD" for a million of money, "312 USD" for a unit of supplies. */
static void put_unit_price(struct ganger_explaining *x, json_t *row, int32_t resource, double price)
{
    char text[2 * GANGER_REPORT_NUMBER], number[GANGER_REPORT_NUMBER];
    if (resource == x->problem->resources.budget) {
        snprintf(text, sizeof text, "%s M USD", ganger_report_number(number, price, 3));
    } else {
        double usd = price * 1e6;
        snprintf(text, sizeof text, "%s USD", ganger_report_number(number, usd, usd < 100 ? 2 : 0));
    }
    ganger_sheet_put_text(x->sheet, row, "one_more", text);
}

static void put_window(struct ganger_explaining *x, json_t *array, int32_t j)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_resources *r = &p->resources;
    char from[GANGER_DATE_SIZE], to[GANGER_DATE_SIZE];
    double price = x->plan->prices.window[j];
    int32_t resource = r->window_resource[j];
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "id", r->id[resource]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_resource(p, resource));
    ganger_sheet_put_text(x->sheet, row, "unit", ganger_words_unit(p, resource));
    ganger_sheet_put_text(x->sheet, row, "from",
                          ganger_words_first_day(p, r->window_from[j], from));
    ganger_sheet_put_text(x->sheet, row, "to", ganger_words_last_day(p, r->window_to[j], to));
    ganger_sheet_put_real(x->sheet, row, "limit", r->window_limit[j]);
    ganger_sheet_put_real(x->sheet, row, "price", price);
    ganger_sheet_put_real(x->sheet, row, "one_percent", price * r->window_limit[j] / 100);
    put_unit_price(x, row, resource, price);
}

static void explain_windows(struct ganger_explaining *x, json_t *prices)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "name", "budget or supply", GANGER_SHEET_TEXT, 30},
        {NULL, "from", "from", GANGER_SHEET_TEXT, 0},
        {NULL, "to", "to", GANGER_SHEET_TEXT, 0},
        {NULL, "limit", "limit", GANGER_SHEET_NUMBER, 0},
        {NULL, "unit", "unit", GANGER_SHEET_TEXT, 12},
        {NULL, "one_more", "one unit more", GANGER_SHEET_TEXT, 0},
        {NULL, "one_percent", "1 % more", GANGER_SHEET_NUMBER, 2}};
    json_t *array = ganger_sheet_array(x->sheet, prices, "windows");
    for (int32_t j = 0; j < x->problem->resources.windows; j++) {
        put_window(x, array, j);
    }
    ganger_sheet_sort(x->sheet, array, "one_percent");
    int count = priced(array, "one_percent");
    if (json_array_size(array) > 0) {
        ganger_sheet_say(x->sheet, "\nA million more in a budget, a unit more in a supply:\n");
    }
    if (count > 0) {
        ganger_sheet_print(x->sheet, array,
                           (struct ganger_sheet_table){columns, 7, shown(x, count), 2});
    }
    if (count > x->rows) {
        ganger_sheet_say(x->sheet, "  and %d more with a price.\n", count - x->rows);
    }
    if ((int)json_array_size(array) > count) {
        ganger_sheet_say(x->sheet, "  No price: %d of %d windows.\n",
                         (int)json_array_size(array) - count, (int)json_array_size(array));
    }
}

/* A Mt a year more on every segment of a link, in both directions. */
static void put_link(struct ganger_explaining *x, json_t *array, int32_t l)
{
    const struct ganger_problem *p = x->problem;
    double sum[GANGER_YEARS_MAX] = {0}, total = 0, after = 0;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        double price = 0;
        for (int32_t i = p->links.first_segment[l]; i < p->links.first_segment[l + 1]; i++) {
            int64_t q = p->links.segment_list[i];
            const double *both = x->plan->prices.segment + 2 * ((int64_t)t * p->segments.count + q);
            price += both[0] + both[1];
        }
        double worth = p->time.weight[t] * price;
        total += worth;
        if (t < p->time.periods) {
            sum[ganger_years_at(&x->years, p, t)] += worth;
        } else {
            after = worth;
        }
    }
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "id", p->links.id[l]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_link(p, l));
    put_years(x, row, "by_year", sum);
    ganger_sheet_put_real(x->sheet, row, "after", after);
    ganger_sheet_put_real(x->sheet, row, "total", total);
}

static void explain_links(struct ganger_explaining *x, json_t *prices)
{
    struct ganger_sheet_column columns[GANGER_YEARS_MAX + 3] = {
        {NULL, "name", "link", GANGER_SHEET_TEXT, 44}};
    json_t *array = ganger_sheet_array(x->sheet, prices, "links");
    for (int32_t l = 0; l < x->problem->links.count; l++) {
        put_link(x, array, l);
    }
    ganger_sheet_sort(x->sheet, array, "total");
    int count = priced(array, "total");
    int columns_count = ganger_explain_year_columns(x, columns, 1, "by_year", 2);
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "after", "after", GANGER_SHEET_NUMBER, 1};
    columns[columns_count++] =
        (struct ganger_sheet_column){NULL, "total", "total", GANGER_SHEET_NUMBER, 1};
    ganger_sheet_say(x->sheet, "\nOne Mt a year more on a link, each way, in one year or for good "
                               "(after: the years after the horizon):\n");
    if (count > 0) {
        ganger_sheet_print(x->sheet, array,
                           (struct ganger_sheet_table){columns, columns_count, shown(x, count), 2});
    }
    say_rest(x, array, count, "links");
}

static void explain_targets(struct ganger_explaining *x, json_t *prices)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "name", "target", GANGER_SHEET_TEXT, 30},
        {NULL, "price", "a km less asked", GANGER_SHEET_NUMBER, 3},
        {NULL, "shortfall_cost", "a km missed costs", GANGER_SHEET_NUMBER, 3}};
    const struct ganger_targets *targets = &x->problem->targets;
    json_t *array = ganger_sheet_array(x->sheet, prices, "targets");
    for (int32_t g = 0; g < targets->count; g++) {
        json_t *row = ganger_sheet_row(x->sheet, array);
        ganger_sheet_put_text(x->sheet, row, "id", targets->id[g]);
        ganger_sheet_put_text(x->sheet, row, "name", targets->id[g]);
        ganger_sheet_put_real(x->sheet, row, "price", x->plan->prices.target[g]);
        ganger_sheet_put_real(x->sheet, row, "shortfall_cost",
                              targets->hard[g] ? NAN : targets->shortfall_cost[g]);
    }
    ganger_sheet_sort(x->sheet, array, "price");
    if (targets->count > 0) {
        ganger_sheet_say(x->sheet, "\nTargets:\n");
        ganger_sheet_print(x->sheet, array, (struct ganger_sheet_table){columns, 3, x->rows, 2});
    }
}

/* A solve that ended before its first relaxation proves its bound without prices. */
static bool any_price(const struct ganger_explaining *x)
{
    const struct ganger_problem *p = x->problem;
    const struct ganger_prices *prices = &x->plan->prices;
    const struct {
        const double *price;
        int64_t count;
    } tables[] = {{prices->renewable, (int64_t)p->resources.renewables * p->time.periods},
                  {prices->window, p->resources.windows},
                  {prices->segment, 2 * (int64_t)p->segments.count * (p->time.periods + 1)},
                  {prices->target, p->targets.count}};
    bool any = false;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (int64_t k = 0; k < tables[i].count && !any; k++) {
            any = tables[i].price[k] > 0;
        }
    }
    return any;
}

bool ganger_explain_prices(struct ganger_explaining *x)
{
    json_t *prices = ganger_sheet_object(x->sheet, x->sheet->root, "prices");
    ganger_sheet_put_text(x->sheet, prices, "unit", "M USD, discounted");
    ganger_sheet_put_text(x->sheet, prices, "note",
                          "prices of the bound: no plan gains more by one unit than the gap and "
                          "this; an upper estimate, not a promise");
    ganger_explain_head(x, "What one more is worth");
    ganger_sheet_say(x->sheet,
                     "M USD, discounted. These are the prices of the bound: with one more, no plan "
                     "is worth more than\nthe bound and this. An upper estimate, not a promise.\n");
    if (!any_price(x)) {
        ganger_sheet_say(x->sheet, "This plan has no prices: its solve ended before the first were "
                                   "found. A longer one has some.\n");
    }
    explain_gangs(x, prices);
    explain_windows(x, prices);
    explain_links(x, prices);
    explain_targets(x, prices);
    return ganger_explain_waiting(x, prices);
}
