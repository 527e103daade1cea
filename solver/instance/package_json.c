/* datapackage.json: the object "ganger" and where the tables are. */
#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "instance/credit.h"
#include "instance/package.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char json_name[] = "datapackage.json";

#define REFUSE(package, place, ...)                                                                \
    ganger_findings_add((package)->findings, GANGER_STATUS_INPUT_INVALID, json_name, 0, place,     \
                        __VA_ARGS__)

static ganger_status load_json(const char *path, struct ganger_findings *findings, json_t **root)
{
    char *data = NULL;
    size_t size = 0;
    json_error_t error;
    ganger_status status = ganger_file_load(path, json_name, &data, &size, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    size_t mark = size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *root = json_loadb(data + mark, size - mark, JSON_REJECT_DUPLICATES, &error);
    free(data);
    if (*root == NULL) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, json_name, error.line,
                                   NULL, "is not valid JSON: %s", error.text);
    }
    if (!json_is_object(*root)) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, json_name, 1, NULL,
                                   "expected a JSON object");
    }
    return GANGER_STATUS_OK;
}

/* ---- the object "ganger" ---------------------------------------------------------------------- */

enum setting_need { OPTIONAL, NEEDED, NEEDED_NPV };

/* Keys of the object "ganger", with the range of those that are numbers. */
static const struct setting {
    const char *key;
    enum setting_need need;
    double least, most;
} settings[] = {
    {"objective", NEEDED, 0, 0},          {"start_date", NEEDED_NPV, 0, 0},
    {"period_days", NEEDED_NPV, 1, 3660}, {"periods", NEEDED, 1, 100000},
    {"discount_rate", NEEDED_NPV, 0, 1},  {"terminal_years", NEEDED_NPV, 0, 1000},
    {"railhead", OPTIONAL, 0, 0},         {"currency", OPTIONAL, 0, 0},
};
enum { SETTINGS = sizeof settings / sizeof *settings };

static const struct setting *setting_of(const char *key)
{
    int i = 0;
    while (strcmp(settings[i].key, key) != 0) {
        i++;
    }
    return &settings[i];
}

static bool missing_setting(struct ganger_package *package, const char *key, const json_t *value)
{
    const struct setting *setting = setting_of(key);
    bool npv = package->problem->objective == GANGER_OBJECTIVE_NPV;
    if (value == NULL && (setting->need == NEEDED || (setting->need == NEEDED_NPV && npv))) {
        REFUSE(package, key, "is missing from \"ganger\"");
    }
    return value == NULL;
}

static void read_number(struct ganger_package *package, const json_t *ganger, const char *key,
                        double *number)
{
    const struct setting *setting = setting_of(key);
    const json_t *value = json_object_get(ganger, key);
    if (missing_setting(package, key, value)) {
        return;
    }
    double given = json_number_value(value);
    if (!json_is_number(value) || !(given >= setting->least && given <= setting->most)) {
        REFUSE(package, key, "expected a number from %.15g to %.15g", setting->least,
               setting->most);
        return;
    }
    *number = given;
}

static void read_integer(struct ganger_package *package, const json_t *ganger, const char *key,
                         int32_t *number)
{
    const struct setting *setting = setting_of(key);
    const json_t *value = json_object_get(ganger, key);
    if (missing_setting(package, key, value)) {
        return;
    }
    json_int_t given = json_integer_value(value);
    if (!json_is_integer(value) || given < (json_int_t)setting->least ||
        given > (json_int_t)setting->most) {
        REFUSE(package, key, "expected an integer from %.15g to %.15g", setting->least,
               setting->most);
        return;
    }
    *number = (int32_t)given;
}

static void read_objective(struct ganger_package *package, const json_t *ganger)
{
    const json_t *value = json_object_get(ganger, "objective");
    const char *text = json_string_value(value);
    if (missing_setting(package, "objective", value)) {
        return;
    }
    for (int i = 0; text != NULL && ganger_objective_names[i] != NULL; i++) {
        if (strcmp(text, ganger_objective_names[i]) == 0) {
            package->problem->objective = (enum ganger_objective)i;
            return;
        }
    }
    REFUSE(package, "objective", "expected \"npv\" or \"makespan\"");
}

static void read_start(struct ganger_package *package, const json_t *ganger)
{
    const json_t *value = json_object_get(ganger, "start_date");
    if (missing_setting(package, "start_date", value)) {
        return;
    }
    const char *text = json_string_value(value);
    if (text == NULL || !ganger_date_parse(text, &package->problem->time.start_day)) {
        REFUSE(package, "start_date", "expected a date like \"2026-03-01\"");
    }
}

