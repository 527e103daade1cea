#include "freight/detours.h"

#include <math.h>
#include <stdlib.h>

/* Share of the prices that counts: where there is room left, they are too high. */
static const double priced = 0.3;
/* A demand is looked after if so much of what was hoped for is missing; its paths in one period. */
static const double missing = 0.02;
enum { most_paths = 3 };
/* Arcs to look at in one period: what is left over then stays. */
static const int64_t most_looked = 300000;

bool ganger_detours_init(struct ganger_detours *detours, const struct ganger_graph *graph)
{
    *detours = (struct ganger_detours){
        .length = malloc(((size_t)graph->arcs + 1) * sizeof *detours->length),
        .arcs = malloc(((size_t)graph->nodes + 1) * sizeof *detours->arcs)};
    if (!detours->length || !detours->arcs || !ganger_astar_init(&detours->astar, graph) ||
        !ganger_path_pool_init(&detours->paths, graph)) {
        ganger_detours_clear(detours);
        return false;
    }
    return true;
}

void ganger_detours_clear(struct ganger_detours *detours)
{
    ganger_astar_clear(&detours->astar);
    ganger_path_pool_clear(&detours->paths);
    free(detours->length);
    free(detours->arcs);
    free(detours->flow);
    *detours = (struct ganger_detours){0};
}

static void measure(struct ganger_detours *d, const struct ganger_carrier *c, const double *toll,
                    int64_t apart)
{
    for (int32_t arc = 0; arc < c->graph->arcs; arc++) {
        d->length[arc] =
            c->room[arc] > 0 ? c->graph->cost[arc] + priced * toll[arc * apart] : INFINITY;
    }
}

static bool wanting(const struct ganger_carrier *c, int32_t demand, int64_t volume, double hoped)
{
    return (double)(volume - c->left[demand]) < (1 - missing) * hoped * GANGER_CARRY_UNITS &&
           c->left[demand] > 0;
}

/* As much as fits onto a path; what is full is closed. */
static bool put(struct ganger_detours *d, struct ganger_carrier *c, int32_t path, double *value)
{
    const struct ganger_path_pool *paths = &d->paths;
    const struct ganger_demands *demands = &c->graph->problem->demands;
    int32_t first = paths->first_arc[path], last = paths->first_arc[path + 1];
    int32_t demand = paths->demand[path];
    int64_t most = c->left[demand];
    double margin = demands->value[demand] - paths->cost[path];
    for (int32_t i = first; i < last; i++) {
        most = c->room[paths->arcs[i]] < most ? c->room[paths->arcs[i]] : most;
    }
    if (most <= 0 || margin <= 0) {
        return false;
    }
    for (int32_t i = first; i < last; i++) {
        int64_t *room = &c->room[paths->arcs[i]];
        *room -= most;
        d->length[paths->arcs[i]] = *room > 0 ? d->length[paths->arcs[i]] : INFINITY;
    }
    c->left[demand] -= most;
    d->flow[path] += most;
    *value += margin * (double)most / GANGER_CARRY_UNITS;
    return true;
}

/* The path of the last search; GANGER_NONE if memory is short. */
static int32_t add(struct ganger_detours *d, int32_t demand)
{
    const struct ganger_graph *g = d->astar.graph;
    int32_t count = 0, node = g->problem->demands.destination[demand];
    for (int32_t v = node; d->astar.arc_in[v] != GANGER_NONE; v = g->tail[d->astar.arc_in[v]]) {
        count++;
    }
    int32_t place = count;
    for (int32_t v = node; d->astar.arc_in[v] != GANGER_NONE; v = g->tail[d->astar.arc_in[v]]) {
        d->arcs[--place] = d->astar.arc_in[v];
    }
    int32_t path = ganger_path_pool_add(&d->paths, demand, d->arcs, count);
    if (path != GANGER_NONE && path >= d->room) {
        int32_t room = 2 * d->paths.count + 256;
        int64_t *flow = realloc(d->flow, (size_t)room * sizeof *flow);
        if (!flow) {
            return GANGER_NONE;
        }
        for (int32_t i = d->room; i < room; i++) {
            flow[i] = 0;
        }
        d->flow = flow;
        d->room = room;
    }
    return path;
}

static bool serve(struct ganger_detours *d, struct ganger_carrier *c, int32_t demand, double *value)
{
    const struct ganger_demands *demands = &c->graph->problem->demands;
    for (int i = 0; i < most_paths && c->left[demand] > 0; i++) {
        if (isinf(ganger_astar_run(&d->astar, demands->origin[demand], d->length,
                                   demands->value[demand]))) {
            return true;
        }
        int32_t path = add(d, demand);
        if (path == GANGER_NONE) {
            return false;
        }
        if (!put(d, c, path, value)) {
            return true;
        }
    }
    return true;
}

/* Volumes are what is carried and what is left. */
static bool serve_group(struct ganger_detours *d, struct ganger_carrier *c, int32_t to,
                        const double *hoped, double *value)
{
    const struct ganger_demand_groups *groups = &c->graph->to;
    const struct ganger_demands *demands = &c->graph->problem->demands;
    double most = 0;
    for (int32_t i = groups->first[to]; i < groups->first[to + 1]; i++) {
        int32_t k = groups->demand[i];
        most = wanting(c, k, c->volume[k], hoped[k]) ? fmax(most, demands->value[k]) : most;
    }
    if (most <= 0) {
        return true;
    }
    ganger_astar_aim(&d->astar, to, d->length, most);
    for (int32_t i = groups->first[to]; i < groups->first[to + 1]; i++) {
        int32_t k = groups->demand[i];
        if (wanting(c, k, c->volume[k], hoped[k]) && !serve(d, c, k, value)) {
            return false;
        }
    }
    return true;
}

bool ganger_detours_find(struct ganger_detours *detours, struct ganger_carrier *carrier,
                         const double *hoped, const double *toll, int64_t apart, double *value)
{
    struct ganger_detours *d = detours;
    bool ready = true;
    measure(d, carrier, toll, apart);
    for (int32_t path = 0; path < d->paths.count; path++) {
        d->flow[path] = 0;
        put(d, carrier, path, value);
    }
    int64_t until = d->astar.looked + most_looked;
    for (int32_t to = 0; ready && to < carrier->graph->to.count && d->astar.looked < until; to++) {
        ready = serve_group(d, carrier, to, hoped, value);
    }
    return ready;
}
