/* Small problems of every kind: the search finds what trying every schedule finds, and claims no more. */
#include "makespan/shop.h"
#include "plan/plan.h"
#include "support/test.h"

#include <math.h>
#include <stdio.h>

enum { PROBLEMS = 25 };
static const int64_t ticks = 20000000;

static ganger_outcome expected(const struct ganger_problem *p, int32_t *best)
{
    *best = shop_best(p);
    return *best == INT32_MAX ? GANGER_OUTCOME_INFEASIBLE : GANGER_OUTCOME_OPTIMAL;
}

static bool plan_holds(const struct ganger_problem *p, const struct ganger_plan *plan)
{
    int32_t mode[SHOP_WORKS];
    for (int32_t w = 0; w < p->works.count; w++) {
        mode[w] = p->works.first_mode[w] + plan->mode[w];
    }
    return shop_holds(p, plan->start, mode);
}

/* Solved to the end, so that anything but optimal or infeasible is wrong, too. */
static bool solved_right(const struct ganger_problem *p)
{
    struct ganger_options options;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    int32_t best;
    ganger_outcome outcome = expected(p, &best);
    ganger_options_init(&options);
    options.tick_limit = ticks;
    options.threads = 1;
    ganger_status status = ganger_solve(p, &options, &plan, &summary, NULL);
    bool right = status == GANGER_STATUS_OK && summary.outcome == outcome &&
                 (plan != NULL) == (best < INT32_MAX);
    if (right && plan) {
        right = summary.value == best && summary.bound == best && summary.gap_percent == 0 &&
                summary.critical_path <= best && plan_holds(p, plan);
    }
    ganger_plan_destroy(plan);
    return right;
}

static void try_kind(enum shop_kind kind)
{
    int wrong = 0, feasible = 0;
    for (uint32_t i = 0; i < PROBLEMS; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 61, (uint32_t)kind, i);
        struct ganger_problem *p = shop_random(&rng, kind);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        feasible += shop_best(p) < INT32_MAX;
        if (!solved_right(p)) {
            printf("kind %d, problem %u\n", (int)kind, i);
            wrong++;
        }
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(feasible > PROBLEMS / 3);
}

static void plain(void)
{
    try_kind(SHOP_PLAIN);
}

static void modes(void)
{
    try_kind(SHOP_MODES);
}

static void projects(void)
{
    try_kind(SHOP_PROJECTS);
}

static void lags(void)
{
    try_kind(SHOP_LAGS);
}

static void varying(void)
{
    try_kind(SHOP_VARYING);
}

static void tight(void)
{
    try_kind(SHOP_TIGHT);
}

static void nothing_scarce(void)
{
    try_kind(SHOP_FREE);
}

static void all_at_once(void)
{
    try_kind(SHOP_ALL);
}

static const struct ganger_test tests[] = {{"plain", plain},
                                           {"modes", modes},
                                           {"projects", projects},
                                           {"lags", lags},
                                           {"varying", varying},
                                           {"tight", tight},
                                           {"nothing scarce", nothing_scarce},
                                           {"all at once", all_at_once},
                                           {NULL, NULL}};

const struct ganger_suite optimum_suite = {"optimum", "property", tests};
