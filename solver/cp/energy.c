/*
 * Energy of a renewable in a window of time: what tasks must do there, wherever they start, beyond the
 * parts that the profile holds already, against what is free (time-table edge-finding: Vilim, CPAIOR
 * 2011; explained as by Schutt, Feydy and Stuckey, CPAIOR 2013).
 */
#include "cp/engine.h"

/* Where energy is seldom short, it is looked at more seldom. */
enum { MOST_LEFT_OUT = 8 };

static int32_t least_of(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static int64_t free_before(const struct ganger_cp_table *t, int32_t time)
{
    int32_t low = 0, high = t->segments;
    while (high - low > 1) {
        int32_t middle = (low + high) / 2;
        if (t->begin[middle] <= time) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return t->area[low] + (int64_t)t->free[low] * (time - t->begin[low]);
}

/* area[k]: what is free from begin[1] to begin[k]. */
static void add_up(struct ganger_cp_table *t)
{
    t->area[0] = 0;
    if (t->segments > 1) {
        /* The first segment has no beginning: it is measured from its end. */
        t->begin[0] = t->begin[1];
        t->area[1] = 0;
    } else {
        t->begin[0] = 0;
    }
    for (int32_t k = 2; k < t->segments; k++) {
        t->area[k] = t->area[k - 1] + (int64_t)t->free[k - 1] * (t->begin[k] - t->begin[k - 1]);
    }
}

/* The tasks that the profile does not hold whole, by earliest start. */
static int32_t collect(const struct ganger_cp_solver *s, struct ganger_cp_table *t)
{
    int32_t count = 0;
    for (int32_t k = 0; k < t->count; k++) {
        int32_t task = t->task[k];
        struct ganger_cp_loose *own;
        int32_t duration = s->bound[2 * (s->tasks + task)], use = s->bound[2 * t->demand[k]];
        if (ganger_cp_fixed(s, task) || duration == 0 || use == 0) {
            continue;
        }
        int32_t at = count++;
        for (; at > 0 && t->loose[at - 1].from > s->bound[2 * task]; at--) {
            t->loose[at] = t->loose[at - 1];
        }
        own = &t->loose[at];
        own->from = s->bound[2 * task];
        own->latest = -s->bound[2 * task + 1];
        own->end = own->latest + duration;
        own->duration = duration;
        own->use = use;
        own->energy = (int64_t)use * duration;
        if (t->energy[k] != GANGER_CP_NONE && s->bound[2 * t->energy[k]] > own->energy) {
            own->energy = s->bound[2 * t->energy[k]];
        }
        own->part = own->from + duration - own->latest;
        own->part = own->part > 0 ? own->part : 0;
    }
    for (int32_t k = 0; k < count; k++) {
        t->loose[k].free_from = free_before(t, t->loose[k].from);
    }
    return count;
}

/* What the task must do before `end`, if it starts in the window, beyond its part in the profile. */
static int64_t beyond(const struct ganger_cp_loose *l, int32_t end)
{
    int32_t done = end - l->latest;
    if (done <= l->part) {
        return 0;
    }
    int64_t most = (int64_t)l->use * done;
    return (most < l->energy ? most : l->energy) - (int64_t)l->use * l->part;
}

bool ganger_cp_energy_check(struct ganger_cp_solver *s, int32_t table)
{
    struct ganger_cp_table *t = &s->table[table];
    if (t->wait > 0) {
        t->wait--;
        return true;
    }
    int32_t first = t->begin[0];
    add_up(t);
    int32_t count = collect(s, t);
    bool fits = true;
    for (int32_t e = 0; e < count && fits; e++) {
        int32_t end = t->loose[e].end;
        int64_t free_end = free_before(t, end), energy = 0;
        s->counts.ticks += (uint64_t)count / 2 + 1;
        for (int32_t b = count - 1; b >= 0 && fits; b--) {
            if (t->loose[b].from >= end) {
                continue;
            }
            energy += beyond(&t->loose[b], end);
            if (energy > free_end - t->loose[b].free_from) {
                ganger_cp_energy_overload(s, table, t->loose[b].from, end);
                fits = false;
            }
        }
    }
    t->begin[0] = first;
    t->interval = fits ? least_of(t->interval + 1, MOST_LEFT_OUT) : 0;
    t->wait = t->interval;
    return fits;
}
