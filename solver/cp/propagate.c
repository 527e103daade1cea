/* What follows from the bounds that rose, and why: clauses and sums at once, tables when these rest. */
#include "cp/engine.h"

#include <stdlib.h>

static void wake_tables(struct ganger_cp_solver *s, int32_t side)
{
    int32_t variable = side >> 1;
    for (int32_t k = s->tables_first[variable]; k < s->tables_first[variable + 1]; k++) {
        s->table_dirty[s->tables_of[k]] = 1;
    }
}

static bool propagate_event(struct ganger_cp_solver *s, struct ganger_cp_event event)
{
    wake_tables(s, event.side);
    for (int32_t k = s->sums_first[event.side]; k < s->sums_first[event.side + 1]; k++) {
        if (!ganger_cp_sum_propagate(s, s->sums_of[k])) {
            return false;
        }
    }
    return ganger_cp_clauses_propagate(s, event);
}

static int32_t next_table(const struct ganger_cp_solver *s)
{
    for (int32_t k = 0; k < s->tables; k++) {
        if (s->table_dirty[k]) {
            return k;
        }
    }
    return GANGER_CP_NONE;
}

bool ganger_cp_propagate(struct ganger_cp_solver *s)
{
    for (;;) {
        while (s->head < s->events) {
            if (!propagate_event(s, s->event[s->head++])) {
                return false;
            }
        }
        int32_t table = next_table(s);
        if (table == GANGER_CP_NONE) {
            return true;
        }
        s->table_dirty[table] = 0;
        if (!ganger_cp_table_propagate(s, table)) {
            s->table_dirty[table] = 1;
            return false;
        }
    }
}

static void explain_by_clause(struct ganger_cp_solver *s, int32_t index)
{
    struct ganger_cp_clause *clause = ganger_cp_clause(s, index);
    clause->used = (uint32_t)s->counts.conflicts;
    s->counts.ticks += (uint64_t)clause->size;
    for (int32_t k = 1; k < clause->size; k++) {
        ganger_cp_push(s, &s->why, ganger_cp_not(clause->at[k]));
    }
}

void ganger_cp_audit(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                     const struct ganger_cp_literal *reasons, int32_t count)
{
    struct ganger_cp_buffer clause = {0};
    ganger_cp_push(s, &clause, literal);
    for (int32_t k = 0; k < count; k++) {
        ganger_cp_push(s, &clause, ganger_cp_not(reasons[k]));
    }
    s->audit(s->audit_context, clause.at, clause.count);
    free(clause.at);
}

void ganger_cp_explain(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                       struct ganger_cp_reason reason, int32_t before)
{
    int32_t first = s->why.count;
    switch (reason.kind) {
    case GANGER_CP_DECISION:
        break;
    case GANGER_CP_CLAUSE:
        explain_by_clause(s, reason.a);
        break;
    case GANGER_CP_SUM:
        ganger_cp_sum_explain(s, reason.a, literal, before);
        break;
    case GANGER_CP_TABLE:
        ganger_cp_table_explain(s, reason, literal, before);
        break;
    }
    if (s->audit && reason.kind != GANGER_CP_DECISION) {
        ganger_cp_audit(s, literal, s->why.at + first, s->why.count - first);
    }
}
