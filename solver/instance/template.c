/*
 * A small instance to begin with: tables of a few rows with every column, and a README that says what each is. Headings,
 * schemas and README come from the tables of schema.h; a row may be shorter than the headings, so that a column that is
 * added there at the end is empty here.
 */
#include "base/folder.h"
#include "base/locale.h"
#include "base/text.h"
#include "instance/table_schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cells in the order of schema.h. */
static const char *const rows[GANGER_TABLES] = {
    [GANGER_TABLE_NODE] = "port,Port,port,XX,60,45,\n"
                          "junction,Junction,junction,XX,62,46,\n"
                          "capital,Capital,hub,XX,65,46,\n"
                          "mine,Mine,station,XX,63,44,\n",
    [GANGER_TABLE_LINK] =
        "port-junction,Port-Junction,rail,\"LINESTRING (60 45, 62 46)\",port,junction,false,0.01\n"
        "junction-capital,Junction-Capital,rail,\"LINESTRING (62 46, 65 46)\",junction,capital,"
        "false,0.01\n"
        "junction-mine,Junction-Mine (new line),rail,\"LINESTRING (62 46, 63 44)\",junction,mine,"
        "false,0.01\n",
    [GANGER_TABLE_SEGMENT] = "port-junction-1,port-junction,port,0,100,8,0.03,0.7\n"
                             "port-junction-2,port-junction,port,100,200,8,0.04,0.7\n"
                             "junction-capital-1,junction-capital,junction,0,240,10,0.02,0.8\n"
                             "junction-mine-1,junction-mine,junction,0,130,0,,\n"
                             "junction-mine-2,junction-mine,junction,130,240,0,,\n",
    [GANGER_TABLE_DEMAND] = "goods,general,port,capital,12\n"
                            "grain,grain,capital,port,10\n"
                            "ore,ore,mine,port,15\n",
    [GANGER_TABLE_DEMAND_PROFILE] = "goods,2026-01-01,6\n"
                                    "goods,2027-01-01,7\n"
                                    "grain,2026-01-01,5\n"
                                    "ore,2026-01-01,4\n",
    [GANGER_TABLE_RESOURCE] = "track-gang,Track gang,gang,renewable\n"
                              "building-gang,Building gang,gang,renewable\n"
                              "budget,Programme budget,M USD,consumable\n",
    [GANGER_TABLE_CAPACITY] = "track-gang,2026-01-01,2029-01-01,1\n"
                              "building-gang,2026-01-01,2029-01-01,1\n"
                              "budget,2026-01-01,2027-01-01,120\n"
                              "budget,2027-01-01,2028-01-01,120\n"
                              "budget,2026-01-01,2029-01-01,300\n",
    [GANGER_TABLE_CALENDAR] = "winter,2026-01-01,2026-03-01,0\n"
                              "winter,2026-12-01,2027-03-01,0\n"
                              "winter,2027-12-01,2028-03-01,0\n"
                              "winter,2028-12-01,2029-01-01,0\n"
                              "earthworks,2026-12-01,2027-03-01,30\n"
                              "earthworks,2027-12-01,2028-03-01,30\n",
    [GANGER_TABLE_WORK] =
        "repair-port-1,Port-Junction 1: capital repair,,repair,port-junction-1,100,0,true,false,,,"
        ",,winter\n"
        "repair-port-2,Port-Junction 2: capital repair,,repair,port-junction-2,100,0,true,false,,,"
        ",,winter\n"
        "second-track,Junction-Capital: passing loops,,upgrade,junction-capital-1,240,4,false,"
        "false,2026-06-01,,,,earthworks\n"
        "mine-1,Mine line: first half,mine-line,build,junction-mine-1,130,5,false,false,,,,,"
        "earthworks\n"
        "mine-2,Mine line: second half,mine-line,build,junction-mine-2,110,5,false,false,,,,,"
        "earthworks\n"
        "mine-open,Mine line open,mine-line,facility,,0,0,false,false,,,2028-06-30,0.5\n",
    [GANGER_TABLE_MODE] = "repair-port-1,blockade,8,20,0\n"
                          "repair-port-1,night-window,16,23,0.7\n"
                          "repair-port-2,blockade,8,20,0\n"
                          "repair-port-2,night-window,16,23,0.7\n"
                          "second-track,day-window,20,40,0.8\n"
                          "mine-1,only,35,80,\n"
                          "mine-2,only,30,70,\n"
                          "mine-open,reached,0,0,\n",
    [GANGER_TABLE_USAGE] = "repair-port-1,blockade,track-gang,1\n"
                           "repair-port-1,night-window,track-gang,1\n"
                           "repair-port-2,blockade,track-gang,1\n"
                           "repair-port-2,night-window,track-gang,1\n"
                           "second-track,day-window,building-gang,1\n"
                           "mine-1,only,building-gang,1\n"
                           "mine-2,only,building-gang,1\n",
    [GANGER_TABLE_PRECEDENCE] = "mine-1,mine-open,FS,0\n"
                                "mine-2,mine-open,FS,0\n",
    [GANGER_TABLE_TARGET] = "repaired,repair,2027-12-31,200,1,false\n"
                            "built,build,2028-12-31,240,2,false\n",
};

