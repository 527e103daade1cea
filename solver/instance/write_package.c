/* Writing a data package: any problem as tables, from which the reader makes an equal one. */
#include "instance/write_package.h"

#include "base/folder.h"
#include "instance/cell_text.h"
#include "instance/read.h"

#include <csv.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

/* Only where it must be, so that tables stay easy to read and to compare. */
static bool needs_quotes(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && (text[0] == ' ' || text[0] == '\t' || text[length - 1] == ' ' ||
                          text[length - 1] == '\t' || strpbrk(text, ",\"\r\n") != NULL);
}

static bool put_cell(FILE *file, const char *text)
{
    return needs_quotes(text) ? csv_fwrite(file, text, strlen(text)) == 0 : fputs(text, file) >= 0;
}

static bool put_header(const struct ganger_problem *p, enum ganger_table_index index, FILE *file)
{
    const struct ganger_table *table = &ganger_tables[index];
    bool done = true;
    for (int c = 0; done && c < table->column_count; c++) {
        if (ganger_column_is_written(p, index, &table->columns[c])) {
            done = (c == 0 || fputc(',', file) != EOF) && put_cell(file, table->columns[c].name);
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
    if ((at.column == 0 || fputc(',', file) != EOF) && put_cell(file, text)) {
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

static bool no_name(const char *name)
{
    (void)name;
    return false;
}

/* What is in the way is found before any work is done; the commit would refuse most of it too. */
static ganger_status check_place(const char *path, bool replace, struct ganger_findings *findings)
{
    struct stat about;
    char *name = NULL;
    ganger_status status = GANGER_STATUS_OK;
    if (lstat(path, &about) == 0 && !S_ISDIR(about.st_mode)) {
        return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                   "expected a folder or a free name, found something else");
    }
    if (!ganger_folder_stranger(path, replace ? is_part_of_package : no_name, &name)) {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                                     "cannot be written: %s", strerror(errno));
    } else if (name != NULL) {
        status = ganger_findings_add(
            findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
            replace ? "holds %s, which is no part of a data package, and is not replaced"
                    : "is a folder that is not empty: it holds %s",
            name);
    }
    free(name);
    return status;
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
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0) {
        return ganger_findings_out_of_memory(findings);
    }
    locale_t caller = uselocale(c_locale);
    if (!calendars_can_be_told(&p->calendars)) {
        status = ganger_findings_add(
            findings, GANGER_STATUS_OUTPUT_FAILED, "calendar.csv", 0, NULL,
            "the calendars are not in the order of their rows, or one has no row");
        goto out;
    }
    GANGER_TRY(check_place(path, replace, findings));
    GANGER_TRY(ganger_folder_aside(path, &aside, findings));
    status = fill(p, aside, path, findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_folder_commit(aside, path, replace, findings);
    } else {
        ganger_folder_discard(aside);
    }
out:
    uselocale(caller);
    freelocale(c_locale);
    free(aside);
    return status;
}

ganger_status ganger_problem_write_package(const struct ganger_problem *problem, const char *path,
                                           bool replace, struct ganger_findings *findings)
{
    struct ganger_findings own;
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    char *folder = strndup(path, length);
    if (folder == NULL) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_findings_init(&own);
    ganger_status status = write_checked(problem, folder, replace, &own);
    ganger_findings_move(&own, findings);
    free(folder);
    return status;
}
