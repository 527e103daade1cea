/* Works left out, by how close they are to paying at the prices of the bound. */
#include "explain/parts.h"

#include <math.h>

static void owe(struct ganger_dues *dues, int32_t resource, double due)
{
    if (due > dues->dearest_due) {
        dues->dearest = resource;
        dues->dearest_due = due;
    }
}

/* Rent of a renewable in the working periods. */
static double rent_of(const struct ganger_explaining *x, int32_t work, int32_t renewable,
                      int32_t start, int32_t finish)
{
    const struct ganger_problem *p = x->problem;
    const double *price = x->plan->prices.renewable + (int64_t)renewable * p->time.periods;
    double rent = 0;
    for (int32_t t = start; t < finish; t++) {
        rent += ganger_problem_productivity(p, work, t) > 0 ? price[t] : 0;
    }
    return rent;
}

/* What a unit of a consumable, spread over the working periods, owes to its windows. */
static double toll_of(const struct ganger_explaining *x, int32_t mode, int32_t start,
                      int32_t resource)
{
    const struct ganger_resources *r = &x->problem->resources;
    double toll = 0;
    for (int32_t i = r->first_window[resource]; i < r->first_window[resource + 1]; i++) {
        int32_t j = r->window_list[i];
        double share = (double)ganger_schedule_share(x->problem, mode, start, 1, r->window_from[j],
                                                     r->window_to[j]) /
                       GANGER_SHARE_SCALE;
        toll += share * x->plan->prices.window[j];
    }
    return toll;
}

static double precedence_of(const struct ganger_explaining *x, int32_t work, int32_t start,
                            int32_t finish)
{
    const struct ganger_precedences *rows = &x->problem->precedences;
    int32_t periods = x->problem->time.periods;
    double worth = 0;
    for (int32_t row = 0; row < rows->count; row++) {
        const double *price = x->plan->prices.precedence + (int64_t)row * periods;
        if (rows->successor[row] == work) {
            for (int32_t t = start; t < periods; t++) {
                worth -= price[t];
            }
        } else if (rows->predecessor[row] == work) {
            bool fs = rows->type[row] == GANGER_PRECEDENCE_FS;
            for (int64_t t = (int64_t)(fs ? finish : start) + rows->lag[row]; t < periods; t++) {
                worth += price[t];
            }
        }
    }
    return worth;
}

static double rails_of(const struct ganger_explaining *x, int32_t work, int32_t start,
                       int32_t finish)
{
    const struct ganger_waits *waits = &x->facts->waits;
    int32_t periods = x->problem->time.periods;
    double worth = 0;
    for (int32_t row = 0; row < waits->rows; row++) {
        const double *price = x->plan->prices.rails + (int64_t)row * periods;
        for (int32_t t = start; waits->work[row] == work && t < periods; t++) {
            worth -= price[t];
        }
        for (int32_t k = waits->first[row]; k < waits->first[row + 1]; k++) {
            for (int32_t t = finish; waits->opener[k] == work && t < periods; t++) {
                worth += price[t];
            }
        }
    }
    return worth;
}

static double far_of(const struct ganger_explaining *x, int32_t work, int32_t start, int32_t finish)
{
    const struct ganger_prices *prices = &x->plan->prices;
    int32_t periods = x->problem->time.periods;
    double worth = 0;
    for (int32_t row = 0; row < prices->fars; row++) {
        const double *price = prices->far + (int64_t)row * periods;
        for (int32_t t = start; prices->far_work[row] == work && t < periods; t++) {
            worth -= price[t];
        }
        for (int32_t k = prices->far_first_opener[row]; k < prices->far_first_opener[row + 1];
             k++) {
            const int32_t *opens = x->far.opens + (int64_t)k * (periods + 1);
            for (int32_t t = opens[finish]; prices->far_opener[k] == work && t < periods; t++) {
                worth += price[t];
            }
        }
    }
    return worth;
}

