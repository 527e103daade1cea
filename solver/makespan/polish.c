#include "makespan/polish.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    double first, least, most; /* works of a window */
    double first_open;         /* works whose modes are open, least 1 */
    double growth;             /* of either in a round */
    int64_t budget;            /* ticks of a window */
    int64_t open_budget;       /* ticks where modes are open and all starts are */
    int32_t rivals;            /* tournaments that compete to be polished */
    double stuck; /* schedules by the cube of the works after which a search hardly gets on */
} plan = {.first = 20,
          .least = 8,
          .most = 80,
          .first_open = 12,
          .growth = 1.05,
          .budget = 400000,
          .open_budget = 1000000,
          .rivals = 4,
          .stuck = 1};

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
    p->open = plan.first_open;
    p->held = calloc((size_t)workers, (size_t)model->works + 1);
    p->window = calloc((size_t)workers, sizeof *p->window);
    p->report = calloc((size_t)workers, sizeof *p->report);
    p->early = ganger_population_create(model, workers);
    p->late = ganger_population_create(model, workers);
    p->better = ganger_population_create(model, workers);
    bool ready = p->window && p->report && p->held && p->early && p->late && p->better &&
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
    free(polish->held);
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

/* By turns, windows of time and modes. */
static bool opens_modes(const struct ganger_polish *p)
{
    return p->rounds % 2 > 0;
}

/* The work that is still held and begins nearest to a time. */
static int32_t nearest(const int32_t *start, const uint8_t *held, int32_t works, int32_t time)
{
    int32_t best = GANGER_NONE;
    for (int32_t w = 0; w < works; w++) {
        if (held[w] && (best == GANGER_NONE || abs(start[w] - time) < abs(start[best] - time))) {
            best = w;
        }
    }
    return best;
}

/* All starts are free, but only some works may change their modes: those around a moment, or any. */
static struct ganger_window_task draw_modes(const struct ganger_polish *p, struct ganger_rng *rng,
                                            int32_t worker)
{
    const struct ganger_makespan_model *m = p->model;
    int64_t row = (int64_t)worker * m->works;
    const int32_t *early = p->early->start + row;
    uint8_t *held = p->held + row;
    bool together = ganger_rng_below(rng, 2) > 0;
    int32_t time = early[ganger_rng_below(rng, m->works)];
    memset(held, 1, (size_t)m->works);
    for (int32_t left = (int32_t)p->open < m->works ? (int32_t)p->open : m->works; left > 0;) {
        int32_t w =
            together ? nearest(early, held, m->works, time) : ganger_rng_below(rng, m->works);
        left -= held[w];
        held[w] = 0;
    }
    return (struct ganger_window_task){.early = early,
                                       .late = p->late->start + row,
                                       .mode = ganger_population_modes(p->early, m, worker),
                                       .makespan = p->early->makespan[worker],
                                       .count = m->works,
                                       .held = held};
}

static void solve_window(struct ganger_polish *p, const struct ganger_window_task *task,
                         int32_t worker)
{
    struct ganger_polish_report *report = &p->report[worker];
    struct ganger_population *better = p->better;
    int64_t row = (int64_t)worker * better->works;
    struct ganger_window_schedule out = {.start = better->start + row,
                                         .mode = better->mode ? better->mode + row : NULL};
    report->status = ganger_window_solve(p->window[worker], task,
                                         task->held ? plan.open_budget : plan.budget, &out);
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
    if (!ganger_population_sound(members, member)) {
        return; /* no schedule, or one that takes too much of a consumable */
    }
    struct ganger_parent parent = ganger_breeder_parent(breeder, members, member);
    ganger_breeder_push(breeder, &parent, p->early, p->late, worker);
    ganger_population_copy(p->better, worker, p->early, worker);
    p->report[worker].member = member;
    struct ganger_window_task task = opens_modes(p) ? draw_modes(p, &breeder->rng, worker)
                                                    : draw_window(p, &breeder->rng, worker);
    solve_window(p, &task, worker);
}

/* As large as can just be decided. */
static void adapt(struct ganger_polish *p, bool larger)
{
    double *size = opens_modes(p) ? &p->open : &p->size, least = opens_modes(p) ? 1 : plan.least;
    *size = larger ? *size * plan.growth : *size / plan.growth;
    *size = fmax(fmin(fmin(*size, plan.most), p->model->works), least);
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
        if (r.member != GANGER_NONE && (p->better->cost[i] < members->cost[r.member] ||
                                        (r.outcome == GANGER_CP_FOUND &&
                                         p->better->makespan[i] < members->makespan[r.member]))) {
            ganger_population_copy(members, r.member, p->better, i);
        }
    }
    adapt(p, 2 * decided > p->workers);
    p->rounds++;
    return sound;
}
