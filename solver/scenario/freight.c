/*
 * Demands: how much, and what a tonne is worth.
 *
 * `id` selects demands: "all"; ids joined by |; "commodity=coal"; "transit=KZ", whose both ends are in other countries;
 * "from=NODE" and "to=NODE".
 */
#include "scenario/change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { QUARTER_DAYS = 91 };

static bool begins(const char *text, const char *with, const char **rest)
{
    size_t length = strlen(with);
    *rest = text + length;
    return strncmp(text, with, length) == 0;
}

static bool is_transit(const struct ganger_problem *p, int32_t k, const char *country)
{
    const struct ganger_demands *d = &p->demands;
    return strcmp(p->nodes.country[d->origin[k]], country) != 0 &&
           strcmp(p->nodes.country[d->destination[k]], country) != 0;
}

static bool is_listed(const char *list, const char *id)
{
    size_t length = strlen(id);
    for (const char *at = list; *at;) {
        size_t piece = strcspn(at, "|");
        if (piece == length && memcmp(at, id, length) == 0) {
            return true;
        }
        at += piece + (at[piece] == '|');
    }
    return false;
}

static bool is_selected(const struct ganger_problem *p, int32_t k, const char *id)
{
    const struct ganger_demands *d = &p->demands;
    const char *rest;
    if (strcmp(id, "all") == 0) {
        return true;
    }
    if (begins(id, "commodity=", &rest)) {
        return strcmp(d->commodity[k], rest) == 0;
    }
    if (begins(id, "transit=", &rest)) {
        return is_transit(p, k, rest);
    }
    if (begins(id, "from=", &rest)) {
        return strcmp(p->nodes.id[d->origin[k]], rest) == 0;
    }
    if (begins(id, "to=", &rest)) {
        return strcmp(p->nodes.id[d->destination[k]], rest) == 0;
    }
    return is_listed(id, d->id[k]);
}

/* A list must name demands only; any other choice must choose some. */
static ganger_status select_demands(const struct ganger_change_place *place,
                                    const struct ganger_problem *p,
                                    const struct ganger_change_row *row, bool *selected)
{
    int32_t count = 0, named = 1;
    for (int32_t k = 0; k < p->demands.count; k++) {
        selected[k] = is_selected(p, k, row->id);
        count += selected[k];
    }
    for (const char *c = row->id; *c; c++) {
        named += *c == '|';
    }
    bool list = strchr(row->id, '=') == NULL && strcmp(row->id, "all") != 0;
    if (count == 0 || (list && count != named)) {
        return ganger_change_unknown(place, row, p->demands.id, p->demands.count);
    }
    return GANGER_STATUS_OK;
}

/* Volumes of the selected demands by boundary. */
struct volumes {
    int32_t boundaries;
    double *mtpa; /* [demands * boundaries] */
};

/* The latest row at or before a boundary holds there, also one before the beginning. False if memory is short. */
static bool fill_volumes(const struct ganger_demands *d, const bool *selected,
                         struct volumes *volumes)
{
    int64_t boundaries = volumes->boundaries;
    int32_t *since = malloc(((size_t)d->count + 1) * sizeof *since);
    for (int64_t i = 0; since && i < d->count * boundaries; i++) {
        volumes->mtpa[i] = i % boundaries == 0 ? 0 : (double)NAN;
    }
    for (int32_t k = 0; since && k < d->count; k++) {
        since[k] = INT32_MIN;
    }
    for (int32_t i = 0; since && i < d->profile_rows; i++) {
        int32_t k = d->profile_demand[i], from = d->profile_from[i];
        int32_t t = from > 0 ? from : 0;
        if (selected[k] && from < boundaries && (from > 0 || from >= since[k])) {
            volumes->mtpa[k * boundaries + t] = d->profile_mtpa[i];
            since[k] = from > 0 ? since[k] : from;
        }
    }
    for (int64_t i = 0; since && i < d->count * boundaries; i++) {
        volumes->mtpa[i] = isnan(volumes->mtpa[i]) ? volumes->mtpa[i - 1] : volumes->mtpa[i];
    }
    bool ready = since != NULL;
    free(since);
    return ready;
}

/* The profile table again, with a row for each change of a selected demand. */
static bool store_volumes(struct ganger_demands *d, const bool *selected,
                          const struct volumes *volumes)
{
    size_t most = (size_t)d->profile_rows + (size_t)d->count * (size_t)volumes->boundaries + 1;
    int32_t *demand = calloc(most, sizeof *demand), *from = calloc(most, sizeof *from), rows = 0;
    double *mtpa = calloc(most, sizeof *mtpa);
    if (!demand || !from || !mtpa) {
        free(demand);
        free(from);
        free(mtpa);
        return false;
    }
    for (int32_t i = 0; i < d->profile_rows; i++) {
        if (!selected[d->profile_demand[i]]) {
            demand[rows] = d->profile_demand[i];
            from[rows] = d->profile_from[i];
            mtpa[rows++] = d->profile_mtpa[i];
        }
    }
    for (int32_t k = 0; k < d->count; k++) {
        const double *level = volumes->mtpa + (int64_t)k * volumes->boundaries;
        for (int32_t t = 0; selected[k] && t < volumes->boundaries; t++) {
            if (t == 0 || level[t] != level[t - 1]) {
                demand[rows] = k;
                from[rows] = t;
                mtpa[rows++] = level[t];
            }
        }
    }
    free(d->profile_demand);
    free(d->profile_from);
    free(d->profile_mtpa);
    d->profile_demand = demand;
    d->profile_from = from;
    d->profile_mtpa = mtpa;
    d->profile_rows = rows;
    return true;
}

