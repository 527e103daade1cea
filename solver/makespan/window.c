#include "makespan/window.h"

#include "base/block.h"

#include <stdlib.h>
#include <string.h>

enum place { BEFORE, FREE, AFTER };

struct ganger_window {
    const struct ganger_makespan_model *model;
    const struct ganger_makespan_tables *tables;
    int32_t *order;    /* [works] by early starts */
    int32_t *bucket;   /* [periods + 2] of the sort */
    uint8_t *place;    /* [works] */
    int32_t *position; /* [works] start of works that stay */
    int32_t *task_of;  /* [works] or GANGER_NONE */
    int32_t *work;     /* [works] by task: the free ones come first */
    int32_t frees, tasks;
    /* The model of the constraint solver, as cp/cp.h has it. */
    int32_t *earliest, *latest, *first_mode, *duration, *demand, *need, *limit;
    int32_t *step_first, *step_from, *step_capacity;
    int32_t orders, *from, *to, *lag;
    enum ganger_cp_order *relation;
    int32_t *hint_start, *hint_mode;
    int32_t *base;   /* [tasks] the first of the modes that the task may have */
    int32_t *change; /* [periods + 1] of a renewable's use */
    void *block;
};

struct ganger_window *ganger_window_create(const struct ganger_makespan_model *model,
                                           const struct ganger_makespan_tables *tables)
{
    struct ganger_window *w = calloc(1, sizeof *w);
    if (!w) {
        return NULL;
    }
    size_t cell = sizeof(int32_t), works = (size_t)model->works + 1;
    size_t periods = (size_t)model->problem->time.periods + 2;
    size_t modes = (size_t)model->modes + works, orders = (size_t)tables->orders + 1;
    size_t renewables = (size_t)model->problem->resources.renewables + 1;
    size_t consumables = (size_t)model->consumables + 1;
    struct ganger_block_piece pieces[] = {
        {&w->order, works * cell},
        {&w->bucket, periods * cell},
        {&w->place, works},
        {&w->position, works * cell},
        {&w->task_of, works * cell},
        {&w->work, works * cell},
        {&w->earliest, works * cell},
        {&w->latest, works * cell},
        {&w->first_mode, (works + 1) * cell},
        {&w->duration, modes * cell},
        {&w->demand, modes * renewables * cell},
        {&w->need, modes * consumables * cell},
        {&w->limit, consumables * cell},
        {&w->step_first, renewables * cell},
        {&w->step_from, renewables * periods * cell},
        {&w->step_capacity, renewables * periods * cell},
        {&w->from, orders * cell},
        {&w->to, orders * cell},
        {&w->lag, orders * cell},
        {&w->relation, orders * sizeof *w->relation},
        {&w->hint_start, works * cell},
        {&w->hint_mode, works * cell},
        {&w->base, works * cell},
        {&w->change, periods * cell},
    };
    w->model = model;
    w->tables = tables;
    w->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    if (!w->block) {
        free(w);
        return NULL;
    }
    return w;
}

void ganger_window_destroy(struct ganger_window *window)
{
    if (window) {
        free(window->block);
        free(window);
    }
}

/* By early starts, ties in topological order. */
static void sort_works(struct ganger_window *w, const struct ganger_window_task *task)
{
    int32_t works = w->model->works, *bucket = w->bucket;
    memset(bucket, 0, ((size_t)task->makespan + 2) * sizeof *bucket);
    for (int32_t i = 0; i < works; i++) {
        bucket[task->early[i] + 1]++;
    }
    for (int32_t t = 0; t < task->makespan; t++) {
        bucket[t + 1] += bucket[t];
    }
    for (int32_t i = 0; i < works; i++) {
        w->order[bucket[task->early[i]]++] = i;
    }
}

/* What lies before, within and after the window, and where what stays will be. */
static void divide(struct ganger_window *w, const struct ganger_window_task *task)
{
    const struct ganger_makespan_model *m = w->model;
    int32_t last = task->first + task->count;
    int32_t from = task->early[w->order[task->first]];
    while (last < m->works && task->early[w->order[last]] == from) {
        last++; /* what moves must stay clear of what ends where the window begins */
    }
    int32_t to = last < m->works ? task->early[w->order[last]] : INT32_MAX;
    w->frees = 0;
    for (int32_t i = 0; i < m->works; i++) {
        int32_t start = task->early[i], finish = start + m->duration[task->mode[i]];
        bool after = start >= to, before = start < from && finish <= from;
        w->place[i] = after ? AFTER : before ? BEFORE : FREE;
        w->position[i] = after ? task->late[i] - 1 : start;
        w->task_of[i] = GANGER_NONE;
        if (w->place[i] == FREE) {
            w->task_of[i] = w->frees;
            w->work[w->frees++] = i;
        }
    }
    w->tasks = w->frees;
}

