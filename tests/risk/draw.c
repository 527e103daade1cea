/* Durations and winters, as they are said to be distributed. */
#include "risk/draw.h"

#include "risk/suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 4000 };

/* Two works of one gang and one of another, in a calendar with two winters. */
static void three_works(struct tiny *t)
{
    risk_tiny(t, 150);
    risk_work(t, "a", 1000);
    risk_work(t, "b", 2000);
    risk_work(t, "c", 1000);
    risk_work(t, "none", 0);
    tiny_add(t, TINY_RESOURCE, "first,renewable\nsecond,renewable");
    tiny_add(t, TINY_CAPACITY, "first,0,150,2\nsecond,0,150,1");
    tiny_add(t, TINY_USAGE, "a,only,first,1\nb,only,first,1\nc,only,second,1");
}

static void overruns(void)
{
    struct tiny t;
    three_works(&t);
    /* Durations that fit no horizon: what is drawn does not care. */
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    int32_t starts[] = {0, 0, 0, 0};
    struct ganger_plan *plan = risk_plan(problem, starts);
    struct ganger_risk_options options = risk_still();
    risk_overrun(&options, 10, 50);
    struct ganger_risk_world *world = ganger_risk_world_create(problem, plan, &options);
    CU_ASSERT_PTR_NOT_NULL_FATAL(world);
    int within_median = 0, within_p90 = 0;
    for (int32_t i = 0; i < DRAWS; i++) {
        int32_t drawn = ganger_risk_duration(world, 0, i);
        within_median += drawn <= 1100;
        within_p90 += drawn <= 1500;
        CU_ASSERT_EQUAL(drawn, ganger_risk_duration(world, 0, i));
        CU_ASSERT_EQUAL(ganger_risk_duration(world, 3, i), 0);
    }
    /* Three standard deviations of a binomial share. */
    CU_ASSERT_DOUBLE_EQUAL((double)within_median / DRAWS, 0.5, 3 * sqrt(0.25 / DRAWS));
    CU_ASSERT_DOUBLE_EQUAL((double)within_p90 / DRAWS, 0.9, 3 * sqrt(0.09 / DRAWS));
    ganger_risk_world_destroy(world);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

/* At least a period, at most ten times as long. */
static void extremes(void)
{
    const int32_t starts[] = {0, 0};
    struct tiny t;
    risk_tiny(&t, 30);
    risk_work(&t, "a", 1);
    risk_work(&t, "b", 20);
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    struct ganger_plan *plan = risk_plan(problem, starts);
    struct ganger_risk_options options = risk_still();
    risk_overrun(&options, -90, -90);
    struct ganger_risk_world *world = ganger_risk_world_create(problem, plan, &options);
    CU_ASSERT_PTR_NOT_NULL_FATAL(world);
    CU_ASSERT_EQUAL(ganger_risk_duration(world, 0, 0), 1);
    CU_ASSERT_EQUAL(ganger_risk_duration(world, 1, 0), 2);
    ganger_risk_world_destroy(world);
    risk_overrun(&options, 0, 900);
    world = ganger_risk_world_create(problem, plan, &options);
    CU_ASSERT_PTR_NOT_NULL_FATAL(world);
    int32_t longest = 0;
    for (int32_t i = 0; i < 200; i++) {
        int32_t drawn = ganger_risk_duration(world, 1, i);
        longest = drawn > longest ? drawn : longest;
    }
    CU_ASSERT_EQUAL(longest, 200);
    ganger_risk_world_destroy(world);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

/* Pearson's correlation of the logarithms of two works' durations. */
static double together(const struct ganger_risk_world *world, int32_t a, int32_t b)
{
    double sum[2] = {0}, product[3] = {0};
    for (int32_t i = 0; i < DRAWS; i++) {
        double x = log(ganger_risk_duration(world, a, i)),
               y = log(ganger_risk_duration(world, b, i));
        sum[0] += x;
        sum[1] += y;
        product[0] += x * x;
        product[1] += y * y;
        product[2] += x * y;
    }
    double xx = product[0] - sum[0] * sum[0] / DRAWS, yy = product[1] - sum[1] * sum[1] / DRAWS;
    return (product[2] - sum[0] * sum[1] / DRAWS) / sqrt(xx * yy);
}

static void gangs(void)
{
    struct tiny t;
    three_works(&t);
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    int32_t starts[] = {0, 0, 0, 0};
    struct ganger_plan *plan = risk_plan(problem, starts);
    struct ganger_risk_options options = risk_still();
    risk_overrun(&options, 0, 40);
    options.correlation_percent = 60;
    struct ganger_risk_world *world = ganger_risk_world_create(problem, plan, &options);
    CU_ASSERT_PTR_NOT_NULL_FATAL(world);
    CU_ASSERT_DOUBLE_EQUAL(together(world, 0, 1), 0.6, 0.05);
    CU_ASSERT_DOUBLE_EQUAL(together(world, 0, 2), 0, 0.05);
    options.correlation_percent = 100;
    for (int32_t i = 0; i < 100; i++) {
        CU_ASSERT(abs(ganger_risk_duration(world, 1, i) - 2 * ganger_risk_duration(world, 0, i)) <=
                  2);
    }
    ganger_risk_world_destroy(world);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

/* Winters of 20 and 40 weeks, and one that lasts from before the programme. */
static struct ganger_problem *wintry(void)
{
    struct tiny t;
    risk_tiny(&t, 150);
    tiny_add(&t, TINY_WORK,
             "a,facility,,1,0,false,,,,,false,north,,\nb,facility,,1,0,false,,,,,false,south,,");
    tiny_add(&t, TINY_MODE, "a,only,1,1,1\nb,only,1,1,1");
    tiny_add(&t, TINY_CALENDAR,
             "north,0,10,0\nnorth,40,60,0\nsouth,30,70,25\nsouth,10,11,0\nsouth,120,125,50");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

/* Periods from `from` to `to` with this productivity, which must be in one piece. */
static int32_t run_length(const uint8_t *row, int32_t from, int32_t to, int productivity)
{
    int32_t length = 0, runs = 0;
    for (int32_t t = from; t < to; t++) {
        length += row[t] == productivity;
        runs += row[t] == productivity && (t == from || row[t - 1] != productivity);
    }
    CU_ASSERT(runs <= 1);
    return length;
}

static void winters(void)
{
    struct ganger_problem *problem = wintry();
    int32_t starts[] = {10, 0};
    struct ganger_plan *plan = risk_plan(problem, starts);
    struct ganger_risk_options options = risk_still();
    options.winter_percent = 20;
    struct ganger_risk_world *world = ganger_risk_world_create(problem, plan, &options);
    CU_ASSERT_PTR_NOT_NULL_FATAL(world);
    uint8_t *drawn = malloc(3 * (size_t)world->horizon);
    double sum = 0, squares = 0;
    for (int32_t i = 0; i < DRAWS; i++) {
        ganger_risk_productivity(world, i, drawn);
        const uint8_t *north = drawn + world->horizon, *south = north + world->horizon;
        CU_ASSERT_EQUAL(run_length(drawn, 0, world->horizon, 100), world->horizon);
        CU_ASSERT_EQUAL(north[0], 0); /* its beginning is not ours to move */
        int32_t length = run_length(north, 25, 90, 0), southern = run_length(south, 12, 100, 25);
        CU_ASSERT(abs(2 * (length - 20) - (southern - 40)) <= 2); /* the same winter in both */
        sum += length;
        squares += (double)length * length;
    }
    double mean = sum / DRAWS;
    CU_ASSERT_DOUBLE_EQUAL(mean, 20, 0.2);
    CU_ASSERT_DOUBLE_EQUAL(sqrt(squares / DRAWS - mean * mean), 4, 0.25);
    for (int32_t t = 150; t < world->horizon; t++) { /* the last year again and again */
        CU_ASSERT_EQUAL(world->productivity[2 * world->horizon + t],
                        world->productivity[2 * world->horizon + t - 52]);
    }
    options.winter_percent = 0;
    ganger_risk_productivity(world, 0, drawn);
    CU_ASSERT_EQUAL(memcmp(drawn, world->productivity, 3 * (size_t)world->horizon), 0);
    free(drawn);
    ganger_risk_world_destroy(world);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {{"overruns", overruns},
                                           {"extremes", extremes},
                                           {"gangs", gangs},
                                           {"winters", winters},
                                           {NULL, NULL}};
const struct ganger_suite draw_suite = {"draw", "unit", tests};
