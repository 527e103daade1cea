/* The main loop, and what is asked of it: a schedule, the best one, a bound. */
#include "cp/engine.h"

#include <stdlib.h>

enum { RESTART_UNIT = 300, FIRST_REDUCTION = 2000, REDUCTION_STEP = 500 };

ganger_status ganger_cp_create(const struct ganger_cp_model *model,
                               struct ganger_cp_solver **solver)
{
    *solver = NULL;
    if (!ganger_cp_valid(model)) {
        return GANGER_STATUS_MISUSE;
    }
    struct ganger_cp_solver *s = calloc(1, sizeof *s);
    if (!s) {
        return GANGER_STATUS_OUT_OF_MEMORY;
    }
    ganger_cp_build(s, model);
    if (s->failed) {
        ganger_cp_destroy(s);
        return GANGER_STATUS_OUT_OF_MEMORY;
    }
    if (s->refuted) {
        s->lower = s->cut + 1;
    }
    s->reduce_at = FIRST_REDUCTION;
    s->restart_at = RESTART_UNIT;
    *solver = s;
    return GANGER_STATUS_OK;
}

void ganger_cp_hint(struct ganger_cp_solver *s, const int32_t *start, const int32_t *mode)
{
    for (int32_t i = 0; i < s->tasks && s->wish; i++) {
        s->wish[i] = start[i];
        for (int32_t k = s->mode_first[i]; mode && k < s->mode_first[i + 1]; k++) {
            if (s->mode_var[k] != GANGER_CP_NONE) {
                s->wish[s->mode_var[k]] = k - s->mode_first[i] == mode[i];
            }
        }
    }
}

/* The Luby sequence 1 1 2 1 1 2 4 ..., counted from 1. */
static uint64_t luby(uint64_t at)
{
    for (;;) {
        uint64_t size = 1;
        while (size - 1 < at) {
            size *= 2;
        }
        if (size - 1 == at) {
            return size / 2;
        }
        at -= size / 2 - 1;
    }
}

static void record(struct ganger_cp_solver *s)
{
    int32_t makespan = INT32_MIN;
    for (int32_t i = 0; i < s->tasks; i++) {
        int32_t end = s->bound[2 * i] + s->bound[2 * (s->tasks + i)];
        makespan = end > makespan ? end : makespan;
    }
    if (s->found && makespan >= s->best_makespan) {
        return;
    }
    s->found = true;
    s->best_makespan = makespan;
    for (int32_t i = 0; i < s->tasks; i++) {
        s->best_start[i] = s->bound[2 * i];
        s->best_mode[i] = 0;
        for (int32_t k = s->mode_first[i]; k < s->mode_first[i + 1]; k++) {
            if (s->mode_var[k] != GANGER_CP_NONE && s->bound[2 * s->mode_var[k]] == 1) {
                s->best_mode[i] = k - s->mode_first[i];
            }
        }
    }
    ganger_cp_hint(s, s->best_start, s->best_mode);
}

static void refute(struct ganger_cp_solver *s)
{
    s->refuted = true;
    s->lower = s->lower > s->cut ? s->lower : s->cut + 1;
}

static void restart(struct ganger_cp_solver *s)
{
    ganger_cp_backtrack(s, 0);
    s->counts.restarts++;
    s->by_activity = true;
    s->restart_at = s->counts.conflicts + RESTART_UNIT * luby(s->counts.restarts);
}

/* At level 0, where everything has been propagated. */
static void tidy(struct ganger_cp_solver *s)
{
    ganger_cp_settle(s);
    if (s->counts.conflicts >= s->reduce_at) {
        ganger_cp_clauses_reduce(s);
        s->reduce_at = s->counts.conflicts + FIRST_REDUCTION + REDUCTION_STEP * s->reductions++;
    }
}

/* Decides; false: nothing is left to decide, or the bound cannot be kept. */
static bool decide(struct ganger_cp_solver *s, int32_t makespan)
{
    struct ganger_cp_literal goal = {2 * 2 * s->tasks + 1, -makespan};
    if (ganger_cp_is_false(s, goal)) {
        return false;
    }
    struct ganger_cp_literal next = ganger_cp_is_true(s, goal) ? ganger_cp_branch(s) : goal;
    if (next.side == GANGER_CP_NONE) {
        record(s);
        return false;
    }
    ganger_cp_decide(s, next);
    return true;
}

static bool has(const struct ganger_cp_solver *s, int32_t makespan)
{
    return s->found && s->best_makespan <= makespan;
}

