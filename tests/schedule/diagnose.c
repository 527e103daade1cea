/* The checker of schedules finds each planted fault, and names it. */
#include "schedule/fixture.h"
#include "support/test.h"

/* Works: 0 repair of q0 by the gang; 1 after it, with rails; 2 and 3 build the line to n2, paid
 * for. */
static void open_sound(struct fixture *f)
{
    struct tiny t;
    fixture_line(&t, 8);
    tiny_add(&t, TINY_NODE, "n2,false");
    tiny_add(&t, TINY_LINK, "l1,n1,n2,false,0");
    tiny_add(&t, TINY_SEGMENT, "q1,l1,n1,0,10,0,,\nq2,l1,n1,10,20,0,,");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\nrails,consumable\nbudget,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,6,1\ngang,6,8,0\nrails,0,8,9\nbudget,0,3,5");
    fixture_work(&t, "w0", 2, "1,7,,,false,,,");
    fixture_work(&t, "w1", 1, ",,,,false,,,");
    tiny_add(&t, TINY_WORK, "b1,build,q1,10,5,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "b2,build,q2,10,5,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "b1,m0,1,3,1\nb2,m0,1,3,1");
    tiny_add(&t, TINY_USAGE, "w0,m0,gang,1\nw1,m0,gang,1\nw0,m0,rails,5\nw1,m0,rails,4");
    tiny_add(&t, TINY_PRECEDENCE, "w0,w1,FS,1");
    fixture_open(f, &t);
    fixture_place(f, 0, 1);
    fixture_place(f, 1, 5);
    fixture_place(f, 2, 1);
    fixture_place(f, 3, 3);
    CU_ASSERT_PTR_NULL_FATAL(ganger_schedule_diagnose(f->schedule));
}

static void expect(struct fixture *f, const char *fault)
{
    const char *found = ganger_schedule_diagnose(f->schedule);
    CU_ASSERT_PTR_NOT_NULL_FATAL(found);
    CU_ASSERT_STRING_EQUAL(found, fault);
    fixture_close(f);
}

/* Places a work where it must not be: place() does not look. */
static void expect_if_at(int32_t work, int32_t start, const char *fault)
{
    struct fixture f;
    open_sound(&f);
    ganger_schedule_remove(f.schedule, work);
    fixture_place(&f, work, start);
    expect(&f, fault);
}

static void wrong_places(void)
{
    expect_if_at(0, 0, "a start lies before the earliest or beyond the horizon");
    expect_if_at(0, 6, "a finish is wrong, late or beyond the horizon");
    expect_if_at(1, 2, "two works overlap on a segment");
    expect_if_at(3, 1, "a build work starts before rails reach it");
    expect_if_at(1, 3, "a work starts before its predecessor allows");
    expect_if_at(1, 6, "a renewable is used beyond its capacity");
    expect_if_at(3, 2, "a window is used beyond its limit");
}

static void a_missing_predecessor(void)
{
    struct fixture f;
    open_sound(&f);
    ganger_schedule_remove(f.schedule, 0);
    expect(&f, "a work is done without its predecessor");
}

static void missing_rails(void)
{
    struct fixture f;
    open_sound(&f);
    ganger_schedule_remove(f.schedule, 2);
    expect(&f, "a build work starts before rails reach it");
}

static void foreign_mode(void)
{
    struct fixture f;
    open_sound(&f);
    f.schedule->mode[0] = f.schedule->mode[1];
    expect(&f, "a mode belongs to another work");
}

static void wrong_finish(void)
{
    struct fixture f;
    open_sound(&f);
    f.schedule->finish[0]++;
    expect(&f, "a finish is wrong, late or beyond the horizon");
}

static void wrong_sums(void)
{
    struct fixture f;
    open_sound(&f);
    f.schedule->cells[0]++;
    expect(&f, "the sums are not those of the placed works");
    open_sound(&f);
    f.schedule->consumed[0]--;
    expect(&f, "the sums are not those of the placed works");
    open_sound(&f);
    f.schedule->cells[2]--;
    expect(&f, "the sums are not those of the placed works");
}

static void wrong_railhead_or_count(void)
{
    struct fixture f;
    open_sound(&f);
    f.schedule->open_unbuilt[0]--;
    expect(&f, "the railhead or the count is not that of the placed works");
    open_sound(&f);
    f.schedule->placed--;
    expect(&f, "the railhead or the count is not that of the placed works");
}

static const struct ganger_test tests[] = {{"wrong places", wrong_places},
                                           {"a missing predecessor", a_missing_predecessor},
                                           {"missing rails", missing_rails},
                                           {"foreign mode", foreign_mode},
                                           {"wrong finish", wrong_finish},
                                           {"wrong sums", wrong_sums},
                                           {"wrong railhead or count", wrong_railhead_or_count},
                                           {NULL, NULL}};

const struct ganger_suite diagnose_suite = {"diagnose", "unit", tests};
