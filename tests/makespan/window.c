/* Windows of random schedules, solved anew: the whole one as an optimum, parts of it by the rules. */
#include "makespan/window.h"
#include "makespan/breeder.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <stdio.h>

enum { MEMBERS = 8, WORKS = 24, SMALL = 20, LARGE = 10, MOST = 32 };
static const int64_t ample = 100000000;

/* A problem and schedules of it that are there to be made shorter. */
struct stage {
    struct ganger_problem *problem;
    struct ganger_makespan_model *model;
    struct ganger_makespan_tables tables;
    struct ganger_window *window;
    struct ganger_breeder *breeder;
    struct ganger_population *members, *early, *late;
};

static void open_stage(struct stage *s, struct ganger_problem *problem, struct ganger_rng rng)
{
    *s = (struct stage){.problem = problem};
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    s->model = ganger_makespan_model_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s->model);
    CU_ASSERT_TRUE_FATAL(ganger_makespan_tables_init(&s->tables, s->model));
    s->window = ganger_window_create(s->model, &s->tables);
    s->breeder = ganger_breeder_create(s->model);
    s->members = ganger_population_create(s->model, MEMBERS);
    s->early = ganger_population_create(s->model, 1);
    s->late = ganger_population_create(s->model, 1);
    CU_ASSERT_TRUE_FATAL(s->window && s->breeder && s->members && s->early && s->late);
    s->breeder->rng = rng;
    ganger_breeder_sample(s->breeder, s->members, 0, MEMBERS);
}

static void close_stage(struct stage *s)
{
    ganger_population_destroy(s->members);
    ganger_population_destroy(s->early);
    ganger_population_destroy(s->late);
    ganger_breeder_destroy(s->breeder);
    ganger_window_destroy(s->window);
    ganger_makespan_tables_clear(&s->tables);
    ganger_makespan_model_destroy(s->model);
    ganger_problem_destroy(s->problem);
}

/* The window task of a member; false if it is no schedule, or needs more than the consumables give. */
static bool push(struct stage *s, int32_t member, struct ganger_window_task *task)
{
    struct ganger_parent parent = ganger_breeder_parent(s->breeder, s->members, member);
    if (s->members->cost[member] >= INT32_MAX) {
        return false;
    }
    ganger_breeder_push(s->breeder, &parent, s->early, s->late, 0);
    *task = (struct ganger_window_task){.early = s->early->start,
                                        .late = s->late->start,
                                        .mode = ganger_population_modes(s->early, s->model, 0),
                                        .makespan = s->early->makespan[0],
                                        .count = s->model->works};
    return true;
}

static bool holds(const struct stage *s, const int32_t *start, const int32_t *mode)
{
    int32_t by_problem[2][MOST];
    for (int32_t w = 0; w < s->model->works; w++) {
        by_problem[0][s->model->problem_work[w]] = start[w];
        by_problem[1][s->model->problem_work[w]] = s->model->problem_mode[mode[w]];
    }
    return shop_holds(s->problem, by_problem[0], by_problem[1]);
}

/* --- pushing --- */

static void pushed_schedules_hold(void)
{
    for (uint32_t i = 0; i < SMALL; i++) {
        struct ganger_rng rng;
        struct stage s;
        struct ganger_window_task task;
        ganger_rng_init(&rng, 71, i, 0);
        struct ganger_problem *problem = shop_large(&rng, (enum shop_kind)(i % SHOP_KINDS), WORKS);
        open_stage(&s, problem, rng);
        for (int32_t k = 0; k < MEMBERS; k++) {
            if (push(&s, k, &task)) {
                CU_ASSERT_TRUE(task.makespan <= s.members->makespan[k]);
                CU_ASSERT_EQUAL(s.late->makespan[0], task.makespan);
                CU_ASSERT_TRUE(holds(&s, task.early, task.mode));
                CU_ASSERT_TRUE(holds(&s, task.late, task.mode));
                for (int32_t w = 0; w < s.model->works; w++) {
                    CU_ASSERT_TRUE(task.early[w] <= task.late[w]);
                }
            }
        }
        close_stage(&s);
    }
}

/* --- the whole schedule --- */

/* Makes a schedule shorter until that is refuted; returns its makespan. */
static int32_t shorten(struct stage *s, struct ganger_window_task task)
{
    int32_t start[MOST], mode[MOST];
    struct ganger_window_schedule out = {.start = start, .mode = mode};
    for (;;) {
        CU_ASSERT_EQUAL_FATAL(ganger_window_solve(s->window, &task, ample, &out), GANGER_STATUS_OK);
        CU_ASSERT_TRUE_FATAL(out.outcome != GANGER_CP_LIMIT);
        if (out.outcome == GANGER_CP_INFEASIBLE) {
            return task.makespan;
        }
        CU_ASSERT_TRUE_FATAL(out.makespan < task.makespan);
        CU_ASSERT_TRUE(holds(s, start, mode));
        task.early = task.late = start;
        task.mode = mode;
        task.makespan = out.makespan;
    }
}