static void check_keys(struct ganger_package *package, json_t *ganger)
{
    const char *names[SETTINGS];
    for (int i = 0; i < SETTINGS; i++) {
        names[i] = settings[i].key;
    }
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(ganger, key, value)
    {
        bool known = false;
        for (int i = 0; i < SETTINGS; i++) {
            known = known || strcmp(key, names[i]) == 0;
        }
        if (!known) {
            const char *near = ganger_text_nearest(key, names, SETTINGS);
            REFUSE(package, key, "unknown key in \"ganger\"%s%s%s",
                   near != NULL ? ": did you mean \"" : "", near != NULL ? near : "",
                   near != NULL ? "\"?" : "");
        }
    }
}

/* A copy of a string member, `absent` if there is none; NULL if memory is short. */
static char *copy_text(struct ganger_package *package, const json_t *object, const char *key,
                       const char *absent)
{
    const json_t *value = json_object_get(object, key);
    if (value != NULL && !json_is_string(value)) {
        REFUSE(package, key, "expected a text");
    }
    return strdup(json_is_string(value) ? json_string_value(value) : absent);
}

/* Lists are kept as they are, for whoever publishes; members of other tools are not looked at. */
static void read_credit(struct ganger_package *package, const json_t *root)
{
    for (int i = 0; i < GANGER_CREDIT_PARTS; i++) {
        const char *name = ganger_credit_names[i];
        const json_t *value = json_object_get(root, name);
        char *text = NULL;
        if (value == NULL) {
            continue;
        }
        if (i == GANGER_CREDIT_ATTRIBUTION) {
            text = copy_text(package, root, name, "");
        } else if (!json_is_array(value)) {
            REFUSE(package, name, "expected a list");
            continue;
        } else {
            text = json_dumps(value, JSON_COMPACT);
        }
        if (text == NULL) {
            ganger_findings_out_of_memory(package->findings);
        } else if (strlen(text) > GANGER_CREDIT_MOST) {
            REFUSE(package, name, "expected at most %d bytes", (int)GANGER_CREDIT_MOST);
        }
        package->problem->credit[i] = text;
    }
}

static ganger_status read_settings(struct ganger_package *package, const json_t *root)
{
    struct ganger_problem *p = package->problem;
    json_t *ganger = json_object_get(root, "ganger");
    if (!json_is_object(ganger)) {
        return REFUSE(package, "ganger",
                      "expected an object with objective, start_date, period_days, periods, ...");
    }
    p->time.period_days = 1;
    p->railhead = true;
    check_keys(package, ganger);
    read_objective(package, ganger);
    read_start(package, ganger);
    read_integer(package, ganger, "period_days", &p->time.period_days);
    read_integer(package, ganger, "periods", &p->time.periods);
    read_number(package, ganger, "discount_rate", &p->time.discount_rate);
    read_number(package, ganger, "terminal_years", &p->time.terminal_years);
    const json_t *railhead = json_object_get(ganger, "railhead");
    if (railhead != NULL && !json_is_boolean(railhead)) {
        REFUSE(package, "railhead", "expected true or false");
    } else if (railhead != NULL) {
        p->railhead = json_is_true(railhead);
    }
    p->name = copy_text(package, root, "name", "");
    p->title = copy_text(package, root, "title", "");
    p->currency = copy_text(package, ganger, "currency", "USD");
    read_credit(package, root);
    if (p->name == NULL || p->title == NULL || p->currency == NULL) {
        return ganger_findings_out_of_memory(package->findings);
    }
    return GANGER_STATUS_OK;
}

/* ---- resources -------------------------------------------------------------------------------- */

/* A path that leads out of the folder, whatever the system: absolute, with a drive, backslashes or "..". */
static bool leaves_folder(const char *path)
{
    if (*path == '\0' || *path == '/' || strpbrk(path, "\\:") != NULL) {
        return true;
    }
    while (path != NULL) {
        size_t length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            return true;
        }
        path = path[length] == '/' ? path + length + 1 : NULL;
    }
    return false;
}

static const char *path_of(struct ganger_package *package, const char *name, const json_t *resource)
{
    const json_t *value = json_object_get(resource, "path");
    if (json_is_array(value) && json_array_size(value) == 1) {
        value = json_array_get(value, 0);
    }
    const char *path = json_string_value(value);
    if (path == NULL) {
        REFUSE(package, name, "expected \"path\", the name of one CSV file");
        return NULL;
    }
    if (leaves_folder(path)) {
        char quoted[GANGER_TEXT_QUOTED];
        REFUSE(package, name, "path %s leads out of the package's folder",
               ganger_text_quote(path, quoted));
        return NULL;
    }
    return path;
}

