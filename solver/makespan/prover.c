#include "makespan/prover.h"

#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

/* Beyond this the solvers hardly get anywhere in any time people wait. */
enum { most_works = 600, most_modes = 3000 };

struct tables {
    int32_t *latest, *demand, *need, *limit, *step_first, *step_from, *step_capacity;
    int32_t *from, *to, *lag;
    enum ganger_cp_order *relation;
};

static void tables_free(struct tables *t)
{
    free(t->latest);
    free(t->demand);
    free(t->need);
    free(t->limit);
    free(t->step_first);
    free(t->step_from);
    free(t->step_capacity);
    free(t->from);
    free(t->to);
    free(t->lag);
    free(t->relation);
}

static bool tables_allocate(struct tables *t, const struct ganger_makespan_model *m)
{
    const struct ganger_problem *p = m->problem;
    size_t renewables = (size_t)p->resources.renewables + 1, modes = (size_t)m->modes + 1;
    size_t steps = renewables * (size_t)p->time.periods + 1, works = (size_t)m->works + 1;
    size_t orders = (size_t)p->precedences.count + 1, consumables = (size_t)m->consumables + 1;
    t->latest = calloc(works, sizeof(int32_t));
    t->demand = calloc(modes * renewables, sizeof(int32_t));
    t->need = calloc(modes * consumables, sizeof(int32_t));
    t->limit = calloc(consumables, sizeof(int32_t));
    t->step_first = calloc(renewables + 1, sizeof(int32_t));
    t->step_from = calloc(steps, sizeof(int32_t));
    t->step_capacity = calloc(steps, sizeof(int32_t));
    t->from = calloc(orders, sizeof(int32_t));
    t->to = calloc(orders, sizeof(int32_t));
    t->lag = calloc(orders, sizeof(int32_t));
    t->relation = calloc(orders, sizeof *t->relation);
    return t->latest && t->demand && t->need && t->limit && t->step_first && t->step_from &&
           t->step_capacity && t->from && t->to && t->lag && t->relation;
}

static int32_t clip(int64_t value)
{
    return value > GANGER_CP_MOST ? GANGER_CP_MOST : (int32_t)value;
}

static void fill_modes(struct tables *t, const struct ganger_makespan_model *m)
{
    const struct ganger_problem *p = m->problem;
    int32_t renewables = p->resources.renewables;
    for (int32_t i = 0; i < m->modes; i++) {
        int32_t mode = m->problem_mode[i];
        for (int32_t u = p->modes.first_use[mode]; u < p->modes.first_use[mode + 1]; u++) {
            int32_t r = p->resources.renewable_index[p->modes.use_resource[u]];
            if (r != GANGER_NONE) {
                t->demand[i * renewables + r] += clip(p->modes.use_amount[u]);
            }
        }
        for (int32_t c = 0; c < m->consumables; c++) {
            t->need[i * m->consumables + c] = clip(m->need[i * m->consumables + c]);
        }
    }
    for (int32_t c = 0; c < m->consumables; c++) {
        t->limit[c] = clip(m->limit[c]);
    }
}

static void fill_steps(struct tables *t, const struct ganger_problem *p)
{
    int32_t steps = 0;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        const int32_t *capacity = p->resources.capacity + (int64_t)r * p->time.periods;
        t->step_first[r] = steps;
        for (int32_t k = 0; k < p->time.periods; k++) {
            if (k == 0 || capacity[k] != capacity[k - 1]) {
                t->step_from[steps] = k;
                t->step_capacity[steps++] = clip(capacity[k]);
            }
        }
    }
    t->step_first[p->resources.renewables] = steps;
}

static int32_t fill_orders(struct tables *t, const struct ganger_makespan_model *m)
{
    const struct ganger_arcs *arcs = &m->arcs[GANGER_FORWARD];
    int32_t orders = 0;
    for (int32_t w = 0; w < m->works; w++) {
        for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
            if (arcs->before[i] < m->works) {
                t->from[orders] = arcs->before[i];
                t->relation[orders] = GANGER_CP_FINISH_START;
                t->to[orders++] = w;
            }
        }
        for (int32_t i = arcs->first_arc[w]; i < arcs->first_arc[w + 1]; i++) {
            t->from[orders] = arcs->arc_other[i];
            t->lag[orders] = arcs->arc_lag[i];
            t->relation[orders] = arcs->arc_kind[i] == GANGER_SERIAL_AFTER_START
                                      ? GANGER_CP_START_START
                                      : GANGER_CP_FINISH_START;
            t->to[orders++] = w;
        }
    }
    return orders;
}

