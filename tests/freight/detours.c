/* Freight led around on what capacity is left; and pools of which paths are dropped. */
#include "freight/detours.h"
#include "freight/network.h"
#include "support/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A state of a network of which no path is known, or the LP's. */
struct state {
    struct network network;
    struct ganger_carrier carrier;
    struct ganger_detours detours;
    int32_t *listed;
    double capacity[NETWORK_LINKS], volume[NETWORK_DEMANDS], toll[2 * NETWORK_LINKS], exact;
};

static void state_open(struct state *s, struct ganger_rng *rng, bool known)
{
    struct ganger_problem *p = network_draw(rng);
    int32_t t = ganger_rng_below(rng, NETWORK_STEPS);
    *s = (struct state){0};
    network_capacities(p, rng, s->capacity);
    network_open(&s->network, p);
    s->exact = network_solve(&s->network, t, s->capacity);
    int32_t paths = known ? s->network.paths.count : 0;
    s->listed = calloc((size_t)paths + 1, sizeof *s->listed);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s->listed);
    for (int32_t i = 0; i < paths; i++) {
        s->listed[i] = i;
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        s->volume[k] = ganger_problem_volume(p, k, t);
    }
    CU_ASSERT_FATAL(ganger_carrier_init(&s->carrier, &s->network.paths, s->listed, paths));
    CU_ASSERT_FATAL(ganger_detours_init(&s->detours, s->network.graph));
}

static void state_close(struct state *s)
{
    ganger_detours_clear(&s->detours);
    ganger_carrier_clear(&s->carrier);
    free(s->listed);
    network_close(&s->network);
}

/* What detours carry keeps to capacity and volume, to the last unit, together with what was carried before. Returns what it
 * is worth. */
static double check_detours(const struct state *s)
{
    const struct ganger_problem *p = s->network.problem;
    const struct ganger_path_pool *known = &s->network.paths, *found = &s->detours.paths;
    double carried[2 * NETWORK_LINKS] = {0}, moved[NETWORK_DEMANDS] = {0}, worth = 0;
    for (int32_t i = 0; i < s->carrier.count + found->count; i++) {
        bool detour = i >= s->carrier.count;
        const struct ganger_path_pool *paths = detour ? found : known;
        int32_t path = detour ? i - s->carrier.count : i;
        int64_t flow = detour ? s->detours.flow[path] : s->carrier.flow[path];
        double mtpa = (double)flow / GANGER_CARRY_UNITS;
        CU_ASSERT(flow >= 0);
        moved[paths->demand[path]] += mtpa;
        worth += detour ? mtpa * (p->demands.value[paths->demand[path]] - paths->cost[path]) : 0;
        for (int32_t k = paths->first_arc[path]; k < paths->first_arc[path + 1]; k++) {
            carried[paths->arcs[k]] += mtpa;
        }
    }
    for (int32_t arc = 0; arc < 2 * p->links.count; arc++) {
        CU_ASSERT(carried[arc] <= s->capacity[arc / 2]);
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        CU_ASSERT(moved[k] <= s->volume[k]);
    }
    return worth;
}

static void ways_are_found_without_any_paths(void)
{
    struct ganger_rng rng;
    double found = 0, exact = 0;
    ganger_rng_init(&rng, 222, 0, 0);
    for (int i = 0; i < 300; i++) {
        struct state s;
        state_open(&s, &rng, false);
        struct ganger_carry_state state = {s.volume, s.capacity, 1, NULL, 1};
        double value = ganger_carry(&s.carrier, state), again;
        CU_ASSERT_EQUAL(value, 0);
        CU_ASSERT(ganger_detours_find(&s.detours, &s.carrier, s.volume, s.toll, 1, &value));
        CU_ASSERT(value <= s.exact + 1e-6 * (1 + s.exact));
        CU_ASSERT_DOUBLE_EQUAL(check_detours(&s), value, 1e-9 * (1 + value));
        /* Paths found before are used again. */
        int32_t paths = s.detours.paths.count;
        again = ganger_carry(&s.carrier, state);
        CU_ASSERT(ganger_detours_find(&s.detours, &s.carrier, s.volume, s.toll, 1, &again));
        CU_ASSERT(paths == 0 || again > 0);
        CU_ASSERT_DOUBLE_EQUAL(check_detours(&s), again, 1e-9 * (1 + again));
        found += value;
        exact += s.exact;
        state_close(&s);
    }
    CU_ASSERT(found > 0.8 * exact);
}

