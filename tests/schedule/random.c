/* Random plans of random problems against the rules read literally. */
#include "schedule/fixture.h"
#include "support/rules.h"
#include "support/scatter.h"
#include "support/test.h"

enum { PROBLEMS = 120, PLANS = 6 };

static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 3, .rails = true};

static void open_random(struct fixture *f, struct ganger_rng *rng)
{
    *f = (struct fixture){.problem = tiny_random(rng, shape)};
    CU_ASSERT_PTR_NOT_NULL_FATAL(f->problem);
    f->frame = ganger_schedule_frame_create(f->problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f->frame);
    f->schedule = ganger_schedule_create(f->frame);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f->schedule);
}

static void empty(struct ganger_schedule *s)
{
    for (int32_t w = 0; w < s->problem->works.count; w++) {
        if (s->start[w] != GANGER_NONE) {
            ganger_schedule_remove(s, w);
        }
    }
}

/* Calls `check` on plans of which some leave works out. */
static void for_each_plan(uint64_t seed,
                          void (*check)(struct fixture *f, struct ganger_schedule *scratch,
                                        struct ganger_rng *rng))
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, seed, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct fixture f;
        open_random(&f, &rng);
        struct ganger_schedule *scratch = ganger_schedule_create(f.frame);
        CU_ASSERT_PTR_NOT_NULL_FATAL(scratch);
        for (int j = 0; j < PLANS; j++) {
            empty(f.schedule);
            scatter(f.schedule, &rng, j % 3);
            check(&f, scratch, &rng);
        }
        ganger_schedule_destroy(scratch);
        fixture_close(&f);
    }
}

static void sound(struct fixture *f, struct ganger_schedule *scratch, struct ganger_rng *rng)
{
    (void)scratch;
    (void)rng;
    const struct ganger_schedule *s = f->schedule;
    CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(s));
    CU_ASSERT(rules_judge(f->problem, s->start, s->mode) != RULES_BROKEN);
}

static void scattered_plans_keep_the_rules(void)
{
    for_each_plan(21, sound);
}

/* How often each answer was compared: a test that only ever sees "no" proves little. */
static int64_t allowed_count, refused_count;

static void compare_mode(struct ganger_schedule *s, int32_t mode)
{
    const struct ganger_problem *p = s->problem;
    int32_t start[16], modes[16];
    uint8_t allowed[16];
    ganger_schedule_starts(s, mode, allowed);
    for (int32_t w = 0; w < p->works.count; w++) {
        start[w] = s->start[w];
        modes[w] = s->mode[w];
    }
    int32_t work = p->modes.work[mode];
    modes[work] = mode;
    for (int32_t t = 0; t < p->time.periods; t++) {
        start[work] = t;
        enum rules_verdict verdict = rules_judge(p, start, modes);
        CU_ASSERT(verdict == RULES_UNCLEAR || (verdict == RULES_KEPT) == (allowed[t] != 0));
        allowed_count += allowed[t];
        refused_count += !allowed[t];
    }
}

/* Every range of starts gives the part of all starts that lies in it. */
static void compare_ranges(struct ganger_schedule *s, int32_t mode)
{
    int32_t periods = s->problem->time.periods;
    uint8_t all[16];
    ganger_schedule_starts(s, mode, all);
    for (int32_t first = 0; first < periods; first++) {
        for (int32_t last = first - 1; last < periods; last++) {
            int32_t wanted = 0;
            uint64_t some = first > last ? 0 : UINT64_MAX;
            int32_t count = ganger_schedule_starts_between(s, mode, first, last, &some);
            for (int32_t t = 0; t < periods; t++) {
                bool within = first <= t && t <= last;
                CU_ASSERT_EQUAL(some >> t & 1U, within && all[t]);
                wanted += within ? all[t] : 0;
            }
            CU_ASSERT_EQUAL(count, wanted);
        }
    }
}

