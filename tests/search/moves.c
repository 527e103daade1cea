/* Long runs of moves: the plan stays sound, and its value what it is from scratch. */
#include "search/move_parts.h"
#include "search/workshop.h"
#include "support/brute.h"
#include "support/rules.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The value is never too low, and exact where nothing is guessed. */
static void check_value(struct workshop *w)
{
    double exact = workshop_value(w);
    double slack = 1e-9 * (1 + fabs(exact));
    CU_ASSERT(w->island->value.total >= exact - slack);
    if (w->island->guesses == 0) {
        CU_ASSERT_DOUBLE_EQUAL(w->island->value.total, exact, slack);
    }
    int32_t guesses = 0;
    for (int32_t t = 0; t < w->model->boundaries; t++) {
        guesses += w->island->guessed[t];
    }
    CU_ASSERT_EQUAL(w->island->guesses, guesses);
}

static void settle(struct workshop *w)
{
    for (int32_t t = 0; t < w->model->boundaries; t++) {
        CU_ASSERT_FATAL(ganger_anchor_solve(w->island, t));
    }
    ganger_anchor_decide(w->island, INFINITY);
    CU_ASSERT_EQUAL(w->island->guesses, 0);
    check_value(w);
    ganger_anchor_drop(w->island);
}

static void run(struct workshop *w, int tries, double temperature)
{
    for (int i = 1; i <= tries; i++) {
        ganger_moves_try(w->moves, w->island, temperature);
        CU_ASSERT_PTR_NULL_FATAL(ganger_schedule_diagnose(w->island->schedule));
        CU_ASSERT_FALSE_FATAL(w->island->failed);
        if (i % 10 == 0) {
            check_value(w);
        }
        if (i % 100 == 0) {
            settle(w);
        }
    }
    settle(w);
}

static void steppe(void)
{
    struct ganger_problem *problem = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_read(GANGER_SOURCE "/instances/steppe", &problem, NULL),
                          GANGER_STATUS_OK);
    struct workshop w;
    workshop_open(&w, problem, 5);
    double empty = w.island->value.total;
    run(&w, 600, 0.05);
    CU_ASSERT(w.island->value.total > empty + 1);
    workshop_close(&w);
}

static void tiny_problems(void)
{
    static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 3, .rails = true};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 91, 0, 0);
    for (int i = 0; i < 40; i++) {
        struct workshop w;
        workshop_open(&w, tiny_random(&rng, shape), (uint64_t)i);
        run(&w, 120, i % 2 ? 0 : 2);
        const struct ganger_schedule *s = w.island->schedule;
        CU_ASSERT(rules_judge(w.problem, s->start, s->mode) != RULES_BROKEN);
        workshop_close(&w);
    }
}