static void add_free_works(struct ganger_window *w, const struct ganger_window_task *task)
{
    const struct ganger_makespan_model *m = w->model;
    const struct ganger_makespan_tables *t = w->tables;
    int32_t renewables = m->problem->resources.renewables, modes = 0;
    for (int32_t i = 0; i < w->frees; i++) {
        int32_t work = w->work[i], last = task->makespan - 1 - m->tail[work];
        int32_t horizon = m->problem->time.periods - 1;
        w->earliest[i] = m->head[work];
        w->latest[i] = last < horizon ? last : horizon;
        w->first_mode[i] = modes;
        w->hint_start[i] = task->early[work];
        bool held = task->held && task->held[work];
        int32_t mode = held ? task->mode[work] : m->first_mode[work];
        int32_t end = held ? mode + 1 : m->first_mode[work + 1];
        w->base[i] = mode;
        w->hint_mode[i] = task->mode[work] - mode;
        for (int32_t k = mode; k < end; k++, modes++) {
            w->duration[modes] = m->duration[k];
            memcpy(w->demand + (int64_t)modes * renewables, t->demand + (int64_t)k * renewables,
                   (size_t)renewables * sizeof(int32_t));
            memcpy(w->need + (int64_t)modes * m->consumables, t->need + (int64_t)k * m->consumables,
                   (size_t)m->consumables * sizeof(int32_t));
        }
    }
    w->first_mode[w->frees] = modes;
}

/* A work that stays, as a task that takes no time and nothing else: free works wait for it to start, or it for
 * them. */
static int32_t milestone(struct ganger_window *w, int32_t work)
{
    const struct ganger_makespan_model *m = w->model;
    if (w->task_of[work] == GANGER_NONE) {
        int32_t task = w->tasks++, mode = w->first_mode[task];
        size_t renewables = (size_t)m->problem->resources.renewables;
        size_t consumables = (size_t)m->consumables;
        w->task_of[work] = task;
        w->work[task] = work;
        w->earliest[task] = w->latest[task] = w->hint_start[task] = w->position[work];
        w->hint_mode[task] = 0;
        w->duration[mode] = 0;
        memset(w->demand + (size_t)mode * renewables, 0, renewables * sizeof(int32_t));
        memset(w->need + (size_t)mode * consumables, 0, consumables * sizeof(int32_t));
        w->first_mode[task + 1] = mode + 1;
    }
    return w->task_of[work];
}

/* The earliest start that a work which stays leaves to one that waits for it. */
static int32_t start_after(const struct ganger_window *w, const struct ganger_window_task *task,
                           int32_t order)
{
    const struct ganger_makespan_tables *t = w->tables;
    int32_t from = t->from[order], begin = w->position[from] + t->lag[order];
    return t->relation[order] == GANGER_CP_FINISH_START
               ? begin + w->model->duration[task->mode[from]]
               : begin;
}

/* False if works that stay stand in each other's way: a lag reaches over the window. */
static bool add_orders(struct ganger_window *w, const struct ganger_window_task *task)
{
    const struct ganger_makespan_tables *t = w->tables;
    w->orders = 0;
    for (int32_t k = 0; k < t->orders; k++) {
        int32_t from = t->from[k], to = t->to[k];
        if (w->place[from] == FREE) {
            w->from[w->orders] = w->task_of[from];
            w->to[w->orders] = w->place[to] == FREE ? w->task_of[to] : milestone(w, to);
            w->lag[w->orders] = t->lag[k];
            w->relation[w->orders++] = t->relation[k];
        } else if (w->place[to] == FREE) {
            int32_t start = start_after(w, task, k), *earliest = w->earliest + w->task_of[to];
            *earliest = start > *earliest ? start : *earliest;
        } else if (w->position[to] < start_after(w, task, k)) {
            return false;
        }
    }
    return true;
}

