/* The programme as a whole: dates, figures, years, targets. */
#include "instance/credit.h"
#include "instance/schema.h"
#include "plan/report.h"
#include "report/parts.h"

#include <math.h>
#include <stdlib.h>

static void put_day(struct ganger_sheet *sheet, json_t *object, const char *key, int64_t day)
{
    char date[GANGER_DATE_SIZE];
    ganger_sheet_put_text(sheet, object, key, ganger_date_format(day, date));
}

static void put_terms(struct ganger_sheet *sheet, json_t *parent, struct ganger_terms is)
{
    json_t *terms = ganger_sheet_object(sheet, parent, "terms");
    ganger_sheet_put_real(sheet, terms, "traffic", is.traffic);
    ganger_sheet_put_real(sheet, terms, "terminal", is.terminal);
    ganger_sheet_put_real(sheet, terms, "cost", is.cost);
    ganger_sheet_put_real(sheet, terms, "tardiness", is.tardiness);
    ganger_sheet_put_real(sheet, terms, "shortfall", is.shortfall);
}

/* A list of datapackage.json, or null. */
static void put_list(struct ganger_sheet *sheet, json_t *out, const char *key, const char *text)
{
    json_t *list = text[0] != '\0' ? json_loads(text, 0, NULL) : json_null();
    sheet->failed |= json_object_set_new(out, key, list) != 0;
}

static void put_credit(struct ganger_sheet *sheet, const struct ganger_problem *p)
{
    json_t *out = ganger_sheet_object(sheet, sheet->root, "credit");
    ganger_sheet_put_text(sheet, out, "attribution",
                          ganger_credit_text(p, GANGER_CREDIT_ATTRIBUTION));
    put_list(sheet, out, "licences", ganger_credit_text(p, GANGER_CREDIT_LICENCES));
    put_list(sheet, out, "sources", ganger_credit_text(p, GANGER_CREDIT_SOURCES));
}

void ganger_page_programme(struct ganger_paging *paging)
{
    const struct ganger_problem *p = paging->x.problem;
    const struct ganger_verdict *v = paging->verdict;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *out = ganger_sheet_object(sheet, sheet->root, "programme");
    ganger_sheet_put_text(sheet, out, "name", p->name);
    ganger_sheet_put_text(sheet, out, "title", p->title && p->title[0] ? p->title : p->name);
    ganger_sheet_put_text(sheet, out, "objective", ganger_objective_names[p->objective]);
    ganger_sheet_put_text(sheet, out, "currency", p->currency);
    ganger_sheet_put_text(sheet, out, "sha256", p->sha256);
    ganger_sheet_put_text(sheet, out, "ganger", GANGER_VERSION_STRING);
    put_day(sheet, out, "start", p->time.start_day);
    put_day(sheet, out, "end", ganger_report_last_day(p, p->time.periods));
    ganger_sheet_put_integer(sheet, out, "period_days", p->time.period_days);
    ganger_sheet_put_integer(sheet, out, "periods", p->time.periods);
    ganger_sheet_put_real(sheet, out, "discount_rate", p->time.discount_rate);
    ganger_sheet_put_real(sheet, out, "terminal_years", p->time.terminal_years);
    ganger_sheet_put_text(sheet, out, "outcome",
                          ganger_outcome_name(paging->x.plan->summary.outcome));
    ganger_sheet_put_flag(sheet, out, "feasible", v->feasible);
    ganger_sheet_put_real(sheet, out, "value", v->value);
    ganger_sheet_put_real(sheet, out, "bound", v->bound);
    ganger_sheet_put_real(sheet, out, "gap_percent", v->gap_percent);
    put_terms(sheet, out, v->terms);
    ganger_sheet_put_real(sheet, out, "km_repaired", v->km_repaired);
    ganger_sheet_put_real(sheet, out, "km_built", v->km_built);
    ganger_sheet_put_real(sheet, out, "km_upgraded", v->km_upgraded);
    ganger_sheet_put_integer(sheet, out, "works_done", v->works_done);
    ganger_sheet_put_integer(sheet, out, "works", v->works);
    put_credit(sheet, p);
}

void ganger_page_years(struct ganger_paging *paging)
{
    const struct ganger_export_years *years = &paging->x.years;
    struct ganger_sheet *sheet = &paging->sheet;
    json_t *array = ganger_sheet_array(sheet, sheet->root, "years");
    for (int32_t y = 0; y < years->count; y++) {
        if (years->begin[y] == years->begin[y + 1]) {
            continue;
        }
        struct ganger_export_year is = ganger_export_year(&paging->x, y);
        json_t *row = ganger_sheet_row(sheet, array);
        ganger_sheet_put_integer(sheet, row, "year", years->first + y);
        ganger_sheet_put_integer(sheet, row, "begin", years->begin[y]);
        ganger_sheet_put_integer(sheet, row, "end", years->begin[y + 1]);
        ganger_sheet_put_integer(sheet, row, "finished", is.finished);
        ganger_column_reals(sheet, row, "km", is.km, GANGER_WORK_KINDS, 6);
        ganger_sheet_put_real(sheet, row, "paid", is.paid);
        ganger_sheet_put_real(sheet, row, "traffic", is.traffic);
        ganger_sheet_put_real(sheet, row, "delivered", is.delivered);
    }
}

static void put_target(struct ganger_paging *paging, json_t *array, int32_t g, double *km)
{
    const struct ganger_problem *p = paging->x.problem;
    const struct ganger_targets *targets = &p->targets;
    struct ganger_sheet *sheet = &paging->sheet;
    int32_t reached = ganger_report_target_reached(paging->x.plan, p, g);
    json_t *row = ganger_sheet_row(sheet, array), *kinds;
    ganger_sheet_put_text(sheet, row, "id", targets->id[g]);
    kinds = ganger_sheet_array(sheet, row, "kinds");
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        if (targets->kinds[g] >> kind & 1U) {
            ganger_column_add(sheet, kinds, kind, 0);
        }
    }
    put_day(sheet, row, "by", ganger_report_last_day(p, targets->by[g]));
    ganger_sheet_put_integer(sheet, row, "by_boundary", targets->by[g]);
    ganger_sheet_put_real(sheet, row, "wanted_km", targets->km[g]);
    ganger_sheet_put_real(sheet, row, "km",
                          ganger_report_target_km(paging->x.plan, p, g, targets->by[g]));
    ganger_sheet_put_real(sheet, row, "shortfall_cost",
                          targets->hard[g] ? NAN : targets->shortfall_cost[g]);
    ganger_sheet_put_flag(sheet, row, "hard", targets->hard[g]);
    if (reached <= p->time.periods) {
        put_day(sheet, row, "reached", ganger_report_last_day(p, reached));
    }
    for (int32_t t = 0; t <= p->time.periods; t++) {
        km[t] = ganger_report_target_km(paging->x.plan, p, g, t);
    }
    ganger_column_runs(sheet, row, "km_by_boundary",
                       (struct ganger_series){km, p->time.periods + 1, 1}, 1);
}

bool ganger_page_targets(struct ganger_paging *paging)
{
    const struct ganger_problem *p = paging->x.problem;
    json_t *array = ganger_sheet_array(&paging->sheet, paging->sheet.root, "targets");
    double *km = malloc(((size_t)p->time.periods + 1) * sizeof *km);
    for (int32_t g = 0; km && g < p->targets.count; g++) {
        put_target(paging, array, g, km);
    }
    free(km);
    return km != NULL;
}
