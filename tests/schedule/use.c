/* Gangs and windows: what is used, and what that forbids. */
#include "schedule/fixture.h"
#include "support/test.h"

#include <math.h>

/* A work without a segment, so that only resources bind. */
static void add_work(struct tiny *t, const char *id, int duration, const char *calendar,
                     const char *cost)
{
    tiny_add(t, TINY_WORK, "%s,facility,,0,0,false,,,,,false,%s,,", id, calendar);
    tiny_add(t, TINY_MODE, "%s,m0,%d,%s,1", id, duration, cost);
}

static void gangs(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 8);
    add_work(&t, "a", 2, "", "0");
    add_work(&t, "b", 1, "", "0");
    add_work(&t, "c", 2, "", "0");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,3,1");
    tiny_add(&t, TINY_CAPACITY, "gang,3,6,2"); /* and none in 6 and 7 */
    tiny_add(&t, TINY_USAGE, "a,m0,gang,1\nb,m0,gang,1\nc,m0,gang,2");
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "11111000");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 2), "00011000");
    fixture_place(&f, 0, 2);
    static const int32_t used[] = {0, 0, 1, 1, 0, 0, 0, 0};
    for (int32_t i = 0; i < 8; i++) {
        CU_ASSERT_EQUAL(ganger_lanes_use(f.frame->lanes, f.schedule->cells, 0, i), used[i]);
    }
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "11011100");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 2), "00001000");
    fixture_close(&f);
}

static void a_gang_is_free_in_a_pause(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    add_work(&t, "a", 2, "c", "0");
    add_work(&t, "b", 1, "", "0");
    tiny_add(&t, TINY_CALENDAR, "c,1,2,0");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,6,1");
    tiny_add(&t, TINY_USAGE, "a,m0,gang,1\nb,m0,gang,1");
    fixture_open(&f, &t);
    fixture_place(&f, 0, 0);
    CU_ASSERT_EQUAL(f.schedule->finish[0], 3);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "010111");
    ganger_schedule_remove(f.schedule, 0);
    fixture_place(&f, 1, 1);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "101110");
    fixture_close(&f);
}

static void windows_share_by_time(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    add_work(&t, "a", 3, "", "0");
    add_work(&t, "b", 1, "", "0");
    tiny_add(&t, TINY_RESOURCE, "rails,consumable");
    tiny_add(&t, TINY_CAPACITY, "rails,0,2,6\nrails,2,6,9");
    tiny_add(&t, TINY_USAGE, "a,m0,rails,9\nb,m0,rails,6");
    fixture_open(&f, &t);
    fixture_place(&f, 0, 0);
    CU_ASSERT_EQUAL(f.schedule->consumed[0], (int64_t)(6 * GANGER_SHARE_SCALE));
    CU_ASSERT_EQUAL(f.schedule->consumed[1], (int64_t)(3 * GANGER_SHARE_SCALE));
    /* The first window is full; the second holds 6 more, to the last one. */
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "001111");
    ganger_schedule_remove(f.schedule, 0);
    CU_ASSERT_EQUAL(f.schedule->consumed[0], 0);
    CU_ASSERT_EQUAL(f.schedule->consumed[1], 0);
    fixture_place(&f, 1, 3);
    /* Nine less six: three in the second window. */
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "100000");
    fixture_close(&f);
}

static void windows_share_by_productivity(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    add_work(&t, "a", 2, "c", "0");
    tiny_add(&t, TINY_CALENDAR, "c,0,1,25\nc,1,2,75\nc,2,3,0");
    tiny_add(&t, TINY_RESOURCE, "rails,consumable");
    tiny_add(&t, TINY_CAPACITY, "rails,0,1,100\nrails,1,3,100\nrails,2,3,100\nrails,0,6,100");
    tiny_add(&t, TINY_USAGE, "a,m0,rails,10");
    fixture_open(&f, &t);
    fixture_place(&f, 0, 0); /* 25, 75, 0, 100 */
    const double scale = GANGER_SHARE_SCALE;
    CU_ASSERT_EQUAL(f.schedule->consumed[0], (int64_t)ceil(1.25 * scale));
    CU_ASSERT_EQUAL(f.schedule->consumed[1], (int64_t)ceil(3.75 * scale));
    CU_ASSERT_EQUAL(f.schedule->consumed[2], 0);
    CU_ASSERT_EQUAL(f.schedule->consumed[3], (int64_t)(10 * scale));
    fixture_close(&f);
}

static void shares_are_rounded_up(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    add_work(&t, "a", 3, "", "0");
    fixture_open(&f, &t);
    int64_t third = ganger_schedule_share(f.problem, 0, 1, 10.0, 0, 2);
    CU_ASSERT_EQUAL(third, (int64_t)ceil(10.0 / 3.0 * GANGER_SHARE_SCALE));
    CU_ASSERT((double)third >= 10.0 / 3.0 * GANGER_SHARE_SCALE);
    CU_ASSERT_EQUAL(ganger_schedule_share(f.problem, 0, 1, 10.0, 4, 6), 0);
    CU_ASSERT_EQUAL(ganger_schedule_share(f.problem, 0, 1, 10.0, 0, 1), 0);
    CU_ASSERT_EQUAL(ganger_schedule_share(f.problem, 0, 1, 10.0, 1, 4),
                    (int64_t)(10 * GANGER_SHARE_SCALE));
    fixture_close(&f);
}

static void budget_to_the_last_dollar(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 4);
    add_work(&t, "a", 1, "", "4.5");
    add_work(&t, "b", 0, "", "0.25");
    tiny_add(&t, TINY_RESOURCE, "budget,consumable");
    tiny_add(&t, TINY_CAPACITY, "budget,0,2,4.5\nbudget,2,3,4.25\nbudget,0,4,4.75");
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "1101");
    fixture_place(&f, 0, 0);
    /* A work of no duration pays at its start. */
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "0011");
    fixture_place(&f, 1, 3);
    CU_ASSERT_EQUAL(f.schedule->consumed[2], f.schedule->limit[2]);
    fixture_close(&f);
}

static const struct ganger_test tests[] = {
    {"gangs", gangs},
    {"a gang is free in a pause", a_gang_is_free_in_a_pause},
    {"windows share by time", windows_share_by_time},
    {"windows share by productivity", windows_share_by_productivity},
    {"shares are rounded up", shares_are_rounded_up},
    {"budget to the last dollar", budget_to_the_last_dollar},
    {NULL, NULL}};

const struct ganger_suite use_suite = {"use", "unit", tests};
