#include "freight/graph.h"

#include <math.h>
#include <stdlib.h>

static bool allocate(struct ganger_graph *g)
{
    size_t nodes = (size_t)g->nodes + 1;
    size_t arcs = (size_t)g->arcs + 1;
    size_t demands = (size_t)g->problem->demands.count + 1;
    g->tail = calloc(arcs, sizeof *g->tail);
    g->head = calloc(arcs, sizeof *g->head);
    g->cost = calloc(arcs, sizeof *g->cost);
    g->first_out = calloc(nodes + 1, sizeof *g->first_out);
    g->out = calloc(arcs, sizeof *g->out);
    g->origin = calloc(demands, sizeof *g->origin);
    g->first_demand = calloc(demands + 1, sizeof *g->first_demand);
    g->demand = calloc(demands, sizeof *g->demand);
    g->free_distance = calloc(demands, sizeof *g->free_distance);
    return g->tail && g->head && g->cost && g->first_out && g->out && g->origin &&
           g->first_demand && g->demand && g->free_distance;
}

static bool arc_exists(const struct ganger_graph *g, int32_t arc)
{
    return !(arc & 1) || !g->problem->links.directed[arc / 2];
}

static void list_arcs(struct ganger_graph *g)
{
    const struct ganger_links *links = &g->problem->links;
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        int32_t link = arc / 2;
        g->tail[arc] = arc & 1 ? links->to[link] : links->from[link];
        g->head[arc] = arc & 1 ? links->from[link] : links->to[link];
        g->cost[arc] = links->cost_per_t[link];
        g->first_out[g->tail[arc] + 1] += arc_exists(g, arc);
    }
    for (int32_t v = 0; v < g->nodes; v++) {
        g->first_out[v + 1] += g->first_out[v];
    }
    int32_t *next = calloc((size_t)g->nodes + 1, sizeof *next);
    for (int32_t arc = 0; next && arc < g->arcs; arc++) {
        if (arc_exists(g, arc)) {
            g->out[g->first_out[g->tail[arc]] + next[g->tail[arc]]++] = arc;
        }
    }
    free(next);
}

static void list_origins(struct ganger_graph *g)
{
    const struct ganger_demands *demands = &g->problem->demands;
    int32_t listed = 0;
    for (int32_t k = 0; k < demands->count; k++) {
        bool seen = false;
        for (int32_t i = 0; i < g->origins && !seen; i++) {
            seen = g->origin[i] == demands->origin[k];
        }
        if (seen) {
            continue;
        }
        g->origin[g->origins] = demands->origin[k];
        g->first_demand[g->origins++] = listed;
        for (int32_t j = k; j < demands->count; j++) {
            if (demands->origin[j] == demands->origin[k]) {
                g->demand[listed++] = j;
            }
        }
    }
    g->first_demand[g->origins] = listed;
}

static bool measure_free_distances(struct ganger_graph *g)
{
    struct ganger_dijkstra scratch;
    if (!ganger_dijkstra_init(&scratch, g)) {
        return false;
    }
    for (int32_t i = 0; i < g->origins; i++) {
        ganger_dijkstra_run(&scratch, g, NULL, g->origin[i], INFINITY);
        for (int32_t j = g->first_demand[i]; j < g->first_demand[i + 1]; j++) {
            int32_t k = g->demand[j];
            g->free_distance[k] = scratch.distance[g->problem->demands.destination[k]];
        }
    }
    ganger_dijkstra_clear(&scratch);
    return true;
}

struct ganger_graph *ganger_graph_create(const struct ganger_problem *problem)
{
    struct ganger_graph *g = calloc(1, sizeof *g);
    if (!g) {
        return NULL;
    }
    g->problem = problem;
    g->nodes = problem->nodes.count;
    g->arcs = 2 * problem->links.count;
    if (!allocate(g)) {
        ganger_graph_destroy(g);
        return NULL;
    }
    list_arcs(g);
    list_origins(g);
    if (!measure_free_distances(g)) {
        ganger_graph_destroy(g);
        return NULL;
    }
    return g;
}

