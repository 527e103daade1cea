/* Greatest flows on random networks: against the LP, repaired against from scratch, cuts and paths. */
#include "freight/max_flow.h"

#include "freight/network.h"
#include "support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NETWORKS = 60, STATES = 12, CHANGES = 40 };

/* A network of one origin, destination and value, at no cost. */
static struct ganger_problem *draw(struct ganger_rng *rng)
{
    struct tiny t;
    tiny_init(&t, NETWORK_STEPS);
    int nodes = 5 + ganger_rng_below(rng, NETWORK_NODES - 4);
    int links = nodes + ganger_rng_below(rng, NETWORK_LINKS - nodes + 1);
    for (int v = 0; v < nodes; v++) {
        tiny_add(&t, TINY_NODE, "n%d,false", v);
    }
    for (int l = 0; l < links; l++) {
        int from = l < nodes ? l : ganger_rng_below(rng, nodes);
        int to =
            l < nodes ? (l + 1) % nodes : (from + 1 + ganger_rng_below(rng, nodes - 1)) % nodes;
        tiny_add(&t, TINY_LINK, "l%d,n%d,n%d,%s,0", l, from, to,
                 ganger_rng_below(rng, 2) ? "false" : "true");
        tiny_add(&t, TINY_SEGMENT, "q%d,l%d,n%d,0,1,5,,", l, l, from);
    }
    for (int k = 0; k <= ganger_rng_below(rng, 2); k++) {
        tiny_add(&t, TINY_DEMAND, "d%d,n0,n%d,3", k, nodes / 2);
        for (int step = 0; step < NETWORK_STEPS; step++) {
            tiny_add(&t, TINY_PROFILE, "d%d,%d,%d.%d", k, step, ganger_rng_below(rng, 20),
                     ganger_rng_below(rng, 10));
        }
    }
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,1,1,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    CU_ASSERT(ganger_flow_applies(problem));
    return problem;
}

struct solver {
    struct ganger_flow_network network;
    struct ganger_flow_scratch scratch;
    struct ganger_flow flow, fresh;
};

static struct ganger_flow make_flow(const struct ganger_flow_network *n)
{
    struct ganger_flow flow = {.left = calloc((size_t)n->places, sizeof(double)),
                               .capacity = calloc((size_t)n->links, sizeof(double)),
                               .side = calloc((size_t)n->nodes, 1)};
    CU_ASSERT_FATAL(flow.left && flow.capacity && flow.side);
    return flow;
}

static void free_flow(struct ganger_flow *flow)
{
    free(flow->left);
    free(flow->capacity);
    free(flow->side);
}

static void open_solver(struct solver *s, const struct ganger_problem *p)
{
    CU_ASSERT_FATAL(ganger_flow_network_init(&s->network, p));
    CU_ASSERT_FATAL(ganger_flow_scratch_init(&s->scratch, &s->network));
    s->flow = make_flow(&s->network);
    s->fresh = make_flow(&s->network);
}

static void close_solver(struct solver *s)
{
    free_flow(&s->flow);
    free_flow(&s->fresh);
    ganger_flow_scratch_clear(&s->scratch);
    ganger_flow_network_clear(&s->network);
}

static double some_capacity(struct ganger_rng *rng)
{
    return ganger_rng_below(rng, 3) == 0 ? 0 : ganger_rng_below(rng, 10) + ganger_rng_unit(rng);
}

static void some_state(struct solver *s, const struct ganger_problem *p, struct ganger_rng *rng,
                       int32_t t)
{
    double volume = 0;
    for (int32_t l = 0; l < p->links.count; l++) {
        s->flow.capacity[l] = some_capacity(rng);
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        volume += ganger_problem_volume(p, k, t);
    }
    s->flow.capacity[p->links.count] = volume;
    ganger_flow_solve(&s->network, &s->scratch, &s->flow);
}

static void solve_fresh(struct solver *s)
{
    memcpy(s->fresh.capacity, s->flow.capacity, (size_t)s->network.links * sizeof(double));
    ganger_flow_solve(&s->network, &s->scratch, &s->fresh);
}

/* Capacity from what the source reaches to the rest, or from the rest to what reaches the sink. */
static double cut_capacity(const struct solver *s, uint8_t bit)
{
    const struct ganger_flow_network *n = &s->network;
    double sum = 0;
    for (int32_t l = 0; l < n->links; l++) {
        int32_t i = n->place[l], back = n->twin[i];
        bool from = (s->flow.side[n->head[back]] & bit) != 0,
             to = (s->flow.side[n->head[i]] & bit) != 0;
        if (bit == 2) { /* seen from the sink */
            bool kept = from;
            from = !kept;
            to = !to;
        }
        sum += from && !to ? s->flow.capacity[l] : 0;
        sum += to && !from && !n->directed[l] ? s->flow.capacity[l] : 0;
    }
    return sum;
}

static void for_each(uint64_t seed, void (*check)(struct solver *s, const struct ganger_problem *p,
                                                  struct ganger_rng *rng, int32_t t))
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, seed, 0, 0);
    for (int i = 0; i < NETWORKS; i++) {
        struct ganger_problem *p = draw(&rng);
        struct solver s = {0};
        open_solver(&s, p);
        for (int j = 0; j < STATES; j++) {
            int32_t t = ganger_rng_below(&rng, NETWORK_STEPS);
            some_state(&s, p, &rng, t);
            check(&s, p, &rng, t);
        }
        close_solver(&s);
        ganger_problem_destroy(p);
    }
}

