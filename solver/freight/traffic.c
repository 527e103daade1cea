#include "freight/traffic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A path must be better than what the LP has by this much, USD per tonne, to become a column, if nothing else is said: below
 * it V(t) could grow by less than 1e-8 of a typical tariff. */
static const double least_tolerance = 1e-7;
/* Mt/yr by which a flow may exceed a capacity that has no row yet. */
static const double row_tolerance = 1e-9;

static void load_column(struct ganger_traffic_solver *s, int32_t path)
{
    const struct ganger_path_pool *pool = s->pool;
    int32_t demand = pool->demand[path];
    int32_t count = 0;
    s->chain[count++] = demand;
    for (int32_t i = pool->first_arc[path]; i < pool->first_arc[path + 1]; i++) {
        int32_t row = pool->row_of[pool->arcs[i]];
        if (row != GANGER_NONE) {
            s->chain[count++] = s->graph->problem->demands.count + row;
        }
    }
    ganger_lp_add_column(s->lp, s->graph->problem->demands.value[demand] - pool->cost[path],
                         s->chain, count);
}

/* (Re)builds the LP from the pool: demand rows first, then capacity rows, then a column a path. */
static bool load(struct ganger_traffic_solver *s)
{
    ganger_lp_destroy(s->lp);
    s->lp = ganger_lp_create();
    if (!s->lp) {
        return false;
    }
    for (int32_t k = 0; k < s->graph->problem->demands.count; k++) {
        ganger_lp_add_row(s->lp, s->demand_upper[k]);
    }
    for (s->arc_rows = 0; s->arc_rows < s->pool->rows; s->arc_rows++) {
        ganger_lp_add_row(s->lp, s->arc_upper[s->arc_rows]);
    }
    for (s->columns = 0; s->columns < s->pool->count; s->columns++) {
        load_column(s, s->columns);
    }
    if (s->pool->basis_paths > 0) {
        ganger_lp_set_basis(s->lp, s->pool->row_basis, s->pool->basis_rows, s->pool->path_basis,
                            s->pool->basis_paths);
    }
    return true;
}

bool ganger_traffic_open(struct ganger_traffic_solver *solver, const struct ganger_graph *graph,
                         struct ganger_path_pool *pool)
{
    *solver = (struct ganger_traffic_solver){
        .graph = graph, .pool = pool, .path_tolerance = least_tolerance};
    size_t demands = (size_t)graph->problem->demands.count + 1;
    size_t arcs = (size_t)graph->arcs + 1;
    solver->demand_upper = calloc(demands, sizeof *solver->demand_upper);
    solver->arc_upper = calloc(arcs, sizeof *solver->arc_upper);
    solver->flow = calloc(arcs, sizeof *solver->flow);
    solver->price = calloc(arcs, sizeof *solver->price);
    solver->chain = calloc((size_t)graph->nodes + 2, sizeof *solver->chain);
    bool ready = solver->demand_upper && solver->arc_upper && solver->flow && solver->price &&
                 solver->chain && ganger_dijkstra_init(&solver->dijkstra, graph) && load(solver);
    if (!ready) {
        ganger_traffic_close(solver);
    }
    return ready;
}

void ganger_traffic_close(struct ganger_traffic_solver *solver)
{
    ganger_lp_destroy(solver->lp);
    ganger_dijkstra_clear(&solver->dijkstra);
    free(solver->demand_upper);
    free(solver->arc_upper);
    free(solver->flow);
    free(solver->price);
    free(solver->chain);
    solver->lp = NULL;
    solver->demand_upper = solver->arc_upper = solver->flow = solver->price = NULL;
    solver->chain = NULL;
}

static void set_right_hand_sides(struct ganger_traffic_solver *s, const double *volume,
                                 const double *capacity)
{
    int32_t demands = s->graph->problem->demands.count;
    for (int32_t k = 0; k < demands; k++) {
        if (s->demand_upper[k] != volume[k]) {
            s->demand_upper[k] = volume[k];
            ganger_lp_set_upper(s->lp, k, volume[k]);
        }
    }
    for (int32_t i = 0; i < s->arc_rows; i++) {
        double upper = capacity[s->pool->row_arc[i] / 2];
        if (s->arc_upper[i] != upper) {
            s->arc_upper[i] = upper;
            ganger_lp_set_upper(s->lp, demands + i, upper);
        }
    }
}

static void add_up_flow(struct ganger_traffic_solver *s)
{
    memset(s->flow, 0, (size_t)s->graph->arcs * sizeof *s->flow);
    for (int32_t p = 0; p < s->columns; p++) {
        double level = ganger_lp_level(s->lp, p);
        if (level > row_tolerance) {
            s->pool->used[p] = s->round;
            for (int32_t i = s->pool->first_arc[p]; i < s->pool->first_arc[p + 1]; i++) {
                s->flow[s->pool->arcs[i]] += level;
            }
        }
    }
}

/* Adds a row for each arc that carries more than it can; true if there was one. The LP is built anew,
 * because GLPK adds coefficients by column, and this happens only a few times in a solve. */
static bool add_short_rows(struct ganger_traffic_solver *s, const double *capacity)
{
    int32_t old = s->pool->rows;
    for (int32_t arc = 0; arc < s->graph->arcs; arc++) {
        if (s->pool->row_of[arc] == GANGER_NONE &&
            s->flow[arc] > capacity[arc / 2] + row_tolerance) {
            s->arc_upper[ganger_path_pool_add_row(s->pool, arc)] = capacity[arc / 2];
        }
    }
    if (s->pool->rows == old) {
        return false;
    }
    /* With the new rows basic the old basis is one of the larger LP too, and still dual feasible. */
    ganger_traffic_keep_basis(s);
    return true;
}

