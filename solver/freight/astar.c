#include "freight/astar.h"

#include <math.h>
#include <stdlib.h>

bool ganger_astar_init(struct ganger_astar *astar, const struct ganger_graph *graph)
{
    size_t nodes = (size_t)graph->nodes + 1;
    *astar = (struct ganger_astar){.graph = graph,
                                   .ahead = malloc(nodes * sizeof *astar->ahead),
                                   .distance = malloc(nodes * sizeof *astar->distance),
                                   .arc_in = malloc(nodes * sizeof *astar->arc_in),
                                   .key = malloc(nodes * sizeof *astar->key),
                                   .seen = calloc(nodes, sizeof *astar->seen)};
    astar->heap = (struct ganger_node_heap){.node = malloc(nodes * sizeof *astar->heap.node),
                                            .at = malloc(nodes * sizeof *astar->heap.at)};
    if (!astar->ahead || !astar->distance || !astar->arc_in || !astar->key || !astar->seen ||
        !astar->heap.node || !astar->heap.at) {
        ganger_astar_clear(astar);
        return false;
    }
    return true;
}

void ganger_astar_clear(struct ganger_astar *astar)
{
    free(astar->ahead);
    free(astar->distance);
    free(astar->arc_in);
    free(astar->key);
    free(astar->seen);
    free(astar->heap.node);
    free(astar->heap.at);
    *astar = (struct ganger_astar){0};
}

/* Origins of the group, each counted once: marked in `seen` by a search of its own. */
static int32_t mark_origins(struct ganger_astar *a, int32_t to)
{
    const struct ganger_demand_groups *groups = &a->graph->to;
    int32_t count = 0;
    a->search++;
    for (int32_t i = groups->first[to]; i < groups->first[to + 1]; i++) {
        int32_t origin = a->graph->problem->demands.origin[groups->demand[i]];
        count += a->seen[origin] != a->search;
        a->seen[origin] = a->search;
    }
    return count;
}

void ganger_astar_aim(struct ganger_astar *astar, int32_t to, const double *least, double limit)
{
    struct ganger_astar *a = astar;
    const struct ganger_graph *g = a->graph;
    int32_t left = mark_origins(a, to);
    a->destination = g->to.node[to];
    for (int32_t v = 0; v < g->nodes; v++) {
        a->ahead[v] = INFINITY;
    }
    a->ahead[a->destination] = 0;
    a->radius = INFINITY; /* if all is reached, so is nothing else */
    a->heap.key = a->ahead;
    a->heap.size = 0;
    ganger_node_heap_push(&a->heap, a->destination);
    while (a->heap.size > 0) {
        int32_t node = ganger_node_heap_pop(&a->heap);
        left -= a->seen[node] == a->search;
        if (left == 0 || a->ahead[node] >= limit) {
            a->radius = a->ahead[node];
            return;
        }
        for (int32_t i = g->first_in[node]; i < g->first_in[node + 1]; i++) {
            int32_t arc = g->in[i], next = g->tail[arc];
            double distance = a->ahead[node] + least[arc], was = a->ahead[next];
            a->looked++;
            if (distance < was) {
                a->ahead[next] = distance;
                if (isinf(was)) {
                    ganger_node_heap_push(&a->heap, next);
                } else {
                    ganger_node_heap_lift(&a->heap, next);
                }
            }
        }
    }
}

/* Rounding may make a node nearer after it has been left; it is then left once more. */
static void reach(struct ganger_astar *a, int32_t node, double distance, int32_t arc)
{
    bool seen = a->seen[node] == a->search;
    double ahead = a->ahead[node] < a->radius ? a->ahead[node] : a->radius;
    a->seen[node] = a->search;
    a->distance[node] = distance;
    a->key[node] = distance + ahead;
    a->arc_in[node] = arc;
    if (seen && a->heap.at[node] != GANGER_NONE) {
        ganger_node_heap_lift(&a->heap, node);
    } else {
        ganger_node_heap_push(&a->heap, node);
    }
}

double ganger_astar_run(struct ganger_astar *astar, int32_t origin, const double *length,
                        double limit)
{
    struct ganger_astar *a = astar;
    const struct ganger_graph *g = a->graph;
    a->search++;
    a->heap.key = a->key;
    a->heap.size = 0;
    reach(a, origin, 0, GANGER_NONE);
    while (a->heap.size > 0) {
        int32_t node = ganger_node_heap_pop(&a->heap);
        a->heap.at[node] = GANGER_NONE;
        if (a->key[node] >= limit) {
            break;
        }
        if (node == a->destination) {
            return a->distance[node];
        }
        for (int32_t i = g->first_out[node]; i < g->first_out[node + 1]; i++) {
            int32_t arc = g->out[i], next = g->head[arc];
            double distance = a->distance[node] + length[arc];
            a->looked++;
            if (a->seen[next] != a->search || distance < a->distance[next]) {
                reach(a, next, distance, arc);
            }
        }
    }
    return INFINITY;
}
