/* Small scheduling models at random, and all their schedules by trying every one. */
#ifndef GANGER_TESTS_CP_SMALL_H
#define GANGER_TESTS_CP_SMALL_H

#include "base/rng.h"
#include "cp/cp.h"

enum { SMALL_TASKS = 5, SMALL_MODES = 3, SMALL_KINDS = 2, SMALL_STEPS = 3, SMALL_ORDERS = 6 };

struct small {
    struct ganger_cp_model model; /* points to what follows */
    int32_t earliest[SMALL_TASKS], latest[SMALL_TASKS], mode_first[SMALL_TASKS + 1];
    int32_t duration[SMALL_TASKS * SMALL_MODES];
    int32_t demand[SMALL_TASKS * SMALL_MODES * SMALL_KINDS];
    int32_t step_first[SMALL_KINDS + 1], step_from[SMALL_KINDS * SMALL_STEPS],
        step_capacity[SMALL_KINDS * SMALL_STEPS];
    int32_t need[SMALL_TASKS * SMALL_MODES * SMALL_KINDS], limit[SMALL_KINDS];
    int32_t from[SMALL_ORDERS], to[SMALL_ORDERS], lag[SMALL_ORDERS];
    enum ganger_cp_order relation[SMALL_ORDERS];
    /* The schedule under trial; modes count from 0 within the task. */
    int32_t start[SMALL_TASKS], mode[SMALL_TASKS];
};

/* Tight enough that about a third has no schedule. */
void small_random(struct small *small, struct ganger_rng *rng, int32_t tasks);

/* Makes it one with a renewable that is in use nearly all the time, so that it is the work in all, and
 * not that at any one time, that shows when there is too much. */
void small_dense(struct small *small, struct ganger_rng *rng);

/* Is small->start, small->mode a schedule? By the definition, time by time. */
bool small_holds(const struct small *small);
int32_t small_makespan(const struct small *small);

/* Calls visit(context) for every schedule, with it in small->start and small->mode. */
void small_each(struct small *small, void (*visit)(void *context), void *context);

/* The least makespan, or INT32_MAX if there is no schedule. */
int32_t small_best(struct small *small);

/* Makes the solver decide at random, so that even a small model has conflicts to learn from. */
void small_stir(struct ganger_cp_solver *solver, struct ganger_rng *rng);

#endif
