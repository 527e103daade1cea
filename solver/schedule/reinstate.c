#include "schedule/reinstate.h"

#include <stdlib.h>

/* Fixed works are facts; what must be done is not to lose its gang to what need not. */
static int rank_of(const struct ganger_problem *p, int32_t work)
{
    return p->works.fixed_start[work] != GANGER_NONE ? 0 : p->works.mandatory[work] ? 1 : 2;
}

struct ranked {
    int rank;
    struct ganger_placement placement;
};

static int compare(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->rank != b->rank) {
        return a->rank - b->rank;
    }
    if (a->placement.start != b->placement.start) {
        return a->placement.start < b->placement.start ? -1 : 1;
    }
    return a->placement.work < b->placement.work ? -1 : 1;
}

/* Where a work is to stay; start GANGER_NONE: nowhere. */
static struct ganger_placement place_of(const struct ganger_problem *p, int32_t w, int32_t start,
                                        int32_t mode)
{
    int32_t fixed = p->works.fixed_start[w], position = mode != GANGER_NONE ? mode : 0;
    bool must = fixed != GANGER_NONE && p->works.mandatory[w];
    position = p->works.fixed_mode[w] != GANGER_NONE ? p->works.fixed_mode[w] : position;
    return (struct ganger_placement){w, p->works.first_mode[w] + position, must ? fixed : start};
}

int32_t ganger_reinstate_list(const struct ganger_problem *problem, const int32_t *start,
                              const int32_t *mode, struct ganger_placement *list)
{
    struct ranked *ranked = malloc(((size_t)problem->works.count + 1) * sizeof *ranked);
    int32_t count = 0;
    if (!ranked) {
        return GANGER_NONE;
    }
    for (int32_t w = 0; w < problem->works.count; w++) {
        struct ganger_placement placement = place_of(problem, w, start[w], mode[w]);
        if (placement.start != GANGER_NONE) {
            ranked[count++] = (struct ranked){rank_of(problem, w), placement};
        }
    }
    qsort(ranked, (size_t)count, sizeof *ranked, compare);
    for (int32_t i = 0; i < count; i++) {
        list[i] = ranked[i].placement;
    }
    free(ranked);
    return count;
}

int32_t ganger_reinstate(struct ganger_schedule *schedule, const struct ganger_placement *list,
                         int32_t count, ganger_reinstate_place *place, void *context)
{
    int32_t placed = 0, before;
    do {
        before = placed;
        for (int32_t i = 0; i < count; i++) {
            if (schedule->start[list[i].work] == GANGER_NONE &&
                ganger_schedule_allows(schedule, list[i])) {
                place(context, list[i]);
                placed++;
            }
        }
    } while (placed > before);
    return placed;
}
