/* Sketches that a limit ends at a leg: nothing is lost, and ticks and pace lead there again. */
#include "lp/lp.h"
#include "parallel/parallel.h"
#include "search/search.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <string.h>

enum { limit_count = 3 };
struct setting {
    int64_t pace, limit[limit_count];
};
/* Planned for so long that a first sketch does not end within these limits; on steppe it begins at 3.3 M. */
static const struct setting much = {2000000000, {3500000, 5000000, 6500000}};
/* The same, but so little that few islands anneal. */
static const struct setting few = {80000000, {3500000, 5000000, 6500000}};
/* So little that the islands sketch together. */
static const struct setting little = {6000000, {2000000, 3000000, 6000000}};
/* A leg of all islands on so few works, and half as much again. */
static const int64_t leg = 600000;

static void run(const struct ganger_problem *problem, struct ganger_options options,
                struct ganger_search_result *result)
{
    options.seed = 4;
    CU_ASSERT_EQUAL_FATAL(ganger_search_run(problem, &options, result, NULL), GANGER_STATUS_OK);
    ganger_parallel_each_thread(result->threads, ganger_lp_release_thread);
}

static void expect_same(const struct ganger_search_result *some,
                        const struct ganger_search_result *one)
{
    CU_ASSERT_EQUAL(some->ticks, one->ticks);
    CU_ASSERT_EQUAL(some->rounds, one->rounds);
    CU_ASSERT_EQUAL(some->pace, one->pace);
    CU_ASSERT_EQUAL(some->paths.count, one->paths.count);
    CU_ASSERT(same_bits(some->bound, one->bound));
    CU_ASSERT_EQUAL_FATAL(some->best != NULL, one->best != NULL);
    CU_ASSERT(!one->best || same_bits(some->value.total, one->value.total));
    CU_ASSERT(!one->best || same_schedule(some->best, one->best));
}

static void compare_threads(const struct ganger_problem *problem, struct ganger_options options,
                            const struct ganger_search_result *one)
{
    static const int threads[] = {2, 3, 5};
    for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
        struct ganger_search_result some;
        options.threads = threads[k];
        run(problem, options, &some);
        expect_same(&some, one);
        ganger_search_result_clear(&some);
    }
}

static void limit_first_sketch(const struct setting *setting)
{
    struct ganger_problem *problem = read_steppe();
    for (int i = 0; i < limit_count; i++) {
        struct ganger_options options = {
            .threads = 1, .tick_limit = setting->limit[i], .pace = setting->pace};
        struct ganger_search_result one;
        run(problem, options, &one);
        CU_ASSERT_PTR_NOT_NULL_FATAL(one.best);
        CU_ASSERT_EQUAL(one.rounds, 1);
        CU_ASSERT(one.value.total > one.first_value);
        CU_ASSERT(one.ticks >= setting->limit[i] && one.ticks < setting->limit[i] + leg);
        compare_threads(problem, options, &one);
        ganger_search_result_clear(&one);
    }
    ganger_problem_destroy(problem);
}

static void a_limit_within_the_first_sketch_saves_it(void)
{
    limit_first_sketch(&much);
    limit_first_sketch(&few);
}

static void islands_sketch_together_where_there_is_little_work(void)
{
    struct ganger_problem *problem = read_steppe();
    for (int i = 0; i < limit_count; i++) {
        struct ganger_options options = {
            .threads = 1, .tick_limit = little.limit[i], .pace = little.pace};
        struct ganger_search_result one;
        run(problem, options, &one);
        CU_ASSERT_PTR_NOT_NULL_FATAL(one.best);
        CU_ASSERT(one.rounds > 0);
        CU_ASSERT(one.value.total > one.first_value);
        compare_threads(problem, options, &one);
        ganger_search_result_clear(&one);
    }
    ganger_problem_destroy(problem);
}

/* Asks so often, then wants to stop, as a time limit does. */
struct patience {
    int left;
};

static bool run_out(void *context)
{
    struct patience *patience = context;
    return patience->left-- <= 0;
}

/* Returns the rounds of what was broken off. */
static int64_t break_off(const struct ganger_problem *problem, const struct setting *setting,
                         int questions)
{
    struct patience patience = {questions};
    struct ganger_options options = {.threads = 1,
                                     .tick_limit = setting->limit[limit_count - 1],
                                     .pace = setting->pace,
                                     .should_stop = run_out,
                                     .stop_context = &patience};
    struct ganger_search_result first, again;
    run(problem, options, &first);
    int64_t rounds = first.rounds;
    if (first.best) {
        options =
            (struct ganger_options){.threads = 1, .tick_limit = first.ticks, .pace = setting->pace};
        run(problem, options, &again);
        CU_ASSERT(first.value.total >= first.first_value);
        expect_same(&again, &first);
        ganger_search_result_clear(&again);
    }
    ganger_search_result_clear(&first);
    return rounds;
}

static void replay_all(const struct setting *setting)
{
    struct ganger_problem *problem = read_steppe();
    int64_t sketched = 0, before = 0;
    for (int questions = 8; questions < 20000; questions += questions / 2) {
        int64_t rounds = break_off(problem, setting, questions);
        sketched += rounds > 0;
        before += rounds == 0;
    }
    CU_ASSERT(sketched > 2 && before > 2);
    ganger_problem_destroy(problem);
}

static void ticks_replay_what_was_broken_off(void)
{
    replay_all(&much);
    replay_all(&few);
    replay_all(&little);
}

static const struct ganger_test tests[] = {
    {"a limit within the first sketch saves it", a_limit_within_the_first_sketch_saves_it},
    {"islands sketch together where there is little work",
     islands_sketch_together_where_there_is_little_work},
    {"ticks replay what was broken off", ticks_replay_what_was_broken_off},
    {NULL, NULL}};

const struct ganger_suite legs_suite = {"legs", "determinism", tests};
