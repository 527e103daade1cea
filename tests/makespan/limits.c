/* When a search ends, and that what it finds depends on nothing but problem, seed and ticks. */
#include "makespan/makespan.h"

#include "makespan/evolution.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <math.h>
#include <string.h>

/* Three works of one period that need two of three gangs: energy says 2, the truth is 3. */
static struct ganger_problem *gap_problem(void)
{
    static struct tiny t;
    tiny_init(&t, 20);
    t.makespan = true;
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,20,3");
    shop_work(&t, "a", 1, "gang", 2);
    shop_work(&t, "b", 1, "gang", 2);
    shop_work(&t, "c", 1, "gang", 2);
    return tiny_read(&t);
}

static struct ganger_makespan_result run(const struct ganger_problem *p,
                                         const struct ganger_options *options)
{
    struct ganger_makespan_result result;
    CU_ASSERT_EQUAL(ganger_makespan_run(p, options, &result, NULL), GANGER_STATUS_OK);
    return result;
}

/* --- limits --- */

static void schedules_are_counted(void)
{
    struct ganger_problem *p = gap_problem();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_options options = {.schedule_limit = 1, .threads = 1};
    struct ganger_makespan_result one = run(p, &options);
    CU_ASSERT_EQUAL(one.outcome, GANGER_OUTCOME_FEASIBLE);
    CU_ASSERT_EQUAL(one.makespan, 3);
    CU_ASSERT_EQUAL(one.bound, 2);
    CU_ASSERT_EQUAL(one.rounds, 1);
    options.schedule_limit = 3 * one.schedules;
    struct ganger_makespan_result three = run(p, &options);
    CU_ASSERT_TRUE(three.schedules >= options.schedule_limit);
    CU_ASSERT_TRUE(three.schedules < options.schedule_limit + one.schedules);
    ganger_makespan_result_clear(&one);
    ganger_makespan_result_clear(&three);
    ganger_problem_destroy(p);
}

static void ticks_are_counted(void)
{
    struct ganger_problem *p = gap_problem();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_options options = {.tick_limit = 1, .threads = 1};
    struct ganger_makespan_result few = run(p, &options);
    CU_ASSERT_EQUAL(few.outcome, GANGER_OUTCOME_FEASIBLE);
    CU_ASSERT_EQUAL(few.rounds, 1);
    CU_ASSERT_TRUE(few.ticks >= 1);
    /* Replayed with the ticks it says it took, a run ends at the same place. */
    options.tick_limit = 5 * few.ticks;
    struct ganger_makespan_result more = run(p, &options);
    options.tick_limit = more.ticks;
    struct ganger_makespan_result again = run(p, &options);
    CU_ASSERT_EQUAL(again.ticks, more.ticks);
    CU_ASSERT_EQUAL(again.rounds, more.rounds);
    ganger_makespan_result_clear(&few);
    ganger_makespan_result_clear(&more);
    ganger_makespan_result_clear(&again);
    ganger_problem_destroy(p);
}

static bool yes(void *context)
{
    ++*(int *)context;
    return true;
}

static void a_stop_request_is_heard(void)
{
    struct ganger_problem *p = gap_problem();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    int asked = 0;
    struct ganger_options options = {
        .schedule_limit = INT64_MAX, .should_stop = yes, .stop_context = &asked, .threads = 1};
    struct ganger_makespan_result result = run(p, &options);
    CU_ASSERT_TRUE(asked > 0);
    CU_ASSERT_EQUAL(result.outcome, GANGER_OUTCOME_FEASIBLE);
    CU_ASSERT_EQUAL(result.makespan, 3);
    ganger_makespan_result_clear(&result);
    ganger_problem_destroy(p);
}

static void time_is_limited(void)
{
    struct ganger_problem *p = gap_problem();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_options options = {
        .time_limit_s = 0.05, .schedule_limit = INT64_MAX, .threads = 1};
    struct ganger_makespan_result result = run(p, &options);
    CU_ASSERT_EQUAL(result.outcome, GANGER_OUTCOME_FEASIBLE);
    CU_ASSERT_TRUE(result.wall_s >= 0.05 && result.wall_s < 20);
    ganger_makespan_result_clear(&result);
    ganger_problem_destroy(p);
}

struct told {
    int rows;
    double value, bound;
    bool worse;
};

static void listen(const struct ganger_progress *row, void *context)
{
    struct told *told = context;
    told->worse = told->worse || row->value > told->value || row->bound < told->bound;
    told->value = row->value;
    told->bound = row->bound;
    told->rows++;
}

/* Values fall, bounds rise, and the last row is the result. */
static void progress_is_told(void)
{
    struct ganger_problem *p = gap_problem();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct told told = {.value = (double)INFINITY};
    struct ganger_options options = {
        .tick_limit = 20000000, .threads = 1, .on_progress = listen, .progress_context = &told};
    struct ganger_makespan_result result = run(p, &options);
    CU_ASSERT_EQUAL(result.outcome, GANGER_OUTCOME_OPTIMAL);
    CU_ASSERT_TRUE(told.rows >= 2 && !told.worse);
    CU_ASSERT_EQUAL(told.value, 3);
    CU_ASSERT_EQUAL(told.bound, 3);
    CU_ASSERT_TRUE(result.trace_rows >= 2);
    CU_ASSERT_EQUAL(result.trace[result.trace_rows - 1].bound, 3);
    ganger_makespan_result_clear(&result);
    ganger_problem_destroy(p);
}

