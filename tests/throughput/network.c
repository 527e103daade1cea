/* Flows of least cost: each is proven by its own potentials. */
#include "base/rng.h"
#include "support/test.h"
#include "throughput/network_simplex.h"

#include <math.h>

enum { NODES = 9, ARCS = 30, ONE = 1 << 20 };

struct network {
    struct ganger_network_shape shape;
    int32_t tail[ARCS], head[ARCS];
    double capacity[ARCS];
    int64_t cost[ARCS];
};

static void draw_costs(struct ganger_rng *rng, struct network *n)
{
    for (int32_t a = 0; a < ARCS; a++) {
        if (ganger_rng_below(rng, 3) == 0) {
            int32_t kind = ganger_rng_below(rng, 6);
            n->cost[a] = kind == 0 ? 2 * ONE : kind < 3 ? 0 : ganger_rng_below(rng, ONE);
        }
    }
}

/* Some nodes may be out of reach, and some arcs without capacity. */
static void draw(struct ganger_rng *rng, struct network *n)
{
    int32_t nodes = 2 + ganger_rng_below(rng, NODES - 1);
    for (int32_t a = 0; a < ARCS; a++) {
        n->tail[a] = ganger_rng_below(rng, nodes);
        n->head[a] = (n->tail[a] + 1 + ganger_rng_below(rng, nodes - 1)) % nodes;
        n->capacity[a] = ganger_rng_below(rng, 8);
        n->cost[a] = 0;
    }
    n->shape = (struct ganger_network_shape){nodes, ARCS, 0, nodes - 1, n->tail, n->head, ONE};
}

/* What flows is a flow, and as good as the potentials allow: then both are the best. */
static void prove(const struct network *n, const struct ganger_network_simplex *simplex)
{
    const double *flow = ganger_network_simplex_flow(simplex);
    int64_t potential[NODES];
    double out[NODES] = {0}, worth = 0, bound = 0;
    ganger_network_simplex_potential(simplex, potential);
    for (int32_t a = 0; a < ARCS; a++) {
        CU_ASSERT(flow[a] >= 0 && flow[a] <= n->capacity[a]);
        CU_ASSERT(n->cost[a] < 2 * ONE || flow[a] == 0);
        out[n->tail[a]] += flow[a];
        out[n->head[a]] -= flow[a];
        worth -= flow[a] * (double)n->cost[a];
        double rise = (double)(potential[n->head[a]] - potential[n->tail[a]] - n->cost[a]);
        bound += fmax(rise, 0) * n->capacity[a];
    }
    double value = ganger_network_simplex_value(simplex);
    worth += value * ONE;
    CU_ASSERT(potential[0] == 0 && potential[n->shape.sink] == ONE);
    CU_ASSERT_DOUBLE_EQUAL(out[0], value, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(out[n->shape.sink], -value, 1e-9);
    for (int32_t v = 1; v < n->shape.sink; v++) {
        CU_ASSERT_DOUBLE_EQUAL(out[v], 0, 1e-9);
    }
    CU_ASSERT_DOUBLE_EQUAL(worth, bound, 1e-3);
}

static void flows_cost_least(void)
{
    struct ganger_rng rng;
    int64_t ticks = 0;
    ganger_rng_init(&rng, 12, 0, 0);
    for (int i = 0; i < 300; i++) {
        struct network n;
        draw(&rng, &n);
        struct ganger_network_simplex *simplex = ganger_network_simplex_create(&n.shape);
        CU_ASSERT_PTR_NOT_NULL_FATAL(simplex);
        for (int round = 0; round < 10; round++) {
            if (round == 7) { /* flow that was there may not fit any more */
                n.capacity[ganger_rng_below(&rng, ARCS)] = 1;
            }
            ganger_network_simplex_set_capacity(simplex, n.capacity);
            draw_costs(&rng, &n);
            ganger_network_simplex_solve(simplex, n.cost, &ticks);
            prove(&n, simplex);
        }
        ganger_network_simplex_destroy(simplex);
    }
    CU_ASSERT(ticks > 0);
}

static const struct ganger_test tests[] = {{"flows cost least", flows_cost_least}, {NULL, NULL}};
const struct ganger_suite network_suite = {"network", "property", tests};
