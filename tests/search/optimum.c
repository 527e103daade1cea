/* The search against the best of all plans. */
#include "search/archipelago.h"
#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>

enum { PROBLEMS = 30, ROUNDS = 12, TURN_TICKS = 30000 };

static double best_found(const struct ganger_archipelago *a)
{
    double best = -INFINITY;
    for (int i = 0; i < GANGER_ISLANDS; i++) {
        const struct ganger_island *island = a->island[i];
        CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(island->schedule));
        if (island->value.penalty <= 0) {
            best = fmax(best, island->value.total);
        }
    }
    return best;
}

/* Short rounds, as the driver would have them; -INFINITY if no plan was found. */
static double search(const struct ganger_problem *problem)
{
    int64_t ticks = 0;
    struct ganger_search_model *model = ganger_search_model_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(model);
    struct ganger_archipelago *a = ganger_archipelago_create(model, 7, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    a->turn_ticks = TURN_TICKS;
    CU_ASSERT_EQUAL_FATAL(ganger_archipelago_found(a, &ticks), GANGER_ROUND_DONE);
    double best = best_found(a);
    for (int round = 0; round < ROUNDS; round++) {
        CU_ASSERT_EQUAL_FATAL(ganger_archipelago_round(a, &ticks), GANGER_ROUND_DONE);
        best = fmax(best, best_found(a));
        if (round % 4 == 3) {
            ganger_archipelago_exchange(a);
        }
    }
    ganger_archipelago_destroy(a);
    ganger_search_model_destroy(model);
    return best;
}

static void tiny_problems_are_solved(void)
{
    static const struct tiny_shape shape = {.periods = 7, .works = 3, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int solved = 0;
    ganger_rng_init(&rng, 101, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        brute_search(&brute, true);
        double found = search(p);
        double slack = 1e-7 * (1 + fabs(isfinite(brute.best) ? brute.best : 0));
        CU_ASSERT(found <= brute.best + slack);
        solved += found >= brute.best - slack;
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(solved, PROBLEMS);
}

/* A gain that waits for three works which bring nothing by themselves, and keep a gang busy. */
static void what_is_waited_for_is_done(void)
{
    struct tiny t;
    tiny_init(&t, 12);
    tiny_add(&t, TINY_NODE, "a,true");
    tiny_add(&t, TINY_NODE, "b,true");
    tiny_add(&t, TINY_LINK, "l,a,b,true,0");
    tiny_add(&t, TINY_SEGMENT, "s,l,a,0,1,1,,");
    tiny_add(&t, TINY_DEMAND, "d,a,b,20");
    tiny_add(&t, TINY_PROFILE, "d,0,9");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,12,1");
    for (int i = 0; i < 3; i++) {
        tiny_add(&t, TINY_WORK, "first%d,facility,,0,0,false,,,,,false,,,", i);
        tiny_add(&t, TINY_MODE, "first%d,open,2,1,1", i);
        tiny_add(&t, TINY_USAGE, "first%d,open,gang,1", i);
        tiny_add(&t, TINY_PRECEDENCE, "first%d,last,FS,0", i);
    }
    tiny_add(&t, TINY_WORK, "last,upgrade,s,0,5,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "last,open,1,1,1");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct brute brute;
    CU_ASSERT_FATAL(brute_open(&brute, p));
    brute_search(&brute, true);
    CU_ASSERT_NOT_EQUAL(brute.start[3], GANGER_NONE);
    CU_ASSERT_DOUBLE_EQUAL(search(p), brute.best, 1e-7 * (1 + fabs(brute.best)));
    brute_close(&brute);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"tiny problems are solved", tiny_problems_are_solved},
    {"what is waited for is done", what_is_waited_for_is_done},
    {NULL, NULL}};

const struct ganger_suite optimum_suite = {"optimum", "property", tests};
