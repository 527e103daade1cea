/*
 * Decisions. At first as a planner would build a schedule: the task that can start soonest starts then.
 * Later by bounds that were part of recent conflicts, the most active first (VSIDS, Moskewicz et al.,
 * DAC 2001).
 */
#include "cp/engine.h"

enum { ATOMS_A_VARIABLE = 4096 };

bool ganger_cp_branch_create(struct ganger_cp_solver *s)
{
    s->atom_first = ganger_cp_take(s, s->variables, sizeof(int32_t));
    s->atom_low = ganger_cp_take(s, s->variables, sizeof(int32_t));
    s->atom_shift = ganger_cp_take(s, s->variables, sizeof(int32_t));
    s->wish = ganger_cp_take(s, s->variables, sizeof(int32_t));
    if (s->failed) {
        return false;
    }
    for (int32_t v = 0; v < s->variables; v++) {
        int32_t low = s->bound[2 * v], values = -s->bound[2 * v + 1] - low;
        s->atom_first[v] = s->atoms;
        s->atom_low[v] = low;
        s->wish[v] = s->owner[v] == GANGER_CP_NONE ? low : 0;
        while (values >> s->atom_shift[v] > ATOMS_A_VARIABLE) {
            s->atom_shift[v]++;
        }
        s->atoms += values > 0 ? ((values - 1) >> s->atom_shift[v]) + 1 : 0;
    }
    s->atom_var = ganger_cp_take(s, s->atoms, sizeof(int32_t));
    s->atom_value = ganger_cp_take(s, s->atoms, sizeof(int32_t));
    s->activity = ganger_cp_take(s, s->atoms, sizeof *s->activity);
    s->heap = ganger_cp_take(s, s->atoms, sizeof(int32_t));
    s->heap_at = ganger_cp_take(s, s->atoms, sizeof(int32_t));
    s->popped = ganger_cp_take(s, s->atoms, sizeof(int32_t));
    s->bump = 1;
    for (int32_t a = 0; a < s->atoms && !s->failed; a++) {
        s->heap_at[a] = GANGER_CP_NONE;
    }
    return !s->failed;
}

static bool above(const struct ganger_cp_solver *s, int32_t a, int32_t b)
{
    return s->activity[a] != s->activity[b] ? s->activity[a] > s->activity[b] : a < b;
}

static void put(struct ganger_cp_solver *s, int32_t at, int32_t atom)
{
    s->heap[at] = atom;
    s->heap_at[atom] = at;
}

static void rise(struct ganger_cp_solver *s, int32_t at)
{
    int32_t atom = s->heap[at];
    for (int32_t parent; at > 0 && above(s, atom, s->heap[parent = (at - 1) / 2]); at = parent) {
        put(s, at, s->heap[parent]);
    }
    put(s, at, atom);
}

static void sink(struct ganger_cp_solver *s, int32_t at)
{
    int32_t atom = s->heap[at];
    for (int32_t child; (child = 2 * at + 1) < s->heap_count; at = child) {
        child += child + 1 < s->heap_count && above(s, s->heap[child + 1], s->heap[child]);
        if (!above(s, s->heap[child], atom)) {
            break;
        }
        put(s, at, s->heap[child]);
    }
    put(s, at, atom);
}

static void insert(struct ganger_cp_solver *s, int32_t atom)
{
    if (s->heap_at[atom] == GANGER_CP_NONE) {
        put(s, s->heap_count++, atom);
        rise(s, s->heap_at[atom]);
    }
}

static int32_t pop(struct ganger_cp_solver *s)
{
    int32_t atom = s->heap[0];
    s->heap_at[atom] = GANGER_CP_NONE;
    if (--s->heap_count > 0) {
        put(s, 0, s->heap[s->heap_count]);
        sink(s, 0);
    }
    s->popped[s->popped_count++] = atom;
    return atom;
}

void ganger_cp_unpop(struct ganger_cp_solver *s, int32_t count)
{
    while (s->popped_count > count) {
        insert(s, s->popped[--s->popped_count]);
    }
}

