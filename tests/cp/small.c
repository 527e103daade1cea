/* Random small models and their enumeration. */
#include "cp/small.h"

#include "cp/engine.h"

static int32_t draw(struct ganger_rng *rng, int32_t low, int32_t high)
{
    return low + ganger_rng_below(rng, high - low + 1);
}

static void draw_tasks(struct small *s, struct ganger_rng *rng, int32_t tasks)
{
    int32_t most = draw(rng, 0, 2) ? 1 : SMALL_MODES;
    for (int32_t i = 0; i < tasks; i++) {
        bool narrow = draw(rng, 0, 3) == 0;
        s->earliest[i] = narrow ? draw(rng, -1, 2) : 0;
        s->latest[i] = s->earliest[i] + (narrow ? draw(rng, 0, 4) : 9);
        s->mode_first[i + 1] = s->mode_first[i] + draw(rng, 1, most);
    }
    for (int32_t k = 0; k < s->mode_first[tasks]; k++) {
        s->duration[k] = draw(rng, 0, 4);
    }
}

static void draw_renewables(struct small *s, struct ganger_rng *rng, int32_t modes)
{
    int32_t count = draw(rng, 0, SMALL_KINDS);
    s->model.renewables = count;
    for (int32_t k = 0; k < modes * count; k++) {
        s->demand[k] = draw(rng, 0, 3);
    }
    for (int32_t r = 0; r < count; r++) {
        int32_t steps = draw(rng, 1, SMALL_STEPS), at = s->step_first[r];
        for (int32_t k = 0; k < steps; k++) {
            s->step_from[at + k] = k == 0 ? 99 : draw(rng, 4 * k - 3, 4 * k);
            s->step_capacity[at + k] = draw(rng, 2, 5) - (k == 1);
        }
        s->step_first[r + 1] = at + steps;
    }
}

static void draw_consumables(struct small *s, struct ganger_rng *rng, int32_t modes)
{
    int32_t count = modes > s->model.tasks ? draw(rng, 0, SMALL_KINDS) : 0;
    s->model.consumables = count;
    for (int32_t k = 0; k < modes * count; k++) {
        s->need[k] = draw(rng, 0, 5);
    }
    for (int32_t c = 0; c < count; c++) {
        s->limit[c] = draw(rng, s->model.tasks, 4 * s->model.tasks);
    }
}

static void draw_orders(struct small *s, struct ganger_rng *rng)
{
    s->model.orders = draw(rng, 0, SMALL_ORDERS);
    for (int32_t k = 0; k < s->model.orders; k++) {
        s->from[k] = draw(rng, 0, s->model.tasks - 2);
        s->to[k] = draw(rng, s->from[k] + 1, s->model.tasks - 1);
        s->lag[k] = draw(rng, 0, 2) ? 0 : draw(rng, -2, 2);
        s->relation[k] = draw(rng, 0, 2) ? GANGER_CP_FINISH_START : GANGER_CP_START_START;
    }
}

void small_dense(struct small *s, struct ganger_rng *rng)
{
    int32_t energy = 0, modes = s->mode_first[s->model.tasks];
    s->model.renewables = 1;
    s->model.orders = draw(rng, 0, 1);
    s->step_first[1] = 1;
    s->step_capacity[0] = 3;
    for (int32_t k = 0; k < modes; k++) {
        s->demand[k] = draw(rng, 1, 2);
        s->duration[k] = draw(rng, 1, 3);
        energy += s->demand[k] * s->duration[k];
    }
    energy = energy * s->model.tasks / modes;
    s->model.makespan = energy / 3 + draw(rng, 0, 3);
}

void small_random(struct small *s, struct ganger_rng *rng, int32_t tasks)
{
    *s = (struct small){.model = {.tasks = tasks, .makespan = draw(rng, 5, 9)}};
    draw_tasks(s, rng, tasks);
    draw_renewables(s, rng, s->mode_first[tasks]);
    draw_consumables(s, rng, s->mode_first[tasks]);
    draw_orders(s, rng);
    if (draw(rng, 0, 2) == 0) {
        small_dense(s, rng);
    }
    struct ganger_cp_model *m = &s->model;
    m->earliest = s->earliest;
    m->latest = s->latest;
    m->mode_first = s->mode_first;
    m->duration = s->duration;
    m->demand = s->demand;
    m->step_first = s->step_first;
    m->step_from = s->step_from;
    m->step_capacity = s->step_capacity;
    m->need = s->need;
    m->limit = s->limit;
    m->from = s->from;
    m->to = s->to;
    m->lag = s->lag;
    m->relation = s->relation;
}

