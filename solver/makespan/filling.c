#include "makespan/filling.h"

#include "parallel/parallel.h"

#include <stdlib.h>

static const struct {
    double slack;        /* the most, as a share of what all the renewables offer */
    int64_t usual, most; /* ticks of an attempt by works and periods */
} plan = {.slack = 0.03, .usual = 1500, .most = 5000};

/* Streams of random numbers that no other part of the search draws from. */
enum { FIRST_STREAM = 1 << 16 };

struct ganger_filling *ganger_filling_create(const struct ganger_makespan_model *model,
                                             uint64_t seed)
{
    struct ganger_filling *f = calloc(1, sizeof *f);
    if (!f) {
        return NULL;
    }
    f->model = model;
    f->seed = seed;
    f->target = GANGER_NONE;
    f->suits = ganger_fill_task_suits(model);
    bool ready = !f->suits || (ganger_makespan_tables_init(&f->tables, model) &&
                               ganger_fill_prices_init(&f->prices, model, &f->tables));
    for (int i = 0; f->suits && i < GANGER_FILLING_WORKERS; i++) {
        f->filler[i] = ganger_filler_create(model);
        ready = ready && f->filler[i];
    }
    if (!ready) {
        ganger_filling_destroy(f);
        return NULL;
    }
    return f;
}

void ganger_filling_destroy(struct ganger_filling *filling)
{
    if (!filling) {
        return;
    }
    for (int i = 0; i < GANGER_FILLING_WORKERS; i++) {
        ganger_filler_destroy(filling->filler[i]);
    }
    for (int i = 0; i < 2; i++) {
        ganger_fill_task_clear(&filling->task[i]);
    }
    ganger_fill_prices_clear(&filling->prices);
    ganger_makespan_tables_clear(&filling->tables);
    free(filling);
}

bool ganger_filling_pays(const struct ganger_filling *filling, int32_t makespan)
{
    if (!filling->suits || makespan <= filling->model->critical_path) {
        return false;
    }
    double slack = ganger_fill_task_slack(&filling->prices, makespan - 1);
    return slack >= 0 && slack <= plan.slack;
}

static int64_t cells(const struct ganger_filling *f, int32_t makespan)
{
    return (int64_t)f->model->works * makespan;
}

int64_t ganger_filling_next(const struct ganger_filling *filling, int32_t makespan)
{
    int64_t usual = GANGER_FILLING_WORKERS * plan.usual * cells(filling, makespan);
    return filling->ticks + (filling->last_ticks > 0 ? filling->last_ticks : usual);
}

static bool aim(struct ganger_filling *f, int32_t target)
{
    bool ready = true;
    for (int i = 0; i < 2 && f->target != target; i++) {
        enum ganger_direction direction = i == 0 ? GANGER_FORWARD : GANGER_BACKWARD;
        ganger_fill_task_clear(&f->task[i]);
        ready = ready && ganger_fill_task_init(&f->task[i], &f->prices, direction, target);
    }
    f->target = ready ? target : GANGER_NONE;
    return ready;
}

static void attempt(int32_t index, void *context)
{
    struct ganger_filling *f = context;
    ganger_rng_init(&f->rng[index], f->seed, FIRST_STREAM + (uint32_t)index, (uint64_t)f->rounds);
    f->outcome[index] = ganger_filler_try(f->filler[index], &f->task[index % 2], &f->rng[index],
                                          plan.most * cells(f, f->target));
}

bool ganger_filling_round(struct ganger_filling *filling, int32_t makespan, int threads)
{
    struct ganger_filling *f = filling;
    bool sound = aim(f, makespan - 1);
    f->start = f->mode = NULL;
    f->makespan = makespan;
    if (!sound) {
        return false;
    }
    ganger_parallel_for(threads, GANGER_FILLING_WORKERS, attempt, f);
    f->rounds++;
    f->last_ticks = 0;
    for (int i = 0; i < GANGER_FILLING_WORKERS; i++) {
        const struct ganger_fill_outcome *o = &f->outcome[i];
        sound = sound && !o->out_of_memory;
        f->ticks += o->ticks;
        f->last_ticks += o->ticks;
        if (o->found && o->makespan < f->makespan) {
            f->start = o->start;
            f->mode = o->mode;
            f->makespan = o->makespan;
        }
    }
    return sound;
}
