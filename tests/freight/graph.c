/* Shortest paths against Bellman and Ford. */
#include "freight/astar.h"
#include "freight/network.h"
#include "support/test.h"

#include <math.h>

static bool usable(const struct ganger_graph *g, int32_t arc)
{
    return arc % 2 == 0 || !g->problem->links.directed[arc / 2];
}

static void bellman_ford(const struct ganger_graph *g, const double *price, int32_t origin,
                         double *distance)
{
    for (int32_t v = 0; v < g->nodes; v++) {
        distance[v] = v == origin ? 0 : INFINITY;
    }
    for (int32_t pass = 0; pass < g->nodes; pass++) {
        for (int32_t arc = 0; arc < g->arcs; arc++) {
            int32_t link = arc / 2;
            const struct ganger_links *links = &g->problem->links;
            int32_t from = arc % 2 ? links->to[link] : links->from[link];
            int32_t to = arc % 2 ? links->from[link] : links->to[link];
            double length = links->cost_per_t[link] + (price ? price[arc] : 0);
            if (usable(g, arc) && distance[from] + length < distance[to]) {
                distance[to] = distance[from] + length;
            }
        }
    }
}

/* The arcs by which nodes were reached lead back to the origin and add up. */
static double length_back(const struct ganger_graph *g, const struct ganger_dijkstra *d,
                          const double *price, int32_t node, int32_t origin)
{
    double length = 0;
    for (int32_t steps = 0; node != origin && steps <= g->nodes; steps++) {
        int32_t arc = d->arc_in[node];
        CU_ASSERT_FATAL(arc != GANGER_NONE && usable(g, arc) && g->head[arc] == node);
        length += g->cost[arc] + (price ? price[arc] : 0);
        node = g->tail[arc];
    }
    return node == origin ? length : NAN;
}

static void compare(const struct ganger_graph *g, struct ganger_dijkstra *d, const double *price)
{
    double distance[NETWORK_NODES];
    for (int32_t origin = 0; origin < g->nodes; origin++) {
        CU_ASSERT(ganger_dijkstra_run(d, g, price, origin, INFINITY) >= g->nodes - 1);
        bellman_ford(g, price, origin, distance);
        for (int32_t v = 0; v < g->nodes; v++) {
            CU_ASSERT_DOUBLE_EQUAL(d->distance[v], distance[v], 1e-9);
            CU_ASSERT_DOUBLE_EQUAL(length_back(g, d, price, v, origin), distance[v], 1e-9);
        }
    }
}

/* Below a limit distances are exact, beyond it only known to lie beyond. */
static void compare_limited(const struct ganger_graph *g, struct ganger_dijkstra *d,
                            const double *price, double limit)
{
    double distance[NETWORK_NODES];
    for (int32_t origin = 0; origin < g->nodes; origin++) {
        ganger_dijkstra_run(d, g, price, origin, limit);
        bellman_ford(g, price, origin, distance);
        for (int32_t v = 0; v < g->nodes; v++) {
            if (distance[v] < limit) {
                CU_ASSERT_DOUBLE_EQUAL(d->distance[v], distance[v], 1e-9);
            } else {
                CU_ASSERT(d->distance[v] >= limit);
            }
        }
    }
}

static void shortest_paths(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 31, 0, 0);
    for (int i = 0; i < 150; i++) {
        struct ganger_problem *problem = network_draw(&rng);
        struct ganger_graph *g = ganger_graph_create(problem);
        struct ganger_dijkstra d;
        double price[2 * NETWORK_LINKS];
        CU_ASSERT_FATAL(g && ganger_dijkstra_init(&d, g));
        compare(g, &d, NULL);
        for (int32_t arc = 0; arc < g->arcs; arc++) {
            price[arc] = ganger_rng_below(&rng, 3) ? 0 : 9 * ganger_rng_unit(&rng);
        }
        compare(g, &d, price);
        compare_limited(g, &d, price, 20 * ganger_rng_unit(&rng));
        CU_ASSERT_FATAL(ganger_graph_measure_free(g) && ganger_graph_measure_free(g));
        for (int32_t k = 0; k < problem->demands.count; k++) {
            double distance[NETWORK_NODES];
            bellman_ford(g, NULL, problem->demands.origin[k], distance);
            CU_ASSERT_DOUBLE_EQUAL(g->free_distance[k], distance[problem->demands.destination[k]],
                                   1e-9);
        }
        ganger_dijkstra_clear(&d);
        ganger_graph_destroy(g);
        ganger_problem_destroy(problem);
    }
}

