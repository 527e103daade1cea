/*
 * Learning from a conflict: its literals are replaced by their reasons until one of the current level
 * is left (first unique implication point; Marques-Silva and Sakallah 1996). Each literal asks only
 * for the bound it needs, and a reason is put into words for that bound.
 */
#include "cp/engine.h"

enum { DEPTH = 2 };
enum { IN_LESSON = 1, REMOVABLE = 2, NEEDED = 4 };

/* Asks for a literal that is true; returns whether a literal of the current level is new. */
static bool ask(struct ganger_cp_solver *s, struct ganger_cp_literal literal)
{
    int32_t e = ganger_cp_event_of(s, literal);
    if (e == GANGER_CP_NONE) {
        return false;
    }
    ganger_cp_bump(s, literal);
    if (s->mark[e]) {
        s->needed[e] = literal.bound > s->needed[e] ? literal.bound : s->needed[e];
        return false;
    }
    s->mark[e] = IN_LESSON;
    s->needed[e] = literal.bound;
    s->marked[s->marks++] = e;
    return s->event[e].level == s->level;
}

static int32_t ask_all(struct ganger_cp_solver *s, const struct ganger_cp_buffer *literals)
{
    int32_t open = 0;
    for (int32_t k = 0; k < literals->count; k++) {
        open += ask(s, literals->at[k]);
    }
    return open;
}

static struct ganger_cp_literal needed_of(const struct ganger_cp_solver *s, int32_t event)
{
    return (struct ganger_cp_literal){s->event[event].side, s->needed[event]};
}

/* Resolves until one event of the current level is left, and returns it; GANGER_CP_NONE: no memory. */
static int32_t resolve(struct ganger_cp_solver *s)
{
    int32_t open = ask_all(s, &s->conflict), e = s->events - 1;
    for (; !s->failed; e--) {
        while (!s->mark[e]) {
            e--;
        }
        if (open == 1) {
            return e;
        }
        s->why.count = 0;
        ganger_cp_explain(s, needed_of(s, e), s->event[e].reason, e);
        open += ask_all(s, &s->why) - 1;
        s->mark[e] = NEEDED; /* no longer part of the lesson */
    }
    return GANGER_CP_NONE;
}

/* Do the literals of the lesson before it imply this one? */
static bool follows(struct ganger_cp_solver *s, struct ganger_cp_literal literal, int32_t depth)
{
    int32_t e = ganger_cp_event_of(s, literal);
    if (e == GANGER_CP_NONE) {
        return true;
    }
    if (s->mark[e] & (IN_LESSON | REMOVABLE) && s->needed[e] >= literal.bound) {
        return true;
    }
    if (s->mark[e] || depth == 0 || s->event[e].reason.kind == GANGER_CP_DECISION ||
        s->level_seen[s->event[e].level] != (int32_t)s->counts.conflicts) {
        return false;
    }
    int32_t first = s->why.count;
    ganger_cp_explain(s, literal, s->event[e].reason, e);
    bool all = true;
    for (int32_t k = first; k < s->why.count && all; k++) {
        all = follows(s, s->why.at[k], depth - 1);
    }
    s->why.count = first;
    s->mark[e] = all ? REMOVABLE : NEEDED;
    s->needed[e] = literal.bound;
    s->marked[s->marks++] = e;
    return all;
}

/* Takes what follows from the rest out of the lesson. */
static void minimise(struct ganger_cp_solver *s, int32_t uip)
{
    int32_t marks = s->marks;
    for (int32_t k = 0; k < marks; k++) {
        int32_t e = s->marked[k];
        if (s->mark[e] == IN_LESSON) {
            s->level_seen[s->event[e].level] = (int32_t)s->counts.conflicts;
        }
    }
    for (int32_t k = 0; k < marks; k++) {
        int32_t e = s->marked[k];
        if (e == uip || s->mark[e] != IN_LESSON || s->event[e].reason.kind == GANGER_CP_DECISION) {
            continue;
        }
        s->why.count = 0;
        ganger_cp_explain(s, needed_of(s, e), s->event[e].reason, e);
        bool all = true;
        for (int32_t at = 0; at < s->why.count && all; at++) {
            all = follows(s, s->why.at[at], DEPTH);
        }
        if (all) {
            s->mark[e] = REMOVABLE;
        }
    }
}

