/* Writing datapackage.json: the settings, and the schema of each table. */
#include "base/date.h"
#include "instance/cell_text.h"
#include "instance/credit.h"
#include "instance/table_schema.h"
#include "instance/write_package.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

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

/* Before the settings, where a reader of the file looks for them. */
static bool put_credit(json_t *root, const struct ganger_problem *p)
{
    bool done = true;
    for (int i = 0; done && i < GANGER_CREDIT_PARTS; i++) {
        if (p->credit[i] != NULL) {
            json_t *value = i == GANGER_CREDIT_ATTRIBUTION ? json_string(p->credit[i])
                                                           : json_loads(p->credit[i], 0, NULL);
            done = json_object_set_new(root, ganger_credit_names[i], value) == 0;
        }
    }
    return done;
}

bool ganger_write_package_json(const struct ganger_problem *problem, const char *path)
{
    json_t *resources = json_array();
    bool done = resources != NULL;
    for (int table = 0; done && table < GANGER_TABLES; table++) {
        enum ganger_table_index index = (enum ganger_table_index)table;
        if (ganger_table_is_written(problem, index)) {
            done = json_array_append_new(resources, ganger_table_resource(index, problem)) == 0;
        }
    }
    json_t *root = json_pack("{s:s, s:s, s:s}", "$schema",
                             "https://datapackage.org/profiles/2.0/datapackage.json", "name",
                             problem->name, "title", problem->title);
    errno = ENOMEM;
    done = done && root != NULL && put_credit(root, problem) &&
           json_object_set_new(root, "ganger", settings(problem)) == 0 &&
           json_object_set(root, "resources", resources) == 0;
    if (done) {
        done = json_dump_file(root, path,
                              JSON_INDENT(1) | JSON_REAL_PRECISION(digits_of(problem))) == 0;
    }
    json_decref(resources);
    json_decref(root);
    return done;
}
