/* Gangs and machines over time, budgets and supplies by window. */
#include "plan/report.h"
#include "report/parts.h"

#include <math.h>
#include <stdlib.h>

static void put_gang(struct ganger_paging *paging, json_t *array, int32_t row, double *capacity)
{
    const struct ganger_problem *p = paging->x.problem;
    struct ganger_sheet *sheet = &paging->sheet;
    int32_t r = p->resources.renewable_resource[row], periods = p->time.periods;
    double used = 0, there = 0, peak = 0;
    json_t *out = ganger_sheet_row(sheet, array);
    for (int32_t t = 0; t < periods; t++) {
        double use = paging->x.plan->usage[(int64_t)t * p->resources.count + r];
        capacity[t] = p->resources.capacity[(int64_t)row * periods + t];
        used += use;
        there += capacity[t];
        peak = fmax(peak, use);
    }
    ganger_sheet_put_integer(sheet, out, "resource", r);
    ganger_sheet_put_real(sheet, out, "peak", peak);
    ganger_sheet_put_real(sheet, out, "use_percent", there > 0 ? 100 * used / there : NAN);
    ganger_column_runs(
        sheet, out, "use",
        (struct ganger_series){paging->x.plan->usage + r, periods, p->resources.count}, 3);
    ganger_column_runs(sheet, out, "capacity", (struct ganger_series){capacity, periods, 1}, 0);
}

static void put_window(struct ganger_paging *paging, json_t *array, int32_t j)
{
    const struct ganger_problem *p = paging->x.problem;
    const struct ganger_resources *r = &p->resources;
    struct ganger_sheet *sheet = &paging->sheet;
    double used = 0;
    json_t *out = ganger_sheet_row(sheet, array);
    for (int32_t t = r->window_from[j]; t < r->window_to[j]; t++) {
        used += paging->x.plan->usage[(int64_t)t * r->count + r->window_resource[j]];
    }
    ganger_sheet_put_integer(sheet, out, "resource", r->window_resource[j]);
    ganger_sheet_put_integer(sheet, out, "from", r->window_from[j]);
    ganger_sheet_put_integer(sheet, out, "to", r->window_to[j]);
    ganger_sheet_put_real(sheet, out, "used", used);
    ganger_sheet_put_real(sheet, out, "limit", r->window_limit[j]);
}

bool ganger_page_resources(struct ganger_paging *paging)
{
    const struct ganger_resources *r = &paging->x.problem->resources;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "resources");
    ganger_column_texts(sheet, out, "id", r->id, r->count);
    ganger_column_texts(sheet, out, "name", r->name, r->count);
    ganger_column_texts(sheet, out, "unit", r->unit, r->count);
    ganger_sheet_put_integer(sheet, out, "budget", r->budget);
    json_t *gangs = ganger_sheet_array(sheet, sheet->root, "gangs");
    double *capacity = malloc(((size_t)paging->x.problem->time.periods + 1) * sizeof *capacity);
    for (int32_t row = 0; capacity && row < r->renewables; row++) {
        put_gang(paging, gangs, row, capacity);
    }
    free(capacity);
    json_t *windows = ganger_sheet_array(sheet, sheet->root, "windows");
    for (int32_t j = 0; j < r->windows; j++) {
        put_window(paging, windows, j);
    }
    return capacity != NULL;
}
