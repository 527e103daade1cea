/*
 * Clauses, each watched through two of its literals (Moskewicz et al., DAC 2001). A watch lies in a list
 * by the side and the threshold that would make the literal false; long domains share lists.
 */
#include "cp/engine.h"

#include <stdlib.h>

enum { LISTS_A_SIDE = 512, HEADER_WORDS = 3 };

static struct ganger_cp_watches *list_of(const struct ganger_cp_solver *s, int32_t side,
                                         int32_t threshold)
{
    int32_t at = (threshold - s->watch_low[side] - 1) >> s->watch_shift[side];
    return &s->watches[s->watch_first[side] + at];
}

bool ganger_cp_clauses_create(struct ganger_cp_solver *s)
{
    int32_t sides = 2 * s->variables;
    s->watch_first = ganger_cp_take(s, sides + 1, sizeof(int32_t));
    s->watch_low = ganger_cp_take(s, sides, sizeof(int32_t));
    s->watch_shift = ganger_cp_take(s, sides, sizeof(int32_t));
    if (s->failed) {
        return false;
    }
    int32_t lists = 0;
    for (int32_t side = 0; side < sides; side++) {
        int32_t low = s->bound[side], values = -s->bound[side ^ 1] - low;
        s->watch_first[side] = lists;
        s->watch_low[side] = low;
        while (values >> s->watch_shift[side] > LISTS_A_SIDE) {
            s->watch_shift[side]++;
        }
        lists += values > 0 ? ((values - 1) >> s->watch_shift[side]) + 1 : 0;
    }
    s->watches = ganger_cp_take(s, lists, sizeof *s->watches);
    s->watch_lists = s->watches ? lists : 0;
    return !s->failed;
}

static void watch(struct ganger_cp_solver *s, int32_t clause, struct ganger_cp_literal literal,
                  struct ganger_cp_literal blocker)
{
    int32_t side = literal.side ^ 1, threshold = 1 - literal.bound;
    struct ganger_cp_watches *list = list_of(s, side, threshold);
    if (list->count == list->room &&
        !ganger_cp_grow(s, (void **)&list->at, &list->room, list->count + 1, sizeof *list->at)) {
        return;
    }
    list->at[list->count++] = (struct ganger_cp_watch){clause, threshold, blocker};
}

static bool make_room(struct ganger_cp_solver *s, int32_t words)
{
    int32_t room = s->word_room, rank_room = s->clause_room;
    bool done = ganger_cp_grow(s, (void **)&s->words, &room, (int64_t)s->word_count + words,
                               sizeof *s->words);
    s->word_room = room;
    return done &&
           ganger_cp_grow(s, (void **)&s->clause_rank, &rank_room, s->clauses + 1,
                          sizeof *s->clause_rank) &&
           ganger_cp_grow(s, (void **)&s->clause, &s->clause_room, s->clauses + 1,
                          sizeof *s->clause);
}

int32_t ganger_cp_clause_add(struct ganger_cp_solver *s, const struct ganger_cp_literal *at,
                             int32_t size, int32_t levels)
{
    if (!make_room(s, HEADER_WORDS + 2 * size)) {
        return GANGER_CP_NONE;
    }
    int32_t index = s->word_count;
    s->word_count += HEADER_WORDS + 2 * size;
    struct ganger_cp_clause *clause = ganger_cp_clause(s, index);
    clause->size = size;
    clause->levels = levels;
    clause->used = (uint32_t)s->counts.conflicts;
    for (int32_t k = 0; k < size; k++) {
        clause->at[k] = at[k];
    }
    s->clause[s->clauses++] = index;
    s->learned += levels > 0;
    /* Compaction moves a clause onto itself: what was given may be gone by now. */
    watch(s, index, clause->at[0], clause->at[1]);
    watch(s, index, clause->at[1], clause->at[0]);
    return s->failed ? GANGER_CP_NONE : index;
}

bool ganger_cp_clause_root(struct ganger_cp_solver *s, const struct ganger_cp_literal *at,
                           int32_t size)
{
    struct ganger_cp_buffer *kept = &s->lesson;
    kept->count = 0;
    for (int32_t k = 0; k < size; k++) {
        if (ganger_cp_is_true(s, at[k])) {
            return true;
        }
        if (!ganger_cp_is_false(s, at[k])) {
            ganger_cp_push(s, kept, at[k]);
        }
    }
    if (kept->count > 1) {
        return ganger_cp_clause_add(s, kept->at, kept->count, 0) != GANGER_CP_NONE;
    }
    return kept->count == 1 &&
           ganger_cp_set(s, kept->at[0], (struct ganger_cp_reason){GANGER_CP_DECISION, 0, 0});
}

/* A watched literal of the clause became false. Finds another to watch: true; else the first literal
 * is all that is left. */
static bool rewatch(struct ganger_cp_solver *s, int32_t index, struct ganger_cp_clause *clause)
{
    for (int32_t k = 2; k < clause->size; k++) {
        struct ganger_cp_literal literal = clause->at[k];
        if (!ganger_cp_is_false(s, literal)) {
            clause->at[k] = clause->at[1];
            clause->at[1] = literal;
            s->counts.ticks += (uint64_t)k;
            watch(s, index, literal, clause->at[0]);
            return true;
        }
    }
    s->counts.ticks += (uint64_t)clause->size;
    return false;
}

/* Returns whether the watch stays in its list; sets *clash on a conflict. */
static bool visit(struct ganger_cp_solver *s, struct ganger_cp_watch *w, int32_t side, bool *clash)
{
    struct ganger_cp_clause *clause = ganger_cp_clause(s, w->clause);
    struct ganger_cp_literal gone = {side ^ 1, 1 - w->threshold};
    if (clause->at[0].side == gone.side && clause->at[0].bound == gone.bound) {
        clause->at[0] = clause->at[1];
        clause->at[1] = gone;
    }
    struct ganger_cp_literal first = clause->at[0];
    if (ganger_cp_is_true(s, first)) {
        w->blocker = first;
        return true;
    }
    int32_t index = w->clause;
    if (rewatch(s, index, clause)) {
        return false;
    }
    *clash = !ganger_cp_set(s, first, (struct ganger_cp_reason){GANGER_CP_CLAUSE, index, 0});
    return true;
}

/* The list may grow at its end while it is gone through: room for watches whose turn has not come. */
static bool visit_list(struct ganger_cp_solver *s, struct ganger_cp_watches *list,
                       struct ganger_cp_event event)
{
    int32_t kept = 0, k = 0;
    bool clash = false;
    for (; k < list->count && !clash; k++) {
        struct ganger_cp_watch w = list->at[k];
        bool stays = w.threshold <= event.old || w.threshold > event.bound ||
                     ganger_cp_is_true(s, w.blocker) || visit(s, &w, event.side, &clash);
        if (stays) {
            list->at[kept++] = w;
        }
    }
    s->counts.ticks += (uint64_t)k;
    for (; k < list->count; k++) {
        list->at[kept++] = list->at[k];
    }
    list->count = kept;
    return !clash && !s->failed;
}

bool ganger_cp_clauses_propagate(struct ganger_cp_solver *s, struct ganger_cp_event event)
{
    struct ganger_cp_watches *list = list_of(s, event.side, event.old + 1);
    struct ganger_cp_watches *last = list_of(s, event.side, event.bound);
    for (; list <= last; list++) {
        if (list->count > 0 && !visit_list(s, list, event)) {
            return false;
        }
    }
    return true;
}
