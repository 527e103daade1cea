/*
 * V(t) of MODEL section 3, exactly: the best use of the network in one period, an LP over paths by column
 * generation with capacity rows added when they are first exceeded.
 *
 * A solver belongs to one thread from open to close. What a solve returns is a function of the pool it was
 * opened with and of the solves since, so a worker that opens it anew at each turn is deterministic.
 */
#ifndef GANGER_FREIGHT_TRAFFIC_H
#define GANGER_FREIGHT_TRAFFIC_H

#include "freight/paths.h"
#include "lp/lp.h"

struct ganger_traffic_solver {
    const struct ganger_graph *graph;
    struct ganger_path_pool *pool; /* the worker's own; grows */
    struct ganger_lp *lp;
    struct ganger_dijkstra dijkstra;
    int32_t columns, arc_rows; /* loaded into the LP */
    double *demand_upper;      /* [demands] as loaded */
    double *arc_upper;         /* [arcs] as loaded, by row */
    double *flow;              /* [arcs] scratch */
    double *price;             /* [arcs] scratch */
    int32_t *chain;            /* [nodes] scratch: arcs of a path, and rows of a column */
    int64_t round;             /* stamp of paths that carry freight */
    bool certified;            /* no path is better than the prices of the last solve */
    int64_t solves, iterations, ticks;
    int64_t searched; /* arcs looked at, among the ticks */
    /* May be set once it is open: a path must be better by this to be taken, USD per tonne; and, asked between the steps of
     * a solve, true breaks it off. */
    double path_tolerance;
    bool (*interrupted)(void *context);
    void *context;
    bool broken_off;
};

/* What the LP says of one period. Arrays are the caller's: [arcs] each. */
struct ganger_traffic {
    double value;    /* V(t), M USD per year */
    double constant; /* sum of d_k * price of demand k: value = constant + sum price * capacity */
    double *flow;    /* Mt/yr on each arc */
    double *price;   /* USD per tonne of capacity on each arc */
    double *worth;   /* [demands] price of demand k: max(0, value_k - distance), may be NULL */
};

/* Opens a solver on a pool; false if memory is short (the solver is then closed). */
bool ganger_traffic_open(struct ganger_traffic_solver *solver, const struct ganger_graph *graph,
                         struct ganger_path_pool *pool);
void ganger_traffic_close(struct ganger_traffic_solver *solver);

/* Solves for the volumes [demands] and link capacities [links], Mt/yr. False if the LP could not be
 * solved, memory is short or it was broken off. */
bool ganger_traffic_solve(struct ganger_traffic_solver *solver, const double *volume,
                          const double *capacity, struct ganger_traffic *traffic);
/* Flow on each path of the pool after a solve, Mt/yr. */
double ganger_traffic_path_flow(const struct ganger_traffic_solver *solver, int32_t path);
/* Keeps the last basis in the pool, for the next open. */
void ganger_traffic_keep_basis(struct ganger_traffic_solver *solver);

#endif
