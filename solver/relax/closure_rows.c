/* Rows of closure that freight breaks: in a step's solution, what each demand sends over each link, and for how much of
 * each block the gates of that link are open. */
#include "relax/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A row is wanted if what breaks it earns this share of the bound. */
static const double worth_adding = 5e-6;

/* Larger networks do without: shortest paths around links by the ends of demands, times links. */
static const int64_t most_work = 30000000;

/* How lines are closed and opened, all [.. * width], shares of each block. */
struct closed {
    double *segment; /* [segments] closed, or open if it has no capacity at first */
    double *
        gang; /* [places of the series * renewables] amounts in use by what closes the link, by capacity */
    bool *used; /* [places of the series * renewables] any */
};

struct search {
    struct ganger_relaxation *relaxation;
    struct ganger_primal_dual_view view;
    struct closed closed;
    double *flow;    /* [links * width] of one demand */
    double margin;   /* USD that a tonne of it earns on the cheapest path known */
    bool *crossed;   /* [links] */
    double *through; /* [width] scratch */
    int32_t added;
};

/* Adds periods at work of column i, times `amount`. */
static void add_active(const struct search *s, int32_t i, double amount, double *row)
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

static void add_opened(const struct search *s, int32_t i, double x, double *row)
{
    const struct ganger_columns *c = s->view.columns;
    const int32_t *first = s->view.blocks->first;
    int32_t end = c->end[i];
    row[end] += x * (first[end + 1] - c->finish[i]) / (first[end + 1] - first[end]);
    for (int32_t b = end + 1; b < s->view.blocks->count; b++) {
        row[b] += x;
    }
}

static void add_column(struct search *s, int32_t i)
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
    if (p->segments.capacity[q] <= 0 && p->works.gain[work] > 0) {
        add_opened(s, i, x, s->closed.segment + q * width);
    }
    if (!ganger_series_closes(p, mode)) {
        return;
    }
    if (p->segments.capacity[q] > 0) {
        add_active(s, i, x, s->closed.segment + q * width);
    }
    int64_t place = r->closures.series.place[p->segments.link[q]];
    for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
        int32_t renewable = p->resources.renewable_index[p->modes.use_resource[u]];
        if (renewable != GANGER_NONE) {
            int64_t row = place * renewables + renewable;
            s->closed.used[row] = true;
            add_active(s, i, x * p->modes.use_amount[u], s->closed.gang + row * width);
        }
    }
}

static void measure_closed(struct search *s)
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
                s->closed.gang[(place * renewables + k) * width + b] *=
                    capacity > 0 ? 1 / capacity : 0;
            }
        }
    }
}

/* Flow of a demand on the links, and its margin; false if there is none. */
static bool measure_flow(struct search *s, int32_t demand)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_flows *f = s->view.flows;
    int64_t width = s->view.blocks->width;
    bool any = false;
    s->margin = 0;
    for (int32_t i = f->first[demand]; i < f->first[demand + 1]; i++) {
        int32_t path = f->list[i];
        s->margin = fmax(s->margin, r->problem->demands.value[demand] - r->paths.cost[path]);
        const double *flow = s->view.flow + path * width;
        bool flows = false;
        for (int32_t b = 0; b < s->view.blocks->count; b++) {
            flows = flows || flow[b] > 0;
        }
        for (int32_t k = r->paths.first_arc[path]; flows && k < r->paths.first_arc[path + 1]; k++) {
            int32_t link = r->paths.arcs[k] / 2;
            double *row = s->flow + link * width;
            if (!s->crossed[link]) {
                memset(row, 0, (size_t)width * sizeof *row);
            }
            s->crossed[link] = any = true;
            for (int32_t b = 0; b < s->view.blocks->count; b++) {
                row[b] += flow[b];
            }
        }
    }
    return any;
}

/* What freight beyond a gate earns at most, M USD. */
static double beyond(const struct search *s, int32_t demand, int32_t link, const double *gate,
                     bool opens)
{
    const struct ganger_blocks *blocks = s->view.blocks;
    const double *flow = s->flow + (int64_t)link * blocks->width;
    const double *volume = blocks->demand + (int64_t)demand * blocks->width;
    double sum = 0;
    for (int32_t b = 0; b < blocks->count; b++) {
        double open = opens ? gate[b] : 1 - gate[b];
        sum += blocks->weight[b] * fmax(0, flow[b] - open * volume[b]);
    }
    return s->margin * sum;
}

/* The best row of a demand on a link that is not there yet. */
struct candidate {
    double worth;
    int32_t link, gate;
};

static void consider(struct search *s, struct ganger_closures_gate spec, const double *gate,
                     bool opens, struct candidate *best)
{
    struct ganger_relaxation *r = s->relaxation;
    double worth = beyond(s, spec.demand, spec.link, gate, opens);
    if (worth <= best->worth) {
        return;
    }
    int32_t number = ganger_closures_add_gate(&r->closures, spec, &r->failed);
    if (number != GANGER_NONE &&
        ganger_closures_find(&r->closures, spec.demand, spec.link, number) == GANGER_NONE) {
        *best = (struct candidate){worth, spec.link, number};
    }
}

