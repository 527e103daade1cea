/* Objective makespan: the bound against brute force, and claims about it. */
#include "base/rng.h"
#include "check/naive.h"
#include "check/package.h"
#include "check/referee.h"
#include "check/suites.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORKS = 4, PERIODS = 9, INSTANCES = 150, TEXT = 1024 };

static const char settings[] =
    "\"start_date\": \"2025-01-01\", \"period_days\": 1, \"periods\": 9, \"discount_rate\": 0, "
    "\"terminal_years\": 0, \"objective\": \"makespan\", \"railhead\": false, \"currency\": "
    "\"USD\"";

static void add(char text[TEXT], const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(char text[TEXT], const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, TEXT - length, format, arguments);
    va_end(arguments);
}

static struct ganger_problem *draw_instance(struct ganger_rng *rng)
{
    char work[TEXT] = "work_id,kind,km,gain,renews,mandatory,earliest,calendar_id\n";
    char mode[TEXT] = "work_id,mode_id,duration\n";
    char usage[TEXT] = "work_id,mode_id,resource_id,amount\n";
    char precedence[TEXT] = "predecessor,successor,type,lag\n";
    for (int w = 0; w < WORKS; w++) {
        add(work, "w%d,facility,0,0,false,%s,%d,%s\n", w,
            ganger_rng_below(rng, 5) ? "true" : "false", ganger_rng_below(rng, 2),
            ganger_rng_below(rng, 3) ? "" : "cal");
        for (int m = 0; m <= ganger_rng_below(rng, 2); m++) {
            add(mode, "w%d,m%d,%d\n", w, m, ganger_rng_below(rng, 3));
            add(usage, "w%d,m%d,gang,%d\n", w, m, 1 + ganger_rng_below(rng, 2));
        }
        for (int v = 0; v < w; v++) {
            if (ganger_rng_below(rng, 3) == 0) {
                add(precedence, "w%d,w%d,%s,%d\n", v, w, ganger_rng_below(rng, 3) ? "FS" : "SS",
                    ganger_rng_below(rng, 2));
            }
        }
    }
    const struct package_table tables[] = {
        {"work", work},
        {"mode", mode},
        {"usage", usage},
        {"precedence", precedence},
        {"resource", "resource_id,kind\ngang,renewable\n"},
        {"capacity", "resource_id,from,to,limit\ngang,0,2,2\ngang,2,9,3\n"},
        {"calendar", "calendar_id,from,to,productivity\ncal,1,2,0\ncal,3,4,50\n"},
        {NULL, NULL}};
    return package_problem(settings, tables);
}

struct walk {
    const struct ganger_problem *problem;
    int32_t start[WORKS], mode[WORKS];
    double best;
    int mistaken, count;
};

static void judge(struct walk *walk)
{
    struct ganger_verdict verdict;
    struct ganger_plan *plan = naive_plan(walk->problem, walk->start, walk->mode);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    bool feasible = naive_feasible(walk->problem, plan);
    if (feasible) {
        walk->best = fmin(walk->best, plan->summary.value);
    }
    if (walk->count++ % 7 == 0) {
        plan->summary.gap_percent = plan->summary.value > 0 ? 100 : 0;
        ganger_status status = ganger_referee_check(walk->problem, plan, "p", &verdict, NULL);
        walk->mistaken += verdict.feasible != feasible ||
                          (status == GANGER_STATUS_OK) != feasible ||
                          verdict.value != plan->summary.value;
    }
    ganger_plan_destroy(plan);
}

static void place(struct walk *walk, int32_t w)
{
    const struct ganger_problem *p = walk->problem;
    if (w >= p->works.count || w >= (int32_t)(sizeof walk->start / sizeof *walk->start)) {
        judge(walk);
        return;
    }
    if (!p->works.mandatory[w]) {
        walk->start[w] = walk->mode[w] = GANGER_NONE;
        place(walk, w + 1);
    }
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (ganger_problem_finish(p, m, s) <= p->time.periods &&
                ganger_problem_finish(p, m, s) < walk->best) {
                walk->start[w] = s;
                walk->mode[w] = m - p->works.first_mode[w];
                place(walk, w + 1);
            }
        }
    }
}

static void bound_holds(void)
{
    int solved = 0, exact = 0, mistaken = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 5, (uint32_t)i, 0);
        struct ganger_problem *p = draw_instance(&rng);
        if (!p) {
            continue;
        }
        struct walk walk = {.problem = p, .best = (double)INFINITY};
        place(&walk, 0);
        struct ganger_plan *plan = ganger_plan_create(p);
        CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
        double bound = ganger_referee_bound(p, &plan->prices);
        CU_ASSERT_TRUE(bound <= walk.best);
        solved += isfinite(walk.best);
        exact += bound == walk.best;
        mistaken += walk.mistaken;
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(mistaken, 0);
    CU_ASSERT_TRUE(solved > INSTANCES / 2);
    CU_ASSERT_TRUE(exact > solved / 3);
}