static enum ganger_cp_outcome search(struct ganger_cp_solver *s, int32_t makespan, uint64_t ticks)
{
    while (!s->failed && !s->refuted) {
        if (!ganger_cp_propagate(s)) {
            if (!ganger_cp_learn(s)) {
                refute(s);
            }
            continue;
        }
        if (s->level == 0) {
            tidy(s);
        }
        if (s->counts.ticks >= ticks) {
            return GANGER_CP_LIMIT;
        }
        if (s->counts.conflicts >= s->restart_at) {
            restart(s);
        } else if (!decide(s, makespan)) {
            return has(s, makespan) ? GANGER_CP_FOUND : GANGER_CP_INFEASIBLE;
        }
    }
    return s->refuted ? GANGER_CP_INFEASIBLE : GANGER_CP_LIMIT;
}

/* Answers from what is known where that is enough. */
static enum ganger_cp_outcome ask(struct ganger_cp_solver *s, int32_t makespan, uint64_t ticks)
{
    if (has(s, makespan)) {
        return GANGER_CP_FOUND;
    }
    if (makespan < s->lower || s->refuted) {
        return GANGER_CP_INFEASIBLE;
    }
    enum ganger_cp_outcome outcome = search(s, makespan, ticks);
    ganger_cp_backtrack(s, 0);
    if (outcome == GANGER_CP_INFEASIBLE && s->lower <= makespan && makespan < s->cut) {
        s->lower = makespan + 1;
    }
    return outcome;
}

static ganger_status status_of(const struct ganger_cp_solver *s)
{
    return s->failed ? GANGER_STATUS_OUT_OF_MEMORY : GANGER_STATUS_OK;
}

static uint64_t deadline(const struct ganger_cp_solver *s, uint64_t ticks)
{
    return ticks > UINT64_MAX - s->counts.ticks ? UINT64_MAX : s->counts.ticks + ticks;
}

ganger_status ganger_cp_solve(struct ganger_cp_solver *s, int32_t makespan, uint64_t ticks,
                              enum ganger_cp_outcome *outcome)
{
    *outcome = ask(s, makespan, deadline(s, ticks));
    return status_of(s);
}

/* From now on only better schedules count. */
static void cut(struct ganger_cp_solver *s)
{
    int32_t most = s->best_makespan - 1;
    struct ganger_cp_literal literal = {2 * 2 * s->tasks + 1, -most};
    if (most >= s->cut) {
        return;
    }
    s->cut = most;
    if (!ganger_cp_set(s, literal, (struct ganger_cp_reason){GANGER_CP_DECISION, 0, 0}) &&
        !s->failed) {
        refute(s);
    }
}

ganger_status ganger_cp_minimise(struct ganger_cp_solver *s, int32_t makespan, uint64_t ticks,
                                 enum ganger_cp_outcome *outcome)
{
    uint64_t end = deadline(s, ticks);
    enum ganger_cp_outcome last = ask(s, makespan, end);
    while (last == GANGER_CP_FOUND && s->lower < s->best_makespan) {
        cut(s);
        last = ask(s, s->best_makespan - 1, end);
    }
    *outcome = last;
    if (has(s, makespan)) {
        *outcome = s->lower >= s->best_makespan ? GANGER_CP_OPTIMAL : GANGER_CP_FOUND;
    }
    return status_of(s);
}

ganger_status ganger_cp_raise(struct ganger_cp_solver *s, int32_t upto, uint64_t ticks,
                              enum ganger_cp_outcome *outcome)
{
    uint64_t end = deadline(s, ticks);
    *outcome = GANGER_CP_INFEASIBLE;
    while (s->lower < upto && *outcome == GANGER_CP_INFEASIBLE) {
        *outcome = ask(s, s->lower, end);
    }
    *outcome = *outcome == GANGER_CP_FOUND ? GANGER_CP_OPTIMAL : *outcome;
    return status_of(s);
}

int32_t ganger_cp_lower(const struct ganger_cp_solver *s)
{
    return s->lower;
}

struct ganger_cp_schedule ganger_cp_best(const struct ganger_cp_solver *s)
{
    return s->found ? (struct ganger_cp_schedule){s->best_start, s->best_mode, s->best_makespan}
                    : (struct ganger_cp_schedule){NULL, NULL, INT32_MAX};
}

struct ganger_cp_counts ganger_cp_counts(const struct ganger_cp_solver *s)
{
    return s->counts;
}