static void nothing_is_looked_for_in_vain(void)
{
    struct ganger_rng rng;
    int used = 0;
    ganger_rng_init(&rng, 223, 0, 0);
    for (int i = 0; i < 100; i++) {
        struct state s;
        state_open(&s, &rng, true);
        struct ganger_carry_state state = {s.volume, s.capacity, 1, NULL, 1};
        double nobody[NETWORK_DEMANDS] = {0};
        double greedy = ganger_carry(&s.carrier, state), value = greedy;
        CU_ASSERT(ganger_detours_find(&s.detours, &s.carrier, nobody, s.toll, 1, &value));
        CU_ASSERT_EQUAL(value, greedy);
        CU_ASSERT_EQUAL(s.detours.paths.count, 0);
        CU_ASSERT(ganger_detours_find(&s.detours, &s.carrier, s.volume, s.toll, 1, &value));
        CU_ASSERT(value >= greedy && value <= s.exact + 1e-6 * (1 + s.exact));
        CU_ASSERT_DOUBLE_EQUAL(check_detours(&s), value - greedy, 1e-6 * (1 + value));
        used += value > greedy;
        state_close(&s);
    }
    CU_ASSERT(used > 0);
}

static void dropped_paths_leave_the_others_in_order(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 224, 0, 0);
    for (int i = 0; i < 50; i++) {
        struct network n;
        struct ganger_path_pool pool;
        double capacity[NETWORK_LINKS];
        network_open(&n, network_draw(&rng));
        network_capacities(n.problem, &rng, capacity);
        network_solve(&n, 0, capacity);
        /* Without the basis that the LP leaves in a pool. */
        CU_ASSERT_FATAL(ganger_path_pool_init(&pool, n.graph));
        for (int32_t p = 0; p < n.paths.count; p++) {
            int32_t first = n.paths.first_arc[p];
            ganger_path_pool_add(&pool, n.paths.demand[p], n.paths.arcs + first,
                                 n.paths.first_arc[p + 1] - first);
        }
        uint8_t *keep = calloc((size_t)pool.count + 1, 1);
        int32_t *number = calloc((size_t)pool.count + 1, sizeof *number), kept = 0;
        CU_ASSERT_FATAL(keep && number);
        for (int32_t p = 0; p < pool.count; p++) {
            keep[p] = ganger_rng_below(&rng, 2) > 0;
        }
        ganger_path_pool_keep(&pool, keep, number);
        for (int32_t p = 0; p < n.paths.count; p++) {
            CU_ASSERT_EQUAL(number[p], keep[p] ? kept : GANGER_NONE);
            kept += keep[p];
            int32_t first = n.paths.first_arc[p], count = n.paths.first_arc[p + 1] - first;
            CU_ASSERT(!keep[p] || ganger_path_pool_add(&pool, n.paths.demand[p],
                                                       n.paths.arcs + first, count) == number[p]);
        }
        CU_ASSERT_EQUAL(pool.count, kept);
        free(keep);
        free(number);
        ganger_path_pool_clear(&pool);
        network_close(&n);
    }
}

static const struct ganger_test tests[] = {
    {"ways are found without any paths", ways_are_found_without_any_paths},
    {"nothing is looked for in vain", nothing_is_looked_for_in_vain},
    {"dropped paths leave the others in order", dropped_paths_leave_the_others_in_order},
    {NULL, NULL}};

const struct ganger_suite detours_suite = {"detours", "property", tests};
