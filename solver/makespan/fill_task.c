#include "makespan/fill_task.h"

#include "base/block.h"

#include <math.h>
#include <stdlib.h>

/* Works times periods of the longest mode, which the room for partial schedules grows with, and what a renewable offers:
 * more is not looked at. */
static const double most_reach = 16000, most_energy = 1e9;

static bool at_an_end(const struct ganger_makespan_model *m, int32_t work)
{
    const int32_t *before = m->arcs[GANGER_FORWARD].first_before + work;
    const int32_t *after = m->arcs[GANGER_BACKWARD].first_before + work;
    return m->arcs[GANGER_FORWARD].before[before[0]] == m->works ||
           m->arcs[GANGER_BACKWARD].before[after[0]] == m->works;
}

/* A milestone between works would start when they end, which is no moment of its own. */
static bool work_suits(const struct ganger_makespan_model *m, int32_t work)
{
    int32_t first = m->first_mode[work], end = m->first_mode[work + 1];
    for (int32_t k = first; k < end; k++) {
        bool milestone = m->duration[k] == 0;
        if ((milestone && (end - first > 1 || !at_an_end(m, work))) ||
            (double)m->duration[k] * m->works > most_reach) {
            return false;
        }
    }
    return first < end;
}

bool ganger_fill_task_suits(const struct ganger_makespan_model *model)
{
    const struct ganger_makespan_model *m = model;
    bool suits = m->mirrors && m->arcs[GANGER_FORWARD].first_arc[m->works] == 0 &&
                 m->problem->resources.renewables > 0;
    for (int32_t w = 0; w < m->works && suits; w++) {
        suits = work_suits(m, w);
    }
    return suits;
}

static int32_t capacity_of(const struct ganger_fill_prices *p, int32_t r)
{
    return p->tables->step_capacity[p->tables->step_first[r]];
}

static int64_t slack_of(const struct ganger_fill_prices *p, int32_t target, int32_t r)
{
    return (int64_t)capacity_of(p, r) * target - p->energy_least[r];
}

static int64_t loss_of(const struct ganger_fill_prices *p, int32_t target)
{
    return p->period * target + p->stock - p->least;
}

double ganger_fill_task_slack(const struct ganger_fill_prices *prices, int32_t target)
{
    for (int32_t r = 0; r < prices->model->problem->resources.renewables; r++) {
        if ((double)capacity_of(prices, r) * target > most_energy) {
            return 1;
        }
        if (slack_of(prices, target, r) < 0) {
            return -1;
        }
    }
    for (int32_t c = 0; c < prices->model->consumables; c++) {
        if (prices->need_least[c] > prices->tables->limit[c]) {
            return -1;
        }
    }
    return (double)loss_of(prices, target) / fmax((double)prices->period * target, 1);
}

static bool affordable(const struct ganger_fill_task *t, int32_t work, int32_t mode)
{
    for (int32_t r = 0; r < t->renewables; r++) {
        int64_t energy = ganger_fill_prices_energy(t->prices, mode, r);
        if (energy - t->least[(int64_t)work * t->renewables + r] > t->slack[r]) {
            return false;
        }
    }
    return t->dearer[mode] <= t->most_loss;
}

/* False if a work has none left. */
static bool choose_modes(struct ganger_fill_task *t)
{
    const struct ganger_makespan_model *m = t->model;
    int32_t count = 0;
    for (int32_t w = 0; w < m->works; w++) {
        t->first_mode[w] = count;
        t->shortest[w] = INT32_MAX;
        for (int32_t k = m->first_mode[w]; k < m->first_mode[w + 1]; k++) {
            int32_t duration = m->duration[k];
            if (affordable(t, w, k)) {
                t->mode[count++] = k;
                t->shortest[w] = duration < t->shortest[w] ? duration : t->shortest[w];
                t->longest = duration > t->longest ? duration : t->longest;
            }
        }
        if (count == t->first_mode[w]) {
            return false;
        }
    }
    t->first_mode[m->works] = count;
    return true;
}

static void measure_costs(struct ganger_fill_task *t)
{
    const struct ganger_makespan_model *m = t->model;
    t->most_loss = loss_of(t->prices, t->target);
    for (int32_t w = 0; w < m->works; w++) {
        t->cheapest[w] = ganger_fill_prices_least(t->prices, w);
        for (int32_t k = m->first_mode[w]; k < m->first_mode[w + 1]; k++) {
            t->dearer[k] = ganger_fill_prices_cost(t->prices, k) - t->cheapest[w];
        }
    }
}

static void measure_energy(struct ganger_fill_task *t)
{
    for (int32_t r = 0; r < t->renewables; r++) {
        t->capacity[r] = capacity_of(t->prices, r);
        t->slack[r] = (int32_t)slack_of(t->prices, t->target, r);
        for (int32_t w = 0; w < t->model->works; w++) {
            t->least[(int64_t)w * t->renewables + r] =
                (int32_t)ganger_fill_prices_least_energy(t->prices, w, r);
        }
    }
}

static void measure_needs(struct ganger_fill_task *t)
{
    int32_t consumables = t->model->consumables;
    for (int32_t w = 0; w < t->model->works; w++) {
        for (int32_t c = 0; c < consumables; c++) {
            t->least_need[(int64_t)w * consumables + c] =
                ganger_fill_prices_least_need(t->prices, w, c);
        }
    }
}

static void find_tails(struct ganger_fill_task *t)
{
    const struct ganger_makespan_model *m = t->model;
    const struct ganger_arcs *after = &m->arcs[!t->direction];
    for (int32_t k = 0; k < m->works; k++) {
        int32_t w = t->direction == GANGER_FORWARD ? m->works - 1 - k : k;
        t->tail[w] = 0;
        for (int32_t i = after->first_before[w]; i < after->first_before[w + 1]; i++) {
            int32_t other = after->before[i];
            int32_t tail = other < m->works ? t->shortest[other] + t->tail[other] : 0;
            t->tail[w] = tail > t->tail[w] ? tail : t->tail[w];
        }
    }
}

bool ganger_fill_task_init(struct ganger_fill_task *task, const struct ganger_fill_prices *prices,
                           enum ganger_direction direction, int32_t target)
{
    const struct ganger_makespan_model *model = prices->model;
    struct ganger_fill_task *t = task;
    size_t works = (size_t)model->works + 1, cell = sizeof(int32_t);
    size_t renewables = (size_t)model->problem->resources.renewables;
    *t = (struct ganger_fill_task){.model = model,
                                   .tables = prices->tables,
                                   .prices = prices,
                                   .direction = direction,
                                   .target = target,
                                   .renewables = (int32_t)renewables};
    struct ganger_block_piece pieces[] = {
        {&t->first_mode, works * cell},
        {&t->mode, ((size_t)model->modes + 1) * cell},
        {&t->shortest, works * cell},
        {&t->tail, works * cell},
        {&t->least, works * renewables * cell},
        {&t->least_need, works * ((size_t)model->consumables + 1) * cell},
        {&t->capacity, renewables * cell},
        {&t->slack, renewables * cell},
        {&t->cheapest, works * sizeof *t->cheapest},
        {&t->dearer, ((size_t)model->modes + 1) * sizeof *t->dearer},
    };
    t->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    if (!t->block) {
        return false;
    }
    measure_energy(t);
    measure_needs(t);
    measure_costs(t);
    t->possible = choose_modes(t);
    if (t->possible) {
        find_tails(t);
    }
    return true;
}

void ganger_fill_task_clear(struct ganger_fill_task *task)
{
    free(task->block);
    *task = (struct ganger_fill_task){0};
}
