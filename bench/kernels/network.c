/* Shortest paths, and the linear programme of a period, solved for one state of the network after another. */
#include "cli/message.h"
#include "freight/traffic.h"
#include "kernels/kernel.h"
#include "quality/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct paths {
    const struct kernel_yard *yard;
    struct ganger_dijkstra dijkstra;
    double *price; /* [arcs] */
};

void *kernel_paths_create(const struct kernel_yard *yard)
{
    struct paths *paths = quality_allocate(1, sizeof *paths);
    struct ganger_rng rng;
    ganger_rng_init(&rng, KERNEL_SEED, 3, 0);
    paths->yard = yard;
    if (!ganger_dijkstra_init(&paths->dijkstra, yard->graph)) {
        quality_out_of_memory();
    }
    paths->price = quality_allocate((size_t)yard->graph->arcs, sizeof *paths->price);
    for (int32_t a = 0; a < yard->graph->arcs; a++) {
        paths->price[a] = ganger_rng_below(&rng, 4) == 0 ? 10.0 * ganger_rng_unit(&rng) : 0.0;
    }
    return paths;
}

void kernel_paths_destroy(void *opaque)
{
    struct paths *paths = opaque;
    ganger_dijkstra_clear(&paths->dijkstra);
    free(paths->price);
    free(paths);
}

/* From every origin. */
bool kernel_paths_run(void *opaque, struct kernel_tally *tally)
{
    struct paths *paths = opaque;
    const struct ganger_graph *graph = paths->yard->graph;
    for (int32_t i = 0; i < graph->from.count; i++) {
        tally->items += ganger_dijkstra_run(&paths->dijkstra, graph, paths->price,
                                            graph->from.node[i], INFINITY);
        kernel_digest(tally, paths->dijkstra.distance,
                      (size_t)graph->nodes * sizeof *paths->dijkstra.distance);
    }
    return true;
}

enum { STATES = 12 };

struct lp {
    const struct kernel_yard *yard;
    struct ganger_path_pool warm, pool; /* as a solve knows it after a while; the iteration's own */
    double *capacity;                   /* [links] */
    double *flow, *price;               /* [arcs] */
};

/* A moment of the schedule with one of the links closed. */
static bool solve_state(struct lp *lp, struct ganger_traffic_solver *solver, int32_t state,
                        struct ganger_traffic *traffic)
{
    const struct ganger_problem *p = lp->yard->problem;
    int32_t t = (int32_t)((int64_t)state * p->time.periods / STATES), links = p->links.count;
    memcpy(lp->capacity, lp->yard->capacity + (int64_t)t * links,
           (size_t)links * sizeof *lp->capacity);
    lp->capacity[state * 7919 % links] = 0;
    const double *volume = p->demands.volume + (int64_t)p->demands.step_at[t] * p->demands.count;
    return ganger_traffic_solve(solver, volume, lp->capacity, traffic);
}

static bool solve_all(struct lp *lp, struct ganger_path_pool *pool, struct kernel_tally *tally)
{
    struct ganger_traffic_solver solver;
    struct ganger_traffic traffic = {.flow = lp->flow, .price = lp->price};
    if (!ganger_traffic_open(&solver, lp->yard->graph, pool)) {
        quality_out_of_memory();
    }
    bool good = true;
    for (int32_t i = 0; good && i < STATES; i++) {
        good = solve_state(lp, &solver, i, &traffic);
        kernel_digest(tally, &traffic.value, sizeof traffic.value);
    }
    tally->items = solver.solves;
    tally->pivots = solver.iterations;
    ganger_traffic_keep_basis(&solver);
    ganger_traffic_close(&solver);
    if (!good) {
        ganger_cli_error("the kernels' linear programme could not be solved");
    }
    return good;
}

void *kernel_lp_create(const struct kernel_yard *yard)
{
    struct lp *lp = quality_allocate(1, sizeof *lp);
    struct kernel_tally unused = {0};
    lp->yard = yard;
    lp->capacity = quality_allocate((size_t)yard->problem->links.count, sizeof *lp->capacity);
    lp->flow = quality_allocate((size_t)yard->graph->arcs, sizeof *lp->flow);
    lp->price = quality_allocate((size_t)yard->graph->arcs, sizeof *lp->price);
    if (!ganger_path_pool_init(&lp->warm, yard->graph) ||
        !ganger_path_pool_init(&lp->pool, yard->graph)) {
        quality_out_of_memory();
    }
    if (!solve_all(lp, &lp->warm, &unused)) {
        kernel_lp_destroy(lp);
        return NULL;
    }
    return lp;
}

void kernel_lp_destroy(void *opaque)
{
    struct lp *lp = opaque;
    ganger_path_pool_clear(&lp->warm);
    ganger_path_pool_clear(&lp->pool);
    free(lp->capacity);
    free(lp->flow);
    free(lp->price);
    free(lp);
}

/* From the same pool of paths and the same basis each time. */
bool kernel_lp_run(void *opaque, struct kernel_tally *tally)
{
    struct lp *lp = opaque;
    if (!ganger_path_pool_copy(&lp->pool, &lp->warm)) {
        quality_out_of_memory();
    }
    return solve_all(lp, &lp->pool, tally);
}