void ganger_graph_destroy(struct ganger_graph *graph)
{
    if (!graph) {
        return;
    }
    free(graph->tail);
    free(graph->head);
    free(graph->cost);
    free(graph->first_out);
    free(graph->out);
    free(graph->origin);
    free(graph->first_demand);
    free(graph->demand);
    free(graph->free_distance);
    free(graph);
}

bool ganger_dijkstra_init(struct ganger_dijkstra *scratch, const struct ganger_graph *graph)
{
    size_t nodes = (size_t)graph->nodes + 1;
    scratch->distance = malloc(nodes * sizeof *scratch->distance);
    scratch->arc_in = malloc(nodes * sizeof *scratch->arc_in);
    scratch->heap = malloc(nodes * sizeof *scratch->heap);
    scratch->at = malloc(nodes * sizeof *scratch->at);
    scratch->heap_size = 0;
    if (!scratch->distance || !scratch->arc_in || !scratch->heap || !scratch->at) {
        ganger_dijkstra_clear(scratch);
        return false;
    }
    return true;
}

void ganger_dijkstra_clear(struct ganger_dijkstra *scratch)
{
    free(scratch->distance);
    free(scratch->arc_in);
    free(scratch->heap);
    free(scratch->at);
    *scratch = (struct ganger_dijkstra){0};
}

/* Ties by node number, so that the order of settling does not depend on history. */
static bool before(const struct ganger_dijkstra *d, int32_t a, int32_t b)
{
    return d->distance[a] < d->distance[b] || (d->distance[a] <= d->distance[b] && a < b);
}

static void sift_up(struct ganger_dijkstra *d, int32_t place)
{
    int32_t node = d->heap[place];
    while (place > 0 && before(d, node, d->heap[(place - 1) / 2])) {
        d->heap[place] = d->heap[(place - 1) / 2];
        d->at[d->heap[place]] = place;
        place = (place - 1) / 2;
    }
    d->heap[place] = node;
    d->at[node] = place;
}

static int32_t pop(struct ganger_dijkstra *d)
{
    int32_t top = d->heap[0];
    int32_t node = d->heap[--d->heap_size];
    int32_t place = 0;
    for (;;) {
        int32_t child = 2 * place + 1;
        if (child >= d->heap_size) {
            break;
        }
        if (child + 1 < d->heap_size && before(d, d->heap[child + 1], d->heap[child])) {
            child++;
        }
        if (!before(d, d->heap[child], node)) {
            break;
        }
        d->heap[place] = d->heap[child];
        d->at[d->heap[place]] = place;
        place = child;
    }
    d->heap[place] = node;
    d->at[node] = place;
    return top;
}

int64_t ganger_dijkstra_run(struct ganger_dijkstra *scratch, const struct ganger_graph *graph,
                            const double *price, int32_t origin, double limit)
{
    int64_t looked = 0;
    for (int32_t v = 0; v < graph->nodes; v++) {
        scratch->distance[v] = INFINITY;
        scratch->arc_in[v] = GANGER_NONE;
        scratch->at[v] = GANGER_NONE;
    }
    scratch->distance[origin] = 0;
    scratch->heap[0] = origin;
    scratch->at[origin] = 0;
    scratch->heap_size = 1;
    while (scratch->heap_size > 0) {
        int32_t node = pop(scratch);
        if (scratch->distance[node] >= limit) {
            break;
        }
        for (int32_t i = graph->first_out[node]; i < graph->first_out[node + 1]; i++) {
            int32_t arc = graph->out[i];
            int32_t next = graph->head[arc];
            double length = graph->cost[arc] + (price ? price[arc] : 0);
            double distance = scratch->distance[node] + length;
            looked++;
            if (distance < scratch->distance[next]) {
                if (isinf(scratch->distance[next])) {
                    scratch->at[next] = scratch->heap_size;
                    scratch->heap[scratch->heap_size++] = next;
                }
                scratch->distance[next] = distance;
                scratch->arc_in[next] = arc;
                sift_up(scratch, scratch->at[next]);
            }
        }
    }
    return looked;
}