static const char settings[] =
    "{\"start_date\": \"2026-01-01\", \"period_days\": 7, \"periods\": 156, "
    "\"discount_rate\": 0.08, \"terminal_years\": 10, \"objective\": "
    "\"npv\", \"railhead\": true, \"currency\": \"USD\"}";

/* Settings of datapackage.json, for the README. */
static const char about_settings[] =
    "`datapackage.json` names the tables and their columns, and holds the settings of the problem "
    "under `ganger`:\n\n"
    "| setting | what |\n| --- | --- |\n"
    "| `start_date` | first day |\n"
    "| `period_days` | days of a period; durations and lags count periods |\n"
    "| `periods` | number of periods: the programme's end |\n"
    "| `discount_rate` | a year, of money and freight value: 0.08 is 8 % |\n"
    "| `terminal_years` | years of traffic after the programme that count |\n"
    "| `objective` | `npv`: most freight value for the money; `makespan`: the earliest end |\n"
    "| `railhead` | whether line is built only where rails lead to it |\n"
    "| `currency` | a name; all money is millions, but for values and costs of a tonne |\n";

static const char about_folder[] =
    "# An instance of ganger\n\n"
    "A small programme to begin with: change its tables, or replace their rows by your own. Ids "
    "are "
    "any text. A cell of a column that is not required may be empty, and such a column may be left "
    "out, "
    "in the table and in `datapackage.json` alike. A time is a date (2026-03-01) or a number of "
    "periods from the start.\n\n"
    "    ganger check FOLDER                  # what is wrong, by file, line and column\n"
    "    ganger info FOLDER                   # what is in it, and what looks odd\n"
    "    ganger solve FOLDER -o plan.h5       # a plan\n"
    "    ganger check FOLDER plan.h5          # is it one?\n\n"
    "`datapackage.json` is a Frictionless data package, so `frictionless validate "
    "datapackage.json` "
    "checks the tables too.\n\n";

static void add_type(struct ganger_text *out, const struct ganger_column *column)
{
    switch (column->type) {
    case GANGER_COLUMN_ID:
        ganger_text_add(out, "id");
        break;
    case GANGER_COLUMN_TEXT:
        ganger_text_add(out, "text");
        break;
    case GANGER_COLUMN_REAL:
    case GANGER_COLUMN_INTEGER:
        ganger_text_format(out, "%s, %.12g to %.12g",
                           column->type == GANGER_COLUMN_REAL ? "number" : "whole number",
                           column->least, column->most);
        break;
    case GANGER_COLUMN_BOOL:
        ganger_text_add(out, "true or false");
        break;
    case GANGER_COLUMN_CHOICE:
    case GANGER_COLUMN_CHOICES:
        for (int i = 0; column->choices[i] != NULL; i++) {
            ganger_text_format(out, "%s%s", i > 0 ? ", " : "", column->choices[i]);
        }
        break;
    case GANGER_COLUMN_REFERENCE:
        ganger_text_format(out, "id in %s.csv",
                           column->refers == GANGER_TABLE_CALENDAR_NAME
                               ? "calendar"
                               : ganger_tables[column->refers].name);
        break;
    case GANGER_COLUMN_TIME:
        ganger_text_add(out, "time");
        break;
    }
}

/* The bars of a help stand in a table of Markdown. */
static void add_help(struct ganger_text *out, const char *help)
{
    for (const char *c = help; *c != '\0'; c++) {
        ganger_text_format(out, *c == '|' ? "\\%c" : "%c", *c);
    }
}

