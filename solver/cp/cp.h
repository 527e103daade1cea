/*
 * Exact scheduling under renewables: a constraint solver that learns clauses from its conflicts.
 *
 * Every task takes place, in one of its modes, at a start within its window. The solver finds a
 * schedule whose makespan (the latest finish) is at most a given bound, or proves that there is none;
 * it can go down from a bound to the optimum, or up from below, refuting one makespan after another.
 *
 *     struct ganger_cp_model model = {.tasks = n, ...};
 *     struct ganger_cp_solver *solver;
 *     GANGER_TRY(ganger_cp_create(&model, &solver));
 *     ganger_cp_hint(solver, start, mode);
 *     GANGER_TRY(ganger_cp_minimise(solver, model.makespan, 100000000, &outcome));
 *     ... ganger_cp_best(solver) ... ganger_cp_lower(solver)
 *     ganger_cp_destroy(solver);
 *
 * Lazy clause generation (Ohrimenko, Stuckey and Codish, Constraints 2009; for this problem Schutt,
 * Feydy, Stuckey and Wallace, Constraints 2011 and J. Scheduling 2013), over bounds [x >= v] that are
 * compared with the current bounds instead of being stored as booleans: a literal costs nothing until
 * a clause mentions it, and horizons may be long.
 *
 * A solver belongs to one thread; any number may be at work at once. Results depend on the model, the
 * calls made and their budgets only. Budgets are in ticks, about one memory access each, 50 to 100
 * million a second; a call ends at most some hundred thousand ticks late. Memory grows with what is
 * learned and is freed by destroy.
 */
#ifndef GANGER_CP_CP_H
#define GANGER_CP_CP_H

#include <ganger/ganger.h>

/* Times, durations, demands and limits lie in [-GANGER_CP_MOST, GANGER_CP_MOST]. */
enum { GANGER_CP_MOST = 1 << 28 };

enum ganger_cp_order {
    GANGER_CP_FINISH_START, /* start of `to` >= finish of `from` + lag */
    GANGER_CP_START_START   /* start of `to` >= start of `from` + lag */
};

/* All arrays are the caller's and are copied by create. Modes of task i are rows mode_first[i] to
 * mode_first[i + 1] - 1, at least one. */
struct ganger_cp_model {
    int32_t tasks;
    const int32_t *earliest, *latest; /* [tasks] window of starts, both inclusive */
    int32_t makespan;                 /* no task finishes later */
    const int32_t *mode_first;        /* [tasks + 1] */
    const int32_t *duration;          /* [modes] >= 0 */
    int32_t renewables;
    const int32_t *demand; /* [modes * renewables] in use from start to finish, >= 0 */
    /* Capacity of renewable r: steps step_first[r] to step_first[r + 1] - 1, at least one; each holds
     * from its time to the next one's, the first from the beginning of time (its `from` is ignored). Less than 0 is as good as 0. */
    const int32_t *step_first, *step_from, *step_capacity;
    int32_t consumables;
    const int32_t *need;  /* [modes * consumables] >= 0 */
    const int32_t *limit; /* [consumables] on the sum of needs */
    int32_t orders;
    const int32_t *from, *to, *lag;       /* [orders] lags may be negative */
    const enum ganger_cp_order *relation; /* [orders], NULL: all GANGER_CP_FINISH_START */
};

enum ganger_cp_outcome {
    GANGER_CP_OPTIMAL,    /* found, and no better one exists */
    GANGER_CP_FOUND,      /* found */
    GANGER_CP_INFEASIBLE, /* proven: there is none */
    GANGER_CP_LIMIT       /* the budget ran out before either */
};

struct ganger_cp_counts {
    uint64_t ticks, conflicts, decisions, restarts, learned_literals;
};

struct ganger_cp_schedule {
    const int32_t *start, *mode; /* [tasks]; mode counts from 0 within the task; NULL: none found */
    int32_t makespan;            /* the latest finish */
};

struct ganger_cp_solver;

/* GANGER_STATUS_OUT_OF_MEMORY, or GANGER_STATUS_MISUSE for a number out of range. A model without a
 * solution is no error. */
ganger_status ganger_cp_create(const struct ganger_cp_model *model,
                               struct ganger_cp_solver **solver);
void ganger_cp_destroy(struct ganger_cp_solver *solver);

/* Where to look first, such as an incumbent; `mode` may be NULL. It need not be feasible. */
void ganger_cp_hint(struct ganger_cp_solver *solver, const int32_t *start, const int32_t *mode);

/* Looks for a schedule of makespan <= `makespan`: FOUND, INFEASIBLE (the lower bound is now more than
 * `makespan`) or LIMIT. What is learned stays valid whatever is asked next. Each function below
 * fails with GANGER_STATUS_OUT_OF_MEMORY only, and from then on always. */
ganger_status ganger_cp_solve(struct ganger_cp_solver *solver, int32_t makespan, uint64_t ticks,
                              enum ganger_cp_outcome *outcome);

/* Looks for the least makespan <= `makespan`: OPTIMAL, FOUND (the budget ran out), INFEASIBLE or LIMIT.
 * Schedules that do not beat the best one found are excluded for good, which makes the clauses
 * shorter than those of ganger_cp_solve(). */
ganger_status ganger_cp_minimise(struct ganger_cp_solver *solver, int32_t makespan, uint64_t ticks,
                                 enum ganger_cp_outcome *outcome);

/* Raises the lower bound by refuting it while it is below `upto`. OPTIMAL: a schedule of that makespan
 * was found; INFEASIBLE: the lower bound has reached `upto`; LIMIT: ganger_cp_lower() says how far. */
ganger_status ganger_cp_raise(struct ganger_cp_solver *solver, int32_t upto, uint64_t ticks,
                              enum ganger_cp_outcome *outcome);

/* Proven: no schedule of a lesser makespan exists. More than the model's makespan if there is none. */
int32_t ganger_cp_lower(const struct ganger_cp_solver *solver);
/* A view of the best schedule found, valid until the next call. */
struct ganger_cp_schedule ganger_cp_best(const struct ganger_cp_solver *solver);
struct ganger_cp_counts ganger_cp_counts(const struct ganger_cp_solver *solver);

#endif
