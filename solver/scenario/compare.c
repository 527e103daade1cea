/* What the plans of a batch come to, against the first of them. */
#include "base/file.h"
#include "base/locale.h"
#include "check/referee.h"
#include "explain/sheet.h"
#include "export/table.h"
#include "scenario/batch.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ganger_batch_look(struct ganger_batch_case *c, struct ganger_findings *findings)
{
    const struct ganger_problem *p = c->problem;
    struct ganger_plan *plan = NULL;
    bool holds = ganger_plan_read(p, c->plan, &plan, findings) == GANGER_STATUS_OK &&
                 ganger_referee_check(p, plan, c->plan, &c->verdict, findings) == GANGER_STATUS_OK;
    c->delivered_mt = c->delivered_last = c->paid = 0;
    for (int32_t t = 0; holds && t <= p->time.periods; t++) {
        double sum = 0;
        for (int32_t k = 0; k < p->demands.count; k++) {
            sum += plan->delivered[(int64_t)t * p->demands.count + k];
        }
        c->delivered_last = sum;
        c->delivered_mt += t < p->time.periods ? sum * p->time.years_per_period : 0;
        c->paid += t < p->time.periods ? plan->cash[t] : 0;
    }
    ganger_plan_destroy(plan);
    return holds;
}

/* A column of the comparison. */
struct measure {
    const char *name;
    size_t offset;    /* of a double in the case */
    bool with_change; /* against the first scenario too */
};

#define MEASURE(name, member, change)                                                              \
    {                                                                                              \
        name, offsetof(struct ganger_batch_case, member), change                                   \
    }
static const struct measure measures[] = {
    MEASURE("value", verdict.value, true),
    MEASURE("bound", verdict.bound, false),
    MEASURE("gap_percent", verdict.gap_percent, false),
    MEASURE("km_repaired", verdict.km_repaired, true),
    MEASURE("km_built", verdict.km_built, true),
    MEASURE("km_upgraded", verdict.km_upgraded, true),
    MEASURE("cost_discounted", verdict.terms.cost, true),
    MEASURE("paid", paid, true),
    MEASURE("shortfall", verdict.terms.shortfall, true),
    MEASURE("tardiness", verdict.terms.tardiness, true),
    MEASURE("freight_mt", delivered_mt, true),
    MEASURE("freight_last_mtpa", delivered_last, true),
};
enum { MEASURES = sizeof measures / sizeof *measures };

static bool has_plan(const struct ganger_batch_case *c)
{
    return c->end == GANGER_BATCH_SOLVED || c->end == GANGER_BATCH_KEPT;
}

static double measured(const struct ganger_batch_case *c, int i)
{
    double value;
    memcpy(&value, (const char *)c + measures[i].offset, sizeof value);
    return has_plan(c) ? value : (double)NAN;
}

static const char *status_of(const struct ganger_batch_case *c)
{
    return c->end == GANGER_BATCH_CUT ? "not run" : ganger_outcome_name(c->outcome);
}

static void put_rows(struct ganger_export_table *table, const struct ganger_batch_case *cases,
                     int32_t count)
{
    for (int32_t s = 0; s < count; s++) {
        ganger_export_put_text(table, cases[s].name);
        ganger_export_put_text(table, status_of(&cases[s]));
        for (int i = 0; i < MEASURES; i++) {
            ganger_export_put_sum(table, measured(&cases[s], i));
            if (measures[i].with_change) {
                ganger_export_put_sum(table, measured(&cases[s], i) - measured(&cases[0], i));
            }
        }
        if (has_plan(&cases[s])) {
            ganger_export_put_integer(table, cases[s].verdict.works_done);
        } else {
            ganger_export_put_nothing(table, 1);
        }
        ganger_export_put_text(table, cases[s].problem->sha256);
        ganger_export_end_row(table);
    }
}

/* Headings: each measure, and behind it what it changes by. */
static void list_columns(char names[2 * MEASURES][32], const char **columns)
{
    int count = 0, made = 0;
    columns[count++] = "scenario";
    columns[count++] = "status";
    for (int i = 0; i < MEASURES; i++) {
        columns[count++] = measures[i].name;
        if (measures[i].with_change) {
            snprintf(names[made], sizeof names[made], "%s_change", measures[i].name);
            columns[count++] = names[made++];
        }
    }
    columns[count++] = "works_done";
    columns[count++] = "instance_sha256";
    columns[count] = NULL;
}