static char *readme(void)
{
    struct ganger_text out;
    ganger_text_init(&out);
    ganger_text_add(&out, about_folder);
    ganger_text_add(&out, about_settings);
    for (int i = 0; i < GANGER_TABLES; i++) {
        const struct ganger_table *table = &ganger_tables[i];
        if (rows[i] == NULL) {
            continue;
        }
        ganger_text_format(&out,
                           "\n## %s.csv\n%s.\n\n| column | what | cell |\n| --- | --- | --- |\n",
                           table->name, ganger_table_help((enum ganger_table_index)i));
        for (int c = 0; c < table->column_count; c++) {
            const struct ganger_column *column = &table->columns[c];
            bool required = (column->flags & GANGER_COLUMN_REQUIRED) != 0;
            const char *help = ganger_column_help((enum ganger_table_index)i, column);
            ganger_text_format(&out, "| %s%s | ", column->name, required ? " (required)" : "");
            add_help(&out, help != NULL ? help : "");
            ganger_text_add(&out, " | ");
            add_type(&out, column);
            ganger_text_add(&out, " |\n");
        }
    }
    return ganger_text_take(&out);
}

static int cells_of(const char *row, size_t length)
{
    int cells = 1;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        quoted ^= row[i] == '"';
        cells += row[i] == ',' && !quoted;
    }
    return cells;
}

static char *table_text(enum ganger_table_index index)
{
    const struct ganger_table *table = &ganger_tables[index];
    struct ganger_text out;
    ganger_text_init(&out);
    for (int c = 0; c < table->column_count; c++) {
        ganger_text_format(&out, "%s%s", c > 0 ? "," : "", table->columns[c].name);
    }
    ganger_text_add(&out, "\n");
    for (const char *row = rows[index]; *row != '\0';) {
        size_t length = strcspn(row, "\n");
        ganger_text_format(&out, "%.*s", (int)length, row);
        for (int c = cells_of(row, length); c < table->column_count; c++) {
            ganger_text_add(&out, ",");
        }
        ganger_text_add(&out, "\n");
        row += length + 1;
    }
    return ganger_text_take(&out);
}

static char *package_text(void)
{
    json_t *resources = json_array();
    bool done = resources != NULL;
    for (int i = 0; done && i < GANGER_TABLES; i++) {
        if (rows[i] != NULL) {
            json_t *resource = ganger_table_resource((enum ganger_table_index)i, NULL);
            done = json_array_append_new(resources, resource) == 0;
        }
    }
    json_t *root = json_pack("{s:s, s:s, s:s, s:o, s:o}", "$schema",
                             "https://datapackage.org/profiles/2.0/datapackage.json", "name",
                             "first-programme", "title", "A first programme", "ganger",
                             json_loads(settings, 0, NULL), "resources", resources);
    char *text =
        done && root != NULL ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(12)) : NULL;
    json_decref(root);
    return text;
}

/* Takes the text. False, with errno, if it is NULL or cannot be written. */
static bool put_file(const char *folder, const char *name, char *text)
{
    char *path = NULL;
    errno = ENOMEM;
    bool done = text != NULL && asprintf(&path, "%s/%s", folder, name) >= 0;
    FILE *file = done ? fopen(path, "wbxe") : NULL;
    done = file != NULL && fputs(text, file) != EOF;
    done = file != NULL && fclose(file) == 0 && done;
    free(path);
    free(text);
    return done;
}

static bool put_all(const char *folder)
{
    bool done = put_file(folder, "README.md", readme()) &&
                put_file(folder, "datapackage.json", package_text());
    for (int i = 0; done && i < GANGER_TABLES; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s.csv", ganger_tables[i].name);
        done = rows[i] == NULL || put_file(folder, name, table_text((enum ganger_table_index)i));
    }
    return done;
}

ganger_status ganger_template_write(const char *path, struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_locale locale;
    char *folder = ganger_folder_name(path), *aside = NULL;
    if (folder == NULL || !ganger_locale_enter(&locale)) {
        free(folder);
        return ganger_findings_out_of_memory(findings);
    }
    GANGER_TRY(ganger_folder_check(folder, NULL, "an instance", findings));
    GANGER_TRY(ganger_folder_aside(folder, &aside, findings));
    if (put_all(aside)) {
        status = ganger_folder_commit(aside, folder, false, findings);
    } else {
        status = ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, folder, 0, NULL,
                                     "cannot be written: %s", strerror(errno));
        ganger_folder_discard(aside);
    }
out:
    ganger_locale_leave(&locale);
    free(aside);
    free(folder);
    return status;
}
