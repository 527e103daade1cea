/* V(t) and what comes with it on random networks, solved again and again, against an LP over
 * arcs. */
#include "freight/network.h"
#include "support/test.h"

#include <math.h>

enum { NETWORKS = 60, STATES = 15 };

static double slack(double value)
{
    return 1e-6 * (1 + fabs(value));
}

static void for_each_state(uint64_t seed, void (*check)(struct network *n, int32_t t,
                                                        const double *capacity, double value))
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, seed, 0, 0);
    for (int i = 0; i < NETWORKS; i++) {
        struct network n;
        network_open(&n, network_draw(&rng));
        for (int j = 0; j < STATES; j++) {
            double capacity[NETWORK_LINKS];
            int32_t t = ganger_rng_below(&rng, NETWORK_STEPS);
            network_capacities(n.problem, &rng, capacity);
            check(&n, t, capacity, network_solve(&n, t, capacity));
        }
        network_close(&n);
    }
}

static void equals_arc_flow(struct network *n, int32_t t, const double *capacity, double value)
{
    double expected = arc_flow_value(n->problem, t, capacity);
    CU_ASSERT_DOUBLE_EQUAL(value, expected, slack(expected));
}

static void value_is_that_of_the_arc_flow(void)
{
    for_each_state(41, equals_arc_flow);
}

static void prices_add_up(struct network *n, int32_t t, const double *capacity, double value)
{
    double sum = n->traffic.constant;
    double constant = 0;
    for (int32_t arc = 0; arc < n->graph->arcs; arc++) {
        CU_ASSERT(n->price[arc] >= 0);
        sum += n->price[arc] * capacity[arc / 2];
    }
    CU_ASSERT_DOUBLE_EQUAL(sum, value, slack(value));
    for (int32_t k = 0; k < n->problem->demands.count; k++) {
        constant += ganger_problem_volume(n->problem, k, t) * n->worth[k];
    }
    CU_ASSERT_DOUBLE_EQUAL(constant, n->traffic.constant, slack(value));
}

static void value_is_what_prices_say(void)
{
    for_each_state(42, prices_add_up);
}

/* Flows of paths: within volumes and capacities, the arcs' flows, and worth V. */
static void flows_add_up(struct network *n, int32_t t, const double *capacity, double value)
{
    double flow[2 * NETWORK_LINKS] = {0};
    double delivered[NETWORK_DEMANDS] = {0};
    double worth = 0;
    for (int32_t path = 0; path < n->paths.count; path++) {
        double level = ganger_traffic_path_flow(&n->solver, path);
        int32_t k = n->paths.demand[path];
        int32_t node = n->problem->demands.origin[k];
        CU_ASSERT(level >= 0);
        delivered[k] += level;
        worth += level * n->problem->demands.value[k];
        for (int32_t i = n->paths.first_arc[path]; i < n->paths.first_arc[path + 1]; i++) {
            int32_t arc = n->paths.arcs[i];
            CU_ASSERT_EQUAL(n->graph->tail[arc], node);
            node = n->graph->head[arc];
            flow[arc] += level;
            worth -= level * n->graph->cost[arc];
        }
        CU_ASSERT_EQUAL(node, n->problem->demands.destination[k]);
    }
    CU_ASSERT_DOUBLE_EQUAL(worth, value, slack(value));
    for (int32_t arc = 0; arc < n->graph->arcs; arc++) {
        CU_ASSERT_DOUBLE_EQUAL(n->flow[arc], flow[arc], 1e-6);
        CU_ASSERT(flow[arc] <= capacity[arc / 2] + 1e-6);
    }
    for (int32_t k = 0; k < n->problem->demands.count; k++) {
        CU_ASSERT(delivered[k] <= ganger_problem_volume(n->problem, k, t) + 1e-6);
    }
}

static void value_is_what_flows_earn(void)
{
    for_each_state(43, flows_add_up);
}

static void reopened(struct network *n, int32_t t, const double *capacity, double value)
{
    ganger_traffic_keep_basis(&n->solver);
    ganger_traffic_close(&n->solver);
    CU_ASSERT_FATAL(ganger_traffic_open(&n->solver, n->graph, &n->paths));
    CU_ASSERT_DOUBLE_EQUAL(network_solve(n, t, capacity), value, slack(value));
}

static void a_solver_can_be_closed_and_opened(void)
{
    for_each_state(44, reopened);
}

/* A pool that keeps only what carried freight in the last solve still gives the same. */
static void pruned(struct network *n, int32_t t, const double *capacity, double value)
{
    int64_t round = n->solver.round + 1;
    n->solver.round = round;
    CU_ASSERT_DOUBLE_EQUAL(network_solve(n, t, capacity), value, slack(value));
    ganger_traffic_close(&n->solver);
    ganger_path_pool_prune(&n->paths, round);
    CU_ASSERT_FATAL(ganger_traffic_open(&n->solver, n->graph, &n->paths));
    n->solver.round = round;
    CU_ASSERT_DOUBLE_EQUAL(network_solve(n, t, capacity), value, slack(value));
}

static void paths_can_be_dropped(void)
{
    for_each_state(45, pruned);
}

/* A copy holds the same paths and rows, and adding them once more adds nothing. */
static void copied(struct network *n, int32_t t, const double *capacity, double value)
{
    (void)capacity;
    (void)value;
    (void)t;
    struct ganger_path_pool copy;
    CU_ASSERT_FATAL(ganger_path_pool_init(&copy, n->graph));
    CU_ASSERT(ganger_path_pool_copy(&copy, &n->paths));
    CU_ASSERT_EQUAL(copy.count, n->paths.count);
    CU_ASSERT_EQUAL(copy.rows, n->paths.rows);
    for (int32_t p = 0; p < n->paths.count; p++) {
        int32_t first = n->paths.first_arc[p];
        int32_t arcs = n->paths.first_arc[p + 1] - first;
        CU_ASSERT_EQUAL(copy.first_arc[p + 1], n->paths.first_arc[p + 1]);
        CU_ASSERT_EQUAL(copy.cost[p], n->paths.cost[p]);
        CU_ASSERT_EQUAL(
            ganger_path_pool_add(&copy, n->paths.demand[p], n->paths.arcs + first, arcs), p);
    }
    CU_ASSERT_EQUAL(copy.count, n->paths.count);
    ganger_path_pool_clear(&copy);
}

static void pools_can_be_copied(void)
{
    for_each_state(46, copied);
}

static const struct ganger_test tests[] = {
    {"value is that of the arc flow", value_is_that_of_the_arc_flow},
    {"value is what prices say", value_is_what_prices_say},
    {"value is what flows earn", value_is_what_flows_earn},
    {"a solver can be closed and opened", a_solver_can_be_closed_and_opened},
    {"paths can be dropped", paths_can_be_dropped},
    {"pools can be copied", pools_can_be_copied},
    {NULL, NULL}};

const struct ganger_suite value_suite = {"value", "property", tests};
