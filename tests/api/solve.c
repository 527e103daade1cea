/* The public solve, from a problem to a plan file that the referee accepts. */
#include "instance/problem.h"
#include "support/scratch.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ganger_problem *steppe(void)
{
    struct ganger_problem *problem = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_read(GANGER_SOURCE "/instances/steppe", &problem, NULL),
                          GANGER_STATUS_OK);
    return problem;
}

/* A line with two optional repairs of one gang; `mandatory` makes them too much for it. */
static struct ganger_problem *small(bool mandatory)
{
    const char *must = mandatory ? "true" : "false";
    struct tiny t;
    tiny_init(&t, 5);
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,0.2,0.5\nq1,l0,n0,10,20,5,0.2,0.5");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,5");
    tiny_add(&t, TINY_WORK, "v,repair,q0,10,0,true,,,,,%s,,,", must);
    tiny_add(&t, TINY_WORK, "w,repair,q1,10,0,true,,,,,%s,,,", must);
    tiny_add(&t, TINY_MODE, "v,m,3,1,1\nw,m,3,1,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,5,1");
    tiny_add(&t, TINY_USAGE, "v,m,gang,1\nw,m,gang,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static struct ganger_options ticks(int64_t limit)
{
    struct ganger_options options;
    ganger_options_init(&options);
    options.time_limit_s = 0;
    options.tick_limit = limit;
    options.threads = 2;
    return options;
}

/* What on_progress saw. */
struct watch {
    int rows;
    int64_t ticks;
    double value, bound;
    bool ordered;
};

static void look(const struct ganger_progress *progress, void *context)
{
    struct watch *watch = context;
    watch->ordered = watch->ordered && progress->ticks >= watch->ticks;
    if (watch->rows > 0) {
        watch->ordered = watch->ordered && !(progress->value < watch->value) &&
                         !(progress->bound > watch->bound);
    }
    watch->ticks = progress->ticks;
    watch->value = progress->value;
    watch->bound = progress->bound;
    watch->rows++;
}

static void check_summary(const struct ganger_problem *problem,
                          const struct ganger_summary *summary)
{
    struct ganger_terms terms = summary->terms;
    CU_ASSERT_DOUBLE_EQUAL(
        summary->value,
        terms.traffic + terms.terminal - terms.cost - terms.tardiness - terms.shortfall, 1e-6);
    CU_ASSERT(summary->value >= summary->first_value - 1e-6);
    CU_ASSERT(summary->bound >= summary->value - 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(summary->gap_percent,
                           100 * (summary->bound - summary->value) / terms.cost, 1e-6);
    CU_ASSERT_EQUAL(summary->works, problem->works.count);
    CU_ASSERT(summary->works_done > 0 && summary->works_done <= summary->works);
    CU_ASSERT(summary->ticks >= 1000000);
    CU_ASSERT_EQUAL(summary->threads, 2);
    CU_ASSERT(summary->wall_s > 0);
}

static void check_file(const struct ganger_problem *problem, const struct ganger_plan *plan,
                       const struct ganger_summary *summary)
{
    char folder[SCRATCH_PATH];
    char path[SCRATCH_INSIDE];
    struct ganger_verdict verdict;
    scratch_folder(folder);
    strcpy(path, folder);
    strcat(path, "/plan.nc");
    CU_ASSERT_EQUAL(ganger_plan_write(plan, problem, path, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_plan_check(problem, path, &verdict, NULL), GANGER_STATUS_OK);
    CU_ASSERT(verdict.feasible);
    CU_ASSERT_DOUBLE_EQUAL(verdict.value, summary->value, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(verdict.bound, summary->bound, 1e-5);
    CU_ASSERT_EQUAL(verdict.works_done, summary->works_done);
    unlink(path);
    rmdir(folder);
}

static void a_plan_for_steppe(void)
{
    struct ganger_problem *problem = steppe();
    struct ganger_options options = ticks(1000000);
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    struct watch watch = {.ordered = true};
    options.on_progress = look;
    options.progress_context = &watch;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_EQUAL(summary.outcome, GANGER_OUTCOME_FEASIBLE);
    check_summary(problem, &summary);
    check_file(problem, plan, &summary);
    CU_ASSERT(watch.rows >= 2);
    CU_ASSERT(watch.ordered);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

static void no_plan_exists(void)
{
    struct ganger_problem *problem = small(true);
    struct ganger_options options = ticks(1000000);
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_solve(problem, &options, &plan, &summary, &findings), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NULL(plan);
    CU_ASSERT_EQUAL(summary.outcome, GANGER_OUTCOME_INFEASIBLE);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.list[0].message, "gang"));
    ganger_findings_clear(&findings);
    ganger_problem_destroy(problem);
}

static void the_best_of_a_small_one(void)
{
    struct ganger_problem *problem = small(false);
    struct ganger_options options = ticks(1000000);
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    /* One repair without the other leaves the line as weak as it was: neither pays. */
    CU_ASSERT_EQUAL(summary.works_done, 0);
    CU_ASSERT_DOUBLE_EQUAL(summary.terms.cost, 0, 0);
    double traffic = 0;
    for (int t = 0; t < 5; t++) {
        traffic += 90 / 365.25 * 10 * 5 * (1 - 0.2 * t * 90 / 365.25);
    }
    /* Flows keep a step of the plan file's grid away from capacity. */
    CU_ASSERT_DOUBLE_EQUAL(summary.value, traffic, 1e-6);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

static bool at_once(void *context)
{
    ++*(int *)context;
    return true;
}

static void stopped_at_once(void)
{
    struct ganger_problem *problem = steppe();
    struct ganger_options options = ticks(0);
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    int asked = 0;
    options.time_limit_s = 1000;
    options.should_stop = at_once;
    options.stop_context = &asked;
    CU_ASSERT_EQUAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT(asked > 0);
    CU_ASSERT_EQUAL(plan == NULL, summary.outcome == GANGER_OUTCOME_LIMIT);
    CU_ASSERT(summary.wall_s < 60);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

static void misuse(void)
{
    struct ganger_problem *problem = small(false);
    struct ganger_options options = ticks(1000);
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    options.threads = -1;
    CU_ASSERT_EQUAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_MISUSE);
    options.threads = 1;
    options.islands = 257;
    CU_ASSERT_EQUAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_MISUSE);
    options.islands = 0;
    options.time_limit_s = NAN;
    CU_ASSERT_EQUAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_MISUSE);
    CU_ASSERT_EQUAL(ganger_plan_import(problem, "no-such.csv", &options, &plan, &summary, NULL),
                    GANGER_STATUS_MISUSE);
    CU_ASSERT_PTR_NULL(plan);
    CU_ASSERT(isnan(summary.value));
    ganger_problem_destroy(problem);
}

/* Every kind of move on sketches and exactly; what was kept was judged, and what was judged was tried. */
static void what_the_search_did(void)
{
    struct ganger_problem *problem = steppe();
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    struct ganger_options options = ticks(100000000);
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    const struct ganger_statistics *s = ganger_plan_statistics(plan);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    int64_t judged[2] = {0, 0}, used = 0;
    for (int i = 0; i < s->techniques; i++) {
        const struct ganger_technique *t = &s->technique[i];
        CU_ASSERT(t->name[0] != '\0' && t->accepted >= 0 && t->gain >= 0);
        CU_ASSERT(t->accepted <= t->judged && t->judged <= t->tried && t->tried <= t->ticks);
        judged[t->exact] += t->judged;
        used += t->ticks;
    }
    CU_ASSERT(judged[0] > 0 && judged[1] > 0);
    CU_ASSERT(s->refused <= judged[1]);
    CU_ASSERT(used < summary.ticks);
    CU_ASSERT(s->placements > judged[0]);
    CU_ASSERT(s->unchanged + s->guessed + s->cached + s->solved > 0);
    CU_ASSERT(s->sketching_s > 0 && s->judging_s > 0);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {{"a plan for steppe", a_plan_for_steppe},
                                           {"no plan exists", no_plan_exists},
                                           {"the best of a small one", the_best_of_a_small_one},
                                           {"stopped at once", stopped_at_once},
                                           {"misuse", misuse},
                                           {"what the search did", what_the_search_did},
                                           {NULL, NULL}};

const struct ganger_suite solve_suite = {"solve", "unit", tests};
