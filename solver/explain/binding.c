/* Which gangs, budgets, targets and dates bind in the plan. */
#include "explain/parts.h"
#include "plan/report.h"

#include <math.h>
#include <stdio.h>

static void put_gang(struct ganger_explaining *x, json_t *array, int32_t renewable)
{
    const struct ganger_problem *p = x->problem;
    int32_t resource = p->resources.renewable_resource[renewable];
    const int32_t *capacity = p->resources.capacity + (int64_t)renewable * p->time.periods;
    int32_t full[GANGER_YEARS_MAX] = {0}, all = 0, there = 0;
    double used = 0, supply = 0;
    for (int32_t t = 0; t < p->time.periods; t++) {
        double use = x->plan->usage[(int64_t)t * p->resources.count + resource];
        bool is_full = capacity[t] > 0 && use >= capacity[t] - 0.5;
        full[ganger_years_at(&x->years, p, t)] += is_full;
        all += is_full;
        there += capacity[t] > 0;
        used += use;
        supply += capacity[t];
    }
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "id", p->resources.id[resource]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_resource(p, resource));
    json_t *years = ganger_sheet_object(x->sheet, row, "full_by_year");
    for (int32_t y = 0; y < x->years.count; y++) {
        ganger_sheet_put_integer(x->sheet, years, x->years.name[y], full[y]);
    }
    ganger_sheet_put_integer(x->sheet, row, "periods_full", all);
    ganger_sheet_put_integer(x->sheet, row, "periods", there);
    ganger_sheet_put_integer(x->sheet, row, "periods_without", p->time.periods - there);
    ganger_sheet_put_real(x->sheet, row, "full_percent", there > 0 ? 100.0 * all / there : 0);
    ganger_sheet_put_real(x->sheet, row, "in_use_percent", supply > 0 ? 100 * used / supply : 0);
}

void ganger_explain_gangs(struct ganger_explaining *x)
{
    char period[GANGER_DATE_SIZE];
    struct ganger_sheet_column columns[GANGER_YEARS_MAX + 5] = {
        {NULL, "name", "gang or machine", GANGER_SHEET_TEXT, 40}};
    json_t *array =
        ganger_sheet_array(x->sheet, json_object_get(x->sheet->root, "binding"), "gangs");
    for (int32_t r = 0; r < x->problem->resources.renewables; r++) {
        put_gang(x, array, r);
    }
    ganger_sheet_sort(x->sheet, array, "in_use_percent");
    ganger_sheet_sort(x->sheet, array, "full_percent");
    int count = ganger_explain_year_columns(x, columns, 1, "full_by_year", 0);
    columns[count++] =
        (struct ganger_sheet_column){NULL, "full_percent", "full, %", GANGER_SHEET_NUMBER, 0};
    columns[count++] =
        (struct ganger_sheet_column){NULL, "in_use_percent", "in use, %", GANGER_SHEET_NUMBER, 0};
    columns[count++] =
        (struct ganger_sheet_column){NULL, "periods_without", "none there", GANGER_SHEET_NUMBER, 0};
    if (json_array_size(array) > 0) {
        ganger_sheet_say(
            x->sheet,
            "\nGangs and machines: %s in which all are in use; of those with any, the share "
            "that is full and in use\n",
            ganger_words_period(x->problem, true, period));
        ganger_sheet_print(x->sheet, array,
                           (struct ganger_sheet_table){columns, count, x->rows, 2});
    }
}

static double used_of(const struct ganger_explaining *x, int32_t j)
{
    const struct ganger_resources *r = &x->problem->resources;
    double used = 0;
    int32_t from = r->window_from[j] > 0 ? r->window_from[j] : 0;
    int32_t periods = x->problem->time.periods;
    int32_t to = r->window_to[j] < periods ? r->window_to[j] : periods;
    for (int32_t t = from; t < to; t++) {
        used += x->plan->usage[(int64_t)t * r->count + r->window_resource[j]];
    }
    return used;
}

