#include "search/recreate.h"

#include "search/estimate.h"
#include "search/trial.h"

/* True if the work was placed. */
static bool put(struct ganger_island *island, int32_t work, double blink)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_question question = {work,        0,           p->time.periods - 1,
                                       GANGER_NONE, GANGER_NONE, blink};
    struct ganger_placement best;
    double gain = 0;
    if (!ganger_estimate_best(island, question, &best, &gain) ||
        (gain <= 0 && !p->works.mandatory[work])) {
        return false;
    }
    ganger_trial_place(island, best);
    return true;
}

/* A work that another one may still need for its rails or as predecessor. */
static bool opens_others(const struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[work];
    return p->precedences.first_out[work] < p->precedences.first_out[work + 1] ||
           (q != GANGER_NONE && island->model->frame->unbuilt_index[q] != GANGER_NONE);
}

void ganger_recreate(struct ganger_island *island, const int32_t *works, int32_t count,
                     double blink)
{
    for (bool again = true; again;) {
        again = false;
        for (int32_t i = 0; i < count; i++) {
            if (island->schedule->start[works[i]] == GANGER_NONE && put(island, works[i], blink)) {
                again = again || opens_others(island, works[i]);
            }
        }
    }
}