static ganger_status write_table(const struct ganger_batch_case *cases, int32_t count,
                                 const char *path, struct ganger_findings *findings)
{
    char names[2 * MEASURES][32];
    const char *columns[2 * MEASURES + 5];
    struct ganger_export_table table;
    char *aside = ganger_file_aside(path);
    if (!aside) {
        return ganger_findings_out_of_memory(findings);
    }
    list_columns(names, columns);
    ganger_export_table_open(&table, aside, columns);
    put_rows(&table, cases, count);
    ganger_status status = GANGER_STATUS_OK;
    if (ganger_export_table_close(&table)) {
        status = ganger_file_commit(aside, path, findings);
    } else {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(errno));
        ganger_file_discard(aside);
    }
    free(aside);
    return status;
}

static void put_case(struct ganger_sheet *sheet, json_t *rows, const struct ganger_batch_case *c,
                     const struct ganger_batch_case *base)
{
    json_t *row = ganger_sheet_row(sheet, rows);
    ganger_sheet_put_text(sheet, row, "scenario", c->name);
    ganger_sheet_put_text(sheet, row, "status", status_of(c));
    ganger_sheet_put_flag(sheet, row, "kept", c->end == GANGER_BATCH_KEPT);
    for (int i = 0; i < MEASURES; i++) {
        ganger_sheet_put_real(sheet, row, measures[i].name, measured(c, i));
    }
    json_t *change = ganger_sheet_object(sheet, row, "change");
    for (int i = 0; i < MEASURES; i++) {
        if (measures[i].with_change) {
            ganger_sheet_put_real(sheet, change, measures[i].name,
                                  measured(c, i) - measured(base, i));
        }
    }
    ganger_sheet_put_text(sheet, row, "instance", c->instance);
    ganger_sheet_put_text(sheet, row, "plan", has_plan(c) ? c->plan : NULL);
}

static char *say(const struct ganger_batch_case *cases, int32_t count, bool json)
{
    static const struct ganger_sheet_column columns[] = {
        {NULL, "scenario", "scenario", GANGER_SHEET_TEXT, 32},
        {NULL, "status", "status", GANGER_SHEET_TEXT, 0},
        {NULL, "value", "value, M USD", GANGER_SHEET_NUMBER, 1},
        {"change", "value", "change", GANGER_SHEET_SIGNED, 1},
        {NULL, "gap_percent", "gap %", GANGER_SHEET_NUMBER, 2},
        {NULL, "km_repaired", "km repaired", GANGER_SHEET_NUMBER, 0},
        {NULL, "km_built", "built", GANGER_SHEET_NUMBER, 0},
        {NULL, "paid", "paid, M USD", GANGER_SHEET_NUMBER, 0},
        {"change", "paid", "change", GANGER_SHEET_SIGNED, 0},
        {NULL, "freight_mt", "freight, Mt", GANGER_SHEET_NUMBER, 1},
        {"change", "freight_mt", "change", GANGER_SHEET_SIGNED, 1},
        {NULL, "freight_last_mtpa", "Mt/yr at the end", GANGER_SHEET_NUMBER, 1}};
    struct ganger_sheet sheet;
    ganger_sheet_open(&sheet);
    ganger_sheet_put_text(&sheet, sheet.root, "base", cases[0].name);
    json_t *rows = ganger_sheet_array(&sheet, sheet.root, "scenarios");
    for (int32_t s = 0; s < count; s++) {
        put_case(&sheet, rows, &cases[s], &cases[0]);
    }
    ganger_sheet_print(
        &sheet, rows, (struct ganger_sheet_table){columns, sizeof columns / sizeof *columns, 0, 0});
    ganger_sheet_say(&sheet,
                     "Changes are against %s; they are known no better than the gaps allow.\n",
                     cases[0].name);
    char *text = ganger_sheet_take(&sheet, json);
    ganger_sheet_clear(&sheet);
    return text;
}

ganger_status ganger_batch_compare(const struct ganger_batch_case *cases, int32_t count,
                                   const char *folder, bool json, char **text,
                                   struct ganger_findings *findings)
{
    struct ganger_locale locale;
    char *path = NULL;
    ganger_status status = GANGER_STATUS_OK;
    if (!ganger_locale_enter(&locale)) {
        return ganger_findings_out_of_memory(findings);
    }
    if (asprintf(&path, "%s/comparison.csv", folder) < 0) {
        path = NULL;
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(write_table(cases, count, path, findings));
    *text = say(cases, count, json);
    status = *text ? status : ganger_findings_out_of_memory(findings);
out:
    free(path);
    ganger_locale_leave(&locale);
    return status;
}