static void what_it_cannot_do_is_said(void)
{
    static struct tiny t;
    tiny_init(&t, 20);
    t.makespan = true;
    shop_work(&t, "a", 1, NULL, 0);
    tiny_add(&t, TINY_TARGET, "more,repair,9,1,1,false");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_options options = {.tick_limit = 1};
    struct ganger_makespan_result result;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_makespan_run(p, &options, &result, &findings),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.list[0].message, "a target"));
    CU_ASSERT_PTR_NULL(result.start);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(p);
}

static const struct ganger_test limit_tests[] = {
    {"schedules are counted", schedules_are_counted},
    {"ticks are counted", ticks_are_counted},
    {"a stop request is heard", a_stop_request_is_heard},
    {"time is limited", time_is_limited},
    {"progress is told", progress_is_told},
    {"what it cannot do is said", what_it_cannot_do_is_said},
    {NULL, NULL}};

const struct ganger_suite limits_suite = {"limits", "unit", limit_tests};

/* --- repeating --- */

static bool same(const struct ganger_makespan_result *a, const struct ganger_makespan_result *b,
                 int32_t works)
{
    size_t row = (size_t)works * sizeof *a->start;
    bool equal = a->outcome == b->outcome && a->makespan == b->makespan && a->bound == b->bound &&
                 a->ticks == b->ticks && a->rounds == b->rounds && a->schedules == b->schedules &&
                 a->trace_rows == b->trace_rows && (a->start != NULL) == (b->start != NULL);
    if (equal && a->start) {
        equal = memcmp(a->start, b->start, row) == 0 && memcmp(a->mode, b->mode, row) == 0;
    }
    for (int32_t i = 0; equal && i < a->trace_rows; i++) {
        equal = a->trace[i].ticks == b->trace[i].ticks && a->trace[i].bound == b->trace[i].bound;
    }
    return equal;
}

/* Long enough for several rounds and phases of proof. */
static void threads_change_nothing(void)
{
    static const int threads[] = {1, 2, 3, 5, 1};
    int different = 0, open = 0;
    for (uint32_t i = 0; i < 8; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 71, i, 0);
        struct ganger_problem *p = shop_large(&rng, (enum shop_kind)(i % SHOP_KINDS), 70);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        struct ganger_options options = {.tick_limit = 8000000, .seed = i, .threads = 1};
        struct ganger_makespan_result first = run(p, &options);
        open += first.rounds > 5;
        for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
            options.threads = threads[k];
            struct ganger_makespan_result other = run(p, &options);
            different += !same(&first, &other, p->works.count);
            ganger_makespan_result_clear(&other);
        }
        CU_ASSERT_TRUE(!first.start || shop_holds(p, first.start, first.mode));
        ganger_makespan_result_clear(&first);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(different, 0);
    CU_ASSERT_TRUE(open >= 2);
}

/* The pace that a time limit led to, and the ticks spent: given both, the run comes again. */
static void time_comes_again_as_ticks(void)
{
    int different = 0, compared = 0;
    for (uint32_t i = 0; i < 4; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 72, i, 0);
        struct ganger_problem *p = shop_large(&rng, i % 2 == 0 ? SHOP_PLAIN : SHOP_MODES, 70);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        struct ganger_options options = {.time_limit_s = 0.3, .seed = i, .threads = 1};
        struct ganger_makespan_result timed = run(p, &options);
        if (timed.pace > 0) {
            options = (struct ganger_options){
                .tick_limit = timed.ticks, .pace = timed.pace, .seed = i, .threads = 2};
            struct ganger_makespan_result again = run(p, &options);
            CU_ASSERT_EQUAL(again.pace, timed.pace);
            different += !same(&timed, &again, p->works.count);
            compared++;
            ganger_makespan_result_clear(&again);
        }
        ganger_makespan_result_clear(&timed);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(different, 0);
    CU_ASSERT_TRUE(compared > 0);
}

/* At the least pace for a moment, the warm-up is not over yet; with more it is not either. */
static void a_pace_set_late_was_unknown_before(void)
{
    int64_t last = 0;
    for (int64_t now = 1; now < 400000000; now += 1 + now / 7) {
        int64_t pace = ganger_evolution_least_pace(now);
        CU_ASSERT_TRUE(ganger_evolution_warm_up(pace) > now);
        CU_ASSERT_TRUE(ganger_evolution_warm_up(2 * pace) >= ganger_evolution_warm_up(pace));
        CU_ASSERT_TRUE(pace > last);
        last = pace;
    }
}

/* Limits in work set the pace themselves; one that is given goes first. */
static void pace_is_told(void)
{
    struct ganger_problem *p = gap_problem();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_options options = {.schedule_limit = 1, .threads = 1};
    struct ganger_makespan_result result = run(p, &options);
    CU_ASSERT_EQUAL(result.pace, p->works.count);
    ganger_makespan_result_clear(&result);
    options.tick_limit = 2;
    result = run(p, &options);
    CU_ASSERT_EQUAL(result.pace, 2);
    ganger_makespan_result_clear(&result);
    options.pace = 1000;
    result = run(p, &options);
    CU_ASSERT_EQUAL(result.pace, 1000);
    ganger_makespan_result_clear(&result);
    ganger_problem_destroy(p);
}

static const struct ganger_test repeat_tests[] = {
    {"threads change nothing", threads_change_nothing},
    {"time comes again as ticks", time_comes_again_as_ticks},
    {"a pace set late was unknown before", a_pace_set_late_was_unknown_before},
    {"pace is told", pace_is_told},
    {NULL, NULL}};

const struct ganger_suite repeat_suite = {"repeat", "determinism", repeat_tests};
