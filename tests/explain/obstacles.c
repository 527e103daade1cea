/* Obstacles: there are none exactly where the schedule allows a start, and each says what it is about. */
#include "explain/obstacles.h"

#include "explain/suites.h"
#include "support/scatter.h"

#include <stdlib.h>
#include <string.h>

/* Compares all starts of a work that is not placed; returns how many are allowed. */
static int compare(struct ganger_schedule *s, int32_t w, int64_t *seen)
{
    const struct ganger_problem *p = s->problem;
    uint8_t *allowed = malloc((size_t)p->time.periods);
    int count = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(allowed);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        count += ganger_schedule_starts(s, m, allowed);
        for (int32_t t = 0; t < p->time.periods; t++) {
            struct ganger_obstacle list[GANGER_OBSTACLES_MAX];
            int32_t found = ganger_obstacles_find(s, m, t, list);
            CU_ASSERT_EQUAL(found == 0, allowed[t] == 1);
            for (int32_t i = 0; i < found; i++) {
                char text[GANGER_OBSTACLE_SIZE];
                seen[list[i].kind]++;
                CU_ASSERT(strlen(ganger_obstacle_say(p, w, list[i], text)) > 3);
                CU_ASSERT(strlen(ganger_obstacle_name(p, w, list[i], text)) > 3);
            }
        }
    }
    free(allowed);
    return count;
}

static void agrees_with_starts(void)
{
    int64_t seen[GANGER_OBSTACLE_KINDS] = {0};
    int64_t allowed = 0;
    struct ganger_rng rng;
    ganger_rng_init(&rng, 11, 0, 0);
    for (int i = 0; i < 150; i++) {
        struct ganger_problem *p = tiny_random(
            &rng, (struct tiny_shape){.periods = 9, .works = 7, .longest = 3, .rails = true});
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        struct ganger_schedule_frame *frame = ganger_schedule_frame_create(p);
        struct ganger_schedule *s = ganger_schedule_create(frame);
        CU_ASSERT_PTR_NOT_NULL_FATAL(s);
        scatter(s, &rng, 4);
        for (int32_t w = 0; w < p->works.count; w++) {
            struct ganger_placement was = {w, s->mode[w], s->start[w]};
            if (was.start != GANGER_NONE) {
                ganger_schedule_remove(s, w);
            }
            allowed += compare(s, w, seen);
            if (was.start != GANGER_NONE) {
                ganger_schedule_place(s, was);
            }
        }
        CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(s));
        ganger_schedule_destroy(s);
        ganger_schedule_frame_destroy(frame);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(allowed > 500);
    for (int kind = 0; kind < GANGER_OBSTACLE_KINDS; kind++) {
        /* Modes are never fixed in these problems, and a target is no matter of the schedule. */
        bool absent = kind == GANGER_OBSTACLE_FIXED_MODE || kind == GANGER_OBSTACLE_TARGET;
        CU_ASSERT(absent || seen[kind] > 5);
    }
}

static void names_gang_and_budget(void)
{
    struct ganger_problem *p = explain_small();
    struct ganger_schedule_frame *frame = ganger_schedule_frame_create(p);
    struct ganger_schedule *s = ganger_schedule_create(frame);
    struct ganger_obstacle list[GANGER_OBSTACLES_MAX];
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    ganger_schedule_place(s, (struct ganger_placement){1, 2, 1}); /* idle in period 1 */
    CU_ASSERT_EQUAL(ganger_obstacles_find(s, 0, 0, list), 0);
    CU_ASSERT_EQUAL_FATAL(ganger_obstacles_find(s, 1, 0, list), 1); /* slow: 0 and 1 */
    CU_ASSERT_EQUAL(list[0].kind, GANGER_OBSTACLE_GANG);
    CU_ASSERT_EQUAL(list[0].from, 1);
    CU_ASSERT_EQUAL(list[0].to, 2);
    CU_ASSERT_EQUAL(list[0].short_by, 1);
    char text[GANGER_OBSTACLE_SIZE];
    CU_ASSERT_STRING_EQUAL(ganger_obstacle_say(p, 0, list[0], text),
                           "gang: 1 unit short, 2029-01-01 - 2032-12-31");
    p->resources.window_limit[1] = 4; /* money of the first period */
    ganger_schedule_destroy(s);
    s = ganger_schedule_create(frame);
    CU_ASSERT_EQUAL_FATAL(ganger_obstacles_find(s, 0, 0, list), 1);
    CU_ASSERT_EQUAL(list[0].kind, GANGER_OBSTACLE_WINDOW);
    CU_ASSERT_EQUAL(list[0].other, 1);
    CU_ASSERT_DOUBLE_EQUAL(list[0].short_by, 3, 1e-9);
    ganger_schedule_destroy(s);
    ganger_schedule_frame_destroy(frame);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"agrees with the schedule's starts", agrees_with_starts},
    {"names gang and budget", names_gang_and_budget},
    {NULL, NULL}};
const struct ganger_suite obstacles_suite = {"obstacles", "property", tests};
