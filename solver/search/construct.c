#include "search/construct.h"

#include "search/estimate.h"
#include "search/recreate.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
    double rank; /* less is earlier */
    int32_t work;
};

static int compare(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->work < y->work ? -1 : 1; /* total: the order never depends on the sort */
}

static double least_cost(const struct ganger_problem *p, int32_t work)
{
    double least = INFINITY;
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        least = fmin(least, p->modes.cost[m]);
    }
    return least;
}

/* Fixed works, then mandatory ones, then by estimated worth per M USD. A work without a start on the empty
 * schedule (beyond the railhead, after a predecessor) is ranked by its targets alone. */
static double rank_of(struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    if (p->works.fixed_start[work] != GANGER_NONE) {
        return -2e18;
    }
    if (island->model->needed[work]) {
        return -1e18 + p->works.deadline[work];
    }
    struct ganger_question question = {
        .work = work, .last = p->time.periods - 1, .mode = GANGER_NONE, .not_mode = GANGER_NONE};
    struct ganger_placement best;
    double gain = 0;
    if (!ganger_estimate_best(island, question, &best, &gain)) {
        gain = 0;
        for (int32_t g = 0; g < p->targets.count; g++) {
            if (p->targets.kinds[g] >> p->works.kind[work] & 1U) {
                gain += p->works.km[work] * ganger_search_km_worth(p, g);
            }
        }
        gain -= least_cost(p, work);
    }
    return -gain / (1.0 + least_cost(p, work));
}

bool ganger_construct(struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    size_t works = (size_t)p->works.count + 1;
    struct ranked *ranked = malloc(works * sizeof *ranked);
    int32_t *order = malloc(works * sizeof *order);
    bool ready = ranked && order;
    if (ready) {
        for (int32_t w = 0; w < p->works.count; w++) {
            ranked[w] = (struct ranked){rank_of(island, w), w};
        }
        qsort(ranked, (size_t)p->works.count, sizeof *ranked, compare);
        for (int32_t w = 0; w < p->works.count; w++) {
            order[w] = ranked[w].work;
        }
        ganger_trial_begin(island);
        ganger_recreate(island, order, p->works.count,
                        (struct ganger_recreate_style){.early = true});
        ganger_trial_commit(island);
    }
    free(ranked);
    free(order);
    return ready;
}