static void consider_gangs(struct search *s, int32_t demand, int32_t link, struct candidate *best)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_series *series = &r->closures.series;
    int64_t width = s->view.blocks->width, renewables = r->problem->resources.renewables;
    for (int32_t k = 0; k < renewables; k++) {
        bool any = false;
        memset(s->through, 0, (size_t)width * sizeof *s->through);
        for (int64_t place = 0; place < series->count; place++) {
            if (s->closed.used[place * renewables + k] &&
                ganger_series_needs(series, (int32_t)place, demand, link)) {
                const double *gang = s->closed.gang + (place * renewables + k) * width;
                for (int64_t b = 0; b < width; b++) {
                    s->through[b] += gang[b];
                }
                any = true;
            }
        }
        if (any) {
            consider(s, (struct ganger_closures_gate){GANGER_NONE, k, demand, link}, s->through,
                     false, best);
        }
    }
}

static struct candidate best_of_link(struct search *s, int32_t demand, int32_t link)
{
    const struct ganger_relaxation *r = s->relaxation;
    const struct ganger_problem *p = r->problem;
    struct candidate best = {worth_adding * fabs(r->bound), link, GANGER_NONE};
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        consider(s, (struct ganger_closures_gate){q, GANGER_NONE, demand, link},
                 s->closed.segment + (int64_t)q * s->view.blocks->width,
                 p->segments.capacity[q] <= 0, &best);
    }
    consider_gangs(s, demand, link, &best);
    return best;
}

/* One row a gate: on links in series it says the same. */
static void search_demand(struct search *s, int32_t demand, struct candidate *found)
{
    struct ganger_relaxation *r = s->relaxation;
    int32_t links = r->problem->links.count, count = 0;
    for (int32_t l = 0; l < links; l++) {
        struct candidate best = {0, l, GANGER_NONE};
        if (s->crossed[l]) {
            best = best_of_link(s, demand, l);
        }
        int32_t same = 0;
        while (same < count && found[same].gate != best.gate) {
            same++;
        }
        if (best.gate != GANGER_NONE && (same == count || best.worth > found[same].worth)) {
            found[same] = best;
            count += same == count;
        }
    }
    for (int32_t i = 0; i < count && !r->failed; i++) {
        r->failed = !ganger_closures_add(&r->closures, demand, found[i].link, found[i].gate);
        s->added++;
    }
}

static bool open_search(struct search *s)
{
    const struct ganger_problem *p = s->relaxation->problem;
    size_t width = (size_t)s->view.blocks->width, links = (size_t)p->links.count + 1;
    size_t gangs =
        (size_t)s->relaxation->closures.series.count * (size_t)p->resources.renewables + 1;
    s->closed.segment = calloc(((size_t)p->segments.count + 1) * width, sizeof *s->closed.segment);
    s->closed.gang = calloc(gangs * width, sizeof *s->closed.gang);
    s->closed.used = calloc(gangs, sizeof *s->closed.used);
    s->flow = calloc(links * width, sizeof *s->flow);
    s->crossed = calloc(links, sizeof *s->crossed);
    s->through = calloc(width, sizeof *s->through);
    return s->closed.segment && s->closed.gang && s->closed.used && s->flow && s->crossed &&
           s->through;
}

static void close_search(struct search *s)
{
    free(s->closed.segment);
    free(s->closed.gang);
    free(s->closed.used);
    free(s->flow);
    free(s->crossed);
    free(s->through);
}

static bool too_large(const struct ganger_relaxation *r)
{
    int64_t links = r->problem->links.count;
    int64_t ends = (int64_t)r->graph->from.count + r->graph->to.count;
    return r->step_ticks > 0 || links * links * ends > most_work;
}

int64_t ganger_relax_find_closures(struct ganger_relaxation *relaxation, int threads)
{
    struct ganger_relaxation *r = relaxation;
    struct search s = {.relaxation = r, .view = ganger_primal_dual_view(r->solver)};
    int32_t demands = r->problem->demands.count, links = r->problem->links.count;
    int64_t ticks = (int64_t)demands * links;
    if (too_large(r)) {
        return 0;
    }
    if (!r->closed) {
        r->closed = ganger_closures_init(&r->closures, r->graph, threads, &ticks);
        r->failed = r->failed || !r->closed;
    }
    struct candidate *found = calloc((size_t)links + 1, sizeof *found);
    r->failed = r->failed || !found || !open_search(&s);
    if (!r->failed) {
        measure_closed(&s);
    }
    for (int32_t k = 0; !r->failed && k < demands; k++) {
        memset(s.crossed, 0, (size_t)links * sizeof *s.crossed);
        if (measure_flow(&s, k)) {
            search_demand(&s, k, found);
        }
    }
    if (!r->failed && s.added > 0) {
        r->failed = !ganger_closures_index(&r->closures) || !ganger_relax_widen_closures(r);
        ganger_primal_dual_close(r->solver, &r->closures);
        r->failed = r->failed || !ganger_primal_dual_extend(r->solver);
    }
    close_search(&s);
    free(found);
    return ticks;
}
