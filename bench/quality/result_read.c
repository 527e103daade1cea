#include "cli/message.h"
#include "quality/memory.h"
#include "quality/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct quality_result *result;
    const char *path;
    size_t entry; /* being read */
};

static bool refuse(const struct reading *reading, const char *name, const char *expected)
{
    ganger_cli_error("%s: benchmarks[%zu].%s: expected %s", reading->path, reading->entry, name,
                     expected);
    return false;
}

/* Absent means NaN. */
static bool read_real(const struct reading *reading, const json_t *entry, const char *name,
                      double *number)
{
    const json_t *value = json_object_get(entry, name);
    *number = value != NULL ? json_number_value(value) : NAN;
    return value == NULL || json_is_number(value) || refuse(reading, name, "a number");
}

static bool read_integer(const struct reading *reading, const json_t *entry, const char *name,
                         int64_t *number)
{
    const json_t *value = json_object_get(entry, name);
    *number = json_integer_value(value);
    return value == NULL || json_is_integer(value) || refuse(reading, name, "an integer");
}

static bool read_name(const struct reading *reading, const json_t *entry,
                      struct quality_record *record)
{
    const char *name = json_string_value(json_object_get(entry, "name"));
    const char *slash = name != NULL ? strchr(name, '/') : NULL;
    if (slash == NULL) {
        return refuse(reading, "name", "\"set/instance\"");
    }
    record->set = quality_format("%.*s", (int)(slash - name), name);
    record->instance = quality_copy(slash + 1);
    return true;
}

static bool read_outcome(const struct reading *reading, const json_t *entry,
                         struct quality_answer *answer)
{
    const char *label = json_string_value(json_object_get(entry, "label"));
    const char *message = json_string_value(json_object_get(entry, "error_message"));
    answer->failed = json_is_true(json_object_get(entry, "error_occurred"));
    if (answer->failed) {
        strncpy(answer->message, message != NULL ? message : "", sizeof answer->message - 1);
        return true;
    }
    for (int o = GANGER_OUTCOME_OPTIMAL; o <= GANGER_OUTCOME_LIMIT; o++) {
        if (label != NULL && strcmp(label, ganger_outcome_name((ganger_outcome)o)) == 0) {
            answer->outcome = (ganger_outcome)o;
            return true;
        }
    }
    return refuse(reading, "label", "optimal, feasible, infeasible or limit");
}

static bool read_counters(const struct reading *reading, const json_t *entry,
                          struct quality_record *record)
{
    bool good = read_real(reading, entry, "real_time", &record->answer.wall_s) &&
                read_real(reading, entry, "cpu_time", &record->answer.cpu_s);
    for (const struct quality_counter *counter = quality_counters; good && counter->name != NULL;
         counter++) {
        void *field = (char *)record + counter->offset;
        good = counter->integer ? read_integer(reading, entry, counter->name, field)
                                : read_real(reading, entry, counter->name, field);
    }
    return good;
}

static bool read_lists(const struct reading *reading, const json_t *entry,
                       struct quality_record *record)
{
    const struct quality_result *result = reading->result;
    bool good = true;
    for (int i = 0; i < QUALITY_RIVALS_MAX; i++) {
        record->rivals[i] = NAN;
    }
    for (int i = 0; good && i < result->rivals; i++) {
        char *name = quality_rival_counter(result->rival_names[i]);
        good = read_real(reading, entry, name, &record->rivals[i]);
        free(name);
    }
    for (int i = 0; good && i < result->curve.count; i++) {
        char *name = quality_curve_counter(result->curve.s[i]);
        good = read_real(reading, entry, name, &record->answer.curve[i]);
        free(name);
    }
    return good;
}

static bool read_entry(struct reading *reading, const json_t *entry)
{
    struct quality_result *result = reading->result;
    const char *type = json_string_value(json_object_get(entry, "run_type"));
    if (type != NULL && strcmp(type, "aggregate") == 0) {
        return true; /* follows from the others */
    }
    struct quality_record *record = &result->record[result->records];
    quality_answer_init(&record->answer);
    if (!read_name(reading, entry, record)) {
        return false;
    }
    result->records++;
    return read_outcome(reading, entry, &record->answer) && read_counters(reading, entry, record) &&
           read_lists(reading, entry, record);
}

static bool context_wrong(const struct reading *reading, const char *name, const char *expected)
{
    ganger_cli_error("%s: context.%s: expected %s", reading->path, name, expected);
    return false;
}

static bool read_rival_names(const struct reading *reading, const json_t *names)
{
    struct quality_result *result = reading->result;
    if (json_array_size(names) > QUALITY_RIVALS_MAX) {
        return context_wrong(reading, "rivals", "at most 4 names");
    }
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name == NULL) {
            return context_wrong(reading, "rivals", "a list of names");
        }
        result->rival_names[result->rivals++] = quality_copy(name);
    }
    return true;
}

static bool read_curve(const struct reading *reading, const json_t *times)
{
    struct quality_curve *curve = &reading->result->curve;
    if (json_array_size(times) > QUALITY_CURVE_MAX) {
        return context_wrong(reading, "curve_s", "at most 16 times");
    }
    for (size_t i = 0; i < json_array_size(times); i++) {
        if (!json_is_number(json_array_get(times, i))) {
            return context_wrong(reading, "curve_s", "a list of times in seconds");
        }
        curve->s[curve->count++] = json_number_value(json_array_get(times, i));
    }
    return true;
}

static bool read_document(struct reading *reading, json_t *document)
{
    struct quality_result *result = reading->result;
    json_t *entries = json_object_get(document, "benchmarks");
    json_t *context = json_object_get(document, "context");
    if (!json_is_object(context) || !json_is_array(entries)) {
        ganger_cli_error("%s: expected an object with \"context\" and \"benchmarks\", as "
                         "ganger-quality run writes it",
                         reading->path);
        return false;
    }
    result->context = json_incref(context);
    result->record = quality_allocate(json_array_size(entries), sizeof *result->record);
    bool good = read_rival_names(reading, json_object_get(context, "rivals")) &&
                read_curve(reading, json_object_get(context, "curve_s"));
    for (; good && reading->entry < json_array_size(entries); reading->entry++) {
        good = read_entry(reading, json_array_get(entries, reading->entry));
    }
    return good;
}

bool quality_result_read(struct quality_result *result, const char *path)
{
    struct reading reading = {.result = result, .path = path};
    json_error_t error;
    *result = (struct quality_result){0};
    json_t *document = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (document == NULL && error.line > 0) {
        ganger_cli_error("%s:%d: %s", path, error.line, error.text);
        return false;
    }
    if (document == NULL) {
        ganger_cli_error("%s", error.text); /* names the file */
        return false;
    }
    bool good = read_document(&reading, document);
    json_decref(document);
    return good;
}
