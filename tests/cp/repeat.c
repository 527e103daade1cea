/* The same questions with the same budgets give the same answers, whoever else is at work. */
#include "cp/small.h"
#include "parallel/parallel.h"
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

enum { TASKS = 24, KINDS = 2, RUNS = 4 };

/* More tasks than can be enumerated: enough that a budget ends in the middle. */
struct medium {
    struct ganger_cp_model model;
    int32_t earliest[TASKS], latest[TASKS], first[TASKS + 1], duration[TASKS],
        demand[TASKS * KINDS];
    int32_t step_first[KINDS + 1], capacity[KINDS], from[TASKS], to[TASKS], lag[TASKS];
};

struct run {
    const struct medium *medium;
    int32_t start[TASKS], lower, makespan;
    struct ganger_cp_counts counts;
    enum ganger_cp_outcome outcome;
    bool done;
};

static void medium_random(struct medium *m, uint32_t stream)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 4, stream, 0);
    *m = (struct medium){0};
    for (int32_t i = 0; i < TASKS; i++) {
        m->latest[i] = 150;
        m->first[i + 1] = i + 1;
        m->duration[i] = 1 + ganger_rng_below(&rng, 6);
        for (int32_t r = 0; r < KINDS; r++) {
            m->demand[i * KINDS + r] = ganger_rng_below(&rng, 5);
        }
    }
    for (int32_t k = 0; k < TASKS; k++) {
        m->from[k] = ganger_rng_below(&rng, TASKS - 1);
        m->to[k] = m->from[k] + 1 + ganger_rng_below(&rng, TASKS - 1 - m->from[k]);
    }
    for (int32_t r = 0; r < KINDS; r++) {
        m->step_first[r + 1] = r + 1;
        m->capacity[r] = 7;
    }
    m->model = (struct ganger_cp_model){.tasks = TASKS,
                                        .earliest = m->earliest,
                                        .latest = m->latest,
                                        .makespan = 150,
                                        .mode_first = m->first,
                                        .duration = m->duration,
                                        .renewables = KINDS,
                                        .demand = m->demand,
                                        .step_first = m->step_first,
                                        .step_capacity = m->capacity,
                                        .orders = TASKS,
                                        .from = m->from,
                                        .to = m->to,
                                        .lag = m->lag};
}

static void solve_job(int32_t index, void *context)
{
    struct run *run = (struct run *)context + index;
    struct ganger_cp_solver *solver;
    if (ganger_cp_create(&run->medium->model, &solver) != GANGER_STATUS_OK) {
        return;
    }
    ganger_cp_minimise(solver, 150, 200000, &run->outcome);
    ganger_cp_minimise(solver, 150, 100000, &run->outcome);
    run->lower = ganger_cp_lower(solver);
    run->counts = ganger_cp_counts(solver);
    struct ganger_cp_schedule best = ganger_cp_best(solver);
    run->makespan = best.makespan;
    run->done = best.start != NULL;
    for (int32_t i = 0; run->done && i < TASKS; i++) {
        run->start[i] = best.start[i];
    }
    ganger_cp_destroy(solver);
}

static void same_in_threads(void)
{
    for (uint32_t k = 0; k < 6; k++) {
        struct medium medium;
        medium_random(&medium, k);
        struct run *runs = calloc(RUNS, sizeof *runs);
        CU_ASSERT_PTR_NOT_NULL_FATAL(runs);
        for (int32_t r = 0; r < RUNS; r++) {
            runs[r].medium = &medium;
        }
        solve_job(0, runs);
        ganger_parallel_for(2, RUNS - 1, solve_job, runs + 1);
        for (int32_t r = 0; r < RUNS; r++) {
            CU_ASSERT(runs[r].done);
            CU_ASSERT_EQUAL(memcmp(&runs[r], &runs[0], sizeof *runs), 0);
        }
        free(runs);
    }
}

/* A budget of nothing finds nothing; one that ends early is taken up again where it ended. */
static void budgets(void)
{
    struct medium medium;
    medium_random(&medium, 3);
    struct ganger_cp_solver *solver;
    enum ganger_cp_outcome outcome;
    CU_ASSERT_EQUAL_FATAL(ganger_cp_create(&medium.model, &solver), GANGER_STATUS_OK);
    ganger_cp_minimise(solver, 150, 0, &outcome);
    CU_ASSERT_EQUAL(outcome, GANGER_CP_LIMIT);
    uint64_t before = ganger_cp_counts(solver).ticks;
    ganger_cp_minimise(solver, 150, 20000, &outcome);
    uint64_t spent = ganger_cp_counts(solver).ticks - before;
    CU_ASSERT(spent >= 20000 || outcome == GANGER_CP_OPTIMAL);
    CU_ASSERT(spent < 60000);
    for (int k = 0; k < 2000 && outcome != GANGER_CP_OPTIMAL; k++) {
        ganger_cp_minimise(solver, 150, 50000, &outcome);
    }
    CU_ASSERT_EQUAL(outcome, GANGER_CP_OPTIMAL);
    ganger_cp_destroy(solver);
}

static const struct ganger_test tests[] = {
    {"same in threads", same_in_threads}, {"budgets", budgets}, {NULL, NULL}};
const struct ganger_suite repeat_suite = {"repeat", "determinism", tests};
