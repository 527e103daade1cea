/*
 * Freight at a boundary: for each origin one flow to all its destinations, which has a flow for each demand in it.
 *
 * Freight from an origin uses an arc only if some demand gains by it: if the cheapest way through the arc, all lines being
 * free, costs less than what the demand is worth. Whatever else flowed could stay at home without loss.
 */
#include "mip/programme.h"

#include <math.h>
#include <stdlib.h>

/* Costs to a node from all others, by going over all arcs until nothing changes. */
static void measure_to(const struct ganger_graph *g, int32_t node, double *distance)
{
    bool changed = true;
    for (int32_t v = 0; v < g->nodes; v++) {
        distance[v] = v == node ? 0 : INFINITY;
    }
    while (changed) {
        changed = false;
        for (int32_t i = 0; i < g->first_out[g->nodes]; i++) {
            int32_t arc = g->out[i];
            double through = g->cost[arc] + distance[g->head[arc]];
            if (through < distance[g->tail[arc]]) {
                distance[g->tail[arc]] = through;
                changed = true;
            }
        }
    }
}

/* Marks the arcs by which demand k may gain, given the costs from its origin and to its destination. */
static void mark_arcs(const struct ganger_graph *g, int32_t k, const double *from, const double *to,
                      bool *useful)
{
    const struct ganger_demands *demands = &g->problem->demands;
    for (int32_t i = 0; i < g->first_out[g->nodes]; i++) {
        int32_t arc = g->out[i];
        double cost = from[g->tail[arc]] + g->cost[arc] + to[g->head[arc]];
        useful[arc] = useful[arc] || (g->head[arc] != demands->origin[k] &&
                                      cost * (1 - 1e-9) <= demands->value[k]);
    }
}

/* What measuring needs. */
struct survey {
    struct ganger_dijkstra dijkstra;
    double *to;   /* [nodes] */
    bool *useful; /* [arcs] */
};

static void list_arcs(struct ganger_mip_programme *x, struct survey *survey, int32_t o)
{
    const struct ganger_graph *g = x->graph;
    int32_t count = x->first_useful[o];
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        survey->useful[arc] = false;
    }
    ganger_dijkstra_run(&survey->dijkstra, g, NULL, g->from.node[o], INFINITY);
    for (int32_t i = g->from.first[o]; i < g->from.first[o + 1]; i++) {
        int32_t k = g->from.demand[i];
        measure_to(g, x->problem->demands.destination[k], survey->to);
        mark_arcs(g, k, survey->dijkstra.distance, survey->to, survey->useful);
    }
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        if (survey->useful[arc]) {
            x->useful[count++] = arc;
        }
    }
    x->first_useful[o + 1] = count;
}

bool ganger_mip_useful_arcs(struct ganger_mip_programme *x)
{
    const struct ganger_graph *g = x->graph;
    struct survey survey = {.to = malloc(((size_t)g->nodes + 1) * sizeof(double)),
                            .useful = malloc(((size_t)g->arcs + 1) * sizeof(bool))};
    x->first_useful = calloc((size_t)g->from.count + 1, sizeof *x->first_useful);
    x->useful = malloc(((size_t)g->from.count * (size_t)g->arcs + 1) * sizeof *x->useful);
    bool ready = ganger_dijkstra_init(&survey.dijkstra, g) && survey.to && survey.useful &&
                 x->first_useful && x->useful;
    for (int32_t o = 0; ready && o < g->from.count; o++) {
        list_arcs(x, &survey, o);
    }
    ganger_dijkstra_clear(&survey.dijkstra);
    free(survey.to);
    free(survey.useful);
    return ready;
}

/* What has come to a node less what leaves it is what is delivered there. */
static int32_t node_row(struct ganger_mip_programme *x, int32_t o, int32_t node, int32_t t)
{
    if (node == x->graph->from.node[o]) {
        return GANGER_NONE;
    }
    if (x->node_row[node] == GANGER_NONE) {
        x->node_row[node] = ganger_mip_add_row(
            &x->mip, (struct ganger_mip_row){.name = {"node", {o, node, t}}, .equal = true});
    }
    return x->node_row[node];
}

static int32_t arc_row(struct ganger_mip_programme *x, int32_t arc, int32_t t)
{
    if (x->arc_row[arc] == GANGER_NONE) {
        x->arc_row[arc] = ganger_mip_add_row(
            &x->mip, (struct ganger_mip_row){.name = {"load", {arc, t, GANGER_NONE}}});
        ganger_mip_add(&x->mip, x->arc_row[arc], x->link_column[arc / 2], -1);
    }
    return x->arc_row[arc];
}

static void add_flow(struct ganger_mip_programme *x, int32_t o, int32_t arc, int32_t t)
{
    const struct ganger_graph *g = x->graph;
    int32_t out = node_row(x, o, g->tail[arc], t), in = node_row(x, o, g->head[arc], t);
    int32_t column = ganger_mip_add_column(
        &x->mip, (struct ganger_mip_column){.name = {"flow", {o, arc, t}},
                                            .cost = x->problem->time.weight[t] * g->cost[arc],
                                            .upper = INFINITY});
    ganger_mip_add(&x->mip, arc_row(x, arc, t), column, 1);
    ganger_mip_add(&x->mip, in, column, 1);
    if (out != GANGER_NONE) {
        ganger_mip_add(&x->mip, out, column, -1);
    }
}

static void add_delivery(struct ganger_mip_programme *x, int32_t o, int32_t k, int32_t t)
{
    const struct ganger_problem *p = x->problem;
    double volume = ganger_problem_volume(p, k, t);
    int32_t row = node_row(x, o, p->demands.destination[k], t);
    if (!(volume > 0)) {
        return;
    }
    int32_t column = ganger_mip_add_column(
        &x->mip, (struct ganger_mip_column){.name = {"delivered", {k, t, GANGER_NONE}},
                                            .cost = -p->time.weight[t] * p->demands.value[k],
                                            .upper = volume});
    if (row != GANGER_NONE) {
        ganger_mip_add(&x->mip, row, column, -1);
    }
}

void ganger_mip_freight(struct ganger_mip_programme *x, int32_t t)
{
    const struct ganger_graph *g = x->graph;
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        x->arc_row[arc] = GANGER_NONE;
    }
    for (int32_t o = 0; o < g->from.count; o++) {
        for (int32_t v = 0; v < g->nodes; v++) {
            x->node_row[v] = GANGER_NONE;
        }
        for (int32_t i = x->first_useful[o]; i < x->first_useful[o + 1]; i++) {
            if (x->most[x->useful[i] / 2] > 0) {
                add_flow(x, o, x->useful[i], t);
            }
        }
        for (int32_t i = g->from.first[o]; i < g->from.first[o + 1]; i++) {
            add_delivery(x, o, g->from.demand[i], t);
        }
    }
}