static bool add_path(struct ganger_traffic_solver *s, int32_t demand)
{
    int32_t count = 0;
    int32_t node = s->graph->problem->demands.destination[demand];
    while (s->dijkstra.arc_in[node] != GANGER_NONE) {
        s->chain[count++] = s->dijkstra.arc_in[node];
        node = s->graph->tail[s->dijkstra.arc_in[node]];
    }
    for (int32_t i = 0; i < count / 2; i++) {
        int32_t arc = s->chain[i];
        s->chain[i] = s->chain[count - 1 - i];
        s->chain[count - 1 - i] = arc;
    }
    int32_t known = s->pool->count;
    return ganger_path_pool_add(s->pool, demand, s->chain, count) == known;
}

/* Beyond this distance no destination of an origin's demands can have a better path than they have. */
static double farthest_use(const struct ganger_traffic_solver *s, int32_t origin)
{
    const struct ganger_graph *g = s->graph;
    const double *value = g->problem->demands.value;
    double farthest = -INFINITY;
    for (int32_t j = g->from.first[origin]; j < g->from.first[origin + 1]; j++) {
        int32_t k = g->from.demand[j];
        double bar = value[k] - ganger_lp_price(s->lp, k) - s->path_tolerance;
        /* Demands that get their cheapest route at no congestion need no look. */
        bool may_be_better = !g->free_distance || g->free_distance[k] < bar;
        if (may_be_better && bar > farthest) {
            farthest = bar;
        }
    }
    return farthest;
}

/* Adds the best path of each demand that has one better than its price; true if there was one. */
static bool add_better_paths(struct ganger_traffic_solver *s)
{
    const struct ganger_graph *g = s->graph;
    bool added = false;
    for (int32_t i = 0; i < g->from.count; i++) {
        double farthest = farthest_use(s, i);
        if (isinf(farthest)) {
            continue;
        }
        s->searched += ganger_dijkstra_run(&s->dijkstra, g, s->price, g->from.node[i], farthest);
        for (int32_t j = g->from.first[i]; j < g->from.first[i + 1]; j++) {
            int32_t k = g->from.demand[j];
            double bar =
                g->problem->demands.value[k] - ganger_lp_price(s->lp, k) - s->path_tolerance;
            double distance = s->dijkstra.distance[g->problem->demands.destination[k]];
            if (distance < bar && add_path(s, k)) {
                added = true;
            }
        }
    }
    for (; s->columns < s->pool->count; s->columns++) {
        load_column(s, s->columns);
    }
    return added;
}

static void read_prices(struct ganger_traffic_solver *s)
{
    memset(s->price, 0, (size_t)s->graph->arcs * sizeof *s->price);
    for (int32_t i = 0; i < s->arc_rows; i++) {
        s->price[s->pool->row_arc[i]] =
            ganger_lp_price(s->lp, s->graph->problem->demands.count + i);
        if (s->price[s->pool->row_arc[i]] > 0) {
            s->pool->row_used[i] = s->round;
        }
    }
}

static void report(struct ganger_traffic_solver *s, const double *volume,
                   struct ganger_traffic *traffic)
{
    int32_t demands = s->graph->problem->demands.count;
    traffic->value = ganger_lp_value(s->lp);
    memcpy(traffic->flow, s->flow, (size_t)s->graph->arcs * sizeof *s->flow);
    memcpy(traffic->price, s->price, (size_t)s->graph->arcs * sizeof *s->price);
    traffic->constant = 0;
    for (int32_t k = 0; k < demands; k++) {
        double price = ganger_lp_price(s->lp, k);
        traffic->constant += volume[k] * price;
        if (traffic->worth) {
            traffic->worth[k] = price;
        }
    }
}

bool ganger_traffic_solve(struct ganger_traffic_solver *solver, const double *volume,
                          const double *capacity, struct ganger_traffic *traffic)
{
    set_right_hand_sides(solver, volume, capacity);
    int64_t before = ganger_lp_iterations(solver->lp), searched = solver->searched;
    for (;;) {
        solver->broken_off = solver->interrupted && solver->interrupted(solver->context);
        if (solver->broken_off) {
            return false;
        }
        int64_t reached = ganger_lp_iterations(solver->lp);
        if (!ganger_lp_solve(solver->lp)) {
            return false;
        }
        add_up_flow(solver);
        solver->ticks += solver->columns;
        if (add_short_rows(solver, capacity)) {
            solver->iterations += ganger_lp_iterations(solver->lp) - before;
            before = 0;
            solver->certified = false;
            if (!load(solver)) {
                return false;
            }
            continue;
        }
        read_prices(solver);
        /* Without an iteration the prices are those that were found to admit no better path. */
        if (solver->certified && ganger_lp_iterations(solver->lp) == reached) {
            break;
        }
        solver->certified = !add_better_paths(solver);
        if (solver->certified) {
            break;
        }
    }
    int64_t iterations = ganger_lp_iterations(solver->lp) - before;
    solver->iterations += iterations;
    solver->ticks += 7000 + 3300 * iterations + solver->searched - searched;
    solver->solves++;
    report(solver, volume, traffic);
    return true;
}

double ganger_traffic_path_flow(const struct ganger_traffic_solver *solver, int32_t path)
{
    return path < solver->columns ? ganger_lp_level(solver->lp, path) : 0;
}

void ganger_traffic_keep_basis(struct ganger_traffic_solver *solver)
{
    struct ganger_path_pool *pool = solver->pool;
    pool->basis_rows = solver->graph->problem->demands.count + solver->arc_rows;
    pool->basis_paths = solver->columns;
    ganger_lp_get_basis(solver->lp, pool->row_basis, pool->path_basis);
}
