/* Gangs, money and supplies. */
#include "scenario/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int32_t find(const struct ganger_resources *r, const char *id)
{
    for (int32_t i = 0; i < r->count; i++) {
        if (strcmp(r->id[i], id) == 0) {
            return i;
        }
    }
    return GANGER_NONE;
}

static ganger_status too_little(const struct ganger_change_place *place,
                                const struct ganger_change_row *row, double limit)
{
    return ganger_change_refuse(place, row, "value", "expected what leaves 0 or more, found %g",
                                limit);
}

/* Windows that lie within the span; those that begin or end outside of it are not touched. */
static ganger_status change_windows(const struct ganger_change_place *place,
                                    struct ganger_problem *p, const struct ganger_change_row *row,
                                    int32_t resource)
{
    struct ganger_resources *r = &p->resources;
    struct ganger_change_span span;
    int32_t changed = 0;
    ganger_status status = ganger_change_span_of(place, p, row, &span);
    for (int32_t i = 0; status == GANGER_STATUS_OK && i < r->capacity_rows; i++) {
        if (r->row_resource[i] != resource || r->row_from[i] < span.from ||
            r->row_to[i] > span.to) {
            continue;
        }
        r->row_limit[i] = ganger_amount_apply(row->amount, r->row_limit[i]);
        changed++;
        if (!(r->row_limit[i] >= 0)) {
            return too_little(place, row, r->row_limit[i]);
        }
    }
    if (status == GANGER_STATUS_OK && changed == 0) {
        return ganger_change_refuse(place, row, "from",
                                    "no window of %s lies within these times: nothing would change",
                                    r->id[resource]);
    }
    return status;
}

/* Rows of a table of capacities under construction. */
struct rows {
    int32_t count;
    int32_t *resource, *from, *to;
    double *limit;
};

static void add(struct rows *rows, int32_t resource, int32_t from, int32_t to, double limit)
{
    rows->resource[rows->count] = resource;
    rows->from[rows->count] = from;
    rows->to[rows->count] = to;
    rows->limit[rows->count++] = limit;
}

/* One row for each run of equal capacities; where nothing was said there is none. */
static void add_runs(struct rows *rows, int32_t resource, const double *level, int32_t periods)
{
    for (int32_t from = 0, to; from < periods; from = to) {
        for (to = from + 1; to < periods && level[to] == level[from];) {
            to++;
        }
        if (level[from] > 0) {
            add(rows, resource, from, to, level[from]);
        }
    }
}

static bool rows_init(struct rows *rows, size_t most)
{
    *rows = (struct rows){.resource = calloc(most, sizeof *rows->resource),
                          .from = calloc(most, sizeof *rows->from),
                          .to = calloc(most, sizeof *rows->to),
                          .limit = calloc(most, sizeof *rows->limit)};
    return rows->resource && rows->from && rows->to && rows->limit;
}

static void rows_clear(struct rows *rows)
{
    free(rows->resource);
    free(rows->from);
    free(rows->to);
    free(rows->limit);
}

/* The table again, with the rows of one renewable replaced where the first of them stood. */
static void replace(struct ganger_problem *p, int32_t resource, const double *level,
                    struct rows *rows)
{
    struct ganger_resources *r = &p->resources;
    bool done = false;
    for (int32_t i = 0; i < r->capacity_rows; i++) {
        if (r->row_resource[i] != resource) {
            add(rows, r->row_resource[i], r->row_from[i], r->row_to[i], r->row_limit[i]);
        } else if (!done) {
            add_runs(rows, resource, level, p->time.periods);
            done = true;
        }
    }
    if (!done) {
        add_runs(rows, resource, level, p->time.periods);
    }
    struct rows was = {0, r->row_resource, r->row_from, r->row_to, r->row_limit};
    r->row_resource = rows->resource;
    r->row_from = rows->from;
    r->row_to = rows->to;
    r->row_limit = rows->limit;
    r->capacity_rows = rows->count;
    *rows = was;
}

/* Gangs come whole: the nearest number of them. */
static ganger_status change_level(const struct ganger_change_place *place, struct ganger_problem *p,
                                  const struct ganger_change_row *row, int32_t resource)
{
    const struct ganger_resources *r = &p->resources;
    struct ganger_change_span span;
    struct rows rows = {0};
    size_t periods = (size_t)p->time.periods;
    double *level = calloc(periods + 1, sizeof *level);
    ganger_status status = ganger_change_span_of(place, p, row, &span);
    if (!level || !rows_init(&rows, (size_t)r->capacity_rows + periods + 1)) {
        status = ganger_findings_out_of_memory(place->findings);
    }
    for (int32_t i = 0; status == GANGER_STATUS_OK && i < r->capacity_rows; i++) {
        for (int32_t t = r->row_from[i]; r->row_resource[i] == resource && t < r->row_to[i]; t++) {
            level[t] = r->row_limit[i];
        }
    }
    for (int32_t t = span.from; status == GANGER_STATUS_OK && t < span.to; t++) {
        level[t] = floor(ganger_amount_apply(row->amount, level[t]) + 0.5);
        status = level[t] >= 0 ? status : too_little(place, row, level[t]);
    }
    if (status == GANGER_STATUS_OK) {
        replace(p, resource, level, &rows);
    }
    rows_clear(&rows);
    free(level);
    return status;
}

ganger_status ganger_change_supplies(const struct ganger_change_place *place,
                                     struct ganger_problem *problem,
                                     const struct ganger_change_row *row)
{
    const struct ganger_resources *r = &problem->resources;
    struct ganger_change_row named = *row;
    named.id = *row->id ? row->id : "budget";
    int32_t resource = find(r, named.id);
    if (resource == GANGER_NONE) {
        return ganger_change_unknown(place, &named, r->id, r->count);
    }
    bool windows = r->kind[resource] == GANGER_RESOURCE_CONSUMABLE;
    if (row->change == GANGER_CHANGE_BUDGET && !windows) {
        return ganger_change_refuse(place, row, "id",
                                    "%s is a renewable: expected a consumable, "
                                    "or the change capacity",
                                    named.id);
    }
    return windows ? change_windows(place, problem, &named, resource)
                   : change_level(place, problem, &named, resource);
}
