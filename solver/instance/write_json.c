/* Writing datapackage.json: the settings, and the schema of each table. */
#include "base/date.h"
#include "instance/cell_text.h"
#include "instance/write_package.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char *type_name(const struct ganger_column *column)
{
    if ((column->flags & GANGER_COLUMN_BY_HAND) != 0) {
        return "string";
    }
    switch (column->type) {
    case GANGER_COLUMN_REAL:
        return "number";
    case GANGER_COLUMN_INTEGER:
        return "integer";
    case GANGER_COLUMN_BOOL:
        return "boolean";
    case GANGER_COLUMN_ID:
    case GANGER_COLUMN_TEXT:
    case GANGER_COLUMN_CHOICE:
    case GANGER_COLUMN_CHOICES:
    case GANGER_COLUMN_REFERENCE:
    case GANGER_COLUMN_TIME: /* a date or a number */
        break;
    }
    return "string";
}

/* Jansson passes a NULL on: a failed allocation anywhere makes the whole NULL or a call fail. */
static bool add_field(const struct ganger_column *column, json_t *fields)
{
    json_t *field = json_pack("{s:s, s:s}", "name", column->name, "type", type_name(column));
    bool needed = (column->flags & GANGER_COLUMN_REQUIRED) != 0;
    bool done = !needed ||
                json_object_set_new(field, "constraints", json_pack("{s:b}", "required", 1)) == 0;
    return json_array_append_new(fields, field) == 0 && done;
}

/* Only ids of one column can be pointed at; those of calendars have no table. */
static bool add_foreign_key(const struct ganger_column *column, json_t *keys)
{
    const struct ganger_column *id = &ganger_tables[column->refers].columns[0];
    if (column->type != GANGER_COLUMN_REFERENCE || id->type != GANGER_COLUMN_ID ||
        column->refers == GANGER_TABLE_CALENDAR_NAME) {
        return true;
    }
    return json_array_append_new(keys, json_pack("{s:[s], s:{s:s, s:[s]}}", "fields", column->name,
                                                 "reference", "resource",
                                                 ganger_tables[column->refers].name, "fields",
                                                 id->name)) == 0;
}

static bool add_table(const struct ganger_problem *p, enum ganger_table_index index,
                      json_t *resources)
{
    const struct ganger_table *table = &ganger_tables[index];
    json_t *fields = json_array(), *keys = json_array();
    char path[64];
    bool done = fields != NULL && keys != NULL;
    for (int c = 0; done && c < table->column_count; c++) {
        if (ganger_column_is_written(p, index, &table->columns[c])) {
            done =
                add_field(&table->columns[c], fields) && add_foreign_key(&table->columns[c], keys);
        }
    }
    snprintf(path, sizeof path, "%s.csv", table->name);
    bool linked = done && json_array_size(keys) > 0;
    json_t *schema = json_pack("{s:o}", "fields", fields);
    if (done && table->columns[0].type == GANGER_COLUMN_ID) {
        done = json_object_set_new(schema, "primaryKey",
                                   json_pack("[s]", table->columns[0].name)) == 0;
    }
    if (linked) {
        done = json_object_set(schema, "foreignKeys", keys) == 0 && done;
    }
    json_decref(keys);
    json_t *resource = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "name", table->name, "path",
                                 path, "type", "table", "format", "csv", "mediatype", "text/csv",
                                 "encoding", "utf-8", "schema", schema);
    return json_array_append_new(resources, resource) == 0 && done;
}

/* A number as its shortest text would be read: Jansson alone writes 17 digits. */
static json_t *number(double value)
{
    char buffer[GANGER_CELL_TEXT];
    return json_loads(ganger_real_text(value, buffer), JSON_DECODE_ANY, NULL);
}

static json_t *settings(const struct ganger_problem *p)
{
    char date[GANGER_DATE_SIZE];
    return json_pack("{s:s, s:s, s:i, s:i, s:o, s:o, s:b, s:s}", "objective",
                     ganger_objective_names[p->objective], "start_date",
                     ganger_date_format(p->time.start_day, date), "period_days",
                     (int)p->time.period_days, "periods", (int)p->time.periods, "discount_rate",
                     number(p->time.discount_rate), "terminal_years",
                     number(p->time.terminal_years), "railhead", p->railhead ? 1 : 0, "currency",
                     p->currency);
}

/* The fewest digits with which both reals of the settings are read back. */
static size_t digits_of(const struct ganger_problem *p)
{
    const double values[] = {p->time.discount_rate, p->time.terminal_years};
    size_t digits = 15;
    for (int i = 0; i < 2; i++) {
        char text[GANGER_CELL_TEXT];
        snprintf(text, sizeof text, "%.*g", (int)digits, values[i]);
        while (digits < 17 && strtod(text, NULL) != values[i]) {
            digits++;
            snprintf(text, sizeof text, "%.*g", (int)digits, values[i]);
        }
    }
    return digits;
}

bool ganger_write_package_json(const struct ganger_problem *problem, const char *path)
{
    json_t *resources = json_array();
    bool done = resources != NULL;
    for (int table = 0; done && table < GANGER_TABLES; table++) {
        enum ganger_table_index index = (enum ganger_table_index)table;
        done = !ganger_table_is_written(problem, index) || add_table(problem, index, resources);
    }
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:o, s:o}", "$schema",
                  "https://datapackage.org/profiles/2.0/datapackage.json", "name", problem->name,
                  "title", problem->title, "ganger", settings(problem), "resources", resources);
    errno = ENOMEM;
    if (done && root != NULL) {
        done = json_dump_file(root, path,
                              JSON_INDENT(1) | JSON_REAL_PRECISION(digits_of(problem))) == 0;
    }
    done = done && root != NULL;
    json_decref(root);
    return done;
}