void ganger_cp_bump(struct ganger_cp_solver *s, struct ganger_cp_literal literal)
{
    int32_t v = literal.side >> 1;
    int32_t value = literal.side & 1 ? 1 - literal.bound : literal.bound;
    int32_t atom = s->atom_first[v] + ((value - s->atom_low[v] - 1) >> s->atom_shift[v]);
    bool is_new = s->activity[atom] == 0;
    s->atom_var[atom] = v;
    s->atom_value[atom] = value;
    s->activity[atom] += s->bump;
    if (s->heap_at[atom] != GANGER_CP_NONE) {
        rise(s, s->heap_at[atom]);
    } else if (is_new) {
        insert(s, atom);
    }
}

void ganger_cp_decay(struct ganger_cp_solver *s)
{
    s->bump /= 0.9;
    if (s->bump < 1e100) {
        return;
    }
    for (int32_t a = 0; a < s->atoms; a++) {
        /* Never to 0: that is the mark of an atom that was not in any conflict yet. */
        s->activity[a] = s->activity[a] > 1e-200 ? s->activity[a] * 1e-100 : s->activity[a];
    }
    s->bump *= 1e-100;
}

static struct ganger_cp_literal at_least(int32_t variable, int32_t value)
{
    return (struct ganger_cp_literal){2 * variable, value};
}

static struct ganger_cp_literal at_most(int32_t variable, int32_t value)
{
    return (struct ganger_cp_literal){2 * variable + 1, -value};
}

/* The mode wished for, else the shortest that is left. */
static struct ganger_cp_literal branch_mode(const struct ganger_cp_solver *s, int32_t task)
{
    int32_t best = GANGER_CP_NONE;
    for (int32_t m = s->mode_first[task]; m < s->mode_first[task + 1]; m++) {
        if (ganger_cp_fixed(s, s->mode_var[m])) {
            continue;
        }
        if (best == GANGER_CP_NONE || s->wish[s->mode_var[m]] > s->wish[s->mode_var[best]] ||
            (s->wish[s->mode_var[m]] == s->wish[s->mode_var[best]] &&
             s->mode_duration[m] < s->mode_duration[best])) {
            best = m;
        }
    }
    return at_least(s->mode_var[best], 1);
}

static bool mode_open(const struct ganger_cp_solver *s, int32_t task)
{
    for (int32_t m = s->mode_first[task]; m < s->mode_first[task + 1]; m++) {
        if (s->mode_var[m] != GANGER_CP_NONE && !ganger_cp_fixed(s, s->mode_var[m])) {
            return true;
        }
    }
    return false;
}

static struct ganger_cp_literal branch_schedule(struct ganger_cp_solver *s)
{
    int32_t best = GANGER_CP_NONE;
    for (int32_t i = 0; i < s->tasks; i++) {
        if (ganger_cp_fixed(s, i) && !mode_open(s, i)) {
            continue;
        }
        if (best == GANGER_CP_NONE || s->bound[2 * i] < s->bound[2 * best] ||
            (s->bound[2 * i] == s->bound[2 * best] &&
             s->bound[2 * i + 1] > s->bound[2 * best + 1])) {
            best = i;
        }
    }
    s->counts.ticks += (uint64_t)s->tasks;
    if (best == GANGER_CP_NONE) {
        return (struct ganger_cp_literal){GANGER_CP_NONE, 0};
    }
    if (mode_open(s, best)) {
        return branch_mode(s, best);
    }
    return at_most(best, s->bound[2 * best]);
}

struct ganger_cp_literal ganger_cp_branch(struct ganger_cp_solver *s)
{
    while (s->by_activity && s->heap_count > 0) {
        int32_t atom = pop(s), v = s->atom_var[atom], value = s->atom_value[atom];
        s->counts.ticks += 4;
        if (s->bound[2 * v] < value && value <= -s->bound[2 * v + 1]) {
            return s->wish[v] >= value ? at_least(v, value) : at_most(v, value - 1);
        }
    }
    return branch_schedule(s);
}
