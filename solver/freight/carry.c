#include "freight/carry.h"

#include <math.h>
#include <stdlib.h>

/* Of capacity and volume: what rounding may have added to them elsewhere. */
static const double shy = 1e-12;

static double margin_of(const struct ganger_carrier *c, int32_t path)
{
    return c->graph->problem->demands.value[c->paths->demand[path]] - c->paths->cost[path];
}

bool ganger_carrier_init(struct ganger_carrier *carrier, const struct ganger_path_pool *paths,
                         const int32_t *listed, int32_t count)
{
    const struct ganger_graph *graph = paths->graph;
    *carrier =
        (struct ganger_carrier){.graph = graph, .paths = paths, .listed = listed, .count = count};
    carrier->order = malloc(((size_t)count + 1) * sizeof *carrier->order);
    carrier->room = malloc(((size_t)graph->arcs + 1) * sizeof *carrier->room);
    size_t demands = (size_t)graph->problem->demands.count + 1;
    carrier->left = malloc(demands * sizeof *carrier->left);
    carrier->volume = malloc(demands * sizeof *carrier->volume);
    carrier->flow = malloc(((size_t)paths->count + 1) * sizeof *carrier->flow);
    if (!carrier->order || !carrier->room || !carrier->left || !carrier->volume || !carrier->flow) {
        ganger_carrier_clear(carrier);
        return false;
    }
    ganger_carrier_rank(carrier, NULL, 0);
    return true;
}

void ganger_carrier_clear(struct ganger_carrier *carrier)
{
    free(carrier->order);
    free(carrier->room);
    free(carrier->left);
    free(carrier->volume);
    free(carrier->flow);
    *carrier = (struct ganger_carrier){0};
}

static int compare(const void *left, const void *right)
{
    const struct ganger_ranked_path *a = left, *b = right;
    if (a->gain != b->gain) {
        return a->gain > b->gain ? -1 : 1;
    }
    return a->path < b->path ? -1 : 1; /* total: the order never depends on the sort */
}

void ganger_carrier_rank(struct ganger_carrier *carrier, const double *toll, int64_t apart)
{
    const struct ganger_path_pool *paths = carrier->paths;
    carrier->ranked = 0;
    for (int32_t k = 0; k < carrier->count; k++) {
        int32_t path = carrier->listed[k];
        double margin = margin_of(carrier, path), tolls = 0;
        for (int32_t i = paths->first_arc[path]; toll && i < paths->first_arc[path + 1]; i++) {
            tolls += toll[paths->arcs[i] * apart];
        }
        if (margin > 0) {
            carrier->order[carrier->ranked++] = (struct ganger_ranked_path){margin - tolls, path};
        }
    }
    qsort(carrier->order, (size_t)carrier->ranked, sizeof *carrier->order, compare);
}

/* Whole units that surely are there. */
static int64_t units_of(double mtpa)
{
    return mtpa > 0 ? (int64_t)floor(mtpa * (1 - shy) * GANGER_CARRY_UNITS) : 0;
}

static void open_state(struct ganger_carrier *c, const struct ganger_carry_state *state)
{
    for (int32_t arc = 0; arc < c->graph->arcs; arc++) {
        c->room[arc] = units_of(state->capacity[arc / 2 * state->links_apart]);
    }
    for (int32_t k = 0; k < c->graph->problem->demands.count; k++) {
        c->volume[k] = c->left[k] = units_of(state->volume[k]);
    }
    for (int32_t i = 0; i < c->count; i++) {
        c->flow[c->listed[i]] = 0;
    }
}

/* Puts as much of `most` on the path as fits. */
static void put(struct ganger_carrier *c, int32_t path, int64_t most)
{
    const struct ganger_path_pool *paths = c->paths;
    int32_t first = paths->first_arc[path], last = paths->first_arc[path + 1];
    int64_t *left = &c->left[paths->demand[path]];
    most = *left < most ? *left : most;
    for (int32_t i = first; most > 0 && i < last; i++) {
        most = c->room[paths->arcs[i]] < most ? c->room[paths->arcs[i]] : most;
    }
    if (most <= 0) {
        return;
    }
    for (int32_t i = first; i < last; i++) {
        c->room[paths->arcs[i]] -= most;
    }
    *left -= most;
    c->flow[path] += most;
}

double ganger_carry(struct ganger_carrier *carrier, struct ganger_carry_state state)
{
    struct ganger_carrier *c = carrier;
    double value = 0;
    open_state(c, &state);
    for (int32_t i = 0; state.wanted && i < c->ranked; i++) {
        int32_t path = c->order[i].path;
        put(c, path, units_of(state.wanted[path * state.paths_apart]));
    }
    for (int32_t i = 0; i < c->ranked; i++) {
        put(c, c->order[i].path, INT64_MAX);
    }
    for (int32_t i = 0; i < c->count; i++) {
        int32_t path = c->listed[i];
        value += (double)c->flow[path] / GANGER_CARRY_UNITS * margin_of(c, path);
    }
    return value;
}
