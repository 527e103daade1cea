/* The way for large networks, taken on small ones. */
#include "api/build_plan.h"
#include "check/referee.h"
#include "lp/lp.h"
#include "parallel/parallel.h"
#include "search/search.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>
#include <string.h>

static void run(const struct ganger_problem *problem, struct ganger_options options,
                struct ganger_search_result *result)
{
    options.seed = 5;
    options.threads =
        options.threads > 0 ? options.threads : 1; /* many short loops: they do not pay */
    CU_ASSERT_EQUAL_FATAL(ganger_search_run_as(problem, &options, true, result, NULL),
                          GANGER_STATUS_OK);
    ganger_parallel_each_thread(result->threads, ganger_lp_release_thread);
}

static void expect_same(const struct ganger_problem *problem,
                        const struct ganger_search_result *some,
                        const struct ganger_search_result *one)
{
    size_t works = (size_t)problem->works.count * sizeof(int32_t);
    CU_ASSERT_EQUAL_FATAL(some->best != NULL, one->best != NULL);
    CU_ASSERT_EQUAL(some->ticks, one->ticks);
    CU_ASSERT_EQUAL(some->rounds, one->rounds);
    CU_ASSERT_EQUAL(some->pace, one->pace);
    CU_ASSERT(same_bits(some->value.total, one->value.total));
    CU_ASSERT(same_bits(some->bound, one->bound));
    CU_ASSERT(!one->best || memcmp(some->best->start, one->best->start, works) == 0);
    CU_ASSERT(!one->best || memcmp(some->best->mode, one->best->mode, works) == 0);
    CU_ASSERT_EQUAL_FATAL(some->haulage.count, one->haulage.count);
    for (int64_t h = 0; h < one->haulage.count; h++) {
        const struct ganger_haul *a = &some->haulage.haul[h], *b = &one->haulage.haul[h];
        CU_ASSERT(a->boundary == b->boundary && a->path == b->path && same_bits(a->mtpa, b->mtpa));
    }
}

/* True if there is a plan, and rounds after it. */
static bool compare(struct ganger_problem *problem, int64_t ticks)
{
    static const int threads[] = {2, 3, 5};
    struct ganger_search_result one;
    run(problem, (struct ganger_options){.threads = 1, .tick_limit = ticks}, &one);
    bool searched = one.best != NULL && one.rounds > 0;
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct ganger_search_result some;
        run(problem, (struct ganger_options){.threads = threads[i], .tick_limit = ticks}, &some);
        expect_same(problem, &some, &one);
        ganger_search_result_clear(&some);
    }
    ganger_search_result_clear(&one);
    ganger_problem_destroy(problem);
    return searched;
}

static void steppe_on_threads(void)
{
    CU_ASSERT(compare(read_steppe(), 3000000));
}

static void random_problems_on_threads(void)
{
    static const struct tiny_shape shape = {
        .periods = 40, .works = 14, .longest = 5, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 113, 0, 0);
    int searched = 0;
    /* The draws differ by compiler: some may have no plan, or no round in so few ticks. */
    for (int i = 0; i < 4; i++) {
        searched += compare(tiny_random(&rng, shape), 1000000);
    }
    CU_ASSERT(searched > 0);
}

/* The referee recomputes the plan, its flows and the bound. Returns the value. */
static double check_plan(const struct ganger_problem *problem, struct ganger_options options)
{
    struct ganger_search_result result;
    struct ganger_plan *plan = NULL;
    struct ganger_verdict verdict;
    run(problem, options, &result);
    double value = NAN;
    if (result.best) {
        CU_ASSERT_EQUAL_FATAL(ganger_plan_build(&result, &plan, NULL), GANGER_STATUS_OK);
        value = plan->summary.value;
        CU_ASSERT_DOUBLE_EQUAL(value, result.value.total, 1e-6 * (1 + fabs(value)));
        CU_ASSERT_EQUAL(ganger_referee_prove(problem, plan, "plan", &verdict, NULL),
                        GANGER_STATUS_OK);
        CU_ASSERT_DOUBLE_EQUAL(verdict.value, value, 1e-6 * (1 + fabs(value)));
        CU_ASSERT(value <= verdict.bound + 1e-6 * fabs(value));
    }
    ganger_plan_destroy(plan);
    ganger_search_result_clear(&result);
    return value;
}

static void the_referee_passes_it(void)
{
    struct ganger_problem *steppe = read_steppe();
    double value = check_plan(steppe, (struct ganger_options){.tick_limit = 6000000}), exact;
    struct ganger_search_result result;
    CU_ASSERT(isfinite(value));
    CU_ASSERT_EQUAL_FATAL(
        ganger_search_run(steppe, &(struct ganger_options){.tick_limit = 30000000, .threads = 1},
                          &result, NULL),
        GANGER_STATUS_OK);
    exact = result.value.total;
    CU_ASSERT_EQUAL(result.haulage.count, 0);
    CU_ASSERT(value > exact - 0.1 * fabs(exact)); /* a plan, not just any */
    ganger_search_result_clear(&result);
    ganger_problem_destroy(steppe);
    static const struct tiny_shape shape = {.periods = 12, .works = 8, .longest = 3, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 114, 0, 0);
    int plans = 0;
    for (int i = 0; i < 15; i++) {
        struct ganger_problem *problem = tiny_random(&rng, shape);
        plans += isfinite(check_plan(problem, (struct ganger_options){.tick_limit = 1000000}));
        ganger_problem_destroy(problem);
    }
    CU_ASSERT(plans > 8);
}

