/* What is delivered of what is wanted, and money over time. */
#include "report/parts.h"

#include <stdlib.h>
#include <string.h>

/* Demands that are shown as one: from one country to another, of one commodity. */
struct freight {
    const struct ganger_problem *problem;
    int32_t groups;
    int32_t *demand;            /* [groups] the first demand of each */
    int32_t *order;             /* [demands] demands, those of a group together */
    int32_t *first;             /* CSR [groups + 1] into order */
    double *wanted, *delivered; /* [periods] scratch */
};

static int compare_kind(const struct ganger_problem *p, int32_t a, int32_t b)
{
    const struct ganger_demands *d = &p->demands;
    int order = strcmp(p->nodes.country[d->origin[a]], p->nodes.country[d->origin[b]]);
    if (order == 0) {
        order = strcmp(p->nodes.country[d->destination[a]], p->nodes.country[d->destination[b]]);
    }
    return order != 0 ? order : strcmp(d->commodity[a], d->commodity[b]);
}

static int compare(const void *a, const void *b, void *problem)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int order = compare_kind(problem, x, y);
    return order != 0 ? order : (x > y) - (x < y);
}

static bool open_freight(struct freight *freight, const struct ganger_problem *p)
{
    size_t demands = (size_t)p->demands.count + 1, periods = (size_t)p->time.periods + 1;
    *freight = (struct freight){.problem = p,
                                .demand = malloc(demands * sizeof(int32_t)),
                                .order = malloc(demands * sizeof(int32_t)),
                                .first = malloc(demands * sizeof(int32_t)),
                                .wanted = malloc(periods * sizeof(double)),
                                .delivered = malloc(periods * sizeof(double))};
    if (!freight->demand || !freight->order || !freight->first || !freight->wanted ||
        !freight->delivered) {
        return false;
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        freight->order[k] = k;
    }
    qsort_r(freight->order, (size_t)p->demands.count, sizeof *freight->order, compare, (void *)p);
    for (int32_t i = 0; i < p->demands.count; i++) {
        if (i == 0 || compare_kind(p, freight->order[i - 1], freight->order[i]) != 0) {
            freight->first[freight->groups] = i;
            freight->demand[freight->groups++] = freight->order[i];
        }
    }
    freight->first[freight->groups] = p->demands.count;
    return true;
}

static void close_freight(struct freight *freight)
{
    free(freight->demand);
    free(freight->order);
    free(freight->first);
    free(freight->wanted);
    free(freight->delivered);
}

static void put_group(struct ganger_paging *paging, struct freight *freight, json_t *array,
                      int32_t group)
{
    const struct ganger_problem *p = paging->x.problem;
    struct ganger_sheet *sheet = &paging->sheet;
    int32_t k = freight->demand[group], periods = p->time.periods;
    for (int32_t t = 0; t < periods; t++) {
        freight->wanted[t] = freight->delivered[t] = 0;
        for (int32_t i = freight->first[group]; i < freight->first[group + 1]; i++) {
            int32_t of = freight->order[i];
            freight->wanted[t] += ganger_problem_volume(p, of, t);
            freight->delivered[t] += paging->x.plan->delivered[(int64_t)t * p->demands.count + of];
        }
    }
    json_t *row = ganger_sheet_row(sheet, array);
    ganger_sheet_put_text(sheet, row, "from", p->nodes.country[p->demands.origin[k]]);
    ganger_sheet_put_text(sheet, row, "to", p->nodes.country[p->demands.destination[k]]);
    ganger_sheet_put_text(sheet, row, "commodity", p->demands.commodity[k]);
    ganger_column_runs(sheet, row, "wanted", (struct ganger_series){freight->wanted, periods, 1},
                       3);
    ganger_column_runs(sheet, row, "delivered",
                       (struct ganger_series){freight->delivered, periods, 1}, 3);
}

/* Mt wanted and delivered of a demand in each year that has periods. */
static void put_demand_years(struct ganger_paging *paging, int32_t k, json_t *wanted,
                             json_t *delivered)
{
    const struct ganger_problem *p = paging->x.problem;
    const struct ganger_export_years *years = &paging->x.years;
    double share = ganger_export_share_of_year(p);
    json_t *wanted_years = json_array(), *delivered_years = json_array();
    for (int32_t y = 0; y < years->count; y++) {
        double want = 0, got = 0;
        for (int32_t t = years->begin[y]; t < years->begin[y + 1]; t++) {
            want += share * ganger_problem_volume(p, k, t);
            got += share * paging->x.plan->delivered[(int64_t)t * p->demands.count + k];
        }
        if (years->begin[y] < years->begin[y + 1]) {
            ganger_column_add(&paging->sheet, wanted_years, want, 3);
            ganger_column_add(&paging->sheet, delivered_years, got, 3);
        }
    }
    paging->sheet.failed |= json_array_append_new(wanted, wanted_years) != 0;
    paging->sheet.failed |= json_array_append_new(delivered, delivered_years) != 0;
}

static void put_demands(struct ganger_paging *paging)
{
    const struct ganger_demands *demands = &paging->x.problem->demands;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "demands");
    ganger_column_texts(sheet, out, "id", demands->id, demands->count);
    ganger_column_texts(sheet, out, "commodity", demands->commodity, demands->count);
    ganger_column_integers(sheet, out, "origin", demands->origin, demands->count);
    ganger_column_integers(sheet, out, "destination", demands->destination, demands->count);
    ganger_column_reals(sheet, out, "value", demands->value, demands->count, 2);
    json_t *wanted = ganger_sheet_array(sheet, out, "wanted_mt");
    json_t *delivered = ganger_sheet_array(sheet, out, "delivered_mt");
    for (int32_t k = 0; k < demands->count; k++) {
        put_demand_years(paging, k, wanted, delivered);
    }
}

bool ganger_page_freight(struct ganger_paging *paging)
{
    struct freight freight;
    json_t *array = ganger_sheet_array(&paging->sheet, paging->sheet.root, "freight");
    bool ready = open_freight(&freight, paging->x.problem);
    for (int32_t group = 0; ready && group < freight.groups; group++) {
        put_group(paging, &freight, array, group);
    }
    close_freight(&freight);
    put_demands(paging);
    return ready;
}

void ganger_page_money(struct ganger_paging *paging)
{
    const struct ganger_plan *plan = paging->x.plan;
    int32_t periods = paging->x.problem->time.periods;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "money");
    ganger_column_reals(sheet, out, "cash", plan->cash, periods, 3);
    ganger_column_reals(sheet, out, "traffic_value", plan->traffic_value, periods + 1, 1);
}
