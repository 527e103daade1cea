/* The whole search: against the best of all plans, its bound against the referee's, and on any number of threads. */
#include "check/referee.h"
#include "plan/plan.h"
#include "support/brute.h"
#include "support/scatter.h"
#include "support/test.h"
#include "throughput/closures.h"
#include "throughput/throughput.h"

#include <math.h>
#include <string.h>

enum { PROBLEMS = 10 };

static void run(const struct ganger_problem *problem, int threads, int64_t ticks,
                struct ganger_search_result *result)
{
    struct ganger_options options;
    ganger_options_init(&options);
    options.threads = threads;
    options.tick_limit = ticks;
    CU_ASSERT_EQUAL_FATAL(ganger_throughput_run(problem, &options, result, NULL), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(result->best);
    CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(result->best));
}

/* The bound that the referee proves from the prices. */
static double referee_bound(const struct ganger_problem *p,
                            const struct ganger_search_result *result)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    memcpy(plan->prices.segment, result->segment_price,
           2 * (size_t)p->segments.count * (size_t)(p->time.periods + 1) * sizeof(double));
    const struct ganger_search_states *states = &result->states;
    struct ganger_prices *prices = &plan->prices;
    int32_t *none = prices->state_first_arc;
    if (states->passage) { /* lent for a moment */
        prices->pays = states->pays;
        prices->pay_work = states->pay_work;
        prices->pay_period = states->pay_period;
        prices->work = states->work;
        prices->states = states->states;
        prices->state_period = states->state_period;
        prices->state_work = states->state_work;
        prices->state_first_arc = states->state_first_arc;
        prices->state_arc = states->state_arc;
        prices->passage = states->passage;
    }
    double bound = ganger_referee_bound(p, &plan->prices);
    prices->pay_work = prices->pay_period = prices->state_period = prices->state_work = NULL;
    prices->state_first_arc = none;
    prices->state_arc = NULL;
    prices->work = prices->passage = NULL;
    ganger_plan_destroy(plan);
    return bound;
}

