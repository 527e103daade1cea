/* Precedence, both ways: what a placed predecessor, and what a placed successor, allow. */
#include "schedule/fixture.h"
#include "support/test.h"

static void open_pair(struct fixture *f, const char *row)
{
    struct tiny t;
    fixture_line(&t, 8);
    tiny_add(&t, TINY_WORK, "i,facility,,0,0,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "j,facility,,0,0,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "i,m0,2,0,1\nj,m0,1,0,1");
    tiny_add(&t, TINY_PRECEDENCE, "%s", row);
    fixture_open(f, &t);
}

static void finish_to_start(void)
{
    struct fixture f;
    open_pair(&f, "i,j,FS,1");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00000000");
    fixture_place(&f, 0, 1);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00001111");
    fixture_place(&f, 1, 5);
    ganger_schedule_remove(f.schedule, 0);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "11100000");
    fixture_close(&f);
}

static void start_to_start(void)
{
    struct fixture f;
    open_pair(&f, "i,j,SS,2");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00000000");
    fixture_place(&f, 0, 1);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00011111");
    fixture_place(&f, 1, 5);
    ganger_schedule_remove(f.schedule, 0);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "11110000");
    fixture_close(&f);
}

static void type_and_lag_default_to_finish_and_none(void)
{
    struct fixture f;
    open_pair(&f, "i,j,,");
    fixture_place(&f, 0, 1);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00011111");
    fixture_close(&f);
}

static void what_depends_goes_too(void)
{
    struct fixture f;
    struct ganger_placement removed[2];
    open_pair(&f, "i,j,FS,1");
    fixture_place(&f, 0, 1);
    fixture_place(&f, 1, 5);
    CU_ASSERT_EQUAL(ganger_schedule_remove_all(f.schedule, (int32_t[]){0}, 1, removed), 2);
    CU_ASSERT_EQUAL(f.schedule->placed, 0);
    CU_ASSERT_EQUAL(removed[0].work, 0);
    CU_ASSERT_EQUAL(removed[1].work, 1);
    CU_ASSERT_EQUAL(removed[1].start, 5);
    /* And the other way only the successor. */
    fixture_place(&f, 0, 1);
    fixture_place(&f, 1, 5);
    CU_ASSERT_EQUAL(ganger_schedule_remove_all(f.schedule, (int32_t[]){1}, 1, removed), 1);
    CU_ASSERT_EQUAL(f.schedule->start[0], 1);
    /* What is not placed is not removed. */
    CU_ASSERT_EQUAL(ganger_schedule_remove_all(f.schedule, (int32_t[]){1}, 1, removed), 0);
    fixture_close(&f);
}

static const struct ganger_test tests[] = {
    {"finish to start", finish_to_start},
    {"start to start", start_to_start},
    {"type and lag default to finish and none", type_and_lag_default_to_finish_and_none},
    {"what depends goes too", what_depends_goes_too},
    {NULL, NULL}};

const struct ganger_suite order_suite = {"order", "unit", tests};
