/* The result is a function of problem, seed and ticks, whatever the number of threads. */
#include "lp/lp.h"
#include "parallel/parallel.h"
#include "search/archipelago.h"
#include "search/search.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <string.h>

/* Enough for a round of all islands. */
static const int64_t tick_limit = 20000000;

static void run(const struct ganger_problem *problem, int threads, uint64_t seed,
                struct ganger_search_result *result)
{
    struct ganger_options options;
    ganger_options_init(&options);
    options.threads = threads;
    options.seed = seed;
    options.time_limit_s = 0;
    options.tick_limit = tick_limit;
    CU_ASSERT_EQUAL_FATAL(ganger_search_run(problem, &options, result, NULL), GANGER_STATUS_OK);
}

static void compare(struct ganger_problem *problem)
{
    /* A whole round takes its time; islands are run on three threads too. */
    static const int threads[] = {2, 5};
    struct ganger_search_result one;
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    run(problem, 1, 3, &one);
    CU_ASSERT_PTR_NOT_NULL_FATAL(one.best);
    CU_ASSERT(one.ticks >= tick_limit || one.outcome == GANGER_OUTCOME_OPTIMAL);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct ganger_search_result some;
        run(problem, threads[i], 3, &some);
        CU_ASSERT_PTR_NOT_NULL_FATAL(some.best);
        CU_ASSERT_EQUAL(some.threads, threads[i]);
        CU_ASSERT_EQUAL(some.outcome, one.outcome);
        CU_ASSERT_EQUAL(some.ticks, one.ticks);
        CU_ASSERT_EQUAL(some.rounds, one.rounds);
        CU_ASSERT(same_bits(some.value.total, one.value.total));
        CU_ASSERT(same_bits(some.bound, one.bound));
        CU_ASSERT_EQUAL(memcmp(some.best->start, one.best->start,
                               (size_t)problem->works.count * sizeof(int32_t)),
                        0);
        CU_ASSERT_EQUAL(
            memcmp(some.best->mode, one.best->mode, (size_t)problem->works.count * sizeof(int32_t)),
            0);
        CU_ASSERT_EQUAL_FATAL(some.trace_rows, one.trace_rows);
        for (int32_t row = 0; row < one.trace_rows; row++) {
            CU_ASSERT_EQUAL(some.trace[row].ticks, one.trace[row].ticks);
            CU_ASSERT(same_bits(some.trace[row].value, one.trace[row].value));
        }
        ganger_search_result_clear(&some);
    }
    ganger_search_result_clear(&one);
    ganger_problem_destroy(problem);
}

static void steppe(void)
{
    compare(read_steppe());
}

/* Many short rounds with exchanges. Returns the ticks. */
static int64_t run_islands(const struct ganger_search_model *model, int threads,
                           struct ganger_archipelago **archipelago)
{
    int64_t ticks = 0;
    struct ganger_archipelago *a = ganger_archipelago_create(model, 3, threads);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    a->turn_ticks = 40000;
    CU_ASSERT_EQUAL_FATAL(ganger_archipelago_found(a, &ticks), GANGER_ROUND_DONE);
    for (int round = 0; round < 7; round++) {
        CU_ASSERT_EQUAL_FATAL(ganger_archipelago_round(a, &ticks), GANGER_ROUND_DONE);
        if (round % 3 == 2) {
            ganger_archipelago_exchange(a);
        }
    }
    ganger_parallel_each_thread(threads, ganger_lp_release_thread);
    *archipelago = a;
    return ticks;
}

static void compare_islands(struct ganger_problem *problem, int islands)
{
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    struct ganger_search_model *model = ganger_search_model_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(model);
    model->islands = islands;
    struct ganger_archipelago *one, *some;
    int64_t ticks = run_islands(model, 1, &one);
    static const int threads[] = {2, 3, 5};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        CU_ASSERT_EQUAL(run_islands(model, threads[i], &some), ticks);
        for (int j = 0; j < islands; j++) {
            const struct ganger_island *a = one->island[j];
            const struct ganger_island *b = some->island[j];
            CU_ASSERT(same_schedule(a->schedule, b->schedule));
            CU_ASSERT(same_bits(a->value.total, b->value.total));
            CU_ASSERT_EQUAL(a->cuts.count, b->cuts.count);
            CU_ASSERT_EQUAL(a->paths.count, b->paths.count);
            CU_ASSERT(memcmp(a->traffic, b->traffic, (size_t)model->boundaries * sizeof(double)) ==
                      0);
        }
        ganger_archipelago_destroy(some);
    }
    ganger_archipelago_destroy(one);
    ganger_search_model_destroy(model);
    ganger_problem_destroy(problem);
}

static void islands_of_steppe(void)
{
    compare_islands(read_steppe(), GANGER_ISLANDS);
}

static void islands_of_random_problems(void)
{
    static const struct tiny_shape shape = {
        .periods = 40, .works = 14, .longest = 5, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 111, 0, 0);
    static const int islands[] = {GANGER_ISLANDS, 1, 11};
    for (size_t i = 0; i < sizeof islands / sizeof *islands; i++) {
        compare_islands(tiny_random(&rng, shape), islands[i]);
    }
}

static const struct ganger_test tests[] = {
    {"islands of steppe", islands_of_steppe},
    {"islands of random problems", islands_of_random_problems},
    {NULL, NULL}};

static const struct ganger_test run_tests[] = {{"steppe", steppe}, {NULL, NULL}};

const struct ganger_suite threads_suite = {"threads", "determinism", tests};
/* On its own, since rounds of the usual length take long under sanitizers. */
const struct ganger_suite run_suite = {"run", "determinism", run_tests};
