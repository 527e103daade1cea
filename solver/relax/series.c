#include "relax/series.h"

#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Distances around one link: `to` of every destination, `from` of the origin at hand. */
struct scratch {
    struct ganger_dijkstra there, back;
    double *price; /* [arcs] infinite on the link left out */
    double *to;    /* [destinations * nodes] */
};

struct job {
    struct ganger_series *series;
    const struct ganger_graph *graph;
    struct ganger_graph turned; /* every arc the other way round */
    int32_t *row;               /* [nodes] of a destination */
    int64_t *ticks;             /* [count] */
    bool *failed;               /* [count] */
};

static bool scratch_init(struct scratch *s, const struct job *job)
{
    size_t arcs = (size_t)job->graph->arcs, nodes = (size_t)job->graph->nodes;
    s->price = calloc(arcs + 1, sizeof *s->price);
    s->to = calloc((size_t)job->graph->to.count * nodes + 1, sizeof *s->to);
    bool there = ganger_dijkstra_init(&s->there, job->graph);
    bool back = ganger_dijkstra_init(&s->back, &job->turned);
    return s->price && s->to && there && back;
}

static void scratch_clear(struct scratch *s)
{
    ganger_dijkstra_clear(&s->there);
    ganger_dijkstra_clear(&s->back);
    free(s->price);
    free(s->to);
}

/* Cost of the cheapest way over a link; whoever goes twice through a node goes no cheaper. */
static double way_over(const struct job *job, const struct scratch *s, int32_t demand, int32_t link)
{
    const struct ganger_graph *g = job->graph;
    int32_t destination = g->problem->demands.destination[demand];
    const double *to = s->to + (int64_t)job->row[destination] * g->nodes;
    double least = INFINITY;
    for (int32_t arc = 2 * link; arc < 2 * link + (g->problem->links.directed[link] ? 1 : 2);
         arc++) {
        double way = s->there.distance[g->tail[arc]] + g->cost[arc] + to[g->head[arc]];
        least = fmin(least, way);
    }
    return least;
}

static void mark_demand(const struct job *job, const struct scratch *s, int32_t place,
                        int32_t demand)
{
    struct ganger_series *series = job->series;
    double value = job->graph->problem->demands.value[demand];
    uint64_t *needs = series->needs + (size_t)place * series->words;
    for (int32_t l = 0; l < series->links; l++) {
        /* What pays only by a rounding needs nothing. */
        bool pays = way_over(job, s, demand, l) < value * (1 + 1e-9);
        if (l == series->link[place] || !pays) {
            int64_t bit = (int64_t)demand * series->links + l;
            needs[bit / 64] |= UINT64_C(1) << (bit % 64);
        }
    }
}

static void go_around(int32_t place, void *context)
{
    struct job *job = context;
    const struct ganger_graph *g = job->graph;
    struct scratch s = {0};
    job->failed[place] = !scratch_init(&s, job);
    if (!job->failed[place]) {
        int32_t link = job->series->link[place];
        s.price[2 * link] = s.price[2 * link + 1] = INFINITY;
        for (int32_t i = 0; i < g->to.count; i++) {
            job->ticks[place] +=
                ganger_dijkstra_run(&s.back, &job->turned, s.price, g->to.node[i], INFINITY);
            memcpy(s.to + (int64_t)i * g->nodes, s.back.distance, (size_t)g->nodes * sizeof *s.to);
        }
        for (int32_t o = 0; o < g->from.count; o++) {
            job->ticks[place] +=
                ganger_dijkstra_run(&s.there, g, s.price, g->from.node[o], INFINITY);
            for (int32_t i = g->from.first[o]; i < g->from.first[o + 1]; i++) {
                mark_demand(job, &s, place, g->from.demand[i]);
            }
        }
    }
    scratch_clear(&s);
}

static bool list_links(struct ganger_series *s, const struct ganger_problem *p)
{
    size_t links = (size_t)p->links.count + 1;
    s->links = p->links.count;
    s->link = calloc(links, sizeof *s->link);
    s->place = calloc(links, sizeof *s->place);
    if (!s->link || !s->place) {
        return false;
    }
    for (int32_t m = 0; m < p->modes.count; m++) {
        if (ganger_series_closes(p, m)) {
            s->place[p->segments.link[p->works.segment[p->modes.work[m]]]] = 1;
        }
    }
    for (int32_t l = 0; l < s->links; l++) {
        bool closable = s->place[l] > 0;
        s->place[l] = closable ? s->count : GANGER_NONE;
        if (closable) {
            s->link[s->count++] = l;
        }
    }
    s->words = ((size_t)p->demands.count * (size_t)s->links) / 64 + 1;
    s->needs = calloc((size_t)s->count * s->words + 1, sizeof *s->needs);
    return s->needs != NULL;
}

/* Rows of `to`, by the destination's node. */
static int32_t *number_destinations(const struct ganger_graph *graph)
{
    int32_t *row = calloc((size_t)graph->nodes + 1, sizeof *row);
    for (int32_t i = 0; row && i < graph->to.count; i++) {
        row[graph->to.node[i]] = i;
    }
    return row;
}

bool ganger_series_init(struct ganger_series *series, const struct ganger_graph *graph, int threads,
                        int64_t *ticks)
{
    struct job job = {.series = series, .graph = graph, .turned = ganger_graph_turned(graph)};
    *series = (struct ganger_series){0};
    bool ready = list_links(series, graph->problem);
    job.row = number_destinations(graph);
    job.ticks = calloc((size_t)series->count + 1, sizeof *job.ticks);
    job.failed = calloc((size_t)series->count + 1, sizeof *job.failed);
    ready = ready && job.row && job.ticks && job.failed;
    if (ready) {
        ganger_parallel_for(threads, series->count, go_around, &job);
    }
    for (int32_t i = 0; ready && i < series->count; i++) {
        ready = !job.failed[i];
        *ticks += job.ticks[i];
    }
    free(job.row);
    free(job.ticks);
    free(job.failed);
    if (!ready) {
        ganger_series_clear(series);
    }
    return ready;
}

void ganger_series_clear(struct ganger_series *series)
{
    free(series->link);
    free(series->place);
    free(series->needs);
    *series = (struct ganger_series){0};
}
