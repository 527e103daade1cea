/* A made-up programme of any size gets a plan that passes the referee. */
#include "generate/suites.h"

#include <ganger/ganger.h>

static void expect_plan(int32_t works, int64_t ticks)
{
    struct ganger_problem *p = made_up(works, 0, (uint64_t)works);
    struct ganger_options options;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    struct ganger_findings findings;
    ganger_options_init(&options);
    ganger_findings_init(&findings);
    options.tick_limit = ticks;
    options.threads = 2;
    /* A plan that ganger_solve() returns has passed the referee. */
    CU_ASSERT_EQUAL(ganger_solve(p, &options, &plan, &summary, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(findings.total, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_TRUE(summary.works_done >= works / 4);
    CU_ASSERT_TRUE(summary.works_done <= works * 3 / 4);
    ganger_findings_clear(&findings);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

static void small_ones(void)
{
    expect_plan(20, 2000000);
    expect_plan(60, 2000000);
}

static void larger_ones(void)
{
    expect_plan(200, 2000000);
    expect_plan(600, 2000000);
}

static const struct ganger_test tests[] = {
    {"small ones", small_ones}, {"larger ones", larger_ones}, {NULL, NULL}};

const struct ganger_suite solved_suite = {"solved", "property", tests};
