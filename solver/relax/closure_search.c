#include "relax/closure_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Adds periods at work of column i, times `amount`. */
static void add_active(const struct ganger_closure_search *s, int32_t i, double amount, double *row)
{
    const struct ganger_columns *c = s->view.columns;
    int64_t calendar = ganger_columns_calendar(c->problem, c->problem->modes.work[c->mode[i]]);
    const double *on = s->view.blocks->on + calendar * s->view.blocks->width;
    for (int32_t b = c->begin[i]; b <= c->end[i]; b++) {
        double periods = b == c->begin[i] ? c->on_begin[i] : on[b];
        periods = b == c->end[i] ? c->on_end[i] + (b == c->begin[i] ? periods : 0) : periods;
        int32_t all = s->view.blocks->first[b + 1] - s->view.blocks->first[b];
        row[b] += amount * periods / all;
    }
}

static void add_finished(const struct ganger_closure_search *s, int32_t i, double x, double *row)
{
    const struct ganger_columns *c = s->view.columns;
    const int32_t *first = s->view.blocks->first;
    int32_t end = c->end[i];
    row[end] += x * (first[end + 1] - c->finish[i]) / (first[end + 1] - first[end]);
    for (int32_t b = end + 1; b < s->view.blocks->count; b++) {
        row[b] += x;
    }
}

static void add_column(struct ganger_closure_search *s, int32_t i)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_problem *p = r->problem;
    int32_t mode = s->view.columns->mode[i], work = p->modes.work[mode];
    int32_t q = p->works.segment[work];
    int64_t width = s->view.blocks->width, renewables = p->resources.renewables;
    double x = s->view.x[i];
    if (x <= 0 || q == GANGER_NONE) {
        return;
    }
    add_finished(s, i, x, s->shares.finished + work * width);
    add_active(s, i, x, s->shares.active + mode * width);
    if (!ganger_series_closes(p, mode)) {
        return;
    }
    int64_t place = r->closures.series.place[p->segments.link[q]];
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t renewable = p->resources.renewable_index[p->modes.use_resource[u]];
        if (renewable != GANGER_NONE) {
            int64_t row = place * renewables + renewable;
            s->shares.used[row] = true;
            add_active(s, i, x * p->modes.use_amount[u], s->shares.gang + row * width);
        }
    }
}

static void measure_shares(struct ganger_closure_search *s)
{
    const struct ganger_relaxation *r = s->relaxation;
    int64_t width = s->view.blocks->width, renewables = r->problem->resources.renewables;
    for (int32_t i = 0; i < s->view.columns->count; i++) {
        add_column(s, i);
    }
    for (int32_t k = 0; k < renewables; k++) {
        for (int32_t b = 0; b < s->view.blocks->count; b++) {
            double capacity = ganger_blocks_capacity(s->view.blocks, r->problem, (int32_t)k, b);
            for (int64_t place = 0; place < r->closures.series.count; place++) {
                s->shares.gang[(place * renewables + k) * width + b] *=
                    capacity > 0 ? 1 / capacity : 0;
            }
        }
    }
}

static bool flows(const struct ganger_closure_search *s, int32_t path)
{
    const double *flow = s->view.flow + (int64_t)path * s->view.blocks->width;
    bool any = false;
    for (int32_t b = 0; b < s->view.blocks->count; b++) {
        any = any || flow[b] > 0;
    }
    return any;
}

