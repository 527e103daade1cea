/* Derives, from the given parts, what every user of a problem would otherwise compute again. */
#include "instance/seal.h"
#include "instance/csr.h"
#include "instance/read.h"
#include "instance/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void *ganger_seal_array(int64_t count, size_t size)
{
    return calloc((size_t)count + 1, size);
}

static bool seal_time(struct ganger_problem *p)
{
    struct ganger_time *time = &p->time;
    time->years_per_period = time->period_days / 365.25;
    time->discount = ganger_seal_array(time->periods + 1, sizeof *time->discount);
    time->weight = ganger_seal_array(time->periods + 1, sizeof *time->weight);
    if (time->discount == NULL || time->weight == NULL) {
        return false;
    }
    double force = log1p(time->discount_rate); /* ln(1+rho) */
    for (int32_t t = 0; t <= time->periods; t++) {
        double years = (double)t * time->period_days / 365.25;
        time->discount[t] = pow(1 + time->discount_rate, -years);
        time->weight[t] = time->years_per_period * time->discount[t];
    }
    double annuity = time->discount_rate > 0
                         ? (1 - pow(1 + time->discount_rate, -time->terminal_years)) / force
                         : time->terminal_years;
    time->weight[time->periods] = time->discount[time->periods] * annuity;
    return true;
}

/* Orders each link's segments by start; the chains are short, and mostly in order already. */
static void sort_chain(const struct ganger_segments *segments, int32_t *list, int32_t count)
{
    for (int32_t i = 1; i < count; i++) {
        int32_t segment = list[i];
        int32_t at = i;
        while (at > 0 && segments->start_km[list[at - 1]] > segments->start_km[segment]) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = segment;
    }
}

static bool seal_network(struct ganger_problem *p)
{
    struct ganger_links *links = &p->links;
    struct ganger_segments *segments = &p->segments;
    links->length_km = ganger_seal_array(links->count, sizeof *links->length_km);
    links->cost_per_t = ganger_seal_array(links->count, sizeof *links->cost_per_t);
    segments->position = ganger_seal_array(segments->count, sizeof *segments->position);
    if (links->length_km == NULL || links->cost_per_t == NULL || segments->position == NULL ||
        !ganger_csr_build(segments->link, segments->count, links->count, &links->first_segment,
                          &links->segment_list) ||
        !ganger_csr_build(p->works.segment, p->works.count, segments->count, &segments->first_work,
                          &segments->work_list)) {
        return false;
    }
    for (int32_t link = 0; link < links->count; link++) {
        int32_t first = links->first_segment[link];
        int32_t count = links->first_segment[link + 1] - first;
        sort_chain(segments, links->segment_list + first, count);
        for (int32_t i = 0; i < count; i++) {
            segments->position[links->segment_list[first + i]] = i;
        }
        links->length_km[link] =
            count > 0 ? segments->end_km[links->segment_list[first + count - 1]] : 0;
        links->cost_per_t[link] = links->cost_per_tkm[link] * links->length_km[link];
    }
    return true;
}