static int32_t row(const struct small *s, int32_t task)
{
    return s->mode_first[task] + s->mode[task];
}

static int32_t finish(const struct small *s, int32_t task)
{
    return s->start[task] + s->duration[row(s, task)];
}

static int32_t capacity(const struct small *s, int32_t r, int32_t time)
{
    int32_t at = s->step_first[r];
    for (int32_t k = at + 1; k < s->step_first[r + 1]; k++) {
        at = s->step_from[k] <= time ? k : at;
    }
    return s->step_capacity[at];
}

/* The first `tasks` tasks only; the others are not there yet. */
static bool use_holds(const struct small *s, int32_t tasks)
{
    for (int32_t r = 0; r < s->model.renewables; r++) {
        for (int32_t time = -1; time < s->model.makespan; time++) {
            int32_t use = 0;
            for (int32_t i = 0; i < tasks; i++) {
                bool runs = s->start[i] <= time && time < finish(s, i);
                use += runs ? s->demand[row(s, i) * s->model.renewables + r] : 0;
            }
            if (use > 0 && use > capacity(s, r, time)) {
                return false;
            }
        }
    }
    return true;
}

static bool needs_hold(const struct small *s, int32_t tasks)
{
    for (int32_t c = 0; c < s->model.consumables; c++) {
        int32_t sum = 0;
        for (int32_t i = 0; i < tasks; i++) {
            sum += s->need[row(s, i) * s->model.consumables + c];
        }
        if (sum > s->limit[c]) {
            return false;
        }
    }
    return true;
}

static bool orders_hold(const struct small *s, int32_t tasks)
{
    for (int32_t k = 0; k < s->model.orders; k++) {
        int32_t i = s->from[k], j = s->to[k];
        if (i >= tasks || j >= tasks) {
            continue;
        }
        int32_t after = s->relation[k] == GANGER_CP_START_START ? s->start[i] : finish(s, i);
        if (s->start[j] < after + s->lag[k]) {
            return false;
        }
    }
    return true;
}

static bool first_hold(const struct small *s, int32_t tasks)
{
    for (int32_t i = 0; i < tasks; i++) {
        if (s->start[i] < s->earliest[i] || s->start[i] > s->latest[i] ||
            finish(s, i) > s->model.makespan) {
            return false;
        }
    }
    return orders_hold(s, tasks) && needs_hold(s, tasks) && use_holds(s, tasks);
}

bool small_holds(const struct small *s)
{
    return first_hold(s, s->model.tasks);
}

int32_t small_makespan(const struct small *s)
{
    int32_t last = INT32_MIN;
    for (int32_t i = 0; i < s->model.tasks; i++) {
        last = finish(s, i) > last ? finish(s, i) : last;
    }
    return last;
}

static void try_task(struct small *s, int32_t task, void (*visit)(void *context), void *context)
{
    if (task >= SMALL_TASKS || task == s->model.tasks) {
        visit(context);
        return;
    }
    for (int32_t m = 0; m < s->mode_first[task + 1] - s->mode_first[task]; m++) {
        for (int32_t t = s->earliest[task]; t <= s->latest[task]; t++) {
            s->mode[task] = m;
            s->start[task] = t;
            if (first_hold(s, task + 1)) {
                try_task(s, task + 1, visit, context);
            }
        }
    }
}

void small_each(struct small *s, void (*visit)(void *context), void *context)
{
    try_task(s, 0, visit, context);
}

struct least {
    const struct small *small;
    int32_t makespan;
};

static void note_least(void *context)
{
    struct least *least = context;
    int32_t makespan = small_makespan(least->small);
    least->makespan = makespan < least->makespan ? makespan : least->makespan;
}

int32_t small_best(struct small *s)
{
    struct least least = {s, INT32_MAX};
    small_each(s, note_least, &least);
    return least.makespan;
}

void small_stir(struct ganger_cp_solver *s, struct ganger_rng *rng)
{
    if (s->refuted) {
        return;
    }
    int32_t wish[SMALL_TASKS];
    for (int32_t i = 0; i < SMALL_TASKS; i++) {
        wish[i] = ganger_rng_below(rng, 8);
    }
    ganger_cp_hint(s, wish, NULL);
    s->by_activity = true;
    for (int32_t k = 0; k < 12; k++) {
        int32_t v = ganger_rng_below(rng, s->tasks), low = s->bound[2 * v];
        if (low < -s->bound[2 * v + 1]) {
            ganger_cp_bump(s, (struct ganger_cp_literal){2 * v, low + 1});
        }
    }
}