/* Adds the paths of a demand that carry freight; last[arcs] is what was sent last over each arc. */
static void measure_demand(struct ganger_closure_search *s, int32_t demand, int32_t *last)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_flows *f = s->view.flows;
    int64_t width = s->view.blocks->width;
    for (int32_t i = f->first[demand]; i < f->first[demand + 1]; i++) {
        int32_t path = f->list[i];
        s->margin[demand] =
            fmax(s->margin[demand], r->problem->demands.value[demand] - r->paths.cost[path]);
        for (int32_t b = 0; b < s->view.blocks->count; b++) {
            s->delivered[demand * width + b] += s->view.flow[path * width + b];
        }
        int32_t first = flows(s, path) ? r->paths.first_arc[path] : r->paths.first_arc[path + 1];
        for (int32_t k = first; k < r->paths.first_arc[path + 1]; k++) {
            int32_t arc = r->paths.arcs[k];
            if (last[arc] == GANGER_NONE || s->sent[last[arc]].demand != demand) {
                last[arc] = s->sent_count++;
                s->sent[last[arc]] = (struct ganger_closure_sent){demand, arc};
            }
            double *row = s->flow + last[arc] * width;
            for (int32_t b = 0; b < s->view.blocks->count; b++) {
                row[b] += s->view.flow[path * width + b];
            }
        }
    }
}

/* Arcs of all paths that carry freight: so many are sent at most. */
static size_t count_arcs(const struct ganger_closure_search *s)
{
    const struct ganger_path_pool *paths = &s->relaxation->paths;
    size_t count = 0;
    for (int32_t path = 0; path < s->view.flows->count; path++) {
        count += flows(s, path) ? (size_t)(paths->first_arc[path + 1] - paths->first_arc[path]) : 0;
    }
    return count;
}

static bool measure_freight(struct ganger_closure_search *s)
{
    const struct ganger_relaxation *r = s->relaxation;
    int32_t arcs = r->graph->arcs, demands = r->problem->demands.count;
    size_t most = count_arcs(s) + 1;
    int32_t *last = malloc(((size_t)arcs + 1) * sizeof *last);
    s->margin = calloc((size_t)demands + 1, sizeof *s->margin);
    s->delivered =
        calloc(((size_t)demands + 1) * (size_t)s->view.blocks->width, sizeof *s->delivered);
    s->sent = calloc(most, sizeof *s->sent);
    s->flow = calloc(most * (size_t)s->view.blocks->width, sizeof *s->flow);
    s->first_on = calloc((size_t)arcs + 2, sizeof *s->first_on);
    s->on = calloc(most, sizeof *s->on);
    bool ready = last && s->margin && s->delivered && s->sent && s->flow && s->first_on && s->on;
    for (int32_t a = 0; ready && a < arcs; a++) {
        last[a] = GANGER_NONE;
    }
    for (int32_t k = 0; ready && k < demands; k++) {
        measure_demand(s, k, last);
    }
    for (int32_t i = 0; ready && i < s->sent_count; i++) {
        s->first_on[s->sent[i].arc + 2]++;
    }
    for (int32_t a = 0; ready && a < arcs; a++) {
        s->first_on[a + 2] += s->first_on[a + 1];
    }
    for (int32_t i = 0; ready && i < s->sent_count; i++) {
        s->on[s->first_on[s->sent[i].arc + 1]++] = i;
    }
    free(last);
    return ready;
}

bool ganger_closure_search_open(struct ganger_closure_search *search)
{
    struct ganger_closure_search *s = search;
    const struct ganger_problem *p = s->relaxation->problem;
    size_t width = (size_t)s->view.blocks->width;
    size_t gangs =
        (size_t)s->relaxation->closures.series.count * (size_t)p->resources.renewables + 1;
    s->shares.finished = calloc(((size_t)p->works.count + 1) * width, sizeof(double));
    s->shares.active = calloc(((size_t)p->modes.count + 1) * width, sizeof(double));
    s->shares.gang = calloc(gangs * width, sizeof *s->shares.gang);
    s->shares.used = calloc(gangs, sizeof *s->shares.used);
    s->through = calloc(width, sizeof *s->through);
    bool ready = s->shares.finished && s->shares.active && s->shares.gang && s->shares.used &&
                 s->through && measure_freight(s);
    if (ready) {
        measure_shares(s);
    }
    return ready;
}

void ganger_closure_search_close(struct ganger_closure_search *search)
{
    struct ganger_closure_search *s = search;
    void *owned[] = {
        s->shares.finished, s->shares.active, s->shares.gang, s->shares.used, s->margin,
        s->delivered,       s->sent,          s->flow,        s->first_on,    s->on,
        s->through};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
}