static ganger_status create_solvers(struct ganger_prover *p, struct tables *t)
{
    const struct ganger_makespan_model *m = p->model;
    fill_modes(t, m);
    fill_steps(t, m->problem);
    int32_t most = p->makespan < m->problem->time.periods ? p->makespan : m->problem->time.periods;
    for (int32_t w = 0; w < m->works; w++) {
        /* A milestone starts in a period too, and none begins where the horizon ends. */
        int32_t last = m->problem->time.periods - 1;
        t->latest[w] = most - m->tail[w] < last ? most - m->tail[w] : last;
    }
    struct ganger_cp_model model = {.tasks = m->works,
                                    .earliest = m->head,
                                    .latest = t->latest,
                                    .makespan = most,
                                    .mode_first = m->first_mode,
                                    .duration = m->duration,
                                    .renewables = m->problem->resources.renewables,
                                    .demand = t->demand,
                                    .step_first = t->step_first,
                                    .step_from = t->step_from,
                                    .step_capacity = t->step_capacity,
                                    .consumables = m->consumables,
                                    .need = t->need,
                                    .limit = t->limit,
                                    .orders = fill_orders(t, m),
                                    .from = t->from,
                                    .to = t->to,
                                    .lag = t->lag,
                                    .relation = t->relation};
    ganger_status status = ganger_cp_create(&model, &p->raiser);
    return status == GANGER_STATUS_OK ? ganger_cp_create(&model, &p->improver) : status;
}

/* CP counts the modes of a work from 0. */
static void hint(struct ganger_prover *p)
{
    int32_t *mode = malloc(((size_t)p->model->works + 1) * sizeof *mode);
    for (int32_t w = 0; mode && w < p->model->works; w++) {
        mode[w] = p->mode[w] - p->model->first_mode[w];
    }
    if (mode) {
        ganger_cp_hint(p->improver, p->start, mode);
    }
    free(mode);
}

ganger_status ganger_prover_create(const struct ganger_makespan_model *model, const int32_t *start,
                                   const int32_t *mode, int32_t makespan,
                                   struct ganger_prover **prover)
{
    *prover = NULL;
    if (model->works > most_works || model->modes > most_modes) {
        return GANGER_STATUS_OK;
    }
    size_t row = (size_t)model->works * sizeof *start;
    struct ganger_prover *p = calloc(1, sizeof *p);
    struct tables tables = {0};
    ganger_status status = GANGER_STATUS_OUT_OF_MEMORY;
    if (p) {
        p->model = model;
        p->lower = model->bound;
        p->makespan = start ? makespan : model->problem->time.periods + 1;
        p->start = malloc(row + 1);
        p->mode = malloc(row + 1);
        if (p->start && p->mode && tables_allocate(&tables, model)) {
            status = create_solvers(p, &tables);
        }
    }
    tables_free(&tables);
    if (status != GANGER_STATUS_OK) {
        ganger_prover_destroy(p);
        return status;
    }
    if (start) {
        memcpy(p->start, start, row);
        memcpy(p->mode, mode, row);
        hint(p);
    }
    *prover = p;
    return GANGER_STATUS_OK;
}

void ganger_prover_destroy(struct ganger_prover *prover)
{
    if (prover) {
        ganger_cp_destroy(prover->raiser);
        ganger_cp_destroy(prover->improver);
        free(prover->start);
        free(prover->mode);
        free(prover);
    }
}

static void take(struct ganger_prover *p)
{
    struct ganger_cp_schedule best = ganger_cp_best(p->improver);
    if (!best.start || best.makespan >= p->makespan) {
        return;
    }
    p->makespan = best.makespan;
    p->found = true;
    for (int32_t w = 0; w < p->model->works; w++) {
        p->start[w] = best.start[w];
        p->mode[w] = p->model->first_mode[w] + best.mode[w];
    }
}

struct phase {
    struct ganger_prover *prover;
    enum ganger_cp_outcome raised, improved;
    ganger_status status[2];
};

static void half(int32_t index, void *context)
{
    struct phase *phase = context;
    struct ganger_prover *p = phase->prover;
    uint64_t ticks = (uint64_t)p->budget;
    phase->status[index] =
        index == 0 ? ganger_cp_raise(p->raiser, p->makespan, ticks, &phase->raised)
                   : ganger_cp_minimise(p->improver, p->makespan - 1, ticks, &phase->improved);
}

void ganger_prover_phase(struct ganger_prover *prover, int32_t makespan, int64_t ticks, int threads)
{
    struct ganger_prover *p = prover;
    struct phase phase = {.prover = p, .raised = GANGER_CP_LIMIT, .improved = GANGER_CP_LIMIT};
    p->makespan = makespan < p->makespan ? makespan : p->makespan;
    p->budget = ticks;
    p->found = false;
    ganger_parallel_for(threads, 2, half, &phase);
    p->ticks = (int64_t)(ganger_cp_counts(p->raiser).ticks + ganger_cp_counts(p->improver).ticks);
    p->broken = phase.status[0] != GANGER_STATUS_OK || phase.status[1] != GANGER_STATUS_OK;
    if (p->broken) {
        return;
    }
    take(p);
    int32_t lower = ganger_cp_lower(p->raiser);
    p->lower = lower > p->lower ? lower : p->lower;
    lower = ganger_cp_lower(p->improver);
    p->lower = lower > p->lower ? lower : p->lower;
    p->optimal = phase.improved == GANGER_CP_OPTIMAL || phase.improved == GANGER_CP_INFEASIBLE ||
                 p->lower >= p->makespan;
    if (p->optimal) {
        p->lower = p->makespan;
    }
}
