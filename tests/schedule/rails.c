/*
 * Rule 4 by hand. A built line n0 - n1; from n1 an unbuilt one of three segments q1 q2 q3 to n2,
 * and from n2 another, q4, to n3. Work i builds segment q(i+1); each takes one period.
 */
#include "schedule/fixture.h"
#include "support/test.h"

enum { PERIODS = 8 };

static void open_chain(struct fixture *f, const char *railhead_at_n2, bool rule)
{
    struct tiny t;
    fixture_line(&t, PERIODS);
    t.railhead = rule;
    tiny_add(&t, TINY_NODE, "n2,%s", railhead_at_n2);
    tiny_add(&t, TINY_NODE, "n3,false");
    tiny_add(&t, TINY_LINK, "l1,n1,n2,false,0\nl2,n2,n3,false,0");
    tiny_add(&t, TINY_SEGMENT, "q1,l1,n1,0,10,0,,\nq2,l1,n1,10,20,0,,\nq3,l1,n1,20,30,0,,");
    tiny_add(&t, TINY_SEGMENT, "q4,l2,n2,0,10,0,,");
    for (int i = 0; i < 4; i++) {
        tiny_add(&t, TINY_WORK, "b%d,build,q%d,10,5,false,,,,,false,,,", i + 1, i + 1);
        tiny_add(&t, TINY_MODE, "b%d,m0,1,0,1", i + 1);
    }
    fixture_open(f, &t);
}

static void from_one_end(void)
{
    struct fixture f;
    open_chain(&f, "false", true);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "11111111");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00000000");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 2), "00000000");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 3), "00000000");
    fixture_place(&f, 0, 1);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00111111");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 2), "00000000");
    CU_ASSERT_EQUAL(ganger_schedule_rails_at(f.schedule, 1), 0);
    CU_ASSERT_EQUAL(ganger_schedule_rails_at(f.schedule, 2), 2);
    CU_ASSERT_EQUAL(ganger_schedule_rails_at(f.schedule, 3), GANGER_NEVER);
    fixture_close(&f);
}

static void from_both_ends(void)
{
    struct fixture f;
    open_chain(&f, "true", true);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "11111111");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00000000");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 2), "11111111");
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 3), "11111111");
    fixture_place(&f, 0, 4);
    fixture_place(&f, 2, 2);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 1), "00011111");
    fixture_close(&f);
}

static void a_node_opens_with_a_whole_link(void)
{
    struct fixture f;
    open_chain(&f, "false", true);
    fixture_place(&f, 0, 0);
    fixture_place(&f, 1, 1);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 3), "00000000");
    fixture_place(&f, 2, 3);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 3), "00001111");
    CU_ASSERT_EQUAL(ganger_schedule_rails_at(f.schedule, 4), 4);
    CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(f.schedule));
    fixture_close(&f);
}

static void what_lies_beyond_waits(void)
{
    struct fixture f;
    open_chain(&f, "false", true);
    fixture_place(&f, 0, 1);
    fixture_place(&f, 1, 4);
    fixture_place(&f, 2, 5);
    fixture_place(&f, 3, 6);
    ganger_schedule_remove(f.schedule, 0);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 0), "11110000");
    fixture_place(&f, 0, 3);
    ganger_schedule_remove(f.schedule, 2);
    CU_ASSERT_STRING_EQUAL(fixture_starts(&f, 2), "00000100");
    fixture_place(&f, 2, 5);
    CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(f.schedule));
    fixture_close(&f);
}

static void the_stranded_go_too(void)
{
    struct fixture f;
    struct ganger_placement removed[4];
    open_chain(&f, "false", true);
    for (int32_t w = 0; w < 4; w++) {
        fixture_place(&f, w, w);
    }
    CU_ASSERT_EQUAL(ganger_schedule_remove_all(f.schedule, (int32_t[]){1}, 1, removed), 3);
    CU_ASSERT_EQUAL(f.schedule->start[0], 0);
    CU_ASSERT_EQUAL(f.schedule->placed, 1);
    CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(f.schedule));
    fixture_close(&f);
}

static void reached_from_the_other_side_stays(void)
{
    struct fixture f;
    struct ganger_placement removed[4];
    open_chain(&f, "true", true);
    fixture_place(&f, 0, 0);
    fixture_place(&f, 2, 0);
    fixture_place(&f, 1, 1);
    fixture_place(&f, 3, 0);
    CU_ASSERT_EQUAL(ganger_schedule_remove_all(f.schedule, (int32_t[]){0}, 1, removed), 1);
    CU_ASSERT_EQUAL(ganger_schedule_remove_all(f.schedule, (int32_t[]){2}, 1, removed), 2);
    CU_ASSERT_EQUAL(f.schedule->start[3], 0);
    fixture_close(&f);
}

static void the_rule_can_be_off(void)
{
    struct fixture f;
    open_chain(&f, "false", false);
    for (int32_t w = 0; w < 4; w++) {
        CU_ASSERT_STRING_EQUAL(fixture_starts(&f, w), "11111111");
    }
    CU_ASSERT_EQUAL(ganger_schedule_rails_at(f.schedule, 2), 0);
    fixture_close(&f);
}

static const struct ganger_test tests[] = {
    {"from one end", from_one_end},
    {"from both ends", from_both_ends},
    {"a node opens with a whole link", a_node_opens_with_a_whole_link},
    {"what lies beyond waits", what_lies_beyond_waits},
    {"the stranded go too", the_stranded_go_too},
    {"reached from the other side stays", reached_from_the_other_side_stays},
    {"the rule can be off", the_rule_can_be_off},
    {NULL, NULL}};

const struct ganger_suite rails_suite = {"rails", "unit", tests};
