#include "schedule/fixture.h"

#include "support/test.h"

void fixture_line(struct tiny *tiny, int periods)
{
    tiny_init(tiny, periods);
    tiny_add(tiny, TINY_NODE, "n0,false");
    tiny_add(tiny, TINY_NODE, "n1,false");
    tiny_add(tiny, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(tiny, TINY_SEGMENT, "q0,l0,n0,0,10,5,,");
    tiny_add(tiny, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(tiny, TINY_PROFILE, "d0,0,3");
}

void fixture_work(struct tiny *tiny, const char *id, int duration, const char *tail)
{
    tiny_add(tiny, TINY_WORK, "%s,repair,q0,10,0,false,%s", id, tail);
    tiny_add(tiny, TINY_MODE, "%s,m0,%d,0,1", id, duration);
}

void fixture_open(struct fixture *f, const struct tiny *tiny)
{
    *f = (struct fixture){.problem = tiny_read(tiny)};
    CU_ASSERT_PTR_NOT_NULL_FATAL(f->problem);
    f->frame = ganger_schedule_frame_create(f->problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f->frame);
    f->schedule = ganger_schedule_create(f->frame);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f->schedule);
}

void fixture_close(struct fixture *f)
{
    ganger_schedule_destroy(f->schedule);
    ganger_schedule_frame_destroy(f->frame);
    ganger_problem_destroy(f->problem);
}

const char *fixture_starts(struct fixture *f, int32_t mode)
{
    uint8_t allowed[63];
    int32_t count = ganger_schedule_starts(f->schedule, mode, allowed);
    int32_t periods = f->problem->time.periods;
    for (int32_t t = 0; t < periods; t++) {
        f->starts[t] = allowed[t] ? '1' : '0';
        count -= allowed[t];
    }
    f->starts[periods] = '\0';
    CU_ASSERT_EQUAL(count, 0);
    return f->starts;
}

void fixture_place(struct fixture *f, int32_t work, int32_t start)
{
    int32_t mode = f->problem->works.first_mode[work];
    ganger_schedule_place(f->schedule, (struct ganger_placement){work, mode, start});
}