static double total_at(const struct ganger_demands *d, const bool *selected,
                       const struct volumes *volumes, int32_t t)
{
    double total = 0;
    for (int32_t k = 0; k < d->count; k++) {
        total += selected[k] ? volumes->mtpa[(int64_t)k * volumes->boundaries + t] : 0;
    }
    return total;
}

/* Shares a new total out as the old one was; where there was none, evenly. */
static void set_total(const struct ganger_demands *d, const bool *selected, struct volumes *volumes,
                      int32_t t, double total)
{
    double was = total_at(d, selected, volumes, t);
    int32_t count = 0;
    for (int32_t k = 0; k < d->count; k++) {
        count += selected[k];
    }
    for (int32_t k = 0; k < d->count; k++) {
        double *level = volumes->mtpa + (int64_t)k * volumes->boundaries + t;
        if (selected[k]) {
            *level = was > 0 ? *level * (total / was) : total / count;
        }
    }
}

/* The end is the last boundary, where the years after the programme begin. */
static int32_t end_of(const struct ganger_problem *p, const struct ganger_change_row *row,
                      struct ganger_change_span span)
{
    return *row->to ? span.to : p->time.periods + 1;
}

static ganger_status change_totals(const struct ganger_change_place *place,
                                   const struct ganger_problem *p,
                                   const struct ganger_change_row *row, const bool *selected,
                                   struct volumes *volumes)
{
    struct ganger_change_span span;
    ganger_status status = ganger_change_span_of(place, p, row, &span);
    double scale = pow(row->amount.number, -row->elasticity);
    for (int32_t t = span.from; status == GANGER_STATUS_OK && t < end_of(p, row, span); t++) {
        double was = total_at(&p->demands, selected, volumes, t);
        double now =
            row->change == GANGER_CHANGE_FEE ? was * scale : ganger_amount_apply(row->amount, was);
        if (!(now >= 0)) {
            return ganger_change_refuse(place, row, "value",
                                        "expected what leaves 0 or more, found %g Mt a year", now);
        }
        set_total(&p->demands, selected, volumes, t, now);
    }
    return status;
}

/* From the total at `from` in a straight line, a step each quarter of a year, to the new total at `to` and after it. */
static ganger_status change_ramp(const struct ganger_change_place *place,
                                 const struct ganger_problem *p,
                                 const struct ganger_change_row *row, const bool *selected,
                                 struct volumes *volumes)
{
    struct ganger_change_span span;
    int32_t step = QUARTER_DAYS / p->time.period_days;
    ganger_status status = ganger_change_span_of(place, p, row, &span);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    double begin = total_at(&p->demands, selected, volumes, span.from);
    step = step > 0 ? step : 1;
    for (int32_t t = span.from; t <= p->time.periods; t++) {
        int32_t at = span.from + (t - span.from) / step * step;
        double share = t >= span.to ? 1 : (double)(at - span.from) / (span.to - span.from);
        set_total(&p->demands, selected, volumes, t, begin + (row->amount.number - begin) * share);
    }
    return GANGER_STATUS_OK;
}

static ganger_status change_volumes(const struct ganger_change_place *place,
                                    struct ganger_problem *p, const struct ganger_change_row *row,
                                    const bool *selected)
{
    struct volumes volumes = {.boundaries = p->time.periods + 1};
    ganger_status status = GANGER_STATUS_OK;
    volumes.mtpa =
        calloc((size_t)p->demands.count * (size_t)volumes.boundaries + 1, sizeof *volumes.mtpa);
    if (!volumes.mtpa) {
        return ganger_findings_out_of_memory(place->findings);
    }
    if (!fill_volumes(&p->demands, selected, &volumes)) {
        status = ganger_findings_out_of_memory(place->findings);
        goto out;
    }
    status = row->change == GANGER_CHANGE_RAMP ? change_ramp(place, p, row, selected, &volumes)
                                               : change_totals(place, p, row, selected, &volumes);
    if (status == GANGER_STATUS_OK && !store_volumes(&p->demands, selected, &volumes)) {
        status = ganger_findings_out_of_memory(place->findings);
    }
out:
    free(volumes.mtpa);
    return status;
}

/* A fee is a share of what a tonne is worth here; who pays less brings more. */
static ganger_status change_values(const struct ganger_change_place *place,
                                   struct ganger_problem *p, const struct ganger_change_row *row,
                                   const bool *selected)
{
    for (int32_t k = 0; k < p->demands.count; k++) {
        double *value = &p->demands.value[k];
        if (!selected[k]) {
            continue;
        }
        *value = row->change == GANGER_CHANGE_FEE
                     ? *value * (1 - row->share * (1 - row->amount.number))
                     : ganger_amount_apply(row->amount, *value);
        if (!(*value >= 0 && *value <= 1e6)) {
            return ganger_change_refuse(place, row, "value",
                                        "expected what leaves 0 to 1,000,000 USD a tonne, found %g",
                                        *value);
        }
    }
    return GANGER_STATUS_OK;
}

ganger_status ganger_change_freight(const struct ganger_change_place *place,
                                    struct ganger_problem *problem,
                                    const struct ganger_change_row *row)
{
    bool *selected = calloc((size_t)problem->demands.count + 1, sizeof *selected);
    ganger_status status = GANGER_STATUS_OK;
    if (!selected) {
        return ganger_findings_out_of_memory(place->findings);
    }
    GANGER_TRY(select_demands(place, problem, row, selected));
    if (row->change == GANGER_CHANGE_VALUE || row->change == GANGER_CHANGE_FEE) {
        GANGER_TRY(change_values(place, problem, row, selected));
    }
    if (row->change != GANGER_CHANGE_VALUE) {
        GANGER_TRY(change_volumes(place, problem, row, selected));
    }
out:
    free(selected);
    return status;
}