void ganger_explain_windows(struct ganger_explaining *x)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "name", "budget or supply", GANGER_SHEET_TEXT, 30},
        {NULL, "from", "from", GANGER_SHEET_TEXT, 0},
        {NULL, "to", "to", GANGER_SHEET_TEXT, 0},
        {NULL, "used", "used", GANGER_SHEET_NUMBER, 0},
        {NULL, "limit", "limit", GANGER_SHEET_NUMBER, 0},
        {NULL, "unit", "unit", GANGER_SHEET_TEXT, 12},
        {NULL, "used_percent", "used, %", GANGER_SHEET_NUMBER, 1}};
    const struct ganger_resources *r = &x->problem->resources;
    json_t *array =
        ganger_sheet_array(x->sheet, json_object_get(x->sheet->root, "binding"), "windows");
    for (int32_t j = 0; j < r->windows; j++) {
        char from[GANGER_DATE_SIZE], to[GANGER_DATE_SIZE];
        double used = used_of(x, j), limit = r->window_limit[j];
        json_t *row = ganger_sheet_row(x->sheet, array);
        ganger_sheet_put_text(x->sheet, row, "id", r->id[r->window_resource[j]]);
        ganger_sheet_put_text(x->sheet, row, "name",
                              ganger_words_resource(x->problem, r->window_resource[j]));
        ganger_sheet_put_text(x->sheet, row, "unit",
                              ganger_words_unit(x->problem, r->window_resource[j]));
        ganger_sheet_put_text(x->sheet, row, "from",
                              ganger_words_first_day(x->problem, r->window_from[j], from));
        ganger_sheet_put_text(x->sheet, row, "to",
                              ganger_words_last_day(x->problem, r->window_to[j], to));
        ganger_sheet_put_real(x->sheet, row, "used", used);
        ganger_sheet_put_real(x->sheet, row, "limit", limit);
        ganger_sheet_put_real(x->sheet, row, "used_percent", limit > 0 ? 100 * used / limit : 100);
    }
    ganger_sheet_sort(x->sheet, array, "used_percent");
    if (r->windows > 0) {
        ganger_sheet_say(x->sheet, "\nBudgets and supplies, the fullest first\n");
        ganger_sheet_print(x->sheet, array, (struct ganger_sheet_table){columns, 7, x->rows, 2});
    }
}

static void put_target(struct ganger_explaining *x, json_t *array, int32_t g)
{
    const struct ganger_targets *targets = &x->problem->targets;
    char date[GANGER_DATE_SIZE];
    double km = ganger_report_target_km(x->plan, x->problem, g, targets->by[g]);
    double over = km - targets->km[g];
    bool missed = over < -1e-9 * targets->km[g];
    /* Of works of whole kilometres none may fit what is left. */
    double least = INFINITY;
    for (int32_t w = 0; w < x->problem->works.count; w++) {
        bool counts = (targets->kinds[g] >> x->problem->works.kind[w] & 1U) != 0;
        if (counts && x->plan->start[w] >= 0 && x->problem->works.km[w] > 0 &&
            x->plan->finish[w] <= targets->by[g]) {
            least = fmin(least, x->problem->works.km[w]);
        }
    }
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "id", targets->id[g]);
    ganger_sheet_put_text(x->sheet, row, "by",
                          ganger_words_last_day(x->problem, targets->by[g], date));
    ganger_sheet_put_real(x->sheet, row, "km", km);
    ganger_sheet_put_real(x->sheet, row, "wanted_km", targets->km[g]);
    ganger_sheet_put_real(x->sheet, row, "over_km", over);
    ganger_sheet_put_flag(x->sheet, row, "hard", targets->hard[g]);
    ganger_sheet_put_real(x->sheet, row, "shortfall",
                          missed ? -over * targets->shortfall_cost[g] : 0);
    ganger_sheet_put_text(x->sheet, row, "state",
                          missed         ? "missed"
                          : over < least ? "met, no work to spare"
                                         : "met with room");
}

