/* Frictionless table schemas (datapackage.org, version 2) from the tables of schema.h. */
#include "instance/table_schema.h"

#include "base/text.h"
#include "instance/write_package.h"

#include <math.h>
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

/* All limits are whole. */
static bool set_number(json_t *object, const char *key, double value)
{
    return json_object_set_new(object, key, json_integer((json_int_t)value)) == 0;
}

static json_t *choice_list(const char *const *choices)
{
    json_t *list = json_array();
    for (int i = 0; choices[i] != NULL; i++) {
        if (json_array_append_new(list, json_string(choices[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

/* "(a|b)(\|(a|b))*" */
static json_t *choices_pattern(const char *const *choices)
{
    struct ganger_text names, pattern;
    ganger_text_init(&names);
    ganger_text_init(&pattern);
    for (int i = 0; choices[i] != NULL; i++) {
        ganger_text_format(&names, "%s%s", i > 0 ? "|" : "", choices[i]);
    }
    char *joined = ganger_text_take(&names);
    if (joined != NULL) {
        ganger_text_format(&pattern, "(%s)(\\|(%s))*", joined, joined);
    }
    char *text = ganger_text_take(&pattern);
    json_t *value = joined != NULL && text != NULL ? json_string(text) : NULL;
    free(joined);
    free(text);
    return value;
}

/* Jansson passes a NULL on: a failed allocation anywhere makes the whole NULL or a call fail. */
static bool add_constraints(const struct ganger_column *column, json_t *field)
{
    json_t *constraints = json_object();
    bool done = constraints != NULL;
    bool number = (column->type == GANGER_COLUMN_REAL || column->type == GANGER_COLUMN_INTEGER) &&
                  (column->flags & GANGER_COLUMN_BY_HAND) == 0;
    if ((column->flags & GANGER_COLUMN_REQUIRED) != 0) {
        done = json_object_set_new(constraints, "required", json_true()) == 0 && done;
    }
    if (number) {
        done = set_number(constraints, "minimum", column->least) &&
               set_number(constraints, "maximum", column->most) && done;
    }
    if (column->type == GANGER_COLUMN_CHOICE) {
        done = json_object_set_new(constraints, "enum", choice_list(column->choices)) == 0 && done;
    } else if (column->type == GANGER_COLUMN_CHOICES) {
        done = json_object_set_new(constraints, "pattern", choices_pattern(column->choices)) == 0 &&
               done;
    } else if (column->type == GANGER_COLUMN_TIME) {
        done = json_object_set_new(constraints, "pattern",
                                   json_string("-?[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}")) == 0 &&
               done;
    }
    bool any = done && json_object_size(constraints) > 0;
    done = (!any || json_object_set(field, "constraints", constraints) == 0) && done;
    json_decref(constraints);
    return done;
}

static bool add_field(enum ganger_table_index table, const struct ganger_column *column,
                      json_t *fields)
{
    const char *help = ganger_column_help(table, column);
    json_t *field = json_pack("{s:s, s:s, s:s}", "name", column->name, "type", type_name(column),
                              "description", help != NULL ? help : "");
    bool done = field != NULL && add_constraints(column, field);
    return json_array_append_new(fields, field) == 0 && done;
}

/* Ids of one column can be pointed at; those of calendars have no table. */
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

/* A use is of a mode, which the ids of work and mode name together. */
static bool add_mode_key(enum ganger_table_index table, json_t *keys)
{
    return table != GANGER_TABLE_USAGE ||
           json_array_append_new(keys, json_pack("{s:[s, s], s:{s:s, s:[s, s]}}", "fields",
                                                 "work_id", "mode_id", "reference", "resource",
                                                 "mode", "fields", "work_id", "mode_id")) == 0;
}

/* Columns, the first ones, no two rows may have alike; 0: rows may. */
static int key_columns(enum ganger_table_index table)
{
    switch (table) {
    case GANGER_TABLE_DEMAND_PROFILE:
    case GANGER_TABLE_CALENDAR:
    case GANGER_TABLE_MODE:
        return 2;
    case GANGER_TABLE_USAGE:
        return 3;
    default:
        return ganger_tables[table].columns[0].type == GANGER_COLUMN_ID ? 1 : 0;
    }
}

static json_t *primary_key(enum ganger_table_index table)
{
    json_t *key = json_array();
    for (int c = 0; c < key_columns(table); c++) {
        if (json_array_append_new(key, json_string(ganger_tables[table].columns[c].name)) != 0) {
            json_decref(key);
            return NULL;
        }
    }
    return key;
}

static bool is_shown(enum ganger_table_index table, const struct ganger_column *column,
                     const struct ganger_problem *problem)
{
    return (column->flags & GANGER_COLUMN_NOT_IN_CSV) == 0 &&
           (problem == NULL || ganger_column_is_written(problem, table, column));
}

static json_t *schema_of(enum ganger_table_index index, const struct ganger_problem *problem)
{
    const struct ganger_table *table = &ganger_tables[index];
    json_t *fields = json_array(), *keys = json_array();
    bool done = fields != NULL && keys != NULL;
    for (int c = 0; done && c < table->column_count; c++) {
        if (is_shown(index, &table->columns[c], problem)) {
            done = add_field(index, &table->columns[c], fields) &&
                   add_foreign_key(&table->columns[c], keys);
        }
    }
    done = done && add_mode_key(index, keys);
    json_t *schema = json_pack("{s:o, s:[s]}", "fields", fields, "missingValues", "");
    if (done && key_columns(index) > 0) {
        done = json_object_set_new(schema, "primaryKey", primary_key(index)) == 0;
    }
    if (done && json_array_size(keys) > 0) {
        done = json_object_set(schema, "foreignKeys", keys) == 0;
    }
    json_decref(keys);
    if (!done) {
        json_decref(schema);
        schema = NULL;
    }
    return schema;
}

json_t *ganger_table_resource(enum ganger_table_index table, const struct ganger_problem *problem)
{
    const char *help = ganger_table_help(table);
    char path[64];
    snprintf(path, sizeof path, "%s.csv", ganger_tables[table].name);
    json_t *schema = schema_of(table, problem);
    return schema == NULL
               ? NULL
               : json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "name",
                           ganger_tables[table].name, "path", path, "description",
                           help != NULL ? help : "", "type", "table", "format", "csv", "mediatype",
                           "text/csv", "encoding", "utf-8", "schema", schema);
}

ganger_status ganger_schema_describe(char **text)
{
    json_t *tables = json_array();
    bool done = tables != NULL;
    for (int i = 0; done && i < GANGER_TABLES; i++) {
        if (i != GANGER_TABLE_CALENDAR_NAME) {
            json_t *resource = ganger_table_resource((enum ganger_table_index)i, NULL);
            done = json_array_append_new(tables, resource) == 0;
        }
    }
    json_t *root =
        json_pack("{s:s, s:o}", "$schema", "https://datapackage.org/profiles/2.0/datapackage.json",
                  "resources", tables);
    char *tree = done && root != NULL ? json_dumps(root, JSON_INDENT(1)) : NULL;
    struct ganger_text out;
    ganger_text_init(&out);
    ganger_text_format(&out, "%s\n", tree != NULL ? tree : "");
    *text = ganger_text_take(&out);
    if (tree == NULL) {
        free(*text);
        *text = NULL;
    }
    free(tree);
    json_decref(root);
    return *text != NULL ? GANGER_STATUS_OK : GANGER_STATUS_OUT_OF_MEMORY;
}
