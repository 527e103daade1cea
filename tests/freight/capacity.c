/* Capacity of segments over time against the formula read literally. */
#include "freight/capacity.h"

#include "support/rules.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

static void check_plan(const struct ganger_schedule *s)
{
    const struct ganger_problem *p = s->problem;
    double standing[32], factor[32];
    for (int32_t q = 0; q < p->segments.count; q++) {
        ganger_capacity_segment(s, q, standing, factor);
        for (int32_t t = 0; t <= p->time.periods; t++) {
            CU_ASSERT_DOUBLE_EQUAL(standing[t] * factor[t],
                                   rules_capacity(p, s->start, s->mode, q, t), 1e-12);
        }
    }
}

static void random_plans(void)
{
    static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 4, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 61, 0, 0);
    int64_t placed = 0;
    for (int i = 0; i < 150; i++) {
        struct ganger_problem *problem = tiny_random(&rng, shape);
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        struct ganger_schedule_frame *frame = ganger_schedule_frame_create(problem);
        CU_ASSERT_PTR_NOT_NULL_FATAL(frame);
        for (int j = 0; j < 8; j++) {
            struct ganger_schedule *s = ganger_schedule_create(frame);
            CU_ASSERT_PTR_NOT_NULL_FATAL(s);
            scatter(s, &rng, j % 2 ? 3 : 0);
            check_plan(s);
            placed += s->placed;
            ganger_schedule_destroy(s);
        }
        ganger_schedule_frame_destroy(frame);
        ganger_problem_destroy(problem);
    }
    CU_ASSERT(placed > 2000);
}

/* Base 8 that loses 40 % a year down to half; years of two periods. A repair with factor 0.25
 * works in 1 and 3, pauses in 2, gains 1 and renews. */
static void by_hand(void)
{
    struct tiny t;
    double standing[8], factor[8];
    tiny_init(&t, 6);
    t.period_days = 180;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,8,0.4,0.5");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,3");
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,1,true,,,,,false,c,,");
    tiny_add(&t, TINY_MODE, "w,m,2,1,0.25");
    tiny_add(&t, TINY_CALENDAR, "c,2,3,0");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    struct ganger_schedule_frame *frame = ganger_schedule_frame_create(problem);
    struct ganger_schedule *s = ganger_schedule_create(frame);
    CU_ASSERT_FATAL(frame && s);
    const double year = 180 / 365.25;
    CU_ASSERT_DOUBLE_EQUAL(ganger_capacity_worn_health(problem, 0, 2), 1 - 0.8 * year, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(ganger_capacity_worn_health(problem, 0, 3), 0.5, 1e-12);
    ganger_schedule_place(s, (struct ganger_placement){0, 0, 1});
    ganger_capacity_segment(s, 0, standing, factor);
    const double expected[] = {
        8, 8 * (1 - 0.4 * year) * 0.25, 8 * (1 - 0.8 * year), 8 * 0.5 * 0.25, 9, 9, 9};
    for (int i = 0; i <= 6; i++) {
        CU_ASSERT_DOUBLE_EQUAL(standing[i] * factor[i], expected[i], 1e-12);
    }
    ganger_schedule_destroy(s);
    ganger_schedule_frame_destroy(frame);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {
    {"by hand", by_hand}, {"random plans", random_plans}, {NULL, NULL}};

const struct ganger_suite capacity_suite = {"capacity", "property", tests};