/* Of two literals of one side, the weaker says nothing new. */
static bool implied_by_later(const struct ganger_cp_solver *s, int32_t event)
{
    int32_t e = s->last[s->event[event].side];
    for (; e != event; e = s->event[e].previous) {
        if (s->mark[e] == IN_LESSON) {
            return true;
        }
    }
    return false;
}

/* Writes the lesson as a clause: the unique implication point first, then the latest other event.
 * Returns the level of the latter. */
static int32_t write_lesson(struct ganger_cp_solver *s, int32_t uip)
{
    int32_t level = 0;
    s->lesson.count = 0;
    ganger_cp_push(s, &s->lesson, ganger_cp_not(needed_of(s, uip)));
    for (int32_t k = 0; k < s->marks && !s->failed; k++) {
        int32_t e = s->marked[k];
        if (e == uip || s->mark[e] != IN_LESSON || implied_by_later(s, e)) {
            continue;
        }
        ganger_cp_push(s, &s->lesson, ganger_cp_not(needed_of(s, e)));
        if (s->event[e].level > level) {
            level = s->event[e].level;
            struct ganger_cp_literal *at = s->lesson.at, last = at[s->lesson.count - 1];
            at[s->lesson.count - 1] = at[1];
            at[1] = last;
        }
    }
    return level;
}

/* Levels that the lesson ties together. */
static int32_t count_levels(struct ganger_cp_solver *s)
{
    int32_t levels = 0, stamp = -(int32_t)s->counts.conflicts;
    for (int32_t k = 0; k < s->lesson.count; k++) {
        int32_t e = ganger_cp_event_of(s, ganger_cp_not(s->lesson.at[k]));
        int32_t *seen = &s->level_seen[s->event[e].level];
        levels += *seen != stamp;
        *seen = stamp;
    }
    return levels;
}

/* The level of the conflict: tables may find late what held already at a lower one. */
static int32_t level_of(const struct ganger_cp_solver *s)
{
    int32_t level = 0;
    for (int32_t k = 0; k < s->conflict.count; k++) {
        int32_t e = ganger_cp_event_of(s, s->conflict.at[k]);
        if (e != GANGER_CP_NONE && s->event[e].level > level) {
            level = s->event[e].level;
        }
    }
    return level;
}

static void assert_lesson(struct ganger_cp_solver *s, int32_t level, int32_t levels)
{
    ganger_cp_backtrack(s, level);
    s->counts.learned_literals += (uint64_t)s->lesson.count;
    if (s->audit) {
        s->audit(s->audit_context, s->lesson.at, s->lesson.count);
    }
    struct ganger_cp_reason reason = {GANGER_CP_DECISION, 0, 0};
    if (s->lesson.count > 1) {
        int32_t clause = ganger_cp_clause_add(s, s->lesson.at, s->lesson.count, levels);
        reason = (struct ganger_cp_reason){GANGER_CP_CLAUSE, clause, 0};
    }
    if (!s->failed) {
        ganger_cp_set(s, s->lesson.at[0], reason);
    }
}

bool ganger_cp_learn(struct ganger_cp_solver *s)
{
    if (s->failed) {
        return true;
    }
    s->counts.conflicts++;
    if (s->audit && s->conflict.count > 0) {
        ganger_cp_audit(s, ganger_cp_not(s->conflict.at[0]), s->conflict.at + 1,
                        s->conflict.count - 1);
    }
    ganger_cp_backtrack(s, level_of(s));
    if (s->level == 0) {
        return false;
    }
    s->marks = 0;
    int32_t uip = resolve(s);
    if (s->failed) {
        return true;
    }
    minimise(s, uip);
    int32_t level = write_lesson(s, uip);
    if (s->failed) {
        return true;
    }
    int32_t levels = count_levels(s);
    for (int32_t k = 0; k < s->marks; k++) {
        s->mark[s->marked[k]] = 0;
    }
    assert_lesson(s, level, levels);
    ganger_cp_decay(s);
    return true;
}