/* Two works of two periods, one gang: four periods by energy; and a third that must follow the first. */
static struct ganger_problem *three_works(void)
{
    static const struct package_table tables[] = {
        {"work", "work_id,kind,km,gain,renews,mandatory\na,facility,0,0,false,true\n"
                 "b,facility,0,0,false,true\nc,facility,0,0,false,true\n"},
        {"mode", "work_id,mode_id,duration\na,m,2\nb,m,2\nc,m,1\n"},
        {"usage", "work_id,mode_id,resource_id,amount\na,m,gang,1\nb,m,gang,1\n"},
        {"precedence", "predecessor,successor,type,lag\na,c,FS,0\n"},
        {"resource", "resource_id,kind\ngang,renewable\n"},
        {"capacity", "resource_id,from,to,limit\ngang,0,9,1\n"},
        {NULL, NULL}};
    return package_problem(settings, tables);
}

/* Refused with a finding about the column that has these words? */
static bool refused(const struct ganger_problem *p, const struct ganger_plan *plan,
                    const char *column, const char *words)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    ganger_status status = ganger_referee_check(p, plan, "p", NULL, &findings);
    bool said = false;
    for (int i = 0; i < findings.count; i++) {
        said = said || (strcmp(findings.list[i].column, column) == 0 &&
                        strstr(findings.list[i].message, words) != NULL);
    }
    ganger_findings_clear(&findings);
    return status == GANGER_STATUS_REFUSED && said;
}

static bool passes(const struct ganger_problem *p, const struct ganger_plan *plan)
{
    return ganger_referee_check(p, plan, "p", NULL, NULL) == GANGER_STATUS_OK;
}

struct claim {
    double value, bound, gap_percent;
    ganger_outcome outcome;
    const char *refused; /* the column; NULL: passes */
};

/* The plan takes four periods. A bound may rest on an exhausted search: only what contradicts the plan, or
 * the other claims, is refused. */
static void claims(void)
{
    static const struct claim cases[] = {
        {4, 4, 0, GANGER_OUTCOME_OPTIMAL, NULL},
        {4, 4, 0, GANGER_OUTCOME_FEASIBLE, NULL},
        {4, 3, 25, GANGER_OUTCOME_FEASIBLE, NULL},
        {5, 4, 0, GANGER_OUTCOME_OPTIMAL, "value"},
        {4, 2.5, 37.5, GANGER_OUTCOME_FEASIBLE, "bound"},
        {4, 3, 30, GANGER_OUTCOME_FEASIBLE, "gap_percent"},
        {3, 3, 0, GANGER_OUTCOME_FEASIBLE, "value"},
        {(double)NAN, 4, 0, GANGER_OUTCOME_FEASIBLE, "value"},
        {4, 5, 0, GANGER_OUTCOME_OPTIMAL, "bound"},
        {4, (double)NAN, 0, GANGER_OUTCOME_FEASIBLE, "bound"},
        {4, (double)INFINITY, 0, GANGER_OUTCOME_FEASIBLE, "bound"},
        {4, 3, 25, GANGER_OUTCOME_OPTIMAL, "status"},
        {4, 4, 0, GANGER_OUTCOME_INFEASIBLE, "status"},
        {4, 4, 0, GANGER_OUTCOME_LIMIT, "status"},
        {4, 3, 20, GANGER_OUTCOME_FEASIBLE, "gap_percent"},
        {4, 3, (double)NAN, GANGER_OUTCOME_FEASIBLE, "gap_percent"},
    };
    struct ganger_problem *p = three_works();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_plan *plan =
        naive_plan(p, (const int32_t[]){2, 0, 4}, (const int32_t[]){0, 0, 0});
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_EQUAL(plan->summary.value, 5);
    ganger_plan_destroy(plan);
    plan = naive_plan(p, (const int32_t[]){0, 2, 2}, (const int32_t[]){0, 0, 0});
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_EQUAL(plan->summary.value, 4);
    CU_ASSERT_EQUAL(ganger_referee_bound(p, &plan->prices), 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        plan->summary.value = cases[i].value;
        plan->summary.bound = cases[i].bound;
        plan->summary.gap_percent = cases[i].gap_percent;
        plan->summary.outcome = cases[i].outcome;
        CU_ASSERT_TRUE(cases[i].refused ? refused(p, plan, cases[i].refused, "") : passes(p, plan));
    }
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Starts moved in a plan that was right. */
static void moved_starts(void)
{
    static const struct {
        int32_t work, start;
        const char *refused, *words;
    } cases[] = {{1, 1, "usage", "in use"},
                 {2, 1, "start", "after a"},
                 {0, -2, "start", "not within"},
                 {1, 8, "finish", "horizon"}};
    struct ganger_problem *p = three_works();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_plan *plan =
        naive_plan(p, (const int32_t[]){0, 2, 2}, (const int32_t[]){0, 0, 0});
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    plan->summary.bound = 4;
    plan->summary.gap_percent = 0;
    plan->summary.outcome = GANGER_OUTCOME_OPTIMAL;
    CU_ASSERT_TRUE(passes(p, plan));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t w = cases[i].work, start = plan->start[w], finish = plan->finish[w];
        plan->start[w] = cases[i].start;
        plan->finish[w] = cases[i].start + finish - start;
        CU_ASSERT_TRUE(refused(p, plan, cases[i].refused, cases[i].words));
        plan->start[w] = start;
        plan->finish[w] = finish;
    }
    CU_ASSERT_TRUE(passes(p, plan));
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"bound holds", bound_holds},
    {"claims", claims},
    {"moved starts", moved_starts},
    {NULL, NULL},
};
const struct ganger_suite makespan_suite = {"makespan", "property", tests};
