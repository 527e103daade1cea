#include "search/reinstate.h"

#include "base/bits.h"
#include "schedule/reinstate.h"
#include "search/construct.h"
#include "search/estimate.h"
#include "search/recreate.h"
#include "search/trial.h"

#include <stdlib.h>

static void place(void *context, struct ganger_placement placement)
{
    ganger_trial_place(context, placement);
}

/* The allowed start of a mode next to `wish`, the earlier of two; GANGER_NONE if there is none. */
static int32_t nearest_start(struct ganger_island *island, int32_t mode, int32_t wish)
{
    uint64_t *starts = island->estimator->starts;
    int32_t periods = island->model->problem->time.periods;
    island->ticks += periods / 4;
    if (ganger_schedule_starts_between(island->schedule, mode, 0, periods - 1, starts) == 0) {
        return GANGER_NONE;
    }
    int32_t before = ganger_bits_last(starts, 0, wish + 1);
    int32_t after = ganger_bits_next(starts, wish, periods);
    return after == periods || (before >= 0 && wish - before <= after - wish) ? before : after;
}

/* Near where it was; in its mode, or else in the mode that comes nearest. */
static bool mend(struct ganger_island *island, struct ganger_placement was)
{
    const struct ganger_works *works = &island->model->problem->works;
    struct ganger_placement best = {was.work, was.mode, nearest_start(island, was.mode, was.start)};
    for (int32_t m = works->first_mode[was.work];
         best.start == GANGER_NONE && m < works->first_mode[was.work + 1]; m++) {
        best = (struct ganger_placement){was.work, m, nearest_start(island, m, was.start)};
    }
    if (best.start != GANGER_NONE) {
        ganger_trial_place(island, best);
    }
    return best.start != GANGER_NONE;
}

/* Rounds, since a work may have waited for one that was mended after it. */
static void mend_all(struct ganger_island *island, const struct ganger_placement *list,
                     int32_t count)
{
    bool again = true;
    while (again) {
        again = false;
        for (int32_t i = 0; i < count; i++) {
            again |= island->schedule->start[list[i].work] == GANGER_NONE && mend(island, list[i]);
        }
    }
}

/* Places what must be done and was not in the earlier plan. False if something cannot be. */
static bool complete(struct ganger_island *island, int32_t *list)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t count = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        if (island->model->needed[w] && island->schedule->start[w] == GANGER_NONE) {
            list[count++] = w;
        }
    }
    ganger_recreate(island, list, count, (struct ganger_recreate_style){.early = true});
    for (int32_t i = 0; i < count; i++) {
        if (island->schedule->start[list[i]] == GANGER_NONE) {
            return false;
        }
    }
    return true;
}

bool ganger_search_reinstate(struct ganger_island *island)
{
    const struct ganger_problem *p = island->model->problem;
    size_t works = (size_t)p->works.count + 1;
    struct ganger_placement *list = malloc(works * sizeof *list);
    int32_t *needed = malloc(works * sizeof *needed);
    int32_t count = GANGER_NONE;
    bool whole = false;
    if (list && needed) {
        count = ganger_reinstate_list(p, p->works.kept_start, p->works.kept_mode, list);
    }
    if (count != GANGER_NONE) {
        ganger_trial_begin(island);
        ganger_reinstate(island->schedule, list, count, place, island);
        mend_all(island, list, count);
        whole = complete(island, needed);
        if (whole) {
            ganger_trial_commit(island);
        } else {
            ganger_trial_rollback(island);
        }
    }
    free(list);
    free(needed);
    return count != GANGER_NONE && (whole || ganger_construct(island));
}
