#include "freight/network.h"

#include "support/test.h"

static int pick(struct ganger_rng *rng, int count)
{
    return (int)ganger_rng_below(rng, count);
}

struct ganger_problem *network_draw(struct ganger_rng *rng)
{
    struct tiny t;
    tiny_init(&t, NETWORK_STEPS);
    int nodes = 5 + pick(rng, NETWORK_NODES - 4);
    int links = nodes + pick(rng, NETWORK_LINKS - nodes + 1);
    for (int v = 0; v < nodes; v++) {
        tiny_add(&t, TINY_NODE, "n%d,false", v);
    }
    for (int l = 0; l < links; l++) {
        bool ring = l < nodes;
        int from = ring ? l : pick(rng, nodes);
        int to = ring ? (l + 1) % nodes : (from + 1 + pick(rng, nodes - 1)) % nodes;
        tiny_add(&t, TINY_LINK, "l%d,n%d,n%d,%s,0.%d", l, from, to,
                 ring || pick(rng, 3) ? "false" : "true", pick(rng, 10));
        tiny_add(&t, TINY_SEGMENT, "q%d,l%d,n%d,0,%d,5,,", l, l, from, 1 + pick(rng, 12));
    }
    int demands = 3 + pick(rng, NETWORK_DEMANDS - 2);
    for (int k = 0; k < demands; k++) {
        int from = pick(rng, nodes);
        tiny_add(&t, TINY_DEMAND, "d%d,n%d,n%d,%d", k, from,
                 (from + 1 + pick(rng, nodes - 1)) % nodes, 2 + pick(rng, 20));
        for (int step = 0; step < NETWORK_STEPS; step++) {
            tiny_add(&t, TINY_PROFILE, "d%d,%d,%d.%d", k, step, pick(rng, 9), pick(rng, 10));
        }
    }
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,1,1,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

void network_open(struct network *network, struct ganger_problem *problem)
{
    network->problem = problem;
    network->graph = ganger_graph_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network->graph);
    CU_ASSERT_FATAL(ganger_path_pool_init(&network->paths, network->graph));
    CU_ASSERT_FATAL(ganger_traffic_open(&network->solver, network->graph, &network->paths));
    network->traffic = (struct ganger_traffic){
        .flow = network->flow, .price = network->price, .worth = network->worth};
}

void network_close(struct network *network)
{
    ganger_traffic_close(&network->solver);
    ganger_path_pool_clear(&network->paths);
    ganger_graph_destroy(network->graph);
    ganger_problem_destroy(network->problem);
}

void network_capacities(const struct ganger_problem *problem, struct ganger_rng *rng,
                        double *capacity)
{
    for (int32_t l = 0; l < problem->links.count; l++) {
        capacity[l] = pick(rng, 4) == 0 ? 0 : 10 * ganger_rng_unit(rng);
    }
}

double network_solve(struct network *network, int32_t t, const double *capacity)
{
    const struct ganger_problem *p = network->problem;
    double volume[NETWORK_DEMANDS];
    for (int32_t k = 0; k < p->demands.count; k++) {
        volume[k] = ganger_problem_volume(p, k, t);
    }
    CU_ASSERT_FATAL(ganger_traffic_solve(&network->solver, volume, capacity, &network->traffic));
    return network->traffic.value;
}
