#include "makespan/polish.h"

#include <math.h>
#include <stdlib.h>

static const struct {
    double first, least, most; /* works of a window */
    double growth;             /* of it in a round */
    int64_t budget;            /* ticks of a window */
    int32_t rivals;            /* tournaments that compete to be polished */
    double stuck; /* schedules by the cube of the works after which a search hardly gets on */
} plan = {
    .first = 20, .least = 8, .most = 80, .growth = 1.05, .budget = 400000, .rivals = 4, .stuck = 1};

bool ganger_polish_pays(const struct ganger_makespan_model *model, int64_t so_far, int64_t ticks,
                        int32_t workers)
{
    double n = model->works, schedules = (double)so_far / (n + 1);
    return model->several && schedules > plan.stuck * n * n * n && ticks > workers * plan.budget;
}

struct ganger_polish *ganger_polish_create(const struct ganger_makespan_model *model,
                                           int32_t workers)
{
    struct ganger_polish *p = calloc(1, sizeof *p);
    if (!p) {
        return NULL;
    }
    p->model = model;
    p->workers = workers;
    p->size = plan.first;
    p->window = calloc((size_t)workers, sizeof *p->window);
    p->report = calloc((size_t)workers, sizeof *p->report);
    p->early = ganger_population_create(model, workers);
    p->late = ganger_population_create(model, workers);
    p->better = ganger_population_create(model, workers);
    bool ready = p->window && p->report && p->early && p->late && p->better &&
                 ganger_makespan_tables_init(&p->tables, model);
    for (int32_t i = 0; ready && i < workers; i++) {
        p->window[i] = ganger_window_create(model, &p->tables);
        ready = p->window[i] != NULL;
    }
    if (!ready) {
        ganger_polish_destroy(p);
        return NULL;
    }
    return p;
}

void ganger_polish_destroy(struct ganger_polish *polish)
{
    if (!polish) {
        return;
    }
    for (int32_t i = 0; polish->window && i < polish->workers; i++) {
        ganger_window_destroy(polish->window[i]);
    }
    ganger_makespan_tables_clear(&polish->tables);
    ganger_population_destroy(polish->early);
    ganger_population_destroy(polish->late);
    ganger_population_destroy(polish->better);
    free(polish->window);
    free(polish->report);
    free(polish);
}

static int32_t choose(struct ganger_breeder *b, const struct ganger_population *members)
{
    int32_t best = ganger_breeder_choose(b, members);
    for (int32_t k = 1; k < plan.rivals; k++) {
        int32_t other = ganger_breeder_choose(b, members);
        best = members->cost[other] < members->cost[best] ? other : best;
    }
    return best;
}

/* What is to be free of the worker's schedule. */
static struct ganger_window_task draw_window(const struct ganger_polish *p, struct ganger_rng *rng,
                                             int32_t worker)
{
    const struct ganger_makespan_model *m = p->model;
    int32_t count = (int32_t)p->size < m->works ? (int32_t)p->size : m->works;
    int32_t rest = m->works - count;
    int64_t row = (int64_t)worker * m->works;
    return (struct ganger_window_task){.early = p->early->start + row,
                                       .late = p->late->start + row,
                                       .mode = ganger_population_modes(p->early, m, worker),
                                       .makespan = p->early->makespan[worker],
                                       .first = m->mirrors ? ganger_rng_below(rng, rest + 1) : rest,
                                       .count = count};
}

static void solve_window(struct ganger_polish *p, const struct ganger_window_task *task,
                         int32_t worker)
{
    struct ganger_polish_report *report = &p->report[worker];
    struct ganger_population *better = p->better;
    int64_t row = (int64_t)worker * better->works;
    struct ganger_window_schedule out = {.start = better->start + row,
                                         .mode = better->mode ? better->mode + row : NULL};
    report->status = ganger_window_solve(p->window[worker], task, plan.budget, &out);
    report->ticks = out.ticks;
    report->outcome = out.outcome;
    if (report->status == GANGER_STATUS_OK && out.outcome == GANGER_CP_FOUND) {
        better->makespan[worker] = out.makespan;
        ganger_population_rate(better, p->model, worker);
        ganger_population_sign(better, p->model, worker);
    }
}

void ganger_polish_work(struct ganger_polish *polish, struct ganger_breeder *breeder,
                        const struct ganger_population *members, int32_t worker)
{
    struct ganger_polish *p = polish;
    int32_t member = choose(breeder, members);
    p->report[worker] =
        (struct ganger_polish_report){.member = GANGER_NONE, .outcome = GANGER_CP_INFEASIBLE};
    if (members->cost[member] >= INT32_MAX) {
        return; /* no schedule, or one that takes too much of a consumable */
    }
    struct ganger_parent parent = ganger_breeder_parent(breeder, members, member);
    ganger_breeder_push(breeder, &parent, p->early, p->late, worker);
    ganger_population_copy(p->better, worker, p->early, worker);
    p->report[worker].member = member;
    struct ganger_window_task task = draw_window(p, &breeder->rng, worker);
    solve_window(p, &task, worker);
}

bool ganger_polish_settle(struct ganger_polish *polish, struct ganger_population *members)
{
    struct ganger_polish *p = polish;
    int32_t decided = 0;
    bool sound = true;
    for (int32_t i = 0; i < p->workers; i++) {
        struct ganger_polish_report r = p->report[i];
        p->ticks += r.ticks;
        decided += r.outcome != GANGER_CP_LIMIT;
        sound = sound && r.status == GANGER_STATUS_OK;
        if (r.member != GANGER_NONE && p->better->cost[i] < members->cost[r.member]) {
            ganger_population_copy(members, r.member, p->better, i);
        }
    }
    double size = 2 * decided > p->workers ? p->size * plan.growth : p->size / plan.growth;
    p->size = fmax(fmin(fmin(size, plan.most), p->model->works), plan.least);
    return sound;
}
