/* Why a renewable lacks energy in a window: tasks do so much of their work there wherever they start. */
#include "cp/engine.h"

static int64_t capacity_between(const struct ganger_cp_table *t, int32_t from, int32_t to)
{
    int64_t sum = 0;
    for (int32_t k = 0; k < t->steps; k++) {
        int32_t begin = t->from[k] > from ? t->from[k] : from;
        int32_t end = k + 1 < t->steps && t->from[k + 1] < to ? t->from[k + 1] : to;
        sum += end > begin ? (int64_t)t->capacity[k] * (end - begin) : 0;
    }
    return sum;
}

static int32_t least_of(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Periods that a task spends in the window at least. */
static int32_t share_of(const struct ganger_cp_solver *s, int32_t task, int32_t from, int32_t to)
{
    int32_t duration = s->bound[2 * (s->tasks + task)];
    int32_t share = least_of(duration, to - from);
    share = least_of(share, s->bound[2 * task] + duration - from);
    share = least_of(share, to + s->bound[2 * task + 1]);
    return share > 0 ? share : 0;
}

static void push_share(struct ganger_cp_solver *s, int32_t task, int32_t demand, int32_t from,
                       int32_t to, int32_t share)
{
    int32_t side = 2 * (s->tasks + task), duration = s->bound[side];
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * task, from + share - duration});
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * task + 1, share - to});
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){side, duration});
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * demand, s->bound[2 * demand]});
}

void ganger_cp_energy_overload(struct ganger_cp_solver *s, int32_t table, int32_t from, int32_t to)
{
    const struct ganger_cp_table *t = &s->table[table];
    int64_t over = -capacity_between(t, from, to) - 1;
    s->counts.ticks += 3 * (uint64_t)t->count;
    for (int32_t k = 0; k < t->count; k++) {
        s->cover[k] = share_of(s, t->task[k], from, to);
        over += (int64_t)s->cover[k] * s->bound[2 * t->demand[k]];
    }
    for (int32_t k = 0; k < t->count; k++) {
        int64_t energy = (int64_t)s->cover[k] * s->bound[2 * t->demand[k]];
        if (energy <= over) {
            over -= energy;
            s->cover[k] = 0;
        }
    }
    s->conflict.count = 0;
    for (int32_t k = 0; k < t->count; k++) {
        int32_t use = s->bound[2 * t->demand[k]];
        if (s->cover[k] == 0) {
            continue;
        }
        int32_t less = (int32_t)(over / use);
        less = less < s->cover[k] ? less : s->cover[k] - 1;
        over -= (int64_t)less * use;
        push_share(s, t->task[k], t->demand[k], from, to, s->cover[k] - less);
    }
}
