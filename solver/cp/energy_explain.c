/* Why a renewable lacks energy in a window: tasks do so much of their work there wherever they start. */
#include "cp/engine.h"

int64_t ganger_cp_capacity_between(const struct ganger_cp_table *t, int32_t from, int32_t to)
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

/* What a task that does not begin before the window does in it at least, by its energy: all of it, or as much as
 * fits in after its latest start. */
static int64_t inner_energy(const struct ganger_cp_solver *s, const struct ganger_cp_table *t,
                            int32_t at, int32_t from, int32_t to)
{
    int32_t task = t->task[at], latest = -s->bound[2 * task + 1];
    if (t->energy[at] == GANGER_CP_NONE || s->bound[2 * task] < from || latest >= to) {
        return 0;
    }
    int64_t fits = (int64_t)(to - latest) * s->bound[2 * t->demand[at]];
    int64_t energy = s->bound[2 * t->energy[at]];
    return fits < energy ? fits : energy;
}

static void push_inner(struct ganger_cp_solver *s, const struct ganger_cp_table *t, int32_t at,
                       const int32_t window[2], int32_t energy)
{
    int32_t task = t->task[at], use = s->bound[2 * t->demand[at]];
    int32_t periods = (energy + use - 1) / use;
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * task, window[0]});
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * task + 1, periods - window[1]});
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * t->energy[at], energy});
    ganger_cp_push(s, &s->conflict, (struct ganger_cp_literal){2 * t->demand[at], use});
}

/* What each task does in the window at least: by its energy in cover_use, or else its periods in cover. Returns the
 * sum. */
static int64_t measure(struct ganger_cp_solver *s, const struct ganger_cp_table *t, int32_t from,
                       int32_t to)
{
    int64_t sum = 0;
    for (int32_t k = 0; k < t->count; k++) {
        s->cover[k] = share_of(s, t->task[k], from, to);
        int64_t plain = (int64_t)s->cover[k] * s->bound[2 * t->demand[k]];
        int64_t inner = inner_energy(s, t, k, from, to);
        s->cover_use[k] = inner > plain ? (int32_t)inner : 0;
        sum += inner > plain ? inner : plain;
    }
    return sum;
}

/* Leaves out tasks without which there is still too much; returns what is over then. */
static int64_t thin_out(struct ganger_cp_solver *s, const struct ganger_cp_table *t, int64_t over)
{
    for (int32_t k = 0; k < t->count; k++) {
        int64_t plain = (int64_t)s->cover[k] * s->bound[2 * t->demand[k]];
        int64_t energy = s->cover_use[k] > 0 ? s->cover_use[k] : plain;
        if (energy <= over) {
            over -= energy;
            s->cover[k] = 0;
            s->cover_use[k] = 0;
        }
    }
    return over;
}

void ganger_cp_energy_overload(struct ganger_cp_solver *s, int32_t table, int32_t from, int32_t to)
{
    const struct ganger_cp_table *t = &s->table[table];
    int64_t over = measure(s, t, from, to) - ganger_cp_capacity_between(t, from, to) - 1;
    s->counts.ticks += 3 * (uint64_t)t->count;
    over = thin_out(s, t, over);
    s->conflict.count = 0;
    for (int32_t k = 0; k < t->count; k++) {
        int32_t use = s->bound[2 * t->demand[k]], inner = s->cover_use[k];
        if (inner > 0) {
            int32_t less = (int32_t)(over < inner ? over : inner - 1);
            over -= less;
            push_inner(s, t, k, (int32_t[2]){from, to}, inner - less);
        } else if (s->cover[k] > 0) {
            int32_t less = (int32_t)(over / use);
            less = less < s->cover[k] ? less : s->cover[k] - 1;
            over -= (int64_t)less * use;
            push_share(s, t->task[k], t->demand[k], from, to, s->cover[k] - less);
        }
    }
}
