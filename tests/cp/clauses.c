/* Every clause learned, and every reason put into words, holds for every schedule. */
#include "cp/engine.h"
#include "cp/small.h"
#include "support/test.h"

enum { MODELS = 200, CLAUSES = 4096, WORDS = 65536 };

/* Clauses seen, each as its size and its literals, with the cut they were seen under. */
struct log {
    struct small small;
    struct ganger_cp_solver *solver;
    int32_t *value; /* [variables] of the schedule under trial */
    int32_t words[WORDS], count;
    int64_t seen, broken;
};

static void note(void *context, const struct ganger_cp_literal *clause, int32_t size)
{
    struct log *log = context;
    log->seen++;
    if (log->count + 2 * size + 2 > WORDS) {
        return;
    }
    log->words[log->count++] = size;
    log->words[log->count++] = log->solver->cut;
    for (int32_t k = 0; k < size; k++) {
        log->words[log->count++] = clause[k].side;
        log->words[log->count++] = clause[k].bound;
    }
}

static void evaluate(struct log *log)
{
    const struct ganger_cp_solver *s = log->solver;
    const struct small *small = &log->small;
    for (int32_t i = 0; i < s->tasks; i++) {
        int32_t row = s->mode_first[i] + small->mode[i];
        log->value[i] = small->start[i];
        log->value[s->tasks + i] = small->duration[row];
        for (int32_t k = s->mode_first[i]; k < s->mode_first[i + 1]; k++) {
            if (s->mode_var[k] != GANGER_CP_NONE) {
                log->value[s->mode_var[k]] = k == row;
            }
        }
        for (int32_t c = 0; c < small->model.consumables; c++) {
            log->value[s->first_need + c * s->tasks + i] =
                small->need[row * small->model.consumables + c];
        }
    }
    for (int32_t t = 0; t < s->tables; t++) {
        for (int32_t k = 0; k < s->table[t].count; k++) {
            int32_t task = s->table[t].task[k], row = s->mode_first[task] + small->mode[task];
            log->value[s->table[t].demand[k]] =
                s->mode_demand[row * s->renewables + s->table[t].renewable];
            if (s->table[t].energy[k] != GANGER_CP_NONE) {
                log->value[s->table[t].energy[k]] =
                    s->mode_duration[row] * log->value[s->table[t].demand[k]];
            }
        }
    }
}

static bool holds(const struct log *log, const int32_t *literals, int32_t size)
{
    for (int32_t k = 0; k < size; k++) {
        int32_t side = literals[2 * k], value = log->value[side >> 1];
        if ((side & 1 ? -value : value) >= literals[2 * k + 1]) {
            return true;
        }
    }
    return false;
}

static void supply(struct log *log, int32_t makespan)
{
    for (int32_t t = 0; t < log->solver->tables; t++) {
        const struct ganger_cp_table *table = &log->solver->table[t];
        if (table->supply != GANGER_CP_NONE) {
            log->value[table->supply] =
                (int32_t)ganger_cp_capacity_between(table, table->first, makespan);
        }
    }
}

/* The makespan variable may be anything from the latest finish to the cut. */
static void judge(void *context)
{
    struct log *log = context;
    evaluate(log);
    int32_t *makespan = &log->value[2 * log->solver->tasks];
    for (int32_t at = 0; at < log->count;) {
        int32_t size = log->words[at++], cut = log->words[at++];
        for (*makespan = small_makespan(&log->small); *makespan <= cut; ++*makespan) {
            supply(log, *makespan);
            log->broken += !holds(log, log->words + at, size);
        }
        at += 2 * size;
    }
}

static void solve_watched(struct log *log, bool down, struct ganger_rng *rng)
{
    enum ganger_cp_outcome outcome;
    struct ganger_cp_solver *s = log->solver;
    s->audit = note;
    s->audit_context = log;
    small_stir(s, rng);
    s->reduce_at = 5;
    s->restart_at = 3;
    for (int32_t k = 0; k < 3; k++) {
        int32_t asked = ganger_rng_below(rng, log->small.model.makespan + 1);
        ganger_cp_solve(s, asked, UINT64_MAX, &outcome);
    }
    if (down) {
        ganger_cp_minimise(s, log->small.model.makespan, UINT64_MAX, &outcome);
    } else {
        ganger_cp_raise(s, log->small.model.makespan + 1, UINT64_MAX, &outcome);
    }
}