static void tiny_problems_are_solved(void)
{
    struct ganger_rng rng;
    int tight = 0;
    ganger_rng_init(&rng, 71, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct ganger_problem *p = closures_draw(&rng, 8, 4);
        struct ganger_search_result result;
        struct brute brute;
        CU_ASSERT_FATAL(brute_open(&brute, p));
        brute_search(&brute, true);
        run(p, 1, 14000000, &result);
        double slack = 1e-6 * (1 + fabs(brute.best));
        CU_ASSERT_DOUBLE_EQUAL(result.value.total, brute.best, slack);
        CU_ASSERT(result.bound >= brute.best - slack);
        /* The referee may find that freight pays more on its way than potentials ask for. */
        double proven = referee_bound(p, &result);
        CU_ASSERT(proven >= brute.best - slack && proven <= result.bound + slack);
        tight += result.bound < brute.best + 0.1 * fabs(brute.best);
        ganger_search_result_clear(&result);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(tight > 0);
}

/* Whatever wears, pauses or leaves half a line: flows fit to the last step, and the plan says of itself what is proven. */
static void plans_hold(void)
{
    struct ganger_rng rng;
    struct ganger_options options;
    ganger_rng_init(&rng, 75, 0, 0);
    ganger_options_init(&options);
    options.threads = 1;
    options.tick_limit = 3000000;
    for (int i = 0; i < PROBLEMS; i++) {
        struct ganger_problem *p = closures_draw(&rng, 12, 16);
        /* 0.3 of 7.5 is a little less than 2.25, which the product of the two doubles is. */
        for (int32_t m = 0; m < p->modes.count; m++) {
            p->modes.cost[m] *= i % 2;
            p->modes.factor[m] = p->modes.factor[m] > 0 ? 0.3 : 0;
        }
        for (int32_t q = 0; q < p->segments.count; q++) {
            p->segments.capacity[q] = 7.5;
        }
        struct ganger_plan *plan = NULL;
        struct ganger_summary claim;
        CU_ASSERT_EQUAL_FATAL(ganger_solve(p, &options, &plan, &claim, NULL), GANGER_STATUS_OK);
        CU_ASSERT_EQUAL(ganger_referee_check(p, plan, "plan", NULL, NULL), GANGER_STATUS_OK);
        double base = i % 2 ? claim.terms.cost : fabs(claim.value);
        CU_ASSERT_DOUBLE_EQUAL(claim.gap_percent, 100 * (claim.bound - claim.value) / base, 1e-4);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
}

static void threads_do_not_matter(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 72, 0, 0);
    for (int i = 0; i < 2; i++) {
        struct ganger_problem *p = closures_draw(&rng, 60, 30);
        struct ganger_search_result one, some;
        size_t bytes = (size_t)p->works.count * sizeof(int32_t);
        run(p, 1, 12000000, &one);
        CU_ASSERT(one.rounds > 3);
        for (int threads = 2; threads <= 5; threads += 3) {
            run(p, threads, 12000000, &some);
            CU_ASSERT_EQUAL(some.ticks, one.ticks);
            CU_ASSERT_EQUAL(some.rounds, one.rounds);
            CU_ASSERT(same_bits(some.value.total, one.value.total));
            CU_ASSERT(same_bits(some.bound, one.bound));
            CU_ASSERT_EQUAL(memcmp(some.best->start, one.best->start, bytes), 0);
            CU_ASSERT_EQUAL(memcmp(some.best->mode, one.best->mode, bytes), 0);
            ganger_search_result_clear(&some);
        }
        ganger_search_result_clear(&one);
        ganger_problem_destroy(p);
    }
}

/* A solve that a time limit ended is repeated by its ticks and its pace. */
static void replay(void)
{
    struct ganger_rng rng;
    struct ganger_options options;
    struct ganger_search_result timed, again;
    ganger_rng_init(&rng, 73, 0, 0);
    struct ganger_problem *p = closures_draw(&rng, 60, 30);
    ganger_options_init(&options);
    options.threads = 2;
    options.time_limit_s = 1;
    CU_ASSERT_EQUAL_FATAL(ganger_throughput_run(p, &options, &timed, NULL), GANGER_STATUS_OK);
    options.time_limit_s = 0;
    options.tick_limit = timed.ticks;
    options.pace = timed.pace;
    CU_ASSERT_EQUAL_FATAL(ganger_throughput_run(p, &options, &again, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(again.ticks, timed.ticks);
    CU_ASSERT(same_bits(again.value.total, timed.value.total));
    CU_ASSERT(same_bits(again.bound, timed.bound));
    ganger_search_result_clear(&timed);
    ganger_search_result_clear(&again);
    ganger_problem_destroy(p);
}

/* Anything that lasts, waits, or needs gangs is for the other search. */
static void other_problems_are_told_apart(void)
{
    struct ganger_rng rng;
    struct ganger_problem *steppe = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_read(GANGER_SOURCE "/instances/steppe", &steppe, NULL),
                          GANGER_STATUS_OK);
    CU_ASSERT_FALSE(ganger_throughput_applies(steppe));
    ganger_problem_destroy(steppe);
    ganger_rng_init(&rng, 74, 0, 0);
    struct ganger_problem *p = closures_draw(&rng, 8, 4);
    CU_ASSERT(ganger_throughput_applies(p));
    p->works.gain[2] = 1;
    CU_ASSERT_FALSE(ganger_throughput_applies(p));
    p->works.gain[2] = 0;
    p->works.mandatory[1] = false;
    CU_ASSERT_FALSE(ganger_throughput_applies(p));
    p->works.mandatory[1] = true;
    p->links.cost_per_t[3] = 0.1;
    CU_ASSERT_FALSE(ganger_throughput_applies(p));
    p->links.cost_per_t[3] = 0;
    CU_ASSERT(ganger_throughput_applies(p));
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"tiny problems are solved", tiny_problems_are_solved},
    {"plans hold", plans_hold},
    {"other problems are told apart", other_problems_are_told_apart},
    {NULL, NULL}};
const struct ganger_suite run_suite = {"run", "property", tests};

static const struct ganger_test repeat_tests[] = {
    {"threads do not matter", threads_do_not_matter}, {"replay", replay}, {NULL, NULL}};
const struct ganger_suite repeat_suite = {"repeat", "determinism", repeat_tests};