static int limited, starved; /* states in which the network, or the demand, was what bound */

static void as_arc_flow(struct solver *s, const struct ganger_problem *p, struct ganger_rng *rng,
                        int32_t t)
{
    (void)rng;
    double expected = arc_flow_value(p, t, s->flow.capacity);
    CU_ASSERT_DOUBLE_EQUAL(3 * s->flow.value, expected, 1e-6 * (1 + expected));
    bool all = s->flow.value >= s->flow.capacity[p->links.count] - 1e-9;
    starved += all;
    limited += !all;
}

static void value_is_that_of_the_lp(void)
{
    limited = starved = 0;
    for_each(51, as_arc_flow);
    CU_ASSERT(limited > NETWORKS && starved > NETWORKS);
}

static void cuts_bind(struct solver *s, const struct ganger_problem *p, struct ganger_rng *rng,
                      int32_t t)
{
    (void)p;
    (void)rng;
    (void)t;
    CU_ASSERT_DOUBLE_EQUAL(cut_capacity(s, 1), s->flow.value, 1e-8);
    CU_ASSERT_DOUBLE_EQUAL(cut_capacity(s, 2), s->flow.value, 1e-8);
}

static void both_cuts_are_least(void)
{
    for_each(52, cuts_bind);
}

/* A try says what a solve says, and leaves no trace; a change gives the same cuts as a solve. */
static void repaired(struct solver *s, const struct ganger_problem *p, struct ganger_rng *rng,
                     int32_t t)
{
    size_t bytes = (size_t)s->network.places * sizeof(double);
    double *left = malloc(bytes);
    CU_ASSERT_PTR_NOT_NULL_FATAL(left);
    (void)t;
    for (int i = 0; i < CHANGES; i++) {
        int32_t l = ganger_rng_below(rng, p->links.count);
        double capacity = some_capacity(rng), was = s->flow.capacity[l];
        memcpy(left, s->flow.left, bytes);
        double tried = ganger_flow_try(&s->network, &s->scratch, &s->flow, l, capacity);
        CU_ASSERT_EQUAL(memcmp(left, s->flow.left, bytes), 0);
        CU_ASSERT_EQUAL(s->flow.capacity[l], was);
        ganger_flow_change(&s->network, &s->scratch, &s->flow, l, capacity);
        solve_fresh(s);
        CU_ASSERT_DOUBLE_EQUAL(tried, s->fresh.value, 1e-7);
        CU_ASSERT_DOUBLE_EQUAL(s->flow.value, s->fresh.value, 1e-7);
        CU_ASSERT_EQUAL(memcmp(s->flow.side, s->fresh.side, (size_t)s->network.nodes), 0);
    }
    free(left);
}

static void repaired_is_as_from_scratch(void)
{
    for_each(53, repaired);
}

static void split(struct solver *s, const struct ganger_problem *p, struct ganger_rng *rng,
                  int32_t t)
{
    double carried[2 * (NETWORK_LINKS + 1)], used[2 * NETWORK_LINKS] = {0}, sum = 0, amount = 0;
    int32_t arcs[NETWORK_NODES + 2], count;
    (void)rng;
    (void)t;
    ganger_flow_carried(&s->network, &s->flow, carried);
    while ((count = ganger_flow_path(&s->network, &s->scratch, carried, arcs, &amount)) > 0) {
        int32_t node = p->demands.origin[0];
        CU_ASSERT(amount > 0);
        sum += amount;
        for (int32_t i = 0; i < count; i++) {
            int32_t l = arcs[i] / 2;
            CU_ASSERT_EQUAL(node, arcs[i] % 2 ? p->links.to[l] : p->links.from[l]);
            CU_ASSERT_FALSE(arcs[i] % 2 && p->links.directed[l]);
            node = arcs[i] % 2 ? p->links.from[l] : p->links.to[l];
            used[arcs[i]] += amount;
        }
        CU_ASSERT_EQUAL(node, p->demands.destination[0]);
    }
    CU_ASSERT_DOUBLE_EQUAL(sum, s->flow.value, 1e-7);
    for (int32_t l = 0; l < p->links.count; l++) {
        CU_ASSERT(used[2 * l] <= s->flow.capacity[l] + 1e-9);
        CU_ASSERT(used[2 * l + 1] <= s->flow.capacity[l] + 1e-9);
    }
}

static void paths_add_up(void)
{
    for_each(54, split);
}

static void other_problems_are_told_apart(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 55, 0, 0);
    for (int i = 0; i < 10; i++) {
        struct ganger_problem *p = network_draw(&rng); /* several demands, and costs */
        CU_ASSERT_FALSE(ganger_flow_applies(p));
        ganger_problem_destroy(p);
    }
}

static const struct ganger_test tests[] = {
    {"value is that of the LP", value_is_that_of_the_lp},
    {"both cuts are least", both_cuts_are_least},
    {"repaired is as from scratch", repaired_is_as_from_scratch},
    {"paths add up", paths_add_up},
    {"other problems are told apart", other_problems_are_told_apart},
    {NULL, NULL}};

const struct ganger_suite max_flow_suite = {"max_flow", "property", tests};
