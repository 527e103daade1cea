#include "makespan/tables.h"

#include <stdlib.h>

void ganger_makespan_tables_clear(struct ganger_makespan_tables *tables)
{
    free(tables->demand);
    free(tables->need);
    free(tables->limit);
    free(tables->step_first);
    free(tables->step_from);
    free(tables->step_capacity);
    free(tables->from);
    free(tables->to);
    free(tables->lag);
    free(tables->relation);
    *tables = (struct ganger_makespan_tables){0};
}

static bool allocate(struct ganger_makespan_tables *t, const struct ganger_makespan_model *m)
{
    const struct ganger_problem *p = m->problem;
    size_t renewables = (size_t)p->resources.renewables + 1, modes = (size_t)m->modes + 1;
    size_t steps = renewables * (size_t)p->time.periods + 1;
    size_t orders = (size_t)p->precedences.count + 1, consumables = (size_t)m->consumables + 1;
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
    return t->demand && t->need && t->limit && t->step_first && t->step_from && t->step_capacity &&
           t->from && t->to && t->lag && t->relation;
}

static int32_t clip(int64_t value)
{
    return value > GANGER_CP_MOST ? GANGER_CP_MOST : (int32_t)value;
}

static void fill_modes(struct ganger_makespan_tables *t, const struct ganger_makespan_model *m)
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

static void fill_steps(struct ganger_makespan_tables *t, const struct ganger_problem *p)
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

static void fill_orders(struct ganger_makespan_tables *t, const struct ganger_makespan_model *m)
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
    t->orders = orders;
}

bool ganger_makespan_tables_init(struct ganger_makespan_tables *tables,
                                 const struct ganger_makespan_model *model)
{
    *tables = (struct ganger_makespan_tables){0};
    if (!allocate(tables, model)) {
        return false;
    }
    fill_modes(tables, model);
    fill_steps(tables, model->problem);
    fill_orders(tables, model);
    return true;
}
