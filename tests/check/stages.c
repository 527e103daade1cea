/* Works on one segment that come one after another: what the referee makes of it in the bound. */
#include "check/bound.h"
#include "check/referee.h"
#include "check/suites.h"
#include "plan/plan.h"
#include "support/brute.h"
#include "support/tiny.h"

#include <math.h>

/* A line of 10 Mt/yr, a first stage that adds 6 and closes half, a second that adds 4 and closes half; both take two of
 * the ten periods. One Mt/yr of it costs 1 USD/t, everywhere and always. */
static struct ganger_problem *two_stages(const char *order)
{
    struct tiny t;
    tiny_init(&t, 10);
    tiny_add(&t, TINY_NODE, "a,false");
    tiny_add(&t, TINY_NODE, "b,false");
    tiny_add(&t, TINY_LINK, "l,a,b,true,0.01");
    tiny_add(&t, TINY_SEGMENT, "q,l,a,0,10,10,0,1");
    tiny_add(&t, TINY_DEMAND, "d,a,b,5");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    tiny_add(&t, TINY_WORK, "one,upgrade,q,10,6,false,,,,,true,,,");
    tiny_add(&t, TINY_WORK, "two,upgrade,q,10,4,false,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "one,m,2,0,0.5");
    tiny_add(&t, TINY_MODE, "two,m,2,0,0.5");
    tiny_add(&t, TINY_PRECEDENCE, "one,two,%s,0", order);
    return tiny_read(&t);
}

static double bound_at_one(const struct ganger_problem *p)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan != NULL);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.segment[2 * t] = 1;
    }
    double bound = ganger_referee_bound(p, &plan->prices);
    ganger_plan_destroy(plan);
    return bound;
}

/* The second stage, at its best in the last two periods, loses half of what stands then: 16, not 10. */
static void what_came_first_is_closed_too(void)
{
    struct ganger_problem *after = two_stages("FS"), *beside = two_stages("SS");
    CU_ASSERT_FATAL(after && beside);
    double loss = 0.5 * 6 *
                  fmin(after->time.weight[0] + after->time.weight[1],
                       after->time.weight[8] + after->time.weight[9]);
    double less = bound_at_one(beside) - bound_at_one(after);
    CU_ASSERT(less > 0.9 * loss && less < 1.2 * loss);
    ganger_problem_destroy(after);
    ganger_problem_destroy(beside);
}

static void no_plan_is_better_than_any_prices_prove(void)
{
    static const struct tiny_shape shape = {.periods = 7, .works = 3, .longest = 2, .stages = true};
    struct ganger_rng rng;
    int32_t stages = 0;
    ganger_rng_init(&rng, 23, 0, 0);
    for (int i = 0; i < 80; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_plan *plan = ganger_plan_create(p);
        struct brute brute;
        CU_ASSERT_FATAL(plan && brute_open(&brute, p));
        brute_search(&brute, true);
        for (int32_t w = 0; w < p->works.count; w++) {
            stages += p->works.stage_to[w] - p->works.stage_from[w];
        }
        for (int draw = 0; draw < 20; draw++) {
            for (int32_t k = 0; k < 2 * p->segments.count * (p->time.periods + 1); k++) {
                plan->prices.segment[k] =
                    ganger_rng_below(&rng, 3) ? 20 * ganger_rng_unit(&rng) : 0;
            }
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(bound >= brute.best - 1e-7 * (1 + fabs(brute.best)));
        }
        brute_close(&brute);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(stages > 20);
}

static const struct ganger_test tests[] = {
    {"what came first is closed too", what_came_first_is_closed_too},
    {"no plan is better than any prices prove", no_plan_is_better_than_any_prices_prove},
    {NULL, NULL}};

const struct ganger_suite stages_suite = {"stages", "property", tests};