static void compare_starts(struct fixture *f, struct ganger_schedule *scratch,
                           struct ganger_rng *rng)
{
    (void)rng;
    for (int32_t w = 0; w < f->problem->works.count; w++) {
        ganger_schedule_copy(scratch, f->schedule);
        if (scratch->start[w] != GANGER_NONE) {
            ganger_schedule_remove(scratch, w);
        }
        for (int32_t m = f->problem->works.first_mode[w]; m < f->problem->works.first_mode[w + 1];
             m++) {
            compare_mode(scratch, m);
            compare_ranges(scratch, m);
        }
    }
}

static void starts_are_those_that_keep_the_rules(void)
{
    for_each_plan(22, compare_starts);
    CU_ASSERT(allowed_count > 10000);
    CU_ASSERT(refused_count > 10000);
}

static void restore_one(struct fixture *f, struct ganger_schedule *scratch, struct ganger_rng *rng)
{
    struct ganger_schedule *s = f->schedule;
    int32_t w = ganger_rng_below(rng, f->problem->works.count);
    if (s->start[w] == GANGER_NONE) {
        return;
    }
    ganger_schedule_copy(scratch, s);
    struct ganger_placement was = {w, s->mode[w], s->start[w]};
    ganger_schedule_remove(s, w);
    CU_ASSERT_FALSE(same_schedule(s, scratch));
    ganger_schedule_place(s, was);
    CU_ASSERT(same_schedule(s, scratch));
}

static void removing_and_placing_restores(void)
{
    for_each_plan(23, restore_one);
}

static void remove_some(struct fixture *f, struct ganger_schedule *scratch, struct ganger_rng *rng)
{
    struct ganger_schedule *s = f->schedule;
    struct ganger_placement removed[16];
    int32_t works[16];
    int32_t count = 0;
    for (int32_t w = 0; w < f->problem->works.count; w++) {
        if (ganger_rng_below(rng, 3) == 0) {
            works[count++] = w;
        }
    }
    ganger_schedule_copy(scratch, s);
    int32_t gone = ganger_schedule_remove_all(s, works, count, removed);
    CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(s));
    CU_ASSERT(rules_judge(f->problem, s->start, s->mode) != RULES_BROKEN);
    CU_ASSERT_EQUAL(s->placed, scratch->placed - gone);
    for (int32_t i = 0; i < count; i++) {
        CU_ASSERT_EQUAL(s->start[works[i]], GANGER_NONE);
    }
    for (int32_t i = gone - 1; i >= 0; i--) {
        ganger_schedule_place(s, removed[i]);
    }
    CU_ASSERT(same_schedule(s, scratch));
}

static void removing_all_leaves_a_sound_plan(void)
{
    for_each_plan(24, remove_some);
}

/* No more than must go: each work that went with the others would break a rule without them. */
static void remove_least(struct fixture *f, struct ganger_schedule *scratch, struct ganger_rng *rng)
{
    struct ganger_schedule *s = f->schedule;
    struct ganger_placement removed[16];
    int32_t chosen = ganger_rng_below(rng, f->problem->works.count);
    ganger_schedule_copy(scratch, s);
    int32_t gone = ganger_schedule_remove_all(s, &chosen, 1, removed);
    for (int32_t i = 1; i < gone; i++) {
        ganger_schedule_place(s, removed[i]);
        CU_ASSERT_PTR_NOT_NULL(ganger_schedule_diagnose(s));
        ganger_schedule_remove(s, removed[i].work);
    }
}

static void removing_all_takes_no_more_than_it_must(void)
{
    for_each_plan(25, remove_least);
}

static const struct ganger_test tests[] = {
    {"scattered plans keep the rules", scattered_plans_keep_the_rules},
    {"starts are those that keep the rules", starts_are_those_that_keep_the_rules},
    {"removing and placing restores", removing_and_placing_restores},
    {"removing all leaves a sound plan", removing_all_leaves_a_sound_plan},
    {"removing all takes no more than it must", removing_all_takes_no_more_than_it_must},
    {NULL, NULL}};

const struct ganger_suite random_suite = {"random", "property", tests};
