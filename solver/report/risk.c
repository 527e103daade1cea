/* The section on risk: what `ganger risk --json` printed, read anew and believed no further than its shape. */
#include "base/file.h"
#include "base/text.h"
#include "report/parts.h"

#include <stdlib.h>
#include <string.h>

enum form { FORM_TEXT, FORM_SHARE, FORM_AMOUNT, FORM_DATE, FORM_COUNT };

struct member {
    const char *key;
    enum form form;
    bool needed; /* else it may be missing or null */
};

static const char *const expected[] = {
    [FORM_TEXT] = "text",
    [FORM_SHARE] = "a number from 0 to 1",
    [FORM_AMOUNT] = "a number of 0 or more",
    [FORM_DATE] = "a date such as \"2030-12-31\", or null",
    [FORM_COUNT] = "an integer of 1 or more",
};

static const struct member whole[] = {{"samples", FORM_COUNT, true}};
static const struct member quantiles[] = {
    {"date", FORM_DATE, false}, {"planned", FORM_DATE, false}, {"probability", FORM_SHARE, false},
    {"p50", FORM_DATE, false},  {"p80", FORM_DATE, false},     {"p95", FORM_DATE, false}};
static const struct member target[] = {
    {"target", FORM_TEXT, true},   {"date", FORM_DATE, false},
    {"planned", FORM_DATE, false}, {"shortfall_km", FORM_AMOUNT, false},
    {"p50", FORM_DATE, false},     {"p80", FORM_DATE, false},
    {"p95", FORM_DATE, false},     {"probability", FORM_SHARE, false}};
static const struct member work[] = {
    {"work", FORM_TEXT, true}, {"name", FORM_TEXT, false}, {"share", FORM_SHARE, true}};

#define MEMBERS(table) table, (int)(sizeof(table) / sizeof *(table))

/* Where in the file something is wrong. */
struct place {
    const char *path;
    const char *list; /* or NULL: a member of the whole */
    size_t row;
    struct ganger_findings *findings;
};

static ganger_status wrong(struct place place, const char *key, const char *what,
                           const json_t *found)
{
    char where[128], quoted[GANGER_TEXT_QUOTED];
    char *text = found ? json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    if (!place.list) {
        snprintf(where, sizeof where, "%s", key);
    } else if (key) {
        snprintf(where, sizeof where, "%s[%zu].%s", place.list, place.row, key);
    } else {
        snprintf(where, sizeof where, "%s[%zu]", place.list, place.row);
    }
    ganger_status status = ganger_findings_add(place.findings, GANGER_STATUS_INPUT_INVALID,
                                               place.path, 0, where, "expected %s, found %s", what,
                                               text ? ganger_text_quote(text, quoted) : "nothing");
    free(text);
    return status;
}

static bool fits(const json_t *value, enum form form)
{
    int64_t day;
    switch (form) {
    case FORM_TEXT:
        return json_is_string(value);
    case FORM_SHARE:
        return json_is_number(value) && json_number_value(value) >= 0 &&
               json_number_value(value) <= 1;
    case FORM_AMOUNT:
        return json_is_number(value) && json_number_value(value) >= 0;
    case FORM_DATE:
        return json_is_string(value) && ganger_date_parse(json_string_value(value), &day);
    case FORM_COUNT:
        return json_is_integer(value) && json_integer_value(value) >= 1;
    }
    return false;
}

/* Copies the members that are known into an object of the tree. */
static ganger_status copy(struct ganger_sheet *sheet, json_t *to, const json_t *from,
                          const struct member *members, int count, struct place place)
{
    for (int i = 0; i < count; i++) {
        json_t *value = json_object_get(from, members[i].key);
        bool nothing = !value || json_is_null(value);
        if (nothing && !members[i].needed) {
            continue;
        }
        if (!fits(value, members[i].form)) {
            return wrong(place, members[i].key, expected[members[i].form], value);
        }
        sheet->failed |= json_object_set(to, members[i].key, value) != 0;
    }
    return GANGER_STATUS_OK;
}

static ganger_status copy_rows(struct ganger_sheet *sheet, json_t *to, const json_t *from,
                               const struct member *members, int count, struct place place)
{
    const char *key = place.list;
    const json_t *rows = json_object_get(from, key);
    json_t *array = ganger_sheet_array(sheet, to, key);
    ganger_status status = GANGER_STATUS_OK;
    if (!json_is_array(rows)) {
        place.list = NULL;
        return wrong(place, key, "an array", rows);
    }
    for (size_t i = 0; i < json_array_size(rows) && status == GANGER_STATUS_OK; i++) {
        const json_t *row = json_array_get(rows, i);
        place.row = i;
        status = json_is_object(row)
                     ? copy(sheet, ganger_sheet_row(sheet, array), row, members, count, place)
                     : wrong(place, NULL, "an object", row);
    }
    return status;
}

static ganger_status copy_finish(struct ganger_sheet *sheet, json_t *to, const json_t *from,
                                 struct place place)
{
    const json_t *finish = json_object_get(from, "finish");
    if (!finish || json_is_null(finish)) {
        return GANGER_STATUS_OK;
    }
    if (!json_is_object(finish)) {
        return wrong(place, "finish", "an object", finish);
    }
    return copy(sheet, ganger_sheet_object(sheet, to, "finish"), finish, MEMBERS(quantiles), place);
}

static ganger_status load(const char *path, json_t **root, struct ganger_findings *findings)
{
    char *data = NULL;
    size_t size = 0;
    json_error_t error;
    ganger_status status = ganger_file_load(path, path, &data, &size, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &error);
    free(data);
    if (!*root) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, path, error.line, NULL,
                                   "is not valid JSON: %s", error.text);
    }
    if (!json_is_object(*root)) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, path, 1, NULL,
                                   "expected the JSON object that ganger risk prints");
    }
    return GANGER_STATUS_OK;
}

ganger_status ganger_page_risk(struct ganger_paging *paging, const char *path,
                               struct ganger_findings *findings)
{
    struct ganger_sheet *sheet = &paging->sheet;
    struct place place = {.path = path, .findings = findings};
    struct place targets = {path, "targets", 0, findings}, works = {path, "works", 0, findings};
    ganger_status status = GANGER_STATUS_OK;
    json_t *root = NULL, *out = ganger_sheet_object(sheet, sheet->root, "risk");
    GANGER_TRY(load(path, &root, findings));
    GANGER_TRY(copy(sheet, out, root, MEMBERS(whole), place));
    GANGER_TRY(copy_finish(sheet, out, root, place));
    GANGER_TRY(copy_rows(sheet, out, root, MEMBERS(target), targets));
    GANGER_TRY(copy_rows(sheet, out, root, MEMBERS(work), works));
out:
    json_decref(root);
    return status;
}