/* Against the objective read literally. */
static void values_are_those_of_the_model(void)
{
    static const struct tiny_shape shape = {
        .periods = 8, .works = BRUTE_WORKS, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int compared = 0;
    ganger_rng_init(&rng, 92, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct workshop w;
        struct brute brute;
        workshop_open(&w, tiny_random(&rng, shape), (uint64_t)i);
        CU_ASSERT_FATAL(brute_open(&brute, w.problem));
        const struct ganger_schedule *s = w.island->schedule;
        scatter(w.island->schedule, &rng, 3);
        workshop_refresh(&w);
        double expected = brute_value(&brute, s->start, s->mode);
        bool complete = rules_complete(w.problem, s->start, s->mode);
        CU_ASSERT_EQUAL(w.island->value.penalty > 0, !complete);
        if (complete) {
            CU_ASSERT_DOUBLE_EQUAL(w.island->value.total, expected, 1e-7 * (1 + fabs(expected)));
            compared++;
        }
        brute_close(&brute);
        workshop_close(&w);
    }
    CU_ASSERT(compared >= 30);
}

static void a_turn_that_lost_falls_back(void)
{
    static const struct tiny_shape shape = {.periods = 10, .works = 6, .longest = 3};
    struct ganger_rng rng;
    int fell = 0;
    ganger_rng_init(&rng, 93, 0, 0);
    for (int i = 0; i < 20; i++) {
        struct workshop w;
        workshop_open(&w, tiny_random(&rng, shape), (uint64_t)i);
        run(&w, 40, 0);
        double before = w.island->value.total;
        for (int j = 0; j < 10; j++) {
            ganger_moves_try(w.moves, w.island, 1e3);
        }
        for (int32_t t = 0; t < w.model->boundaries; t++) {
            CU_ASSERT_FATAL(ganger_anchor_solve(w.island, t));
        }
        ganger_anchor_decide(w.island, 0);
        fell += w.island->anchor->fallen > 0;
        CU_ASSERT(w.island->value.total >= before);
        check_value(&w);
        CU_ASSERT_PTR_NULL(ganger_schedule_diagnose(w.island->schedule));
        workshop_close(&w);
    }
    CU_ASSERT(fell >= 5);
}

static int32_t apart(const struct ganger_schedule *a, const struct ganger_schedule *b)
{
    int32_t count = 0;
    for (int32_t w = 0; w < a->problem->works.count; w++) {
        count += a->start[w] != b->start[w] || a->mode[w] != b->mode[w];
    }
    return count;
}

/* Where any loss is accepted, a plan comes near its neighbour's, and where none is, it gets no worse. */
static void plans_learn_from_a_neighbour(void)
{
    static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int32_t far = 0, near = 0;
    ganger_rng_init(&rng, 94, 0, 0);
    for (int i = 0; i < 40; i++) {
        struct workshop w;
        workshop_open(&w, tiny_random(&rng, shape), (uint64_t)i);
        scatter(w.island->neighbour, &rng, 3);
        scatter(w.island->schedule, &rng, 3);
        workshop_refresh(&w);
        ganger_anchor_drop(w.island);
        far += apart(w.island->schedule, w.island->neighbour);
        for (int j = 0; j < 60; j++) {
            double before = w.island->value.total;
            ganger_moves_try_imitate(w.moves, w.island, i % 2 ? 0 : 1e9);
            CU_ASSERT_PTR_NULL_FATAL(ganger_schedule_diagnose(w.island->schedule));
            CU_ASSERT(i % 2 == 0 || w.island->value.total >= before);
            check_value(&w);
        }
        near += i % 2 == 0 ? apart(w.island->schedule, w.island->neighbour) : 0;
        workshop_close(&w);
    }
    CU_ASSERT(near * 8 < far);
}

/* Four works of a line, paid by the period that they are put off, and a milestone that waits for all of them and costs more than
 * any one of them saves. */
static struct ganger_problem *late_line(void)
{
    static struct tiny t;
    tiny_init(&t, 30);
    t.discount_rate = 0.2;
    tiny_add(&t, TINY_NODE, "west,true");
    tiny_add(&t, TINY_NODE, "east,true");
    tiny_add(&t, TINY_LINK, "line,west,east,false,0.01");
    tiny_add(&t, TINY_DEMAND, "freight,west,east,5");
    tiny_add(&t, TINY_PROFILE, "freight,0,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,30,4");
    for (int i = 0; i < 4; i++) {
        tiny_add(&t, TINY_SEGMENT, "q%d,line,west,%d,%d,10,,", i, 10 * i, 10 * i + 10);
        tiny_add(&t, TINY_WORK, "w%d,build,q%d,10,0,false,,,,,true,,,", i, i);
        tiny_add(&t, TINY_MODE, "w%d,only,1,10,1", i);
        tiny_add(&t, TINY_USAGE, "w%d,only,gang,1", i);
        tiny_add(&t, TINY_PRECEDENCE, "w%d,open,FS,0", i);
    }
    tiny_add(&t, TINY_WORK, "open,facility,,0,0,false,,,2,1,true,,,");
    tiny_add(&t, TINY_MODE, "open,only,0,0,1");
    return tiny_read(&t);
}

static void a_line_slides_where_no_work_would(void)
{
    struct workshop w;
    struct ganger_problem *p = late_line();
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    workshop_open(&w, p, 1);
    for (int32_t i = 0; i < 5; i++) {
        ganger_schedule_place(w.island->schedule, (struct ganger_placement){i, i, i < 4 ? 1 : 2});
    }
    workshop_refresh(&w);
    double before = w.island->value.total, most = -INFINITY;
    int32_t best = 0;
    for (int32_t i = 0; i < 5; i++) {
        for (int32_t s = 1; i < 4 && s < 30; s++) { /* none gains alone */
            double saved = 10 * (p->time.discount[1] - p->time.discount[s]);
            CU_ASSERT(saved < fmax(0, s + 1 - p->works.due[4]) + 1e-9);
        }
    }
    for (int32_t s = 1; s < 30; s++) { /* all together */
        double gain =
            40 * (p->time.discount[1] - p->time.discount[s]) - fmax(0, s + 1 - p->works.due[4]);
        best = gain > most ? s : best;
        most = fmax(most, gain);
    }
    for (int i = 0; i < 400; i++) {
        ganger_moves_try_slide(w.moves, w.island, 0);
    }
    CU_ASSERT(best > 3);
    CU_ASSERT_DOUBLE_EQUAL(w.island->value.total, before + most, 1e-9);
    for (int32_t i = 0; i < 4; i++) {
        CU_ASSERT_EQUAL(w.island->schedule->start[i], best);
    }
    workshop_close(&w);
}

/* Whatever slides, the plan stays sound, and gets no worse where no loss is accepted. */
static void slides_leave_plans_sound(void)
{
    static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int32_t moved = 0;
    ganger_rng_init(&rng, 95, 0, 0);
    for (int i = 0; i < 40; i++) {
        struct workshop w;
        workshop_open(&w, tiny_random(&rng, shape), (uint64_t)i);
        scatter(w.island->schedule, &rng, 3);
        workshop_refresh(&w);
        ganger_anchor_drop(w.island);
        ganger_schedule_copy(w.island->neighbour, w.island->schedule);
        for (int j = 0; j < 60; j++) {
            double before = w.island->value.total;
            ganger_moves_try_slide(w.moves, w.island, i % 2 ? 0 : 1e9);
            CU_ASSERT_PTR_NULL_FATAL(ganger_schedule_diagnose(w.island->schedule));
            CU_ASSERT(i % 2 == 0 || w.island->value.total >= before);
            check_value(&w);
        }
        moved += apart(w.island->schedule, w.island->neighbour);
        workshop_close(&w);
    }
    CU_ASSERT(moved > 40);
}

/* A group has the works for which it is asked, in order, and those alone. */
static void check_group(struct ganger_group group, const bool *within, int32_t works)
{
    int32_t i = 0;
    for (int32_t w = 0; w < works; w++) {
        if (within[w]) {
            CU_ASSERT_FATAL(i < group.count);
            CU_ASSERT_EQUAL(ganger_moves_at(group, i), w);
            i++;
        }
    }
    CU_ASSERT_EQUAL(i, group.count);
}

static void groups_have_all_that_are_near(void)
{
    struct ganger_problem *p = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_read(GANGER_SOURCE "/instances/steppe", &p, NULL),
                          GANGER_STATUS_OK);
    struct workshop w;
    workshop_open(&w, p, 6);
    int32_t works = p->works.count;
    bool *within = calloc((size_t)works, sizeof *within);
    CU_ASSERT_PTR_NOT_NULL_FATAL(within);
    for (int32_t l = 0; l < p->links.count; l++) {
        for (int32_t i = 0; i < works; i++) {
            int32_t q = p->works.segment[i];
            within[i] = q != GANGER_NONE && ganger_groups_meet(&p->links, p->segments.link[q], l);
        }
        check_group(ganger_moves_beside(w.island, l), within, works);
    }
    for (int32_t k = 0; k < p->resources.renewables; k++) {
        int32_t resource = p->resources.renewable_resource[k];
        for (int32_t i = 0; i < works; i++) {
            within[i] = ganger_moves_may_use(p, i, resource);
        }
        check_group(ganger_moves_users(w.island, resource), within, works);
    }
    for (int32_t i = 0; i < works; i++) {
        int32_t project = w.model->groups.project_of[i];
        CU_ASSERT_EQUAL(project == GANGER_NONE, p->works.project[i][0] == '\0');
        for (int32_t j = 0; j < works; j++) {
            within[j] = strcmp(p->works.project[i], p->works.project[j]) == 0;
        }
        if (project != GANGER_NONE) {
            check_group(ganger_moves_of_project(w.island, project), within, works);
        }
    }
    free(within);
    workshop_close(&w);
}

