/*
 * A later end of the programme. What the tables say of its last year goes on: a gang that is there at the old end stays, a
 * window that ends there is followed by one at the same rate, calendars repeat their last year, and whoever had until the
 * old end has until the new one.
 */
#include "scenario/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Grows the four columns of capacity.csv or calendar.csv; `limit` may be NULL. */
static bool grow(int32_t **columns[], int count, double **limit, size_t rows)
{
    for (int i = 0; i < count; i++) {
        int32_t *more = realloc(*columns[i], rows * sizeof *more);
        if (!more) {
            return false;
        }
        *columns[i] = more;
    }
    double *more = limit ? realloc(*limit, rows * sizeof *more) : NULL;
    if (limit && !more) {
        return false;
    }
    if (limit) {
        *limit = more;
    }
    return true;
}

static bool extend_capacity(struct ganger_problem *p, int32_t end)
{
    struct ganger_resources *r = &p->resources;
    int32_t **columns[] = {&r->row_resource, &r->row_from, &r->row_to};
    int32_t was = p->time.periods, rows = r->capacity_rows;
    if (!grow(columns, 3, &r->row_limit, 2 * (size_t)rows + 1)) {
        return false;
    }
    for (int32_t i = 0; i < rows; i++) {
        if (r->row_to[i] != was) {
            continue;
        }
        bool renewable = r->kind[r->row_resource[i]] == GANGER_RESOURCE_RENEWABLE;
        double rate = r->row_limit[i] / (was - r->row_from[i]);
        if (renewable || r->row_from[i] == 0) {
            r->row_to[i] = end;
            r->row_limit[i] = renewable ? r->row_limit[i] : rate * end;
            continue;
        }
        int32_t next = r->capacity_rows++;
        r->row_resource[next] = r->row_resource[i];
        r->row_from[next] = was;
        r->row_to[next] = end;
        r->row_limit[next] = rate * (end - was);
    }
    return true;
}

static bool extend_calendars(struct ganger_problem *p, int32_t end)
{
    struct ganger_calendars *c = &p->calendars;
    int32_t **columns[] = {&c->row_calendar, &c->row_from, &c->row_to, &c->row_productivity};
    int32_t was = p->time.periods, rows = c->rows;
    int32_t year = (int32_t)floor(365.25 / p->time.period_days + 0.5);
    year = year > 0 ? year : 1;
    int32_t years = (end - was + year - 1) / year;
    if (!grow(columns, 4, NULL, (size_t)rows * (size_t)(years + 1) + 1)) {
        return false;
    }
    for (int32_t k = 1; k <= years; k++) {
        for (int32_t i = 0; i < rows; i++) {
            int32_t from = (c->row_from[i] > was - year ? c->row_from[i] : was - year) + k * year;
            int32_t to = c->row_to[i] + k * year;
            to = to < end ? to : end;
            if (from < to && c->row_to[i] > was - year) {
                int32_t next = c->rows++;
                c->row_calendar[next] = c->row_calendar[i];
                c->row_from[next] = from;
                c->row_to[next] = to;
                c->row_productivity[next] = c->row_productivity[i];
            }
        }
    }
    return true;
}

ganger_status ganger_change_horizon(const struct ganger_change_place *place,
                                    struct ganger_problem *problem,
                                    const struct ganger_change_row *row)
{
    int32_t was = problem->time.periods, end = 0;
    ganger_status status = ganger_change_day_of(place, problem, row, &end);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    if (end <= was) {
        return ganger_change_refuse(place, row, "value",
                                    "expected a day after the end of the programme, found \"%s\"",
                                    row->value);
    }
    if (!extend_capacity(problem, end) || !extend_calendars(problem, end)) {
        return ganger_findings_out_of_memory(place->findings);
    }
    for (int32_t w = 0; w < problem->works.count; w++) {
        int32_t *deadline = &problem->works.deadline[w];
        *deadline = *deadline == was ? end : *deadline;
    }
    problem->time.periods = end;
    return GANGER_STATUS_OK;
}