/* The capacity that works which stay leave of one renewable, as steps from number `steps` on. */
static int32_t add_steps(struct ganger_window *w, const struct ganger_window_task *task, int32_t r,
                         int32_t steps)
{
    const struct ganger_makespan_model *m = w->model;
    const struct ganger_makespan_tables *t = w->tables;
    int32_t renewables = m->problem->resources.renewables, use = 0, end = task->makespan;
    memset(w->change, 0, ((size_t)end + 1) * sizeof *w->change);
    for (int32_t i = 0; i < m->works; i++) {
        if (w->place[i] != FREE) {
            int32_t amount = t->demand[(int64_t)task->mode[i] * renewables + r];
            w->change[w->position[i]] += amount;
            w->change[w->position[i] + m->duration[task->mode[i]]] -= amount;
        }
    }
    w->step_first[r] = steps;
    for (int32_t at = 0, k = t->step_first[r]; at < end; at++) {
        bool next = k + 1 < t->step_first[r + 1] && at == t->step_from[k + 1];
        k += next;
        use += w->change[at];
        if (at == 0 || next || w->change[at] != 0) {
            w->step_from[steps] = at;
            w->step_capacity[steps++] = t->step_capacity[k] - use;
        }
    }
    return steps;
}

static void add_resources(struct ganger_window *w, const struct ganger_window_task *task)
{
    const struct ganger_makespan_model *m = w->model;
    int32_t renewables = m->problem->resources.renewables, steps = 0;
    for (int32_t r = 0; r < renewables; r++) {
        steps = add_steps(w, task, r, steps);
    }
    w->step_first[renewables] = steps;
    for (int32_t c = 0; c < m->consumables; c++) {
        int64_t left = m->limit[c];
        for (int32_t i = 0; i < m->works; i++) {
            left -= w->place[i] == FREE ? 0 : m->need[(int64_t)task->mode[i] * m->consumables + c];
        }
        w->limit[c] = left > GANGER_CP_MOST ? GANGER_CP_MOST : (int32_t)left;
    }
}

static void take(const struct ganger_window *w, const struct ganger_window_task *task,
                 struct ganger_cp_schedule found, struct ganger_window_schedule *out)
{
    const struct ganger_makespan_model *m = w->model;
    out->makespan = 0;
    for (int32_t i = 0; i < m->works; i++) {
        bool is_free = w->place[i] == FREE;
        int32_t start = is_free ? found.start[w->task_of[i]] : w->position[i];
        int32_t mode = is_free ? w->base[w->task_of[i]] + found.mode[w->task_of[i]] : task->mode[i];
        int32_t finish = start + m->duration[mode];
        out->start[i] = start;
        out->makespan = finish > out->makespan ? finish : out->makespan;
        if (out->mode) {
            out->mode[i] = mode;
        }
    }
}

static ganger_status ask(struct ganger_window *w, const struct ganger_window_task *task,
                         int64_t ticks, struct ganger_window_schedule *out)
{
    const struct ganger_makespan_model *m = w->model;
    struct ganger_cp_model model = {.tasks = w->tasks,
                                    .earliest = w->earliest,
                                    .latest = w->latest,
                                    .makespan = task->makespan - 1,
                                    .mode_first = w->first_mode,
                                    .duration = w->duration,
                                    .renewables = m->problem->resources.renewables,
                                    .demand = w->demand,
                                    .step_first = w->step_first,
                                    .step_from = w->step_from,
                                    .step_capacity = w->step_capacity,
                                    .consumables = m->consumables,
                                    .need = w->need,
                                    .limit = w->limit,
                                    .orders = w->orders,
                                    .from = w->from,
                                    .to = w->to,
                                    .lag = w->lag,
                                    .relation = w->relation};
    struct ganger_cp_solver *solver = NULL;
    ganger_status status = ganger_cp_create(&model, &solver);
    if (status == GANGER_STATUS_OK) {
        ganger_cp_hint(solver, w->hint_start, w->hint_mode);
        status = ganger_cp_solve(solver, task->makespan - 1, (uint64_t)ticks, &out->outcome);
        out->ticks += (int64_t)ganger_cp_counts(solver).ticks;
    }
    if (status == GANGER_STATUS_OK && out->outcome == GANGER_CP_FOUND) {
        take(w, task, ganger_cp_best(solver), out);
    }
    ganger_cp_destroy(solver);
    return status;
}

ganger_status ganger_window_solve(struct ganger_window *window,
                                  const struct ganger_window_task *task, int64_t ticks,
                                  struct ganger_window_schedule *out)
{
    struct ganger_window *w = window;
    sort_works(w, task);
    divide(w, task);
    add_free_works(w, task);
    out->outcome = GANGER_CP_INFEASIBLE;
    out->ticks = 4 * (int64_t)w->model->works;
    if (!add_orders(w, task)) {
        return GANGER_STATUS_OK;
    }
    add_resources(w, task);
    return ask(w, task, ticks, out);
}
