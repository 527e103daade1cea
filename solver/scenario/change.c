#include "scenario/change.h"

#include "base/date.h"
#include "base/text.h"
#include "instance/cells.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name, *what;
    enum ganger_change_form form;
    bool id, times;
} changes[] = {
#define ROW(constant, name, form, id, times, what) {name, what, GANGER_FORM_##form, id, times},
    GANGER_CHANGES(ROW)
#undef ROW
};

const char *ganger_change_name(enum ganger_change change)
{
    return changes[change].name;
}

enum ganger_change_form ganger_change_form_of(enum ganger_change change)
{
    return changes[change].form;
}

bool ganger_change_needs_id(enum ganger_change change)
{
    return changes[change].id;
}

bool ganger_change_has_times(enum ganger_change change)
{
    return changes[change].times;
}

const char *ganger_change_names(enum ganger_change change)
{
    return changes[change].what;
}

ganger_status ganger_change_refuse(const struct ganger_change_place *place,
                                   const struct ganger_change_row *row, const char *column,
                                   const char *format, ...)
{
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&message, format, arguments) < 0) {
        message = NULL;
    }
    va_end(arguments);
    ganger_status status =
        ganger_findings_add(place->findings, GANGER_STATUS_INPUT_INVALID, place->file, row->line,
                            column, "%s", message ? message : "out of memory");
    free(message);
    return status;
}

ganger_status ganger_change_unknown(const struct ganger_change_place *place,
                                    const struct ganger_change_row *row, char *const *ids,
                                    int32_t count)
{
    char quoted[GANGER_TEXT_QUOTED], meant[GANGER_TEXT_QUOTED] = "";
    const char *near = ganger_text_nearest(row->id, (const char *const *)ids, count);
    return ganger_change_refuse(place, row, "id", "expected %s of the instance, found %s%s%s%s",
                                ganger_change_names(row->change),
                                ganger_text_quote(row->id, quoted), near ? ": did you mean " : "",
                                near ? ganger_text_quote(near, meant) : "", near ? "?" : "");
}

double ganger_amount_apply(struct ganger_amount amount, double number)
{
    return amount.how == 'x'   ? number * amount.number
           : amount.how == '+' ? number + amount.number
                               : amount.number;
}

/* A number, or the period or boundary of a date plus `after` days. False if it is neither. */
static bool read_time(const struct ganger_problem *p, const char *text, int after, int64_t *time)
{
    int64_t day = 0, size = p->time.period_days;
    if (ganger_cell_integer(text, time)) {
        return true;
    }
    if (!ganger_date_parse(text, &day)) {
        return false;
    }
    int64_t days = day + after - p->time.start_day;
    *time = days >= 0 ? days / size : -((-days + size - 1) / size);
    return true;
}

static const char expected_time[] = "a date like 2026-03-01 or a period number";

static ganger_status time_of(const struct ganger_change_place *place,
                             const struct ganger_problem *p, const struct ganger_change_row *row,
                             bool from, int32_t *time)
{
    const char *text = from ? row->from : row->to;
    int64_t read = from ? 0 : p->time.periods;
    char quoted[GANGER_TEXT_QUOTED];
    if (*text && !read_time(p, text, 0, &read)) {
        return ganger_change_refuse(place, row, from ? "from" : "to", "expected %s, found %s",
                                    expected_time, ganger_text_quote(text, quoted));
    }
    *time = read < 0 ? 0 : read > p->time.periods ? p->time.periods : (int32_t)read;
    return GANGER_STATUS_OK;
}

ganger_status ganger_change_span_of(const struct ganger_change_place *place,
                                    const struct ganger_problem *problem,
                                    const struct ganger_change_row *row,
                                    struct ganger_change_span *span)
{
    ganger_status status = time_of(place, problem, row, true, &span->from);
    if (status == GANGER_STATUS_OK) {
        status = time_of(place, problem, row, false, &span->to);
    }
    if (status == GANGER_STATUS_OK && span->from >= span->to) {
        char quoted[GANGER_TEXT_QUOTED];
        return ganger_change_refuse(
            place, row, "to", "expected a time after the beginning, within the programme, found %s",
            ganger_text_quote(row->to, quoted));
    }
    return status;
}

ganger_status ganger_change_day_of(const struct ganger_change_place *place,
                                   const struct ganger_problem *problem,
                                   const struct ganger_change_row *row, int32_t *boundary)
{
    char quoted[GANGER_TEXT_QUOTED];
    int64_t read = 0;
    if (!read_time(problem, row->value, 1, &read) || read < 1 || read > 100000) {
        return ganger_change_refuse(place, row, "value",
                                    "expected a day after the programme begins, found %s",
                                    ganger_text_quote(row->value, quoted));
    }
    *boundary = (int32_t)read;
    return GANGER_STATUS_OK;
}

static ganger_status change_discount(const struct ganger_change_place *place,
                                     struct ganger_problem *problem,
                                     const struct ganger_change_row *row)
{
    double rate = ganger_amount_apply(row->amount, problem->time.discount_rate);
    if (!(rate >= 0 && rate < 1)) {
        return ganger_change_refuse(place, row, "value",
                                    "expected a rate from 0 to below 1, found %g", rate);
    }
    problem->time.discount_rate = rate;
    return GANGER_STATUS_OK;
}

ganger_status ganger_change_apply(const struct ganger_change_place *place,
                                  struct ganger_problem *problem,
                                  const struct ganger_change_row *row)
{
    switch (row->change) {
    case GANGER_CHANGE_BUDGET:
    case GANGER_CHANGE_CAPACITY:
        return ganger_change_supplies(place, problem, row);
    case GANGER_CHANGE_DEMAND:
    case GANGER_CHANGE_RAMP:
    case GANGER_CHANGE_VALUE:
    case GANGER_CHANGE_FEE:
        return ganger_change_freight(place, problem, row);
    case GANGER_CHANGE_WORK:
    case GANGER_CHANGE_PROJECT:
    case GANGER_CHANGE_TARGET_BY:
    case GANGER_CHANGE_TARGET_KM:
        return ganger_change_works(place, problem, row);
    case GANGER_CHANGE_HORIZON:
        return ganger_change_horizon(place, problem, row);
    case GANGER_CHANGE_DISCOUNT:
        return change_discount(place, problem, row);
    case GANGER_CHANGE_NONE:
    case GANGER_CHANGE_COUNT:
        break;
    }
    return GANGER_STATUS_OK;
}
