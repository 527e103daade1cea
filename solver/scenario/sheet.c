#include "scenario/sheet.h"

#include "base/locale.h"
#include "base/lookup.h"
#include "base/text.h"
#include "instance/cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCENARIO, CHANGE, ID, FROM, TO, VALUE, ELASTICITY, SHARE, NOTE, COLUMNS };
static const char *const names[COLUMNS] = {"scenario", "change",     "id",    "from", "to",
                                           "value",    "elasticity", "share", "note"};
static const bool required[COLUMNS] = {[SCENARIO] = true, [CHANGE] = true};

struct reading {
    struct ganger_scenarios *scenarios;
    struct ganger_change_place place;
    locale_t c_locale;
};

static ganger_status refuse(const struct reading *r, const struct ganger_change_row *row,
                            int column, const char *expected, const char *found)
{
    char quoted[GANGER_TEXT_QUOTED];
    return ganger_change_refuse(&r->place, row, names[column], "expected %s, found %s", expected,
                                *found ? ganger_text_quote(found, quoted) : "nothing");
}

static bool is_name(const char *text)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = strlen(text);
    return length > 0 && length < GANGER_SCENARIO_NAME && strspn(text, letters) == length &&
           text[0] != '.' && text[0] != '-';
}

static ganger_status read_change(const struct reading *r, const char *text,
                                 struct ganger_change_row *row)
{
    const char *known[GANGER_CHANGE_COUNT];
    char list[256] = "";
    for (int i = 0; i < GANGER_CHANGE_COUNT; i++) {
        known[i] = ganger_change_name((enum ganger_change)i);
        if (strcmp(text, known[i]) == 0) {
            row->change = (enum ganger_change)i;
            return GANGER_STATUS_OK;
        }
        strcat(strcat(list, i == 0 ? "" : i + 1 < GANGER_CHANGE_COUNT ? ", " : " or "), known[i]);
    }
    return refuse(r, row, CHANGE, list, text);
}

static bool read_amount(const struct reading *r, const char *text, struct ganger_amount *amount)
{
    amount->how = *text == 'x' ? 'x' : *text == '+' || *text == '-' ? '+' : '=';
    return ganger_cell_real(text + (*text == 'x'), r->c_locale, &amount->number) &&
           (amount->how != 'x' || amount->number >= 0);
}

static ganger_status read_value(const struct reading *r, struct ganger_change_row *row)
{
    const char *text = row->value;
    bool good = true;
    const char *expected = "";
    switch (ganger_change_form_of(row->change)) {
    case GANGER_FORM_NOTHING:
        expected = "an empty cell";
        good = *text == '\0';
        break;
    case GANGER_FORM_AMOUNT:
        expected = "x and a factor, + or - and a number, or a number";
        good = read_amount(r, text, &row->amount);
        break;
    case GANGER_FORM_NUMBER:
        expected = "a number >= 0";
        good = read_amount(r, text, &row->amount) && row->amount.how == '=';
        break;
    case GANGER_FORM_RATIO:
        expected = "x and a factor above 0";
        good =
            read_amount(r, text, &row->amount) && row->amount.how == 'x' && row->amount.number > 0;
        break;
    case GANGER_FORM_IN_OUT:
        expected = "in or out";
        row->in = strcmp(text, "in") == 0;
        good = row->in || strcmp(text, "out") == 0;
        break;
    case GANGER_FORM_DAY:
        expected = "a date like 2031-12-31";
        good = *text != '\0';
        break;
    }
    return good ? GANGER_STATUS_OK : refuse(r, row, VALUE, expected, text);
}

/* A cell that only a fee has; `otherwise` where it is empty. */
static ganger_status read_fee(const struct reading *r, struct ganger_change_row *row, int column,
                              const char *text, double *value)
{
    double most = column == SHARE ? 1 : 10;
    if (*text == '\0') {
        *value = column == SHARE ? 1 : 0;
        return GANGER_STATUS_OK;
    }
    if (row->change != GANGER_CHANGE_FEE) {
        return refuse(r, row, column, "an empty cell but for the change fee", text);
    }
    bool good = ganger_cell_real(text, r->c_locale, value) && *value >= 0 && *value <= most;
    return good ? GANGER_STATUS_OK
                : refuse(r, row, column,
                         column == SHARE ? "a number from 0 to 1" : "a number from 0 to 10", text);
}

