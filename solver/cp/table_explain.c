/* Why a renewable is overloaded at a time: the tasks that every schedule has there. */
#include "cp/engine.h"

static int32_t capacity_at(const struct ganger_cp_table *t, int32_t time)
{
    int32_t step = t->steps - 1;
    while (step > 0 && t->from[step] > time) {
        step--;
    }
    return t->capacity[step];
}

static bool was_true(const struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                     int32_t before)
{
    return ganger_cp_is_true(s, literal) && ganger_cp_event_of(s, literal) < before;
}

/* Did the task run at the time for certain, before the event? */
static bool covers(const struct ganger_cp_solver *s, int32_t task, int32_t time, int32_t before)
{
    int32_t side = 2 * (s->tasks + task);
    if (-s->bound[2 * task + 1] > time || s->bound[2 * task] + s->bound[side] <= time) {
        return false;
    }
    int32_t duration = ganger_cp_bound_at(s, side, before);
    return was_true(s, (struct ganger_cp_literal){2 * task + 1, -time}, before) &&
           was_true(s, (struct ganger_cp_literal){2 * task, time + 1 - duration}, before);
}

static void push_cover(struct ganger_cp_solver *s, int32_t task, int32_t time, int32_t before)
{
    int32_t side = 2 * (s->tasks + task), duration = ganger_cp_bound_at(s, side, before);
    ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * task + 1, -time});
    ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * task, time + 1 - duration});
    ganger_cp_push(s, &s->why, (struct ganger_cp_literal){side, duration});
}

/* Leaves out tasks as long as the rest uses more than `room`; returns what is over then. */
static int64_t thin_out(struct ganger_cp_solver *s, int32_t *count, int64_t over)
{
    int32_t kept = 0;
    for (int32_t k = 0; k < *count; k++) {
        if (s->cover_use[k] <= over) {
            over -= s->cover_use[k];
        } else {
            s->cover[kept] = s->cover[k];
            s->cover_use[kept++] = s->cover_use[k];
        }
    }
    *count = kept;
    return over;
}

/* Explains that tasks other than `but` use more than capacity - own at the time. */
static void explain_use(struct ganger_cp_solver *s, int32_t table, int32_t time, int32_t but,
                        int32_t own, int32_t before)
{
    const struct ganger_cp_table *t = &s->table[table];
    int64_t over = (int64_t)own - capacity_at(t, time) - 1;
    int32_t count = 0;
    s->counts.ticks += (uint64_t)t->count;
    for (int32_t k = 0; k < t->count; k++) {
        if (t->task[k] == but || !covers(s, t->task[k], time, before)) {
            continue;
        }
        int32_t use = ganger_cp_bound_at(s, 2 * t->demand[k], before);
        if (use > 0) {
            s->cover[count] = k;
            s->cover_use[count++] = use;
            over += use;
        }
    }
    over = thin_out(s, &count, over);
    for (int32_t k = 0; k < count; k++) {
        int32_t less = (int32_t)(over < s->cover_use[k] - 1 ? over : s->cover_use[k] - 1);
        int32_t at = s->cover[k];
        over -= less;
        push_cover(s, t->task[at], time, before);
        ganger_cp_push(s, &s->why,
                       (struct ganger_cp_literal){2 * t->demand[at], s->cover_use[k] - less});
    }
}

static int32_t demand_side(const struct ganger_cp_table *t, int32_t task)
{
    int32_t k = 0;
    while (t->task[k] != task) {
        k++;
    }
    return 2 * t->demand[k];
}

void ganger_cp_table_explain(struct ganger_cp_solver *s, struct ganger_cp_reason reason,
                             struct ganger_cp_literal literal, int32_t before)
{
    const struct ganger_cp_table *t = &s->table[reason.a];
    int32_t variable = literal.side >> 1, time = reason.b, mode = s->owner[variable];
    int32_t task = variable, duration, use;
    if (mode == GANGER_CP_NONE) {
        int32_t length = 2 * (s->tasks + task), demand = demand_side(t, task);
        duration = ganger_cp_bound_at(s, length, before);
        use = ganger_cp_bound_at(s, demand, before);
        ganger_cp_push(s, &s->why, (struct ganger_cp_literal){length, duration});
        ganger_cp_push(s, &s->why, (struct ganger_cp_literal){demand, use});
    } else {
        task = s->mode_task[mode];
        duration = s->mode_duration[mode];
        use = s->mode_demand[mode * s->renewables + t->renewable];
    }
    if (mode != GANGER_CP_NONE || (literal.side & 1)) {
        ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * task + 1, -time});
    }
    if (mode != GANGER_CP_NONE || !(literal.side & 1)) {
        ganger_cp_push(s, &s->why, (struct ganger_cp_literal){2 * task, time + 1 - duration});
    }
    explain_use(s, reason.a, time, task, use, before);
}

void ganger_cp_table_overload(struct ganger_cp_solver *s, int32_t table, int32_t time)
{
    s->why.count = 0;
    explain_use(s, table, time, GANGER_CP_NONE, 0, s->events);
    s->conflict.count = 0;
    for (int32_t k = 0; k < s->why.count; k++) {
        ganger_cp_push(s, &s->conflict, s->why.at[k]);
    }
}
