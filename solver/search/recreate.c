#include "search/recreate.h"

#include "search/estimate.h"
#include "search/trial.h"

/* A work that another one may still need for its rails or as predecessor. */
static bool opens_others(const struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t q = p->works.segment[work];
    return p->precedences.first_out[work] < p->precedences.first_out[work + 1] ||
           (q != GANGER_NONE && island->model->frame->unbuilt_index[q] != GANGER_NONE);
}

/* Mandatory works not placed; counted when first asked about. */
struct missing {
    bool counted;
    int32_t count;
};

static bool needed_is_missing(const struct ganger_island *island, struct missing *missing)
{
    const struct ganger_problem *p = island->model->problem;
    for (int32_t w = 0; !missing->counted && w < p->works.count; w++) {
        missing->count += p->works.mandatory[w] && island->schedule->start[w] == GANGER_NONE;
    }
    missing->counted = true;
    return missing->count > 0;
}

/* True if the work was placed: because it pays, is needed, or may open the way to what is needed. */
static bool put(struct ganger_island *island, int32_t work, struct ganger_recreate_style style,
                struct missing *missing)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_question question = {.work = work,
                                       .last = p->time.periods - 1,
                                       .mode = GANGER_NONE,
                                       .not_mode = GANGER_NONE,
                                       .blink = style.blink,
                                       .early = style.early && opens_others(island, work)};
    struct ganger_placement best;
    double gain = 0;
    if (!ganger_estimate_best(island, question, &best, &gain)) {
        return false;
    }
    if (gain <= 0 && !style.force && !island->model->needed[work] &&
        !(opens_others(island, work) && needed_is_missing(island, missing))) {
        return false;
    }
    ganger_trial_place(island, best);
    missing->count -= missing->counted && p->works.mandatory[work];
    return true;
}

void ganger_recreate(struct ganger_island *island, const int32_t *works, int32_t count,
                     struct ganger_recreate_style style)
{
    struct missing missing = {false, 0};
    for (bool again = true; again;) {
        again = false;
        for (int32_t i = 0; i < count; i++) {
            if (island->schedule->start[works[i]] == GANGER_NONE &&
                put(island, works[i], style, &missing)) {
                again = again || opens_others(island, works[i]);
            }
        }
    }
}