static ganger_status read_row(const struct reading *r, int32_t i)
{
    const struct ganger_csv *csv = &r->scenarios->csv;
    struct ganger_change_row *row = &r->scenarios->row[i];
    *row = (struct ganger_change_row){.id = ganger_csv_cell(csv, i, ID),
                                      .from = ganger_csv_cell(csv, i, FROM),
                                      .to = ganger_csv_cell(csv, i, TO),
                                      .value = ganger_csv_cell(csv, i, VALUE),
                                      .line = csv->lines[i]};
    ganger_status status = GANGER_STATUS_OK;
    const char *name = ganger_csv_cell(csv, i, SCENARIO);
    if (!is_name(name)) {
        return refuse(r, row, SCENARIO, "a name of letters, digits, '.', '_' and '-'", name);
    }
    GANGER_TRY(read_change(r, ganger_csv_cell(csv, i, CHANGE), row));
    if (ganger_change_needs_id(row->change) != (*row->id != '\0') &&
        row->change != GANGER_CHANGE_BUDGET) {
        bool needed = ganger_change_needs_id(row->change);
        return refuse(r, row, ID, needed ? ganger_change_names(row->change) : "an empty cell",
                      row->id);
    }
    if (!ganger_change_has_times(row->change) && (*row->from || *row->to)) {
        return refuse(r, row, *row->from ? FROM : TO, "an empty cell",
                      *row->from ? row->from : row->to);
    }
    GANGER_TRY(read_value(r, row));
    GANGER_TRY(read_fee(r, row, ELASTICITY, ganger_csv_cell(csv, i, ELASTICITY), &row->elasticity));
    GANGER_TRY(read_fee(r, row, SHARE, ganger_csv_cell(csv, i, SHARE), &row->share));
out:
    return status;
}

static ganger_status read_rows(const struct reading *r)
{
    ganger_status status = GANGER_STATUS_OK;
    for (int32_t i = 0; i < r->scenarios->csv.rows; i++) {
        if (read_row(r, i) != GANGER_STATUS_OK) {
            status = GANGER_STATUS_INPUT_INVALID;
        }
    }
    return status;
}

/* Scenarios in the order of their first rows. */
static void gather(struct ganger_scenarios *s)
{
    for (int32_t i = 0; i < s->csv.rows; i++) {
        int32_t k = 0;
        while (k < s->count &&
               strcmp(ganger_scenarios_name(s, k), ganger_csv_cell(&s->csv, i, SCENARIO)) != 0) {
            k++;
        }
        if (k == s->count) {
            s->first[s->count++] = i;
        }
        s->of[i] = k;
    }
}

ganger_status ganger_scenarios_read(struct ganger_scenarios *scenarios, const char *path,
                                    struct ganger_findings *findings)
{
    *scenarios = (struct ganger_scenarios){.path = path};
    struct reading r = {scenarios, {path, findings}, newlocale(LC_ALL_MASK, "C", (locale_t)0)};
    struct ganger_csv_request request = {path, path, ',', COLUMNS, names, required};
    ganger_status status = GANGER_STATUS_OK;
    if (r.c_locale == (locale_t)0) {
        return ganger_findings_out_of_memory(findings);
    }
    GANGER_TRY(ganger_csv_read(&scenarios->csv, &request, findings));
    size_t rows = (size_t)scenarios->csv.rows + 1;
    scenarios->row = calloc(rows, sizeof *scenarios->row);
    scenarios->first = calloc(rows, sizeof *scenarios->first);
    scenarios->of = calloc(rows, sizeof *scenarios->of);
    if (!scenarios->row || !scenarios->first || !scenarios->of) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    if (scenarios->csv.rows == 0) {
        status = ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, path, 0, NULL,
                                     "has no rows: expected at least one scenario");
        goto out;
    }
    GANGER_TRY(read_rows(&r));
    gather(scenarios);
out:
    freelocale(r.c_locale);
    return status;
}

void ganger_scenarios_clear(struct ganger_scenarios *scenarios)
{
    ganger_csv_clear(&scenarios->csv);
    free(scenarios->row);
    free(scenarios->first);
    free(scenarios->of);
    *scenarios = (struct ganger_scenarios){0};
}

const char *ganger_scenarios_name(const struct ganger_scenarios *scenarios, int32_t scenario)
{
    return ganger_csv_cell(&scenarios->csv, scenarios->first[scenario], SCENARIO);
}
