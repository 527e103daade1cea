#include "search/merge.h"

#include "search/recreate.h"
#include "search/trial.h"

#include <stdlib.h>

/* Changes of all islands: works that are to be elsewhere, or nowhere. */
struct changes {
    int32_t count, homeless;
    int32_t *work;                 /* [works] */
    struct ganger_placement *want; /* [works], start GANGER_NONE: left out */
    int32_t *rest;                 /* [works] those that found no room */
    uint8_t *listed;               /* [works] */
    uint8_t *allowed;              /* [periods] */
};

static bool changes_init(struct changes *c, const struct ganger_problem *p)
{
    size_t works = (size_t)p->works.count + 1;
    c->work = malloc(works * sizeof *c->work);
    c->want = malloc(works * sizeof *c->want);
    c->rest = malloc(works * sizeof *c->rest);
    c->listed = calloc(works, 1);
    c->allowed = malloc((size_t)p->time.periods + 1);
    return c->work && c->want && c->rest && c->listed && c->allowed;
}

static void changes_clear(struct changes *c)
{
    free(c->work);
    free(c->want);
    free(c->rest);
    free(c->listed);
    free(c->allowed);
}

static void list_changes(struct changes *c, const struct ganger_schedule *s,
                         const struct ganger_schedule *base)
{
    for (int32_t w = 0; w < s->problem->works.count; w++) {
        bool moved = s->start[w] != base->start[w] || s->mode[w] != base->mode[w];
        if (moved && !c->listed[w]) {
            c->listed[w] = 1;
            c->work[c->count] = w;
            c->want[c->count++] = (struct ganger_placement){w, s->mode[w], s->start[w]};
        }
    }
}

static int earlier(const void *left, const void *right)
{
    const struct ganger_placement *a = left, *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return a->work < b->work ? -1 : 1;
}

/* Places what may be where it is wanted; twice, since rails and predecessors may come later in the list. */
static void place_wanted(struct changes *c, struct ganger_island *island)
{
    qsort(c->want, (size_t)c->count, sizeof *c->want, earlier);
    for (int round = 0; round < 2; round++) {
        c->homeless = 0;
        for (int32_t i = 0; i < c->count; i++) {
            struct ganger_placement want = c->want[i];
            if (want.start == GANGER_NONE || island->schedule->start[want.work] != GANGER_NONE) {
                continue;
            }
            if (ganger_schedule_starts(island->schedule, want.mode, c->allowed) > 0 &&
                c->allowed[want.start]) {
                ganger_trial_place(island, want);
            } else {
                c->rest[c->homeless++] = want.work;
            }
            island->ticks += island->model->boundaries / 4;
        }
    }
}

/* On an island that holds the base plan. */
static void make_changes(struct changes *c, struct ganger_island *island,
                         const struct ganger_schedule *base)
{
    struct ganger_trial *trial = island->trial;
    ganger_trial_begin(island);
    ganger_trial_remove(island, c->work, c->count);
    for (int32_t i = 0; i < trial->removed_count; i++) { /* what had to go with them comes back */
        int32_t w = trial->removed[i].work;
        if (!c->listed[w]) {
            c->listed[w] = 1;
            c->want[c->count++] = (struct ganger_placement){w, base->mode[w], base->start[w]};
        }
    }
    place_wanted(c, island);
    ganger_recreate(island, c->rest, c->homeless, (struct ganger_recreate_style){.blink = 0});
    ganger_trial_judge(island, 0);
    ganger_trial_commit(island);
}

bool ganger_merge(struct ganger_archipelago *archipelago, const struct ganger_schedule *base)
{
    struct ganger_archipelago *a = archipelago;
    struct ganger_island *first = a->island[0];
    const struct ganger_outlook *outlook = first->outlook;
    struct changes c = {0};
    bool ready = changes_init(&c, a->model->problem);
    int best = 0;
    for (int i = 0; ready && i < GANGER_ISLANDS; i++) {
        list_changes(&c, a->island[i]->schedule, base);
        best = a->island[i]->value.total > a->island[best]->value.total ? i : best;
    }
    if (ready) {
        struct ganger_island *other = a->island[best > 0 ? best : 1];
        if (best == 0) { /* its plan must not be lost */
            ganger_island_copy_plan(other, first);
        }
        ganger_schedule_copy(first->schedule, base);
        ganger_island_measure_capacity(first);
        ganger_sketch_begin(first, outlook);
        make_changes(&c, first, base);
        if (other->value.total > first->value.total) {
            ganger_island_copy_plan(first, other);
        }
    }
    changes_clear(&c);
    return ready;
}
