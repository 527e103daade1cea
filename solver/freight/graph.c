#include "freight/graph.h"

#include "freight/astar.h"

#include <math.h>
#include <stdlib.h>

static bool allocate_groups(struct ganger_demand_groups *groups, size_t demands)
{
    groups->node = calloc(demands, sizeof *groups->node);
    groups->first = calloc(demands + 2, sizeof *groups->first);
    groups->demand = calloc(demands, sizeof *groups->demand);
    return groups->node && groups->first && groups->demand;
}

static void clear_groups(struct ganger_demand_groups *groups)
{
    free(groups->node);
    free(groups->first);
    free(groups->demand);
}

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
    g->first_in = calloc(nodes + 1, sizeof *g->first_in);
    g->in = calloc(arcs, sizeof *g->in);
    return g->tail && g->head && g->cost && g->first_out && g->out && g->first_in && g->in &&
           allocate_groups(&g->from, demands) && allocate_groups(&g->to, demands);
}

static bool arc_exists(const struct ganger_graph *g, int32_t arc)
{
    return !(arc & 1) || !g->problem->links.directed[arc / 2];
}

/* list[first[v] ..] the arcs at each node, in index order; `first` has nodes + 2 zeroed cells. */
static void index_arcs(const struct ganger_graph *g, const int32_t *node, int32_t *first,
                       int32_t *list)
{
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        first[node[arc] + 2] += arc_exists(g, arc);
    }
    for (int32_t v = 0; v < g->nodes; v++) {
        first[v + 2] += first[v + 1];
    }
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        if (arc_exists(g, arc)) {
            list[first[node[arc] + 1]++] = arc;
        }
    }
}

static void list_arcs(struct ganger_graph *g)
{
    const struct ganger_links *links = &g->problem->links;
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        int32_t link = arc / 2;
        g->tail[arc] = arc & 1 ? links->to[link] : links->from[link];
        g->head[arc] = arc & 1 ? links->from[link] : links->to[link];
        g->cost[arc] = links->cost_per_t[link];
    }
    index_arcs(g, g->tail, g->first_out, g->out);
    index_arcs(g, g->head, g->first_in, g->in);
}

/* By place, in the order in which places appear; `number` [nodes] is scratch. */
static void group_demands(struct ganger_demand_groups *groups, const int32_t *place, int32_t count,
                          int32_t *number)
{
    for (int32_t k = 0; k < count; k++) {
        number[place[k]] = GANGER_NONE;
    }
    for (int32_t k = 0; k < count; k++) {
        if (number[place[k]] == GANGER_NONE) {
            number[place[k]] = groups->count;
            groups->node[groups->count++] = place[k];
        }
        groups->first[number[place[k]] + 2]++;
    }
    for (int32_t i = 0; i < groups->count; i++) {
        groups->first[i + 2] += groups->first[i + 1];
    }
    for (int32_t k = 0; k < count; k++) {
        groups->demand[groups->first[number[place[k]] + 1]++] = k;
    }
}

static bool list_demands(struct ganger_graph *g)
{
    const struct ganger_demands *demands = &g->problem->demands;
    int32_t *number = malloc(((size_t)g->nodes + 1) * sizeof *number);
    if (number) {
        group_demands(&g->from, demands->origin, demands->count, number);
        group_demands(&g->to, demands->destination, demands->count, number);
    }
    free(number);
    return number != NULL;
}

bool ganger_graph_measure_free(struct ganger_graph *graph)
{
    struct ganger_graph *g = graph;
    struct ganger_astar astar;
    if (g->free_distance) {
        return true;
    }
    g->free_distance = calloc((size_t)g->problem->demands.count + 1, sizeof *g->free_distance);
    if (!g->free_distance || !ganger_astar_init(&astar, g)) {
        return false;
    }
    for (int32_t to = 0; to < g->to.count; to++) {
        ganger_astar_aim(&astar, to, g->cost, INFINITY);
        for (int32_t i = g->to.first[to]; i < g->to.first[to + 1]; i++) {
            int32_t k = g->to.demand[i];
            g->free_distance[k] = astar.ahead[g->problem->demands.origin[k]];
        }
    }
    ganger_astar_clear(&astar);
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
    if (!list_demands(g)) {
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
    free(graph->first_in);
    free(graph->in);
    clear_groups(&graph->from);
    clear_groups(&graph->to);
    free(graph->free_distance);
    free(graph);
}

struct ganger_graph ganger_graph_turned(const struct ganger_graph *graph)
{
    struct ganger_graph turned = *graph;
    turned.tail = graph->head;
    turned.head = graph->tail;
    turned.first_out = graph->first_in;
    turned.out = graph->in;
    turned.first_in = graph->first_out;
    turned.in = graph->out;
    return turned;
}

bool ganger_dijkstra_init(struct ganger_dijkstra *scratch, const struct ganger_graph *graph)
{
    size_t nodes = (size_t)graph->nodes + 1;
    scratch->distance = malloc(nodes * sizeof *scratch->distance);
    scratch->arc_in = malloc(nodes * sizeof *scratch->arc_in);
    scratch->heap = (struct ganger_node_heap){.key = scratch->distance,
                                              .node = malloc(nodes * sizeof *scratch->heap.node),
                                              .at = malloc(nodes * sizeof *scratch->heap.at)};
    if (!scratch->distance || !scratch->arc_in || !scratch->heap.node || !scratch->heap.at) {
        ganger_dijkstra_clear(scratch);
        return false;
    }
    return true;
}

void ganger_dijkstra_clear(struct ganger_dijkstra *scratch)
{
    free(scratch->distance);
    free(scratch->arc_in);
    free(scratch->heap.node);
    free(scratch->heap.at);
    *scratch = (struct ganger_dijkstra){0};
}

int64_t ganger_dijkstra_run(struct ganger_dijkstra *scratch, const struct ganger_graph *graph,
                            const double *price, int32_t origin, double limit)
{
    int64_t looked = 0;
    for (int32_t v = 0; v < graph->nodes; v++) {
        scratch->distance[v] = INFINITY;
        scratch->arc_in[v] = GANGER_NONE;
    }
    scratch->distance[origin] = 0;
    scratch->heap.size = 0;
    ganger_node_heap_push(&scratch->heap, origin);
    while (scratch->heap.size > 0) {
        int32_t node = ganger_node_heap_pop(&scratch->heap);
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
                bool listed = !isinf(scratch->distance[next]);
                scratch->distance[next] = distance;
                scratch->arc_in[next] = arc;
                if (listed) {
                    ganger_node_heap_lift(&scratch->heap, next);
                } else {
                    ganger_node_heap_push(&scratch->heap, next);
                }
            }
        }
    }
    return looked;
}
