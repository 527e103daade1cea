/* What a plan would be worth otherwise, against the objective added up anew. */
#include "explain/what_if.h"

#include "explain/suites.h"
#include "support/brute.h"
#include "support/rules.h"
#include "support/scatter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A random plan: only what a what-if looks at. */
static struct ganger_plan *random_plan(const struct ganger_problem *p, struct ganger_rng *rng)
{
    struct ganger_schedule_frame *frame = ganger_schedule_frame_create(p);
    struct ganger_schedule *s = ganger_schedule_create(frame);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(s && plan);
    scatter(s, rng, 8);
    for (int32_t w = 0; w < p->works.count; w++) {
        plan->start[w] = s->start[w];
        plan->finish[w] = s->finish[w];
        plan->mode[w] =
            s->mode[w] == GANGER_NONE ? GANGER_NONE : s->mode[w] - p->works.first_mode[w];
    }
    ganger_schedule_destroy(s);
    ganger_schedule_frame_destroy(frame);
    return plan;
}

/* An earlier plan: half of the works as the plan has them, the others otherwise; each change costs something else. */
static void keep_earlier(struct ganger_problem *p, const struct ganger_plan *plan)
{
    size_t works = (size_t)p->works.count;
    p->works.kept_start = malloc(works * sizeof *p->works.kept_start);
    p->works.kept_mode = malloc(works * sizeof *p->works.kept_mode);
    p->works.change_cost = malloc(works * sizeof *p->works.change_cost);
    CU_ASSERT_FATAL(p->works.kept_start && p->works.kept_mode && p->works.change_cost);
    for (int32_t w = 0; w < p->works.count; w++) {
        bool as_it_is = w % 2 == 0 && plan->start[w] >= 0;
        p->works.kept_start[w] = as_it_is ? plan->start[w] : w % 4 == 1 ? 1 : GANGER_NONE;
        p->works.kept_mode[w] = as_it_is ? plan->mode[w] : 0;
        p->works.change_cost[w] = 1 + 0.5 * w;
    }
}

/* Compares every mode and start of a work with the objective; returns how many make a difference. */
static int compare_doing(struct ganger_what_if *what_if, struct brute *brute, int32_t w)
{
    const struct ganger_problem *p = what_if->problem;
    int32_t start[BRUTE_WORKS], mode[BRUTE_WORKS];
    int differ = 0;
    ganger_what_if_choose(what_if, w);
    memcpy(start, what_if->schedule->start, sizeof start[0] * (size_t)p->works.count);
    memcpy(mode, what_if->schedule->mode, sizeof mode[0] * (size_t)p->works.count);
    double without = brute_value(brute, start, mode);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (rules_finish(p, m, s) == GANGER_NONE) {
                continue;
            }
            start[w] = s;
            mode[w] = m;
            /* Two works at once on a segment: the state of the other matters, but not to what_if. */
            double with = brute_value(brute, start, mode);
            struct ganger_change change = ganger_what_if_doing(what_if, m, s);
            CU_ASSERT_DOUBLE_EQUAL(change.value, with - without, 1e-6);
            differ += fabs(with - without) > 1e-3;
        }
    }
    return differ;
}

/* Compares taking a work out with the objective; returns how many go with it. */
static int compare_without(struct ganger_what_if *what_if, struct brute *brute, int32_t w)
{
    const struct ganger_problem *p = what_if->problem;
    struct ganger_placement removed[BRUTE_WORKS + 1];
    int32_t start[BRUTE_WORKS], mode[BRUTE_WORKS], count = 0;
    ganger_what_if_choose(what_if, GANGER_NONE);
    memcpy(start, what_if->schedule->start, sizeof start[0] * (size_t)p->works.count);
    memcpy(mode, what_if->schedule->mode, sizeof mode[0] * (size_t)p->works.count);
    double before = brute_value(brute, start, mode);
    struct ganger_change change = ganger_what_if_without(what_if, w, removed, &count);
    CU_ASSERT_EQUAL(
        memcmp(start, what_if->schedule->start, sizeof start[0] * (size_t)p->works.count), 0);
    for (int32_t i = 0; i < count; i++) {
        start[removed[i].work] = mode[removed[i].work] = GANGER_NONE;
    }
    CU_ASSERT_DOUBLE_EQUAL(change.value, brute_value(brute, start, mode) - before, 1e-6);
    return count;
}

static void equals_the_objective(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 12, 0, 0);
    int differ = 0, chains = 0;
    for (int i = 0; i < 150; i++) {
        struct ganger_problem *p = tiny_random(
            &rng, (struct tiny_shape){
                      .periods = 8, .works = BRUTE_WORKS, .longest = 3, .rails = i % 2 == 0});
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        struct ganger_plan *plan = random_plan(p, &rng);
        if (i % 3 == 0) {
            keep_earlier(p, plan);
        }
        struct ganger_what_if *what_if = ganger_what_if_create(p, plan);
        CU_ASSERT_PTR_NOT_NULL_FATAL(what_if);
        for (int32_t w = 0; w < p->works.count; w++) {
            differ += compare_doing(what_if, &brute, w);
            if (plan->start[w] >= 0) {
                chains += compare_without(what_if, &brute, w) > 1;
            }
        }
        CU_ASSERT_FALSE(what_if->failed);
        ganger_what_if_destroy(what_if);
        ganger_plan_destroy(plan);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(differ > 500);
    CU_ASSERT(chains > 5);
}

static void by_hand(void)
{
    struct ganger_problem *p = explain_small();
    struct ganger_plan *plan = ganger_plan_create(p);
    struct ganger_what_if *what_if = ganger_what_if_create(p, plan);
    CU_ASSERT_PTR_NOT_NULL_FATAL(what_if);
    ganger_what_if_choose(what_if, 0);
    CU_ASSERT_DOUBLE_EQUAL(ganger_what_if_doing(what_if, 0, 0).value, 293, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_what_if_doing(what_if, 0, 1).value, 93, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_what_if_doing(what_if, 0, 2).value, -107, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_what_if_doing(what_if, 1, 0).value, 280, 1e-6);
    /* Not begun, under way in the one mode that changes the line, done: four boundaries of each at most. */
    CU_ASSERT(what_if->solves <= 12);
    ganger_what_if_choose(what_if, 1);
    CU_ASSERT_DOUBLE_EQUAL(ganger_what_if_doing(what_if, 2, 1).value, -3, 1e-9);
    ganger_what_if_destroy(what_if);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"equals the objective", equals_the_objective}, {"known by hand", by_hand}, {NULL, NULL}};
const struct ganger_suite what_if_suite = {"what_if", "property", tests};