struct ganger_dues ganger_explain_dues(const struct ganger_explaining *x, int32_t work)
{
    const struct ganger_problem *p = x->problem;
    struct ganger_bound_place place = x->places[work];
    struct ganger_dues dues = {.worth = place.worth, .dearest = GANGER_NONE};
    if (place.mode == GANGER_NONE) {
        return dues;
    }
    int32_t finish = ganger_problem_finish(p, place.mode, place.start);
    for (int32_t i = p->modes.first_use[place.mode]; i < p->modes.first_use[place.mode + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        int32_t renewable = p->resources.renewable_index[resource];
        double unit = renewable == GANGER_NONE ? toll_of(x, place.mode, place.start, resource)
                                               : rent_of(x, work, renewable, place.start, finish);
        double due = p->modes.use_amount[i] * unit;
        *(renewable == GANGER_NONE ? &dues.windows : &dues.gangs) += due;
        owe(&dues, resource, due);
    }
    if (p->resources.budget != GANGER_NONE) {
        double due =
            p->modes.cost[place.mode] * toll_of(x, place.mode, place.start, p->resources.budget);
        dues.windows += due;
        owe(&dues, p->resources.budget, due);
    }
    dues.cost = ganger_search_cost(x->what_if->model, place.mode, place.start);
    dues.tardiness = ganger_search_tardiness(x->what_if->model, work, finish);
    for (int32_t g = 0; g < p->targets.count; g++) {
        bool counts = (p->targets.kinds[g] >> p->works.kind[work] & 1U) != 0;
        dues.targets += counts && finish <= p->targets.by[g]
                            ? x->plan->prices.target[g] * p->works.km[work]
                            : 0;
    }
    dues.precedence = precedence_of(x, work, place.start, finish) +
                      rails_of(x, work, place.start, finish) +
                      far_of(x, work, place.start, finish) + place.waiting;
    dues.traffic = dues.worth + dues.cost + dues.tardiness + dues.gangs + dues.windows -
                   dues.targets - dues.precedence;
    return dues;
}

static void put_work(struct ganger_explaining *x, json_t *array, int32_t w)
{
    const struct ganger_problem *p = x->problem;
    struct ganger_dues dues = ganger_explain_dues(x, w);
    struct ganger_bound_place place = x->places[w];
    char date[GANGER_DATE_SIZE];
    json_t *row = ganger_sheet_row(x->sheet, array);
    ganger_sheet_put_text(x->sheet, row, "id", p->works.id[w]);
    ganger_sheet_put_text(x->sheet, row, "name", ganger_words_work(p, w));
    ganger_sheet_put_real(x->sheet, row, "worth", dues.worth);
    if (place.mode == GANGER_NONE) {
        return;
    }
    ganger_sheet_put_real(x->sheet, row, "traffic", dues.traffic);
    ganger_sheet_put_real(x->sheet, row, "targets", dues.targets);
    ganger_sheet_put_real(x->sheet, row, "precedence", dues.precedence);
    ganger_sheet_put_real(x->sheet, row, "cost", dues.cost + dues.tardiness);
    ganger_sheet_put_real(x->sheet, row, "gangs", dues.gangs);
    ganger_sheet_put_real(x->sheet, row, "windows", dues.windows);
    ganger_sheet_put_text(x->sheet, row, "dearest",
                          dues.dearest == GANGER_NONE ? NULL
                                                      : ganger_words_resource(p, dues.dearest));
    ganger_sheet_put_text(x->sheet, row, "mode", ganger_words_mode(p, place.mode));
    ganger_sheet_put_text(x->sheet, row, "start", ganger_words_first_day(p, place.start, date));
}

void ganger_explain_left_out(struct ganger_explaining *x)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "id", "work", GANGER_SHEET_TEXT, 18},
        {NULL, "name", "name", GANGER_SHEET_TEXT, 48},
        {NULL, "worth", "worth", GANGER_SHEET_SIGNED, 1},
        {NULL, "traffic", "traffic", GANGER_SHEET_NUMBER, 1},
        {NULL, "targets", "targets", GANGER_SHEET_NUMBER, 1},
        {NULL, "precedence", "others", GANGER_SHEET_NUMBER, 1},
        {NULL, "cost", "cost", GANGER_SHEET_NUMBER, 1},
        {NULL, "gangs", "gangs", GANGER_SHEET_NUMBER, 1},
        {NULL, "windows", "budgets", GANGER_SHEET_NUMBER, 1},
        {NULL, "mode", "mode", GANGER_SHEET_TEXT, 14},
        {NULL, "start", "start", GANGER_SHEET_TEXT, 0},
        {NULL, "dearest", "dearest", GANGER_SHEET_TEXT, 0}};
    json_t *array = ganger_sheet_array(x->sheet, x->sheet->root, "left_out");
    for (int32_t w = 0; w < x->problem->works.count; w++) {
        if (x->plan->start[w] < 0) {
            put_work(x, array, w);
        }
    }
    ganger_sheet_sort(x->sheet, array, "worth");
    ganger_explain_head(x, "Works left out");
    int count = (int)json_array_size(array);
    if (count == 0) {
        ganger_sheet_say(x->sheet, "None.\n");
        return;
    }
    ganger_sheet_say(x->sheet,
                     "By worth at the prices of the bound, M USD discounted: traffic, targets and "
                     "what it lets others\ndo, less cost, gangs, and budgets and supplies. Below 0 "
                     "is what it lacks to pay; above 0 it would pay\nif it could have its gangs at "
                     "these prices.\n\n");
    ganger_sheet_print(x->sheet, array, (struct ganger_sheet_table){columns, 12, x->rows, 2});
    if (count > x->rows) {
        ganger_sheet_say(x->sheet, "  and %d more.\n", count - x->rows);
    }
}
