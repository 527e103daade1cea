#include "makespan/prover.h"

#include "makespan/tables.h"
#include "parallel/parallel.h"

#include <stdlib.h>
#include <string.h>

/* Beyond this the solvers hardly get anywhere in any time people wait. */
enum { most_works = 600, most_modes = 3000 };

static ganger_status create_solvers(struct ganger_prover *p, const struct ganger_makespan_tables *t,
                                    int32_t *latest)
{
    const struct ganger_makespan_model *m = p->model;
    int32_t most = p->makespan < m->problem->time.periods ? p->makespan : m->problem->time.periods;
    for (int32_t w = 0; w < m->works; w++) {
        /* A milestone starts in a period too, and none begins where the horizon ends. */
        int32_t last = m->problem->time.periods - 1;
        latest[w] = most - m->tail[w] < last ? most - m->tail[w] : last;
    }
    struct ganger_cp_model model = {.tasks = m->works,
                                    .earliest = m->head,
                                    .latest = latest,
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
                                    .orders = t->orders,
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
    struct ganger_makespan_tables tables = {0};
    int32_t *latest = malloc(row + 1);
    ganger_status status = GANGER_STATUS_OUT_OF_MEMORY;
    if (p && latest) {
        p->model = model;
        p->lower = model->bound;
        p->makespan = start ? makespan : model->problem->time.periods + 1;
        p->start = malloc(row + 1);
        p->mode = malloc(row + 1);
        if (p->start && p->mode && ganger_makespan_tables_init(&tables, model)) {
            status = create_solvers(p, &tables, latest);
        }
    }
    ganger_makespan_tables_clear(&tables);
    free(latest);
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

static void take(struct ganger_prover *p, const struct ganger_cp_solver *solver)
{
    struct ganger_cp_schedule best = ganger_cp_best(solver);
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
    take(p, p->improver);
    take(p, p->raiser); /* it may have found one as short as its bound */
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