void ganger_explain_targets(struct ganger_explaining *x)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "id", "target", GANGER_SHEET_TEXT, 30},
        {NULL, "by", "by", GANGER_SHEET_TEXT, 0},
        {NULL, "km", "km done", GANGER_SHEET_NUMBER, 1},
        {NULL, "wanted_km", "km asked", GANGER_SHEET_NUMBER, 1},
        {NULL, "over_km", "over", GANGER_SHEET_SIGNED, 1},
        {NULL, "shortfall", "costs, M USD", GANGER_SHEET_NUMBER, 1},
        {NULL, "state", "", GANGER_SHEET_TEXT, 0}};
    json_t *array =
        ganger_sheet_array(x->sheet, json_object_get(x->sheet->root, "binding"), "targets");
    for (int32_t g = 0; g < x->problem->targets.count; g++) {
        put_target(x, array, g);
    }
    if (x->problem->targets.count > 0) {
        ganger_sheet_say(x->sheet, "\nTargets\n");
        ganger_sheet_print(x->sheet, array, (struct ganger_sheet_table){columns, 7, 0, 2});
    }
}

static void put_date(struct ganger_explaining *x, json_t *array, int32_t w, const char *what,
                     int32_t at)
{
    const struct ganger_works *works = &x->problem->works;
    char date[GANGER_DATE_SIZE];
    int32_t late = x->plan->finish[w] - at;
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "work", works->id[w]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_work(x->problem, w));
    ganger_sheet_put_text(x->sheet, row, "date", what);
    ganger_sheet_put_text(x->sheet, row, "day", ganger_words_last_day(x->problem, at, date));
    ganger_sheet_put_text(x->sheet, row, "finish",
                          ganger_words_last_day(x->problem, x->plan->finish[w], date));
    ganger_sheet_put_integer(x->sheet, row, "days_late", late * x->problem->time.period_days);
    ganger_sheet_put_real(x->sheet, row, "tardiness",
                          late > 0 ? late * works->tardiness_cost[w] : 0);
}

void ganger_explain_dates(struct ganger_explaining *x)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "work", "work", GANGER_SHEET_TEXT, 20},
        {NULL, "name", "name", GANGER_SHEET_TEXT, 44},
        {NULL, "date", "date", GANGER_SHEET_TEXT, 0},
        {NULL, "day", "day", GANGER_SHEET_TEXT, 0},
        {NULL, "finish", "finished", GANGER_SHEET_TEXT, 0},
        {NULL, "days_late", "days late", GANGER_SHEET_NUMBER, 0},
        {NULL, "tardiness", "costs, M USD", GANGER_SHEET_NUMBER, 2}};
    const struct ganger_works *works = &x->problem->works;
    json_t *array =
        ganger_sheet_array(x->sheet, json_object_get(x->sheet->root, "binding"), "dates");
    for (int32_t w = 0; w < works->count; w++) {
        int32_t finish = x->plan->finish[w];
        if (x->plan->start[w] < 0) {
            continue;
        }
        if (works->deadline[w] < x->problem->time.periods && finish == works->deadline[w]) {
            put_date(x, array, w, "deadline", works->deadline[w]);
        }
        if (works->due[w] != GANGER_NONE && finish >= works->due[w]) {
            put_date(x, array, w, "due date", works->due[w]);
        }
    }
    ganger_sheet_sort(x->sheet, array, "tardiness");
    size_t count = json_array_size(array);
    if (count > 0) {
        ganger_sheet_say(x->sheet, "\nDeadlines and due dates touched: %zu\n", count);
        ganger_sheet_print(x->sheet, array, (struct ganger_sheet_table){columns, 7, x->rows, 2});
    } else {
        ganger_sheet_say(x->sheet, "\nNo deadline or due date is touched.\n");
    }
}