/* On its own works alone an island looks through those. */
static void an_island_of_a_region_looks_through_its_own(void)
{
    struct ganger_rng rng;
    struct workshop w;
    ganger_rng_init(&rng, 95, 0, 0);
    workshop_open(
        &w, tiny_random(&rng, (struct tiny_shape){.periods = 14, .works = 6, .longest = 3}), 7);
    int32_t own[] = {3, 1};
    w.island->own = own;
    w.island->own_count = 2;
    for (int32_t l = 0; l < w.problem->links.count; l++) {
        struct ganger_group group = ganger_moves_beside(w.island, l);
        CU_ASSERT_EQUAL(group.works, own);
        CU_ASSERT_EQUAL(group.count, 2);
    }
    CU_ASSERT_EQUAL(ganger_moves_users(w.island, GANGER_NONE).works, own);
    w.island->own = NULL;
    CU_ASSERT_EQUAL(ganger_moves_users(w.island, GANGER_NONE).count, w.problem->works.count);
    workshop_close(&w);
}

static const struct ganger_test tests[] = {
    {"groups have all that are near", groups_have_all_that_are_near},
    {"an island of a region looks through its own", an_island_of_a_region_looks_through_its_own},
    {"steppe", steppe},
    {"tiny problems", tiny_problems},
    {"values are those of the model", values_are_those_of_the_model},
    {"a turn that lost falls back", a_turn_that_lost_falls_back},
    {"plans learn from a neighbour", plans_learn_from_a_neighbour},
    {"a line slides where no work would", a_line_slides_where_no_work_would},
    {"slides leave plans sound", slides_leave_plans_sound},
    {NULL, NULL}};

const struct ganger_suite moves_suite = {"moves", "property", tests};
