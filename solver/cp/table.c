/*
 * Time-table propagation of a renewable: every schedule contains the part of a task between its latest
 * start and its earliest finish; where these parts leave too little, no other task can be.
 */
#include "cp/engine.h"

static int32_t earliest(const struct ganger_cp_solver *s, int32_t task)
{
    return s->bound[2 * task];
}

static int32_t latest(const struct ganger_cp_solver *s, int32_t task)
{
    return -s->bound[2 * task + 1];
}

static int32_t shortest(const struct ganger_cp_solver *s, int32_t task)
{
    return s->bound[2 * (s->tasks + task)];
}

static int32_t earliest_end(const struct ganger_cp_solver *s, int32_t task)
{
    return earliest(s, task) + shortest(s, task);
}

/* Insertion: the order has hardly changed since the last time. */
static void sort_by(const struct ganger_cp_solver *s, const struct ganger_cp_table *t,
                    int32_t *order, int32_t (*key)(const struct ganger_cp_solver *, int32_t))
{
    for (int32_t k = 1; k < t->count; k++) {
        int32_t item = order[k], at = k, value = key(s, t->task[item]);
        while (at > 0 && key(s, t->task[order[at - 1]]) > value) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = item;
    }
}

/* Times and demands at one kind of edge of the parts, in order. */
static int32_t collect(const struct ganger_cp_solver *s, const struct ganger_cp_table *t, bool ends,
                       int32_t *time, int32_t *use)
{
    int32_t count = 0;
    const int32_t *order = ends ? t->by_end : t->by_latest;
    for (int32_t k = 0; k < t->count; k++) {
        int32_t task = t->task[order[k]], from = latest(s, task), to = earliest_end(s, task);
        if (from < to) {
            time[count] = ends ? to : from;
            use[count++] = s->bound[2 * t->demand[order[k]]];
        }
    }
    return count;
}

/* Makes the profile; returns the least free capacity. */
static int32_t build(struct ganger_cp_solver *s, struct ganger_cp_table *t)
{
    sort_by(s, t, t->by_latest, latest);
    sort_by(s, t, t->by_end, earliest_end);
    int32_t *start = t->edge_time, *start_use = t->edge_use;
    int32_t *end = start + t->count, *end_use = start_use + t->count;
    int32_t parts = collect(s, t, false, start, start_use);
    collect(s, t, true, end, end_use);
    int32_t a = 0, b = 0, step = 1, use = 0, least = INT32_MAX;
    t->begin[0] = INT32_MIN;
    t->free[0] = t->capacity[0];
    int32_t last = 0;
    while (a < parts || b < parts || step < t->steps) {
        int32_t time = step < t->steps ? t->from[step] : INT32_MAX;
        time = a < parts && start[a] < time ? start[a] : time;
        time = b < parts && end[b] < time ? end[b] : time;
        for (; a < parts && start[a] == time; a++) {
            use += start_use[a];
        }
        for (; b < parts && end[b] == time; b++) {
            use -= end_use[b];
        }
        step += step < t->steps && t->from[step] == time;
        least = t->free[last] < least ? t->free[last] : least;
        t->begin[++last] = time;
        t->free[last] = t->capacity[step - 1] - use;
    }
    t->segments = last + 1;
    s->counts.ticks += (uint64_t)(2 * t->count + t->segments);
    return t->free[last] < least ? t->free[last] : least;
}

/* The segment that holds a time, looked for from where it was the last time. */
static int32_t segment_of(const struct ganger_cp_table *t, int32_t time, int32_t *hint)
{
    int32_t at = *hint < t->segments ? *hint : t->segments - 1;
    while (t->begin[at] > time) {
        at--;
    }
    while (at + 1 < t->segments && t->begin[at + 1] <= time) {
        at++;
    }
    *hint = at;
    return at;
}

static int32_t end_of(const struct ganger_cp_table *t, int32_t segment)
{
    return segment + 1 < t->segments ? t->begin[segment + 1] : INT32_MAX;
}

