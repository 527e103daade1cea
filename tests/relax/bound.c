/* The bound against the best of all plans of tiny problems. */
#include "relax/relaxation.h"
#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct tiny_shape shape = {.periods = 7, .works = 3, .longest = 3, .rails = true};

static void check_prices(const struct ganger_problem *p, const struct ganger_relaxation *r)
{
    struct ganger_relaxation_prices prices = ganger_relaxation_prices(r);
    bool in_range = true;
    for (int32_t i = 0; i < p->resources.renewables * p->time.periods; i++) {
        in_range = in_range && prices.renewable[i] >= 0;
    }
    for (int32_t j = 0; j < p->resources.windows; j++) {
        in_range = in_range && prices.window[j] >= 0;
    }
    for (int32_t i = 0; i < 2 * p->segments.count * (p->time.periods + 1); i++) {
        in_range = in_range && prices.segment[i] >= 0;
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        in_range = in_range && prices.target[g] >= 0 &&
                   (p->targets.hard[g] || prices.target[g] <= p->targets.shortfall_cost[g]);
    }
    CU_ASSERT(in_range);
}

static void compare(struct tiny_shape of, uint64_t seed, int steps)
{
    struct ganger_rng rng;
    int feasible = 0;
    int close = 0;
    ganger_rng_init(&rng, seed, 0, 0);
    for (int i = 0; i < 80; i++) {
        struct ganger_problem *p = tiny_random(&rng, of);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        brute_search(&brute, true);
        struct ganger_relaxation *r = ganger_relaxation_create(p, brute.graph);
        CU_ASSERT_FATAL(r != NULL);
        CU_ASSERT(isinf(ganger_relaxation_bound(r)));
        double last = INFINITY;
        for (int step = 0; step < steps; step++) {
            int64_t ticks = 0;
            CU_ASSERT_FATAL(ganger_relaxation_step(r, 1, &ticks));
            double bound = ganger_relaxation_bound(r);
            CU_ASSERT(bound >= brute.best - 1e-7 * (1 + fabs(brute.best)));
            CU_ASSERT(bound <= last);
            CU_ASSERT(ticks > 0);
            check_prices(p, r);
            last = bound;
        }
        feasible += isfinite(brute.best);
        close += last - brute.best < 0.02 * fabs(brute.best);
        ganger_relaxation_destroy(r);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    /* Or else the bound might as well be infinite. */
    CU_ASSERT(feasible >= 60);
    CU_ASSERT(close >= 20);
}

static void no_plan_is_better_than_the_bound(void)
{
    compare(shape, 71, 6);
}

/* Works that come one after another on a segment; long enough for rows of closure. */
static void nor_where_works_come_in_stages(void)
{
    compare((struct tiny_shape){.periods = 7, .works = 3, .longest = 2, .stages = true}, 73, 11);
}

/* How often there are fewer paths after a step than before it. */
static int count_drops(const struct ganger_problem *p, const struct brute *brute, bool held)
{
    struct ganger_relaxation *r = ganger_relaxation_create(p, brute->graph);
    CU_ASSERT_FATAL(r != NULL);
    int drops = 0;
    if (held) {
        ganger_relaxation_hold_paths(r);
    }
    for (int step = 0; step < 28; step++) {
        int64_t ticks = 0;
        int32_t before = ganger_relaxation_paths(r)->count;
        CU_ASSERT_FATAL(ganger_relaxation_step(r, 1, &ticks));
        CU_ASSERT(ganger_relaxation_bound(r) >= brute->best - 1e-7 * (1 + fabs(brute->best)));
        drops += ganger_relaxation_paths(r)->count < before;
    }
    ganger_relaxation_destroy(r);
    return drops;
}

/* Periods enough for a second level of blocks. */
static void idle_paths_go_before_time_gets_finer(void)
{
    static const struct tiny_shape longer = {
        .periods = 32, .works = 2, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int drops = 0;
    ganger_rng_init(&rng, 79, 0, 0);
    for (int i = 0; i < 40; i++) {
        struct ganger_problem *p = tiny_random(&rng, longer);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        brute_search(&brute, true);
        drops += count_drops(p, &brute, false);
        CU_ASSERT_EQUAL(count_drops(p, &brute, true), 0);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(drops > 5);
    CU_ASSERT(drops <= 40);
}

static void threads_do_not_matter(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 72, 0, 0);
    for (int i = 0; i < 8; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        struct ganger_relaxation *one = ganger_relaxation_create(p, brute.graph);
        struct ganger_relaxation *some = ganger_relaxation_create(p, brute.graph);
        CU_ASSERT_FATAL(one && some);
        int64_t one_ticks = 0;
        int64_t some_ticks = 0;
        for (int step = 0; step < 4; step++) {
            CU_ASSERT(ganger_relaxation_step(one, 1, &one_ticks));
            CU_ASSERT(ganger_relaxation_step(some, 3, &some_ticks));
            double a = ganger_relaxation_bound(one);
            double b = ganger_relaxation_bound(some);
            CU_ASSERT(memcmp(&a, &b, sizeof a) == 0);
        }
        CU_ASSERT_EQUAL(one_ticks, some_ticks);
        ganger_relaxation_destroy(one);
        ganger_relaxation_destroy(some);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
}

static const struct ganger_test tests[] = {
    {"no plan is better than the bound", no_plan_is_better_than_the_bound},
    {"nor where works come in stages", nor_where_works_come_in_stages},
    {"idle paths go before time gets finer", idle_paths_go_before_time_gets_finer},
    {"threads do not matter", threads_do_not_matter},
    {NULL, NULL}};

const struct ganger_suite bound_suite = {"bound", "property", tests};
