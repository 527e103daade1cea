#include "explain/suites.h"
#include "support/scratch.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct ganger_problem *explain_small(void)
{
    struct tiny t;
    tiny_init(&t, 3);
    t.period_days = 1461;
    t.terminal_years = 2;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,10,,");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,20");
    tiny_add(&t, TINY_WORK, "widen,upgrade,q0,10,5,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "idle,facility,,0,0,false,1,,,,false,,,");
    tiny_add(&t, TINY_MODE, "widen,fast,1,7,0.5\nwiden,slow,2,20,1\nidle,only,1,3,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\nbudget,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,3,1\nbudget,0,3,50\nbudget,0,1,19");
    tiny_add(&t, TINY_USAGE, "widen,fast,gang,1\nwiden,slow,gang,1\nidle,only,gang,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

json_t *explain_small_plan(const char *work)
{
    struct ganger_problem *problem = explain_small();
    struct ganger_options options;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    struct ganger_explain_options explain;
    char path[SCRATCH_PATH];
    char *text = NULL;
    scratch_file(path);
    ganger_options_init(&options);
    options.tick_limit = 200000;
    options.threads = 1;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_write(plan, problem, path, NULL), GANGER_STATUS_OK);
    ganger_explain_options_init(&explain);
    explain.json = true;
    explain.works = &work;
    explain.work_count = work != NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_plan_explain(problem, path, &explain, &text, NULL),
                          GANGER_STATUS_OK);
    json_t *tree = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(tree);
    free(text);
    unlink(path);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
    return tree;
}
