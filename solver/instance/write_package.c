/* Writing a data package: any problem as tables, from which the reader makes an equal one. */
#include "instance/write_package.h"

#include "base/folder.h"
#include "base/locale.h"
#include "instance/cell_text.h"
#include "instance/csv_cell.h"
#include "instance/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char json_name[] = "datapackage.json";

bool ganger_table_is_written(const struct ganger_problem *problem, enum ganger_table_index table)
{
    const struct ganger_table *about = &ganger_tables[table];
    bool npv = problem->objective == GANGER_OBJECTIVE_NPV;
    return table != GANGER_TABLE_CALENDAR_NAME &&
           (ganger_table_count(problem, table) > 0 || about->needed || (about->needed_npv && npv));
}

bool ganger_column_is_written(const struct ganger_problem *problem, enum ganger_table_index table,
                              const struct ganger_column *column)
{
    return !ganger_cell_all_absent(problem, table, column);
}

static bool put_header(const struct ganger_problem *p, enum ganger_table_index index, FILE *file)
{
    const struct ganger_table *table = &ganger_tables[index];
    bool done = true;
    for (int c = 0; done && c < table->column_count; c++) {
        if (ganger_column_is_written(p, index, &table->columns[c])) {
            done = (c == 0 || fputc(',', file) != EOF) &&
                   ganger_csv_put_cell(file, table->columns[c].name);
        }
    }
    return done && fputc('\n', file) != EOF;
}

/* A cell, with a finding if the table cannot hold the value. */
static ganger_status put_value(const struct ganger_problem *p, struct ganger_cell_at at, FILE *file,
                               struct ganger_findings *findings)
{
    char buffer[GANGER_CELL_TEXT], name[64];
    const struct ganger_table *table = &ganger_tables[at.table];
    const char *text = ganger_cell_text(p, at, buffer);
    if (text == NULL) {
        snprintf(name, sizeof name, "%s.csv", table->name);
        return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, name, at.row + 2,
                                   table->columns[at.column].name,
                                   "a time that neither a date nor a number can say");
    }
    /* The first column of every table is required, so a comma goes before all others. */
    if ((at.column == 0 || fputc(',', file) != EOF) && ganger_csv_put_cell(file, text)) {
        return GANGER_STATUS_OK;
    }
    return GANGER_STATUS_OUTPUT_FAILED;
}

static ganger_status put_rows(const struct ganger_problem *p, enum ganger_table_index index,
                              FILE *file, struct ganger_findings *findings)
{
    enum { COLUMNS_MAX = 32 };
    const struct ganger_table *table = &ganger_tables[index];
    int columns[COLUMNS_MAX], count = 0;
    for (int c = 0; c < table->column_count; c++) {
        if (ganger_column_is_written(p, index, &table->columns[c])) {
            columns[count++] = c;
        }
    }
    ganger_status status = GANGER_STATUS_OK;
    for (int32_t row = 0; row < ganger_table_count(p, index); row++) {
        for (int i = 0; i < count; i++) {
            const struct ganger_cell_at at = {index, columns[i], row};
            GANGER_TRY(put_value(p, at, file, findings));
        }
        if (fputc('\n', file) == EOF) {
            status = GANGER_STATUS_OUTPUT_FAILED;
            break;
        }
    }
out:
    return status;
}

/* GANGER_STATUS_OUTPUT_FAILED without a finding leaves errno to say why. */
static ganger_status put_table(const struct ganger_problem *p, enum ganger_table_index index,
                               const char *folder, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OUTPUT_FAILED;
    char *path = NULL;
    if (asprintf(&path, "%s/%s.csv", folder, ganger_tables[index].name) < 0) {
        return ganger_findings_out_of_memory(findings);
    }
    FILE *file = fopen(path, "wbxe");
    if (file != NULL && put_header(p, index, file)) {
        status = put_rows(p, index, file, findings);
    }
    if (file != NULL && fclose(file) != 0 && status == GANGER_STATUS_OK) {
        status = GANGER_STATUS_OUTPUT_FAILED;
    }
    free(path);
    return status;
}

static ganger_status put_json(const struct ganger_problem *p, const char *folder,
                              struct ganger_findings *findings)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, json_name) < 0) {
        return ganger_findings_out_of_memory(findings);
    }
    bool done = ganger_write_package_json(p, path);
    free(path);
    return done ? GANGER_STATUS_OK : GANGER_STATUS_OUTPUT_FAILED;
}

/* The table of calendars names them by their rows alone, in the order in which they come up. */
static bool calendars_can_be_told(const struct ganger_calendars *calendars)
{
    int32_t seen = 0;
    for (int32_t row = 0; row < calendars->rows; row++) {
        if (calendars->row_calendar[row] > seen) {
            return false;
        }
        seen += calendars->row_calendar[row] == seen;
    }
    return seen == calendars->count;
}

static bool is_part_of_package(const char *name)
{
    bool part = strcmp(name, json_name) == 0;
    for (int i = 0; i < GANGER_TABLES; i++) {
        size_t length = strlen(ganger_tables[i].name);
        part = part || (strncmp(name, ganger_tables[i].name, length) == 0 &&
                        strcmp(name + length, ".csv") == 0);
    }
    return part;
}

static ganger_status fill(const struct ganger_problem *p, const char *folder, const char *path,
                          struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    long before = findings->total;
    for (int i = 0; i < GANGER_TABLES && status == GANGER_STATUS_OK; i++) {
        enum ganger_table_index index = (enum ganger_table_index)i;
        if (ganger_table_is_written(p, index)) {
            status = put_table(p, index, folder, findings);
        }
    }
    if (status == GANGER_STATUS_OK) {
        status = put_json(p, folder, findings);
    }
    if (status != GANGER_STATUS_OK && findings->total == before) {
        ganger_findings_add(findings, status, path, 0, NULL, "cannot be written: %s",
                            strerror(errno));
    }
    return status;
}

static ganger_status write_checked(const struct ganger_problem *p, const char *path, bool replace,
                                   struct ganger_findings *findings)
{
    char *aside = NULL;
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_locale locale;
    if (!ganger_locale_enter(&locale)) {
        return ganger_findings_out_of_memory(findings);
    }
    if (!calendars_can_be_told(&p->calendars)) {
        status = ganger_findings_add(
            findings, GANGER_STATUS_OUTPUT_FAILED, "calendar.csv", 0, NULL,
            "the calendars are not in the order of their rows, or one has no row");
        goto out;
    }
    GANGER_TRY(
        ganger_folder_check(path, replace ? is_part_of_package : NULL, "a data package", findings));
    GANGER_TRY(ganger_folder_aside(path, &aside, findings));
    status = fill(p, aside, path, findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_folder_commit(aside, path, replace, findings);
    } else {
        ganger_folder_discard(aside);
    }
out:
    ganger_locale_leave(&locale);
    free(aside);
    return status;
}

ganger_status ganger_problem_write_package(const struct ganger_problem *problem, const char *path,
                                           bool replace, struct ganger_findings *findings)
{
    struct ganger_findings own;
    char *folder = ganger_folder_name(path);
    if (folder == NULL) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_findings_init(&own);
    ganger_status status = write_checked(problem, folder, replace, &own);
    ganger_findings_move(&own, findings);
    free(folder);
    return status;
}
