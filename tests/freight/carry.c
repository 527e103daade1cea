/* Freight fitted in without an LP, against the LP. */
#include "freight/carry.h"
#include "freight/network.h"
#include "support/test.h"

#include <math.h>
#include <stdlib.h>

/* Everything a network's pool knows. */
struct fitting {
    struct network network;
    struct ganger_carrier carrier;
    int32_t *listed;
    double *wanted, *volume;
};

static void fitting_open(struct fitting *f, struct ganger_problem *problem, int32_t t,
                         const double *capacity, double *exact)
{
    network_open(&f->network, problem);
    *exact = network_solve(&f->network, t, capacity);
    int32_t paths = f->network.paths.count;
    f->listed = calloc((size_t)paths + 1, sizeof *f->listed);
    f->wanted = calloc((size_t)paths + 1, sizeof *f->wanted);
    f->volume = calloc((size_t)problem->demands.count, sizeof *f->volume);
    CU_ASSERT_FATAL(f->listed && f->wanted && f->volume);
    for (int32_t i = 0; i < paths; i++) {
        f->listed[i] = i;
        f->wanted[i] = ganger_traffic_path_flow(&f->network.solver, i);
    }
    for (int32_t k = 0; k < problem->demands.count; k++) {
        f->volume[k] = ganger_problem_volume(problem, k, t);
    }
    CU_ASSERT_FATAL(ganger_carrier_init(&f->carrier, &f->network.paths, f->listed, paths));
}

static void fitting_close(struct fitting *f)
{
    ganger_carrier_clear(&f->carrier);
    free(f->listed);
    free(f->wanted);
    free(f->volume);
    network_close(&f->network);
}

/* Exactly within capacity and volume; sums of units are exact in a double. */
static void check_flows(const struct fitting *f, const double *capacity)
{
    const struct ganger_problem *p = f->network.problem;
    const struct ganger_path_pool *paths = &f->network.paths;
    double carried[2 * NETWORK_LINKS] = {0}, moved[NETWORK_DEMANDS] = {0};
    for (int32_t i = 0; i < paths->count; i++) {
        CU_ASSERT(f->carrier.flow[i] >= 0);
        double mtpa = (double)f->carrier.flow[i] / GANGER_CARRY_UNITS;
        moved[paths->demand[i]] += mtpa;
        for (int32_t k = paths->first_arc[i]; k < paths->first_arc[i + 1]; k++) {
            carried[paths->arcs[k]] += mtpa;
        }
    }
    for (int32_t arc = 0; arc < 2 * p->links.count; arc++) {
        CU_ASSERT(carried[arc] <= capacity[arc / 2]);
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        CU_ASSERT(moved[k] <= f->volume[k]);
    }
}

static void never_above_the_optimum(void)
{
    struct ganger_rng rng;
    int short_of = 0;
    ganger_rng_init(&rng, 221, 0, 0);
    for (int i = 0; i < 300; i++) {
        struct fitting f;
        double capacity[NETWORK_LINKS], exact = 0;
        struct ganger_problem *p = network_draw(&rng);
        int32_t t = ganger_rng_below(&rng, NETWORK_STEPS);
        network_capacities(p, &rng, capacity);
        fitting_open(&f, p, t, capacity, &exact);
        struct ganger_carry_state state = {f.volume, capacity, 1, NULL, 1};
        double slack = 1e-6 * (1 + fabs(exact)), greedy = ganger_carry(&f.carrier, state);
        check_flows(&f, capacity);
        CU_ASSERT(greedy >= 0 && greedy <= exact + slack);
        short_of += greedy < exact - 1e-3 * exact;
        /* The LP's own flows fit, so nothing of them is cut. */
        state.wanted = f.wanted;
        ganger_carrier_rank(&f.carrier, f.network.price, 1);
        CU_ASSERT_DOUBLE_EQUAL(ganger_carry(&f.carrier, state), exact, slack);
        check_flows(&f, capacity);
        /* Too much is wanted. */
        for (int32_t path = 0; path < f.network.paths.count; path++) {
            f.wanted[path] *= 3;
        }
        CU_ASSERT(ganger_carry(&f.carrier, state) <= exact + slack);
        check_flows(&f, capacity);
        fitting_close(&f);
    }
    CU_ASSERT(short_of > 10); /* or else the networks ask for nothing */
}

/* Two demands on one line: the better one first, the other in what is left; the pool has no other way. */
static void one_line_is_filled(void)
{
    struct tiny t;
    tiny_init(&t, 1);
    tiny_add(&t, TINY_NODE, "a,true");
    tiny_add(&t, TINY_NODE, "b,true");
    tiny_add(&t, TINY_LINK, "l,a,b,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "q,l,a,0,10,5,,");
    tiny_add(&t, TINY_DEMAND, "poor,a,b,3");
    tiny_add(&t, TINY_DEMAND, "rich,a,b,7");
    tiny_add(&t, TINY_PROFILE, "poor,0,4.5");
    tiny_add(&t, TINY_PROFILE, "rich,0,3.25");
    tiny_add(&t, TINY_WORK, "w,repair,q,10,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,1,1,1");
    struct fitting f;
    double capacity[] = {5}, exact = 0;
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    fitting_open(&f, p, 0, capacity, &exact);
    struct ganger_carry_state state = {f.volume, capacity, 1, NULL, 1};
    double value = ganger_carry(&f.carrier, state);
    CU_ASSERT_DOUBLE_EQUAL(value, 3.25 * (7 - 1) + 1.75 * (3 - 1), 1e-7);
    CU_ASSERT_DOUBLE_EQUAL(value, exact, 1e-7);
    check_flows(&f, capacity);
    fitting_close(&f);
}

static const struct ganger_test tests[] = {{"never above the optimum", never_above_the_optimum},
                                           {"one line is filled", one_line_is_filled},
                                           {NULL, NULL}};

const struct ganger_suite carry_suite = {"carry", "property", tests};
