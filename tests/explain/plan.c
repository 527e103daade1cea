/* A plan explained from its file, on an instance of which everything is known by hand. */
#include "explain/suites.h"
#include "support/scratch.h"

#include <ganger/ganger.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void done_work(void)
{
    json_t *tree = explain_small_plan("widen");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "value"), 1400 + 293, 1e-3);
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "works/0/mode"), "fast");
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "works/0/start"), "2025-01-01");
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "works/0/finish"), "2028-12-31");
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "works/0/uses/0/id"), "gang");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "works/0/worth/change"), 293, 1e-6);
    /* 1, 4 and 13 weeks are all one period here. */
    CU_ASSERT_EQUAL(json_array_size(tree_at(tree, "works/0/moves")), 2);
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "works/0/moves/0/why"), "before the programme begins");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "works/0/moves/1/change"), -200, 1e-6);
    CU_ASSERT(json_is_true(tree_at(tree, "works/0/moves/1/allowed")));
    /* The other mode: 13 less, and one million more than the first period has. */
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "works/0/modes/0/change"), -13, 1e-6);
    CU_ASSERT(json_is_true(tree_at(tree, "works/0/modes/0/allowed")));
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "works/0/removal/change"), -293, 1e-6);
    CU_ASSERT(json_is_true(tree_at(tree, "works/0/removal/allowed")));
    json_decref(tree);
}

static void work_left_out(void)
{
    json_t *tree = explain_small_plan("idle");
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "left_out/0/id"), "idle");
    CU_ASSERT(tree_real(tree, "left_out/0/worth") <= -3 + 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "left_out/0/cost"), 3, 1e-6);
    CU_ASSERT(json_is_false(tree_at(tree, "works/0/done")));
    CU_ASSERT_EQUAL(json_integer_value(tree_at(tree, "works/0/starts")), 3);
    CU_ASSERT_EQUAL(json_integer_value(tree_at(tree, "works/0/starts_allowed")), 2);
    CU_ASSERT_STRING_EQUAL(tree_text(tree, "works/0/places/0/what"), "best that fits now");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "works/0/places/0/change"), -3, 1e-6);
    CU_ASSERT_PTR_NOT_NULL(strstr(tree_text(tree, "works/0/verdict"), "would not pay"));
    json_decref(tree);
}

static void what_binds(void)
{
    json_t *tree = explain_small_plan(NULL);
    CU_ASSERT_EQUAL(json_array_size(tree_at(tree, "works")), 0);
    CU_ASSERT_EQUAL(json_integer_value(tree_at(tree, "binding/gangs/0/periods_full")), 1);
    CU_ASSERT_EQUAL(json_integer_value(tree_at(tree, "binding/gangs/0/full_by_year/2025")), 1);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "binding/windows/0/used_percent"), 700.0 / 19, 1e-6);
    /* Full throughout; 15 of 20 stay at home for four years, then 5 of 20 for eight. */
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "binding/links/0/full_percent"), 100, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "binding/links/0/at_home_mt"), 60 + 40, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(tree, "binding/at_home_for_unbuilt_mt"), 0, 1e-6);
    json_decref(tree);
}

/* Explains the plan of a random problem, all its works too; returns how many places were looked at. */
static size_t explain_random(struct ganger_problem *problem, const char *path)
{
    struct ganger_explain_options options;
    char *text = NULL;
    size_t places = 0;
    ganger_explain_options_init(&options);
    options.works = (const char *const *)problem->works.id;
    options.work_count = problem->works.count;
    CU_ASSERT_EQUAL_FATAL(ganger_plan_explain(problem, path, &options, &text, NULL),
                          GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "What one more is worth"));
    free(text);
    options.json = true;
    CU_ASSERT_EQUAL_FATAL(ganger_plan_explain(problem, path, &options, &text, NULL),
                          GANGER_STATUS_OK);
    json_t *tree = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(tree);
    double slack = 1e-6 * (1 + fabs(tree_real(tree, "value")));
    double gap = tree_real(tree, "bound") - tree_real(tree, "value");
    for (int32_t w = 0; w < problem->works.count; w++) {
        const json_t *work = json_array_get(tree_at(tree, "works"), (size_t)w);
        bool done = json_is_true(tree_at(work, "done"));
        const json_t *list = tree_at(work, done ? "moves" : "places");
        for (size_t i = 0; i < json_array_size(list); i++) {
            const json_t *row = json_array_get(list, i);
            bool allowed = json_is_true(tree_at(row, "allowed"));
            places += allowed;
            /* What is allowed is a plan, and no plan is worth more than the bound. */
            CU_ASSERT(!allowed || tree_real(row, "change") <= gap + slack);
        }
    }
    json_decref(tree);
    free(text);
    return places;
}

static void random_plans(void)
{
    struct ganger_rng rng;
    char path[SCRATCH_PATH];
    int plans = 0;
    size_t places = 0;
    ganger_rng_init(&rng, 14, 0, 0);
    scratch_file(path);
    for (int i = 0; i < 25; i++) {
        struct ganger_problem *problem = tiny_random(
            &rng, (struct tiny_shape){.periods = 9, .works = 7, .longest = 3, .rails = i % 2 == 0});
        struct ganger_options search;
        struct ganger_summary summary;
        struct ganger_plan *plan = NULL;
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        ganger_options_init(&search);
        search.tick_limit = 20000;
        search.threads = 1;
        CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &search, &plan, &summary, NULL),
                              GANGER_STATUS_OK);
        if (plan) {
            CU_ASSERT_EQUAL_FATAL(ganger_plan_write(plan, problem, path, NULL), GANGER_STATUS_OK);
            places += explain_random(problem, path);
            plans++;
        }
        ganger_plan_destroy(plan);
        ganger_problem_destroy(problem);
    }
    unlink(path);
    CU_ASSERT(plans > 10);
    CU_ASSERT(places > 50);
}

static void refuses(void)
{
    struct ganger_problem *problem = explain_small();
    struct ganger_explain_options options;
    struct ganger_findings findings;
    const char *work = "widdn";
    char *text = NULL;
    char path[SCRATCH_PATH];
    ganger_explain_options_init(&options);
    ganger_findings_init(&findings);
    scratch_file(path);
    CU_ASSERT_EQUAL(ganger_plan_explain(problem, path, &options, &text, &findings),
                    GANGER_STATUS_INPUT_INVALID); /* an empty file */
    CU_ASSERT_PTR_NULL(text);
    ganger_findings_clear(&findings);
    struct ganger_options search;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    ganger_options_init(&search);
    search.tick_limit = 1000;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &search, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_write(plan, problem, path, NULL), GANGER_STATUS_OK);
    options.works = &work;
    options.work_count = 1;
    CU_ASSERT_EQUAL(ganger_plan_explain(problem, path, &options, &text, &findings),
                    GANGER_STATUS_MISUSE);
    CU_ASSERT_FATAL(findings.count == 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.list[0].message, "did you mean \"widen\""));
    ganger_findings_clear(&findings);
    unlink(path);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {{"a work that is done", done_work},
                                           {"a work that is left out", work_left_out},
                                           {"what binds", what_binds},
                                           {"random plans", random_plans},
                                           {"refuses", refuses},
                                           {NULL, NULL}};
const struct ganger_suite plan_suite = {"plan", "unit", tests};