/* A renewable has no capacity where no row speaks; the windows are the rows of consumables. */
static bool seal_resources(struct ganger_problem *p)
{
    struct ganger_resources *r = &p->resources;
    int32_t periods = p->time.periods;
    r->renewable_index = ganger_seal_array(r->count, sizeof *r->renewable_index);
    r->renewable_resource = ganger_seal_array(r->count, sizeof *r->renewable_resource);
    r->window_resource = ganger_seal_array(r->capacity_rows, sizeof *r->window_resource);
    r->window_from = ganger_seal_array(r->capacity_rows, sizeof *r->window_from);
    r->window_to = ganger_seal_array(r->capacity_rows, sizeof *r->window_to);
    r->window_limit = ganger_seal_array(r->capacity_rows, sizeof *r->window_limit);
    if (r->renewable_index == NULL || r->renewable_resource == NULL || r->window_resource == NULL ||
        r->window_from == NULL || r->window_to == NULL || r->window_limit == NULL) {
        return false;
    }
    for (int32_t i = 0; i < r->count; i++) {
        bool renewable = r->kind[i] == GANGER_RESOURCE_RENEWABLE;
        r->renewable_index[i] = renewable ? r->renewables : GANGER_NONE;
        if (renewable) {
            r->renewable_resource[r->renewables++] = i;
        }
    }
    r->capacity = ganger_seal_array((int64_t)r->renewables * periods, sizeof *r->capacity);
    if (r->capacity == NULL) {
        return false;
    }
    for (int32_t row = 0; row < r->capacity_rows; row++) {
        int32_t index = r->renewable_index[r->row_resource[row]];
        if (index < 0) {
            r->window_resource[r->windows] = r->row_resource[row];
            r->window_from[r->windows] = r->row_from[row];
            r->window_to[r->windows] = r->row_to[row];
            r->window_limit[r->windows++] = r->row_limit[row];
            continue;
        }
        for (int32_t t = r->row_from[row]; t < r->row_to[row]; t++) {
            r->capacity[(int64_t)index * periods + t] = (int32_t)r->row_limit[row];
        }
    }
    return ganger_csr_build(r->window_resource, r->windows, r->count, &r->first_window,
                            &r->window_list);
}

static bool seal_calendars(struct ganger_problem *p)
{
    struct ganger_calendars *c = &p->calendars;
    int64_t periods = p->time.periods;
    c->productivity = ganger_seal_array((c->count + 1) * periods, sizeof *c->productivity);
    c->cumulative = ganger_seal_array((c->count + 1) * (periods + 1), sizeof *c->cumulative);
    if (c->productivity == NULL || c->cumulative == NULL) {
        return false;
    }
    memset(c->productivity, 100, (size_t)((c->count + 1) * periods));
    for (int32_t row = 0; row < c->rows; row++) {
        uint8_t *line = c->productivity + (c->row_calendar[row] + 1) * periods;
        for (int32_t t = c->row_from[row]; t < c->row_to[row]; t++) {
            line[t] = (uint8_t)c->row_productivity[row];
        }
    }
    for (int64_t row = 0; row <= c->count; row++) {
        int32_t *sum = c->cumulative + row * (periods + 1);
        for (int64_t t = 0; t < periods; t++) {
            sum[t + 1] = sum[t] + c->productivity[row * periods + t];
        }
    }
    return true;
}

static bool seal_lists(struct ganger_problem *p)
{
    struct ganger_precedences *rows = &p->precedences;
    return ganger_csr_build(p->modes.work, p->modes.count, p->works.count, &p->works.first_mode,
                            NULL) &&
           ganger_csr_build(p->modes.use_mode, p->modes.uses, p->modes.count, &p->modes.first_use,
                            NULL) &&
           ganger_csr_build(rows->successor, rows->count, p->works.count, &rows->first_in,
                            &rows->in_list) &&
           ganger_csr_build(rows->predecessor, rows->count, p->works.count, &rows->first_out,
                            &rows->out_list);
}

ganger_status ganger_problem_seal(struct ganger_problem *problem, struct ganger_findings *findings)
{
    if (!seal_time(problem) || !seal_network(problem) || !seal_resources(problem) ||
        !seal_calendars(problem) || !seal_lists(problem) || !ganger_seal_spans(problem) ||
        !ganger_seal_demands(problem)) {
        return ganger_findings_out_of_memory(findings);
    }
    ganger_status status = ganger_seal_order(problem, findings);
    if (status == GANGER_STATUS_OK && !ganger_seal_stages(problem)) {
        return ganger_findings_out_of_memory(findings);
    }
    if (status == GANGER_STATUS_OK) {
        ganger_problem_hash(problem, problem->sha256);
    }
    return status;
}