/* The plan's boundaries solved without a haulage have no more; returns what is missing, as a share of it. */
static double missing_freight(const struct ganger_problem *problem, int64_t ticks)
{
    struct ganger_search_result result;
    struct ganger_plan *shown = NULL, *exact = NULL;
    double missing = 0;
    run(problem, (struct ganger_options){.tick_limit = ticks}, &result);
    if (result.best) {
        CU_ASSERT_EQUAL_FATAL(ganger_plan_build(&result, &shown, NULL), GANGER_STATUS_OK);
        result.model->large = false;
        CU_ASSERT_EQUAL_FATAL(ganger_plan_build(&result, &exact, NULL), GANGER_STATUS_OK);
        for (int32_t t = 0; t <= problem->time.periods; t++) {
            double most = exact->traffic_value[t];
            missing = fmax(missing, (most - shown->traffic_value[t]) / fmax(most, 1e-3));
        }
    }
    ganger_plan_destroy(shown);
    ganger_plan_destroy(exact);
    ganger_search_result_clear(&result);
    return missing;
}

/* Where there is work enough for LPs of all boundaries, nothing is missing. */
static void the_freight_is_solved(void)
{
    static const struct tiny_shape shape = {
        .periods = 40, .works = 14, .longest = 5, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 115, 0, 0);
    for (int i = 0; i < 8; i++) {
        struct ganger_problem *problem = tiny_random(&rng, shape);
        double missing = missing_freight(problem, 3000000);
        CU_ASSERT(missing < 1e-6);
        ganger_problem_destroy(problem);
    }
}

/* Asks so often, then wants to stop. */
struct patience {
    int left;
};

static bool run_out(void *context)
{
    struct patience *patience = context;
    return patience->left-- <= 0;
}

/* However early it is broken off, the solve ends, with a plan that the referee passes or with none. */
static void may_be_stopped_anywhere(void)
{
    struct ganger_problem *problem = read_steppe();
    int plans = 0, none = 0;
    for (int left = 0; left < 2000; left = 3 * left + 1) {
        struct patience patience = {left};
        struct ganger_options options = {
            .threads = 1, .tick_limit = 2000000, .should_stop = run_out, .stop_context = &patience};
        bool plan = isfinite(check_plan(problem, options));
        plans += plan;
        none += !plan;
    }
    CU_ASSERT(plans > 0 && none > 0);
    /* One tick is enough for a first plan, and time that is over does not prevent it. */
    CU_ASSERT(isfinite(check_plan(problem, (struct ganger_options){.tick_limit = 1})));
    CU_ASSERT(isfinite(check_plan(problem, (struct ganger_options){.time_limit_s = 1e-9})));
    ganger_problem_destroy(problem);
}

/* Wherever a solve is broken off, as a time limit does, its ticks and pace lead to the same plan again. */
static void ticks_replay_what_was_broken_off(void)
{
    struct ganger_problem *problem = read_steppe();
    int plans = 0, rounds = 0;
    for (int left = 8; left < 800000; left = 2 * left + 1) {
        struct patience patience = {left};
        struct ganger_options options = {.threads = 1, .tick_limit = 4000000, .pace = 4000000};
        struct ganger_search_result first, again;
        options.should_stop = run_out;
        options.stop_context = &patience;
        run(problem, options, &first);
        if (first.best) { /* else it was broken off before there was one */
            run(problem,
                (struct ganger_options){
                    .threads = 1, .tick_limit = first.ticks, .pace = options.pace},
                &again);
            expect_same(problem, &again, &first);
            plans++;
            rounds += first.rounds > 0;
            ganger_search_result_clear(&again);
        }
        ganger_search_result_clear(&first);
    }
    CU_ASSERT(plans > 3 && rounds > 2);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {
    {"steppe on threads", steppe_on_threads},
    {"random problems on threads", random_problems_on_threads},
    {"ticks replay what was broken off", ticks_replay_what_was_broken_off},
    {NULL, NULL}};

static const struct ganger_test way_tests[] = {{"the referee passes it", the_referee_passes_it},
                                               {"the freight is solved", the_freight_is_solved},
                                               {"may be stopped anywhere", may_be_stopped_anywhere},
                                               {NULL, NULL}};

const struct ganger_suite large_threads_suite = {"large-threads", "determinism", tests};
const struct ganger_suite large_suite = {"large", "property", way_tests};
