/* The solver against every schedule of small models. */
#include "cp/small.h"
#include "support/test.h"

enum { MODELS = 600 };
static const uint64_t plenty = UINT64_MAX;

static struct ganger_cp_solver *open_solver(const struct small *small)
{
    struct ganger_cp_solver *solver = NULL;
    CU_ASSERT_EQUAL_FATAL(ganger_cp_create(&small->model, &solver), GANGER_STATUS_OK);
    return solver;
}

/* The best schedule of the solver is one, and has the makespan it says. */
static void expect_schedule(struct small *small, struct ganger_cp_solver *solver, int32_t makespan)
{
    struct ganger_cp_schedule best = ganger_cp_best(solver);
    CU_ASSERT_PTR_NOT_NULL_FATAL(best.start);
    for (int32_t i = 0; i < small->model.tasks; i++) {
        small->start[i] = best.start[i];
        small->mode[i] = best.mode[i];
    }
    CU_ASSERT(small_holds(small));
    CU_ASSERT_EQUAL(small_makespan(small), best.makespan);
    CU_ASSERT(best.makespan <= makespan);
}

static void down(struct small *small, int32_t best)
{
    struct ganger_cp_solver *solver = open_solver(small);
    enum ganger_cp_outcome outcome;
    ganger_status status = ganger_cp_minimise(solver, small->model.makespan, plenty, &outcome);
    CU_ASSERT_EQUAL(status, GANGER_STATUS_OK);
    if (best == INT32_MAX) {
        CU_ASSERT_EQUAL(outcome, GANGER_CP_INFEASIBLE);
        CU_ASSERT_EQUAL(ganger_cp_lower(solver), small->model.makespan + 1);
        CU_ASSERT_PTR_NULL(ganger_cp_best(solver).start);
    } else {
        CU_ASSERT_EQUAL(outcome, GANGER_CP_OPTIMAL);
        CU_ASSERT_EQUAL(ganger_cp_lower(solver), best);
        expect_schedule(small, solver, best);
    }
    ganger_cp_destroy(solver);
}

static void up(struct small *small, int32_t best)
{
    struct ganger_cp_solver *solver = open_solver(small);
    enum ganger_cp_outcome outcome;
    ganger_cp_raise(solver, small->model.makespan + 1, plenty, &outcome);
    if (best == INT32_MAX) {
        CU_ASSERT_EQUAL(outcome, GANGER_CP_INFEASIBLE);
        CU_ASSERT(ganger_cp_lower(solver) > small->model.makespan);
    } else {
        CU_ASSERT_EQUAL(outcome, GANGER_CP_OPTIMAL);
        CU_ASSERT_EQUAL(ganger_cp_lower(solver), best);
        expect_schedule(small, solver, best);
    }
    ganger_cp_destroy(solver);
}

/* Questions in an order of no use; what one taught must not spoil the next. */
static void back_and_forth(struct small *small, int32_t best, struct ganger_rng *rng)
{
    struct ganger_cp_solver *solver = open_solver(small);
    enum ganger_cp_outcome outcome;
    for (int k = 0; k < 6; k++) {
        int32_t asked = ganger_rng_below(rng, small->model.makespan + 1);
        ganger_cp_solve(solver, asked, plenty, &outcome);
        CU_ASSERT_EQUAL(outcome, best <= asked ? GANGER_CP_FOUND : GANGER_CP_INFEASIBLE);
        CU_ASSERT(ganger_cp_lower(solver) <= best);
        if (best <= asked) {
            expect_schedule(small, solver, asked);
        } else {
            CU_ASSERT(ganger_cp_lower(solver) > asked);
        }
    }
    ganger_cp_destroy(solver);
}

static void against_all(void)
{
    int32_t without = 0, optimal = 0;
    for (uint32_t k = 0; k < MODELS; k++) {
        struct ganger_rng rng;
        struct small small;
        ganger_rng_init(&rng, 1, k, 0);
        small_random(&small, &rng, 2 + (int32_t)(k % (SMALL_TASKS - 1)));
        int32_t best = small_best(&small);
        without += best == INT32_MAX;
        optimal += best != INT32_MAX;
        down(&small, best);
        up(&small, best);
        back_and_forth(&small, best, &rng);
    }
    /* Both kinds are there. */
    CU_ASSERT(without > MODELS / 10 && optimal > MODELS / 3);
}

/* A hint, good or bad, changes the way but not the answer. */
static void hints(void)
{
    for (uint32_t k = 0; k < 100; k++) {
        struct ganger_rng rng;
        struct small small;
        ganger_rng_init(&rng, 2, k, 0);
        small_random(&small, &rng, 4);
        int32_t best = small_best(&small), start[SMALL_TASKS], mode[SMALL_TASKS];
        for (int32_t i = 0; i < SMALL_TASKS; i++) {
            start[i] = ganger_rng_below(&rng, 20) - 5;
            mode[i] = ganger_rng_below(&rng, SMALL_MODES);
        }
        struct ganger_cp_solver *solver = open_solver(&small);
        ganger_cp_hint(solver, start, k % 2 ? mode : NULL);
        enum ganger_cp_outcome outcome;
        ganger_cp_minimise(solver, small.model.makespan, plenty, &outcome);
        CU_ASSERT_EQUAL(outcome, best == INT32_MAX ? GANGER_CP_INFEASIBLE : GANGER_CP_OPTIMAL);
        CU_ASSERT_EQUAL(ganger_cp_best(solver).makespan, best);
        ganger_cp_destroy(solver);
    }
}

static const struct ganger_test tests[] = {
    {"against every schedule", against_all}, {"hints", hints}, {NULL, NULL}};
const struct ganger_suite best_suite = {"best", "property", tests};