/* The delimiter that the resource's dialect asks for; '\0', with a finding, if it cannot be obeyed. */
static char delimiter_of(struct ganger_package *package, const char *name, const json_t *resource)
{
    const json_t *dialect = json_object_get(resource, "dialect");
    const json_t *delimiter = json_object_get(dialect, "delimiter");
    const char *text = json_string_value(delimiter);
    if (dialect != NULL && !json_is_object(dialect)) {
        REFUSE(package, name, "expected an object as \"dialect\"");
        return '\0';
    }
    if (json_is_false(json_object_get(dialect, "header"))) {
        REFUSE(package, name, "a table without a header row cannot be read");
        return '\0';
    }
    if (delimiter == NULL) {
        return ',';
    }
    if (text == NULL || strlen(text) != 1 || strchr("\"\r\n", *text) != NULL ||
        (unsigned char)*text >= 0x80) {
        REFUSE(package, name, "expected one ASCII character as the dialect's delimiter");
        return '\0';
    }
    return *text;
}

static int table_of(const char *name)
{
    for (int i = 0; i < GANGER_TABLES; i++) {
        if (i != GANGER_TABLE_CALENDAR_NAME && strcmp(ganger_tables[i].name, name) == 0) {
            return i;
        }
    }
    return GANGER_NONE;
}

static ganger_status read_resource(struct ganger_package *package, const json_t *resource)
{
    const char *name = json_string_value(json_object_get(resource, "name"));
    int index = name != NULL ? table_of(name) : GANGER_NONE;
    if (name == NULL) {
        return REFUSE(package, "resources", "expected a \"name\" in every resource");
    }
    if (index < 0) {
        /* Packages may hold more than an instance. */
        return GANGER_STATUS_OK;
    }
    struct ganger_package_table *table = &package->tables[index];
    if (table->shown != NULL) {
        return REFUSE(package, name, "there are two resources of this name");
    }
    const char *encoding = json_string_value(json_object_get(resource, "encoding"));
    if (encoding != NULL && strcasecmp(encoding, "utf-8") != 0 &&
        strcasecmp(encoding, "utf8") != 0) {
        REFUSE(package, name, "expected encoding utf-8");
    }
    const char *path = path_of(package, name, resource);
    table->delimiter = delimiter_of(package, name, resource);
    table->broken = path == NULL || table->delimiter == '\0';
    table->shown = strdup(path != NULL ? path : "");
    if (table->shown == NULL ||
        (path != NULL && asprintf(&table->path, "%s/%s", package->folder, path) < 0)) {
        table->path = NULL;
        return ganger_findings_out_of_memory(package->findings);
    }
    return GANGER_STATUS_OK;
}

/* A table of which there is no resource: needed, misnamed, or forgotten in the list? */
static void check_absent(struct ganger_package *package, int index, const json_t *resources)
{
    const struct ganger_table *table = &ganger_tables[index];
    bool npv = package->problem->objective == GANGER_OBJECTIVE_NPV;
    size_t i = 0;
    const json_t *resource = NULL;
    json_array_foreach(resources, i, resource)
    {
        const char *name = json_string_value(json_object_get(resource, "name"));
        if (name != NULL && table_of(name) < 0 && ganger_text_edits(name, table->name) <= 1) {
            REFUSE(package, "resources", "unknown table \"%s\": did you mean \"%s\"?", name,
                   table->name);
            package->tables[index].broken = true;
            return;
        }
    }
    char *path = NULL;
    struct stat about;
    if (asprintf(&path, "%s/%s.csv", package->folder, table->name) < 0) {
        return;
    }
    if (stat(path, &about) == 0) {
        REFUSE(package, "resources", "%s.csv is in the folder but is not listed", table->name);
        package->tables[index].broken = true;
    } else if (table->needed || (table->needed_npv && npv)) {
        REFUSE(package, "resources", "the table \"%s\" is missing", table->name);
        package->tables[index].broken = true;
    }
    free(path);
}

static ganger_status read_resources(struct ganger_package *package, const json_t *root)
{
    const json_t *resources = json_object_get(root, "resources");
    const json_t *resource = NULL;
    size_t i = 0;
    if (!json_is_array(resources)) {
        return REFUSE(package, "resources", "expected a list of tables");
    }
    json_array_foreach(resources, i, resource)
    {
        if (read_resource(package, resource) == GANGER_STATUS_OUT_OF_MEMORY) {
            return GANGER_STATUS_OUT_OF_MEMORY;
        }
    }
    for (int table = 0; table < GANGER_TABLES; table++) {
        if (table != GANGER_TABLE_CALENDAR_NAME && package->tables[table].shown == NULL) {
            check_absent(package, table, resources);
        }
    }
    return GANGER_STATUS_OK;
}

ganger_status ganger_package_read_json(struct ganger_package *package, const char *path)
{
    json_t *root = NULL;
    long of_settings = 0;
    ganger_status status = GANGER_STATUS_OK;
    GANGER_TRY(load_json(path, package->findings, &root));
    GANGER_TRY(read_settings(package, root));
    of_settings = package->findings->total;
    GANGER_TRY(read_resources(package, root));
    if (of_settings > 0) {
        /* Times cannot be read when start, length or number of periods may be wrong. */
        status = GANGER_STATUS_INPUT_INVALID;
    }
out:
    json_decref(root);
    return status;
}
