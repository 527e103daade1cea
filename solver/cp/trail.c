/* The trail: bounds that rose, why, and taking them back. */
#include "cp/engine.h"

/* Room for one more event, in all arrays that go by events. */
static bool make_room(struct ganger_cp_solver *s)
{
    int32_t need = s->events + 1, rooms[3] = {s->event_room, s->event_room, s->event_room};
    return ganger_cp_grow(s, (void **)&s->needed, &rooms[0], need, sizeof *s->needed) &&
           ganger_cp_grow(s, (void **)&s->mark, &rooms[1], need, sizeof *s->mark) &&
           ganger_cp_grow(s, (void **)&s->marked, &rooms[2], need, sizeof *s->marked) &&
           ganger_cp_grow(s, (void **)&s->event, &s->event_room, need, sizeof *s->event);
}

/* The reason holds and says "literal", which is false. */
static void clash(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                  struct ganger_cp_reason reason)
{
    s->why.count = 0;
    ganger_cp_explain(s, literal, reason, s->events);
    s->conflict.count = 0;
    for (int32_t k = 0; k < s->why.count; k++) {
        ganger_cp_push(s, &s->conflict, s->why.at[k]);
    }
    ganger_cp_push(s, &s->conflict, ganger_cp_not(literal));
}

bool ganger_cp_set(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                   struct ganger_cp_reason reason)
{
    int32_t side = literal.side, old = s->bound[side];
    if (old >= literal.bound) {
        return true;
    }
    if (ganger_cp_is_false(s, literal)) {
        clash(s, literal, reason);
        return false;
    }
    if (s->audit) {
        s->why.count = 0;
        ganger_cp_explain(s, literal, reason, s->events);
    }
    if (s->events == s->event_room && !make_room(s)) {
        return false;
    }
    s->mark[s->events] = 0;
    s->event[s->events] =
        (struct ganger_cp_event){side, literal.bound, old, s->last[side], s->level, reason};
    s->last[side] = s->events++;
    s->bound[side] = literal.bound;
    return true;
}

void ganger_cp_decide(struct ganger_cp_solver *s, struct ganger_cp_literal literal)
{
    int32_t need = s->level + 2, rooms[2] = {s->level_room, s->level_room};
    if (need > s->level_room &&
        !(ganger_cp_grow(s, (void **)&s->level_popped, &rooms[0], need, sizeof(int32_t)) &&
          ganger_cp_grow(s, (void **)&s->level_seen, &rooms[1], need, sizeof(int32_t)) &&
          ganger_cp_grow(s, (void **)&s->level_first, &s->level_room, need, sizeof(int32_t)))) {
        return;
    }
    s->counts.decisions++;
    s->level++;
    s->level_first[s->level] = s->events;
    s->level_popped[s->level] = s->popped_count;
    s->level_seen[s->level] = 0;
    ganger_cp_set(s, literal, (struct ganger_cp_reason){GANGER_CP_DECISION, 0, 0});
}

void ganger_cp_backtrack(struct ganger_cp_solver *s, int32_t level)
{
    if (level >= s->level) {
        return;
    }
    int32_t first = s->level_first[level + 1];
    while (s->events > first) {
        const struct ganger_cp_event *e = &s->event[--s->events];
        s->bound[e->side] = e->old;
        s->last[e->side] = e->previous;
    }
    ganger_cp_unpop(s, s->level_popped[level + 1]);
    s->head = s->events;
    s->level = level;
}

void ganger_cp_settle(struct ganger_cp_solver *s)
{
    for (int32_t e = 0; e < s->events; e++) {
        s->root[s->event[e].side] = s->event[e].bound;
        s->last[s->event[e].side] = GANGER_CP_NONE;
    }
    s->events = 0;
    s->head = 0;
    int32_t makespan = s->root[2 * 2 * s->tasks];
    s->lower = s->lower > makespan ? s->lower : makespan;
}

int32_t ganger_cp_event_of(const struct ganger_cp_solver *s, struct ganger_cp_literal literal)
{
    if (s->root[literal.side] >= literal.bound) {
        return GANGER_CP_NONE;
    }
    int32_t e = s->last[literal.side];
    while (s->event[e].old >= literal.bound) {
        e = s->event[e].previous;
    }
    return e;
}

int32_t ganger_cp_bound_at(const struct ganger_cp_solver *s, int32_t side, int32_t before)
{
    int32_t e = s->last[side];
    while (e >= before) {
        e = s->event[e].previous;
    }
    return e == GANGER_CP_NONE ? s->root[side] : s->event[e].bound;
}