static int32_t least_of(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int32_t most_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Pushes the earliest start past times where the others leave too little. */
static bool push_later(struct ganger_cp_solver *s, int32_t table, int32_t item)
{
    const struct ganger_cp_table *t = &s->table[table];
    int32_t task = t->task[item], demand = s->bound[2 * t->demand[item]];
    int32_t duration = shortest(s, task), from = earliest(s, task), to = latest(s, task);
    for (int32_t k = segment_of(t, from, &t->hint[2 * item]); k < t->segments; k++) {
        while (t->free[k] < demand && from < least_of(end_of(t, k), to)) {
            int32_t end = least_of(least_of(end_of(t, k), to), from + duration);
            if (t->begin[k] >= end) {
                break;
            }
            from = end;
            if (!ganger_cp_set(s, (struct ganger_cp_literal){2 * task, from},
                               (struct ganger_cp_reason){GANGER_CP_TABLE, table, from - 1})) {
                return false;
            }
        }
        s->counts.ticks++;
        if (end_of(t, k) >= least_of(from + duration, to)) {
            break;
        }
    }
    return true;
}

/* Likewise the latest start, downwards. */
static bool push_sooner(struct ganger_cp_solver *s, int32_t table, int32_t item)
{
    const struct ganger_cp_table *t = &s->table[table];
    int32_t task = t->task[item], demand = s->bound[2 * t->demand[item]];
    int32_t duration = shortest(s, task), from = latest(s, task), end = earliest_end(s, task);
    for (int32_t k = segment_of(t, from + duration - 1, &t->hint[2 * item + 1]); k >= 0; k--) {
        while (t->free[k] < demand && from + duration > most_of(t->begin[k], end)) {
            int32_t time = most_of(most_of(t->begin[k], end), from);
            if (time >= end_of(t, k)) {
                break;
            }
            from = time - duration;
            if (!ganger_cp_set(s, (struct ganger_cp_literal){2 * task + 1, -from},
                               (struct ganger_cp_reason){GANGER_CP_TABLE, table, time})) {
                return false;
            }
        }
        s->counts.ticks++;
        if (t->begin[k] <= most_of(from, end)) {
            break;
        }
    }
    return true;
}

/* A mode that would be overloaded for certain, wherever the task starts, is out. */
static bool drop_mode(struct ganger_cp_solver *s, int32_t table, int32_t item, int32_t mode)
{
    const struct ganger_cp_table *t = &s->table[table];
    int32_t demand = s->mode_demand[mode * s->renewables + t->renewable];
    int32_t task = t->task[item];
    int32_t from = latest(s, task), end = earliest(s, task) + s->mode_duration[mode];
    int32_t own_end = earliest_end(s, task);
    if (demand == 0) {
        return true;
    }
    for (int32_t k = segment_of(t, from, &t->hint[2 * item + 1]);
         k < t->segments && t->begin[k] < end && from < end; k++) {
        int32_t time = most_of(t->begin[k], from);
        /* The part that every mode contains is in the profile already. */
        bool has_own = time < own_end;
        if (has_own && t->free[k] >= demand) {
            continue;
        }
        int32_t own = has_own ? s->bound[2 * t->demand[item]] : 0;
        if (t->free[k] + own < demand) {
            return ganger_cp_set(s, (struct ganger_cp_literal){2 * s->mode_var[mode] + 1, 0},
                                 (struct ganger_cp_reason){GANGER_CP_TABLE, table, time});
        }
    }
    return true;
}

static bool drop_modes(struct ganger_cp_solver *s, int32_t table, int32_t item)
{
    int32_t task = s->table[table].task[item];
    for (int32_t mode = s->mode_first[task]; mode < s->mode_first[task + 1]; mode++) {
        if (s->mode_var[mode] != GANGER_CP_NONE && !ganger_cp_fixed(s, s->mode_var[mode]) &&
            !drop_mode(s, table, item, mode)) {
            return false;
        }
    }
    return true;
}

bool ganger_cp_table_propagate(struct ganger_cp_solver *s, int32_t table)
{
    struct ganger_cp_table *t = &s->table[table];
    int32_t least = build(s, t);
    for (int32_t k = 0; least < 0 && k < t->segments; k++) {
        if (t->free[k] < 0) {
            int32_t from = t->begin[k], end = end_of(t, k);
            int32_t time =
                from == INT32_MIN ? end - 1 : from + (end == INT32_MAX ? 0 : (end - from) / 2);
            ganger_cp_table_overload(s, table, time);
            return false;
        }
    }
    int32_t events = s->events;
    for (int32_t k = 0; k < t->count; k++) {
        int32_t task = t->task[k], variable = t->demand[k];
        if (-s->bound[2 * variable + 1] <= least) {
            continue;
        }
        int32_t demand = s->bound[2 * variable];
        if (demand > least && shortest(s, task) > 0 && !ganger_cp_fixed(s, task) &&
            (!push_later(s, table, k) || !push_sooner(s, table, k))) {
            return false;
        }
        if (!drop_modes(s, table, k)) {
            return false;
        }
    }
    /* If a bound rose, the table is looked at again. */
    return s->events > events || ganger_cp_energy_check(s, table);
}
