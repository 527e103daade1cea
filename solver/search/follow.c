#include "search/follow.h"

#include "parallel/parallel.h"
#include "search/estimate.h"
#include "search/recreate.h"
#include "search/sketch.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>

/* Periods before the relaxation's mean start from which a work is tried: starts are spread around it. */
enum { sooner = 13 };

struct ranked {
    double rank; /* less is earlier */
    int32_t work;
};

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    return a->work < b->work ? -1 : 1; /* total: the order never depends on the sort */
}

/* Works to follow, fixed and needed ones first; returns how many. Those of no interest come after them. */
static int32_t rank_works(const struct ganger_island *island, double least, struct ranked *ranked)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t count = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        const struct ganger_relaxation_hint *hint = &island->hint[w];
        bool fixed = p->works.fixed_start[w] != GANGER_NONE, needed = island->model->needed[w];
        bool wanted = hint->mode != GANGER_NONE && hint->done >= least;
        double rank = fixed ? -2e9 : needed ? -1e9 + p->works.deadline[w] : hint->start;
        count += fixed || needed || wanted;
        ranked[w] = (struct ranked){fixed || needed || wanted ? rank : 1e9 - hint->done, w};
    }
    qsort(ranked, (size_t)p->works.count, sizeof *ranked, compare);
    return count;
}

static bool place(struct ganger_island *island, int32_t work, int32_t mode, int32_t first)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_question question = {.work = work,
                                       .first = first,
                                       .last = p->time.periods - 1,
                                       .mode = mode,
                                       .not_mode = GANGER_NONE,
                                       .early = true};
    struct ganger_placement best;
    double gain = 0;
    if (island->schedule->start[work] != GANGER_NONE ||
        !ganger_estimate_best(island, question, &best, &gain)) {
        return false;
    }
    ganger_trial_place(island, best);
    return true;
}

/* Twice in the relaxation's mode and time, since rails and predecessors may come later in the list; then anyhow. */
static void place_wanted(struct ganger_island *island, const int32_t *order, int32_t count)
{
    for (int round = 0; round < 3; round++) {
        for (int32_t i = 0; i < count; i++) {
            const struct ganger_relaxation_hint *hint = &island->hint[order[i]];
            double first = round < 2 ? hint->start - sooner : 0;
            place(island, order[i], round < 2 ? hint->mode : GANGER_NONE,
                  first > 0 ? (int32_t)first : 0);
        }
    }
}

bool ganger_follow(struct ganger_island *island, double least)
{
    int32_t works = island->model->problem->works.count;
    struct ranked *ranked = malloc(((size_t)works + 1) * sizeof *ranked);
    int32_t *order = malloc(((size_t)works + 1) * sizeof *order);
    bool ready = ranked && order;
    if (ready) {
        int32_t wanted = rank_works(island, least, ranked);
        for (int32_t i = 0; i < works; i++) {
            order[i] = ranked[i].work;
        }
        ganger_trial_begin(island);
        place_wanted(island, order, wanted);
        ganger_recreate(island, order, works, (struct ganger_recreate_style){.early = true});
        ganger_trial_judge(island, 0);
        ganger_trial_commit(island);
    }
    free(ranked);
    free(order);
    return ready;
}

struct pursuit {
    struct ganger_archipelago *archipelago;
    const struct ganger_outlook *outlook;
    const struct ganger_schedule *empty;
    bool failed[GANGER_ISLANDS_MOST];
};

static void pursue(int32_t index, void *context)
{
    struct pursuit *pursuit = context;
    struct ganger_island *island = pursuit->archipelago->island[index];
    island->ticks = 0;
    if (index > 0) {
        ganger_schedule_copy(island->schedule, pursuit->empty);
        ganger_island_measure_capacity(island);
    }
    ganger_sketch_begin(island, pursuit->outlook);
    if (index > 0) {
        pursuit->failed[index] = !ganger_follow(island, (double)index / island->model->islands);
    }
}

int32_t ganger_follow_all(struct ganger_archipelago *archipelago,
                          const struct ganger_outlook *outlook, const struct ganger_schedule *empty)
{
    struct ganger_archipelago *a = archipelago;
    struct pursuit pursuit = {a, outlook, empty, {false}};
    int32_t best = 0;
    bool failed = false;
    ganger_parallel_for(a->threads, a->model->islands, pursue, &pursuit);
    for (int32_t i = 1; i < a->model->islands; i++) {
        best = a->island[i]->value.total > a->island[best]->value.total ? i : best;
        failed = failed || pursuit.failed[i];
    }
    return failed ? GANGER_NONE : best;
}