static void all_hold(void)
{
    static struct log log;
    int64_t seen = 0;
    for (uint32_t k = 0; k < MODELS; k++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 3, k, 0);
        log = (struct log){0};
        small_random(&log.small, &rng, 4 + (int32_t)(k % 2));
        CU_ASSERT_EQUAL_FATAL(ganger_cp_create(&log.small.model, &log.solver), GANGER_STATUS_OK);
        int32_t value[4 * SMALL_TASKS * (SMALL_MODES + SMALL_KINDS)];
        log.value = value;
        solve_watched(&log, k % 2 == 0, &rng);
        small_each(&log.small, judge, &log);
        CU_ASSERT_EQUAL(log.broken, 0);
        seen += log.seen;
        ganger_cp_destroy(log.solver);
    }
    CU_ASSERT(seen > 5 * MODELS);
}

static void narrow(struct ganger_cp_solver *s, int32_t task, int32_t first, int32_t last)
{
    struct ganger_cp_literal from = {2 * task, first}, to = {2 * task + 1, -last};
    if (first <= last && !ganger_cp_is_false(s, from) && !ganger_cp_is_false(s, to)) {
        ganger_cp_decide(s, from);
        ganger_cp_decide(s, to);
    }
}

/* Gives most tasks windows at random, or the same one, and lets the renewable alone speak. */
static void squeeze(struct log *log, struct ganger_rng *rng)
{
    struct ganger_cp_solver *s = log->solver;
    int32_t first = ganger_rng_below(rng, 4), end = first + 2 + ganger_rng_below(rng, 3);
    bool same = ganger_rng_below(rng, 2);
    for (int32_t i = 0; i < s->tasks; i++) {
        int32_t from = same ? first : ganger_rng_below(rng, 6);
        int32_t last = same ? end - s->bound[2 * (s->tasks + i)] : from + ganger_rng_below(rng, 4);
        if (ganger_rng_below(rng, 6) > 0) {
            narrow(s, i, from, last);
        }
    }
    int32_t events;
    bool holds = true;
    do {
        events = s->events;
        s->table[0].wait = 0;
        holds = ganger_cp_table_propagate(s, 0);
    } while (holds && s->events > events);
    if (!holds) {
        ganger_cp_audit(s, ganger_cp_not(s->conflict.at[0]), s->conflict.at + 1,
                        s->conflict.count - 1);
    }
    ganger_cp_backtrack(s, 0);
}

static void renewables_hold(void)
{
    static struct log log;
    int64_t seen = 0;
    for (uint32_t k = 0; k < MODELS; k++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 7, k, 0);
        log = (struct log){0};
        small_random(&log.small, &rng, SMALL_TASKS);
        small_dense(&log.small, &rng);
        CU_ASSERT_EQUAL_FATAL(ganger_cp_create(&log.small.model, &log.solver), GANGER_STATUS_OK);
        int32_t value[4 * SMALL_TASKS * (SMALL_MODES + SMALL_KINDS)];
        log.value = value;
        log.solver->audit = note;
        log.solver->audit_context = &log;
        for (int trial = 0; trial < 30 && log.solver->tables > 0 && !log.solver->refuted; trial++) {
            squeeze(&log, &rng);
        }
        small_each(&log.small, judge, &log);
        CU_ASSERT_EQUAL(log.broken, 0);
        seen += log.seen;
        ganger_cp_destroy(log.solver);
    }
    CU_ASSERT(seen > 20 * MODELS);
}

static const struct ganger_test tests[] = {
    {"clauses hold", all_hold}, {"reasons of renewables hold", renewables_hold}, {NULL, NULL}};
const struct ganger_suite clauses_suite = {"clauses", "property", tests};