static void whole_window_is_optimal(void)
{
    int32_t improved = 0;
    for (uint32_t i = 0; i < SMALL * SHOP_KINDS; i++) {
        struct ganger_rng rng;
        struct stage s;
        struct ganger_window_task task;
        ganger_rng_init(&rng, 72, i, 0);
        struct ganger_problem *problem = shop_random(&rng, (enum shop_kind)(i % SHOP_KINDS));
        open_stage(&s, problem, rng);
        int32_t best = shop_best(problem);
        for (int32_t k = 0; k < MEMBERS; k++) {
            if (push(&s, k, &task)) {
                improved += task.makespan > best;
                CU_ASSERT_EQUAL(shorten(&s, task), best);
            }
        }
        close_stage(&s);
    }
    CU_ASSERT_TRUE(improved > SMALL);
}

/* --- parts --- */

struct tally {
    int32_t found, refuted, undecided;
};

/* Works that lie apart from the window have moved with all others on their side, or not at all. */
static bool kept_apart(const struct stage *s, const struct ganger_window_task *task,
                       const int32_t *start)
{
    const struct ganger_makespan_model *m = s->model;
    int32_t sorted[MOST], last = task->first + task->count;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t at = w;
        for (; at > 0 && sorted[at - 1] > task->early[w]; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = task->early[w];
    }
    int32_t from = sorted[task->first], to = last < m->works ? sorted[last] : INT32_MAX;
    bool kept = true;
    for (int32_t w = 0; w < m->works; w++) {
        if (task->early[w] + m->duration[task->mode[w]] < from) {
            kept = kept && start[w] == task->early[w];
        } else if (task->early[w] > to && to > from) {
            kept = kept && start[w] == task->late[w] - 1;
        }
    }
    return kept;
}

static void try_part(struct stage *s, struct ganger_window_task task, int64_t ticks,
                     struct tally *tally)
{
    int32_t start[MOST], mode[MOST], works = s->model->works;
    struct ganger_window_schedule out = {.start = start, .mode = mode};
    task.count = 1 + ganger_rng_below(&s->breeder->rng, works);
    task.first = s->model->mirrors ? ganger_rng_below(&s->breeder->rng, works - task.count + 1)
                                   : works - task.count;
    CU_ASSERT_EQUAL_FATAL(ganger_window_solve(s->window, &task, ticks, &out), GANGER_STATUS_OK);
    tally->found += out.outcome == GANGER_CP_FOUND;
    tally->refuted += out.outcome == GANGER_CP_INFEASIBLE;
    tally->undecided += out.outcome == GANGER_CP_LIMIT;
    if (out.outcome == GANGER_CP_FOUND) {
        CU_ASSERT_TRUE(out.makespan < task.makespan);
        CU_ASSERT_TRUE(holds(s, start, mode));
        CU_ASSERT_TRUE(kept_apart(s, &task, start));
    }
}

static void parts_keep_the_rules(void)
{
    struct tally tally = {0};
    for (uint32_t i = 0; i < LARGE * SHOP_KINDS; i++) {
        struct ganger_rng rng;
        struct stage s;
        struct ganger_window_task task;
        ganger_rng_init(&rng, 73, i, 0);
        struct ganger_problem *problem = shop_large(&rng, (enum shop_kind)(i % SHOP_KINDS), WORKS);
        open_stage(&s, problem, rng);
        for (int32_t k = 0; k < MEMBERS; k++) {
            if (push(&s, k, &task)) {
                try_part(&s, task, k % 4 == 0 ? 1 : 50000, &tally);
            }
        }
        close_stage(&s);
    }
    CU_ASSERT_TRUE(tally.found > 2 * LARGE);
    CU_ASSERT_TRUE(tally.refuted > 2 * LARGE);
    CU_ASSERT_TRUE(tally.undecided > 0);
}

/* --- some modes --- */

/* All starts are free, and every other work may change its mode. */
static void held_modes_stay(void)
{
    int32_t found = 0;
    for (uint32_t i = 0; i < LARGE; i++) {
        struct ganger_rng rng;
        struct stage s;
        struct ganger_window_task task;
        int32_t start[MOST], mode[MOST];
        uint8_t held[MOST];
        struct ganger_window_schedule out = {.start = start, .mode = mode};
        ganger_rng_init(&rng, 74, i, 0);
        open_stage(&s, shop_large(&rng, SHOP_MODES, WORKS), rng);
        for (int32_t k = 0; k < MEMBERS; k++) {
            if (!push(&s, k, &task)) {
                continue;
            }
            for (int32_t w = 0; w < s.model->works; w++) {
                held[w] = (w + k) % 2 == 0;
            }
            task.held = held;
            CU_ASSERT_EQUAL_FATAL(ganger_window_solve(s.window, &task, 200000, &out),
                                  GANGER_STATUS_OK);
            if (out.outcome != GANGER_CP_FOUND) {
                continue;
            }
            found++;
            CU_ASSERT_TRUE(out.makespan < task.makespan);
            CU_ASSERT_TRUE(holds(&s, start, mode));
            for (int32_t w = 0; w < s.model->works; w++) {
                CU_ASSERT_TRUE(!held[w] || mode[w] == task.mode[w]);
            }
        }
        close_stage(&s);
    }
    CU_ASSERT_TRUE(found > LARGE);
}

static const struct ganger_test tests[] = {{"pushed schedules hold", pushed_schedules_hold},
                                           {"the whole window is optimal", whole_window_is_optimal},
                                           {"parts keep the rules", parts_keep_the_rules},
                                           {"held modes stay", held_modes_stay},
                                           {NULL, NULL}};

const struct ganger_suite window_suite = {"window", "property", tests};