/* The arcs of the last search lead back to the origin and add up. */
static double astar_length_back(const struct ganger_astar *a, const double *length, int32_t origin)
{
    double sum = 0;
    int32_t node = a->destination;
    for (int32_t steps = 0; node != origin && steps <= a->graph->nodes; steps++) {
        CU_ASSERT_FATAL(a->arc_in[node] != GANGER_NONE);
        sum += length[a->arc_in[node]];
        node = a->graph->tail[a->arc_in[node]];
    }
    return node == origin ? sum : NAN;
}

/* Several sets of tolls above the least, with limits and without. */
static void compare_guided(struct ganger_astar *a, int32_t to, const double *toll, double limit)
{
    const struct ganger_graph *g = a->graph;
    double length[2 * NETWORK_LINKS], distance[NETWORK_NODES];
    for (int32_t arc = 0; arc < g->arcs; arc++) {
        length[arc] = g->cost[arc] + toll[arc];
    }
    for (int32_t i = g->to.first[to]; i < g->to.first[to + 1]; i++) {
        int32_t origin = g->problem->demands.origin[g->to.demand[i]];
        double found = ganger_astar_run(a, origin, length, limit);
        bellman_ford(g, toll, origin, distance);
        CU_ASSERT_EQUAL(g->problem->demands.destination[g->to.demand[i]], a->destination);
        if (distance[a->destination] < limit) {
            CU_ASSERT_DOUBLE_EQUAL(found, distance[a->destination], 1e-9);
            CU_ASSERT_DOUBLE_EQUAL(astar_length_back(a, length, origin), found, 1e-9);
        } else {
            CU_ASSERT(isinf(found));
        }
    }
}

static void guided_searches(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 32, 0, 0);
    for (int i = 0; i < 150; i++) {
        struct ganger_problem *problem = network_draw(&rng);
        struct ganger_graph *g = ganger_graph_create(problem);
        struct ganger_astar a;
        double least[2 * NETWORK_LINKS], toll[2 * NETWORK_LINKS];
        CU_ASSERT_FATAL(g && ganger_astar_init(&a, g));
        int32_t demands = 0;
        for (int32_t to = 0; to < g->to.count; to++) {
            double limit = i % 2 ? INFINITY : 20 * ganger_rng_unit(&rng);
            for (int32_t arc = 0; arc < g->arcs; arc++) {
                toll[arc] = ganger_rng_below(&rng, 3) ? 0 : 9 * ganger_rng_unit(&rng);
                least[arc] = g->cost[arc] + toll[arc];
            }
            ganger_astar_aim(&a, to, least, limit);
            for (int set = 0; set < 3; set++) {
                compare_guided(&a, to, toll, limit);
                for (int32_t arc = 0; arc < g->arcs; arc++) {
                    toll[arc] += ganger_rng_below(&rng, 3) ? 0 : 9 * ganger_rng_unit(&rng);
                }
            }
            demands += g->to.first[to + 1] - g->to.first[to];
        }
        CU_ASSERT_EQUAL(demands, problem->demands.count);
        ganger_astar_clear(&a);
        ganger_graph_destroy(g);
        ganger_problem_destroy(problem);
    }
}

static void what_cannot_be_reached(void)
{
    struct tiny t;
    tiny_init(&t, 2);
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,true,0.1");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,,");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,3");
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,1,1,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    struct ganger_graph *g = ganger_graph_create(problem);
    struct ganger_dijkstra d;
    CU_ASSERT_FATAL(g && ganger_dijkstra_init(&d, g));
    ganger_dijkstra_run(&d, g, NULL, 1, INFINITY);
    CU_ASSERT(isinf(d.distance[0]));
    CU_ASSERT_EQUAL(d.arc_in[0], GANGER_NONE);
    ganger_dijkstra_run(&d, g, NULL, 0, INFINITY);
    CU_ASSERT_DOUBLE_EQUAL(d.distance[1], 1.0, 1e-12);
    ganger_dijkstra_clear(&d);
    ganger_graph_destroy(g);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {{"shortest paths", shortest_paths},
                                           {"guided searches", guided_searches},
                                           {"what cannot be reached", what_cannot_be_reached},
                                           {NULL, NULL}};

const struct ganger_suite graph_suite = {"graph", "property", tests};
