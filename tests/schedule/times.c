/* When a work may start, and when it is finished then. */
#include "schedule/fixture.h"
#include "support/test.h"

static const char plain[] = ",,,,false,,,";

static int32_t finish(const struct fixture *f, int32_t start)
{
    return ganger_problem_finish(f->problem, 0, start);
}

static void without_a_calendar(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    fixture_work(&t, "w", 3, plain);
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "111100");
    CU_ASSERT_EQUAL(finish(&f, 0), 3);
    CU_ASSERT_EQUAL(finish(&f, 3), 6);
    CU_ASSERT_EQUAL(finish(&f, 4), 7);
    fixture_close(&f);
}

static void with_pauses_and_half_speed(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    fixture_work(&t, "w", 2, ",,,,false,c,,");
    tiny_add(&t, TINY_CALENDAR, "c,2,3,0");
    tiny_add(&t, TINY_CALENDAR, "c,3,4,50");
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "110110");
    CU_ASSERT_EQUAL(finish(&f, 0), 2);
    CU_ASSERT_EQUAL(finish(&f, 1), 5); /* 100, 0, 50, 100 */
    CU_ASSERT_EQUAL(finish(&f, 2), 7); /* cannot start in a pause */
    CU_ASSERT_EQUAL(finish(&f, 3), 6); /* 50, 100, 100 */
    CU_ASSERT_EQUAL(finish(&f, 4), 6);
    CU_ASSERT_EQUAL(finish(&f, 5), 7);
    fixture_close(&f);
}

static void without_duration(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 4);
    fixture_work(&t, "w", 0, ",,,,false,c,,");
    tiny_add(&t, TINY_CALENDAR, "c,2,3,0");
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "1111");
    for (int32_t s = 0; s < 4; s++) {
        CU_ASSERT_EQUAL(finish(&f, s), s);
    }
    fixture_close(&f);
}

static void between_earliest_and_deadline(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    fixture_work(&t, "w", 1, "2,5,,,false,,,");
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "001110");
    fixture_close(&f);
}

static void fixed_start_and_mode(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    fixture_work(&t, "w", 1, ",,,,false,,3,m1");
    tiny_add(&t, TINY_MODE, "w,m1,2,0,1");
    fixture_open(&f, &t);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "000000");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "000100");
    fixture_close(&f);
}

static void one_work_at_a_time_on_a_segment(void)
{
    struct tiny t;
    struct fixture f;
    fixture_line(&t, 6);
    fixture_work(&t, "v", 2, plain);
    fixture_work(&t, "w", 2, plain);
    fixture_open(&f, &t);
    fixture_place(&f, 0, 2);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "100010");
    ganger_schedule_remove(f.schedule, 0);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "111110");
    fixture_close(&f);
}

static const struct ganger_test tests[] = {
    {"without a calendar", without_a_calendar},
    {"with pauses and half speed", with_pauses_and_half_speed},
    {"without duration", without_duration},
    {"between earliest and deadline", between_earliest_and_deadline},
    {"fixed start and mode", fixed_start_and_mode},
    {"one work at a time on a segment", one_work_at_a_time_on_a_segment},
    {NULL, NULL}};

const struct ganger_suite times_suite = {"times", "unit", tests};
