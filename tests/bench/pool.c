#include "quality/pool.h"

#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TASKS = 12 };

struct outcome {
    int ended[TASKS], total;
    struct quality_answer answers[TASKS];
};

/* Of six tasks one crashes, one hangs and one leaves without a word. */
static void work(int task, struct quality_answer *answer, const void *context)
{
    (void)context;
    switch (task % 6) {
    case 1:
        abort();
    case 2:
        for (;;) {
            pause();
        }
    case 3:
        _exit(9);
    default:
        answer->failed = false;
        answer->value = task;
    }
}

static void on_done(int task, const struct quality_answer *answer, void *context)
{
    struct outcome *outcome = context;
    outcome->ended[task]++;
    outcome->total++;
    outcome->answers[task] = *answer;
}

static void check_failed(const struct quality_answer *answer, const char *word)
{
    CU_ASSERT_TRUE(answer->failed);
    CU_ASSERT_TRUE(isnan(answer->value));
    CU_ASSERT_PTR_NOT_NULL(strstr(answer->message, word));
}

static void others_survive(int jobs)
{
    struct outcome outcome = {.total = 0};
    struct quality_pool pool = {.tasks = TASKS,
                                .jobs = jobs,
                                .watchdog_s = 1,
                                .work = work,
                                .on_done = on_done,
                                .done_context = &outcome};
    quality_pool_run(&pool);
    CU_ASSERT_EQUAL(outcome.total, TASKS);
    for (int task = 0; task < TASKS; task++) {
        const struct quality_answer *answer = &outcome.answers[task];
        static const char *const words[] = {[1] = "signal 6", [2] = "watchdog", [3] = "code 9"};
        CU_ASSERT_EQUAL(outcome.ended[task], 1);
        CU_ASSERT_TRUE(answer->peak_rss_kb > 0 && answer->cpu_s >= 0);
        if (task % 6 >= 1 && task % 6 <= 3) {
            check_failed(answer, words[task % 6]);
        } else {
            CU_ASSERT_FALSE(answer->failed);
            CU_ASSERT_DOUBLE_EQUAL(answer->value, task, 0);
        }
    }
}

static void one_after_the_other(void)
{
    others_survive(1);
}

static void side_by_side(void)
{
    others_survive(4);
    others_survive(TASKS + 3);
}

static const struct ganger_test tests[] = {
    {"one after the other", one_after_the_other},
    {"side by side", side_by_side},
    {NULL, NULL},
};
const struct ganger_suite pool_suite = {"pool", "unit", tests};
