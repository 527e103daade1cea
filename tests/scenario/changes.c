/* What each change does to an instance, number by number. */
#include "scenario/town.h"
#include "support/test.h"

#include <math.h>
#include <string.h>

static struct ganger_problem *made(const char *rows)
{
    struct ganger_problem *p = town_vary(rows, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    return p;
}

static double volume(const struct ganger_problem *p, int32_t t)
{
    return ganger_problem_volume(p, 0, t) + ganger_problem_volume(p, 1, t);
}

static void nothing(void)
{
    struct ganger_problem *p = made("s,none,,,,,,"), *base = town();
    CU_ASSERT_STRING_NOT_EQUAL(p->name, base->name);
    CU_ASSERT_EQUAL(p->resources.windows, 2);
    CU_ASSERT_EQUAL(p->works.count, base->works.count);
    CU_ASSERT_EQUAL(memcmp(p->resources.capacity, base->resources.capacity, 12 * sizeof(int32_t)),
                    0);
    ganger_problem_destroy(p);
    ganger_problem_destroy(base);
}

static void budget(void)
{
    struct ganger_problem *p = made("s,budget,,,,x0.8,,");
    CU_ASSERT_DOUBLE_EQUAL(p->resources.window_limit[0], 8, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(p->resources.window_limit[1], 16, 1e-12);
    ganger_problem_destroy(p);
    p = made("s,budget,,6,,+5,,"); /* only the window within these times */
    CU_ASSERT_DOUBLE_EQUAL(p->resources.window_limit[0], 10, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(p->resources.window_limit[1], 25, 1e-12);
    ganger_problem_destroy(p);
}

static void gangs(void)
{
    static const int32_t wanted[12] = {1, 1, 1, 1, 2, 2, 3, 3, 2, 2, 2, 2};
    struct ganger_problem *p = made("s,capacity,gang,2025-05-01,2025-08-29,+1,,");
    for (int t = 0; t < 12; t++) {
        CU_ASSERT_EQUAL(p->resources.capacity[t], wanted[t]);
    }
    CU_ASSERT_EQUAL(p->resources.windows, 2);
    ganger_problem_destroy(p);
    p = made("s,capacity,gang,,,x0.6,,"); /* gangs come whole: 0.6 and 1.2 */
    CU_ASSERT_EQUAL(p->resources.capacity[0], 1);
    CU_ASSERT_EQUAL(p->resources.capacity[11], 1);
    ganger_problem_destroy(p);
}

static void volumes(void)
{
    struct ganger_problem *p = made("s,demand,all,3,9,10,,");
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 2), 4, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 3), 10, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(ganger_problem_volume(p, 0, 3), 7.5, 1e-9); /* 3 : 1 as before */
    CU_ASSERT_DOUBLE_EQUAL(ganger_problem_volume(p, 0, 6), 8, 1e-9);   /* 4 : 1 */
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 9), 5, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 12), 5, 1e-9);
    ganger_problem_destroy(p);
    p = made("s,demand,d1,,,x3,,");
    CU_ASSERT_DOUBLE_EQUAL(ganger_problem_volume(p, 1, 12), 3, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(ganger_problem_volume(p, 0, 12), 4, 1e-9);
    ganger_problem_destroy(p);
}

static void ramp(void)
{
    struct ganger_problem *p = made("s,ramp,d1,0,9,10,,"); /* steps of three periods */
    static const double wanted[] = {1, 1, 1, 4, 4, 4, 7, 7, 7, 10, 10, 10, 10};
    for (int t = 0; t <= 12; t++) {
        CU_ASSERT_DOUBLE_EQUAL(ganger_problem_volume(p, 1, t), wanted[t], 1e-9);
    }
    CU_ASSERT_DOUBLE_EQUAL(ganger_problem_volume(p, 0, 12), 4, 1e-9);
    ganger_problem_destroy(p);
}

static void fee(void)
{
    struct ganger_problem *p = made("s,fee,d0|d1,6,,x0.5,0.8,0.25");
    CU_ASSERT_DOUBLE_EQUAL(p->demands.value[0], 10 * (1 - 0.25 * 0.5), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(p->demands.value[1], 20 * (1 - 0.25 * 0.5), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 5), 4, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 6), 5 * pow(2, 0.8), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 12), 5 * pow(2, 0.8), 1e-9);
    ganger_problem_destroy(p);
}

static void works(void)
{
    struct ganger_problem *p = made("s,work,w,,,in,,");
    CU_ASSERT(p->works.mandatory[1] && !p->works.mandatory[0]);
    ganger_problem_destroy(p);
    p = made("s,work,w,,,out,,");
    CU_ASSERT(!p->works.mandatory[1] && p->works.deadline[1] == 0);
    ganger_problem_destroy(p);
    p = made("s,work,v,,,out,,\ns,work,m,,,out,,"); /* the milestone waits for v */
    CU_ASSERT(!p->works.mandatory[2] && p->works.deadline[0] == 0);
    ganger_problem_destroy(p);
}

static void targets_and_rate(void)
{
    struct ganger_problem *p =
        made("s,target_by,km,,,2025-07-29,,\ns,target_km,km,,,x0.5,,\ns,discount,,,,0.03,,");
    CU_ASSERT_EQUAL(p->targets.by[0], 7);
    CU_ASSERT_DOUBLE_EQUAL(p->targets.km[0], 10, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(p->time.discount_rate, 0.03, 1e-12);
    CU_ASSERT(p->time.discount[12] < 1 && p->time.discount[12] > 0.97);
    ganger_problem_destroy(p);
}

static void horizon(void)
{
    struct ganger_problem *p = made("s,horizon,,,,2026-03-26,,"); /* three periods more */
    CU_ASSERT_EQUAL(p->time.periods, 15);
    CU_ASSERT_EQUAL(p->resources.capacity[14], 2);
    CU_ASSERT_EQUAL(p->resources.windows, 3);
    CU_ASSERT_EQUAL(p->resources.window_to[2], 15);
    CU_ASSERT_DOUBLE_EQUAL(p->resources.window_limit[2], 10, 1e-12); /* 20 in six periods */
    CU_ASSERT_EQUAL(p->works.deadline[0], 15);
    CU_ASSERT_EQUAL(ganger_problem_productivity(p, 1, 11), 0);
    CU_ASSERT_EQUAL(ganger_problem_productivity(p, 1, 13), 100);
    CU_ASSERT_DOUBLE_EQUAL(volume(p, 15), 5, 1e-9);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"nothing", nothing}, {"budget", budget},
    {"gangs", gangs},     {"volumes", volumes},
    {"ramp", ramp},       {"fee", fee},
    {"works", works},     {"targets and rate", targets_and_rate},
    {"horizon", horizon}, {NULL, NULL}};
const struct ganger_suite changes_suite = {"changes", "unit", tests};
