#include "search/merge.h"

#include "search/prospects.h"
#include "search/recreate.h"
#include "search/sketch.h"
#include "search/trial.h"

#include <stdlib.h>

/* So many changes are made together or not at all. */
enum { fewest = 4 };

/* What one island changed: works that are to be elsewhere, or nowhere. */
struct changes {
    struct ganger_placement *want; /* [count] start GANGER_NONE: left out */
    int32_t count;
};

/* Scratch of putting them into another plan. */
struct bench {
    int32_t *work;                 /* [works] those that are taken out */
    struct ganger_placement *want; /* [works] where they are to be */
    int32_t *rest;                 /* [works] those that found no room */
    uint8_t *listed;               /* [works] */
    int32_t count, homeless;
};

static bool bench_init(struct bench *b, const struct ganger_problem *p)
{
    size_t works = (size_t)p->works.count + 1;
    b->work = malloc(works * sizeof *b->work);
    b->want = malloc(works * sizeof *b->want);
    b->rest = malloc(works * sizeof *b->rest);
    b->listed = calloc(works, 1);
    return b->work && b->want && b->rest && b->listed;
}

static void bench_clear(struct bench *b)
{
    free(b->work);
    free(b->want);
    free(b->rest);
    free(b->listed);
}

static bool list_changes(struct changes *c, const struct ganger_schedule *s,
                         const struct ganger_schedule *base)
{
    int32_t works = s->problem->works.count;
    c->count = 0;
    for (int32_t w = 0; w < works; w++) {
        c->count += s->start[w] != base->start[w] || s->mode[w] != base->mode[w];
    }
    c->want = malloc(((size_t)c->count + 1) * sizeof *c->want);
    int32_t next = 0;
    for (int32_t w = 0; c->want && w < works; w++) {
        if (s->start[w] != base->start[w] || s->mode[w] != base->mode[w]) {
            c->want[next++] = (struct ganger_placement){w, s->mode[w], s->start[w]};
        }
    }
    return c->want != NULL;
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
static void place_wanted(struct bench *b, struct ganger_island *island)
{
    qsort(b->want, (size_t)b->count, sizeof *b->want, earlier);
    for (int round = 0; round < 2; round++) {
        b->homeless = 0;
        for (int32_t i = 0; i < b->count; i++) {
            struct ganger_placement want = b->want[i];
            if (want.start == GANGER_NONE || island->schedule->start[want.work] != GANGER_NONE) {
                continue;
            }
            if (ganger_schedule_allows(island->schedule, want)) {
                ganger_trial_place(island, want);
            } else {
                b->rest[b->homeless++] = want.work;
            }
            island->ticks += island->model->boundaries / 4;
        }
    }
}

/* Makes the changes if the plan gets better by them. */
static bool try_changes(struct bench *b, struct changes changes, struct ganger_island *island)
{
    const struct changes *c = &changes;
    const struct ganger_trial *trial = island->trial;
    double before = island->value.total;
    b->count = c->count;
    for (int32_t i = 0; i < c->count; i++) {
        b->want[i] = c->want[i];
        b->work[i] = c->want[i].work;
        b->listed[b->work[i]] = 1;
    }
    ganger_trial_begin(island);
    ganger_trial_remove(island, b->work, b->count);
    for (int32_t i = 0; i < trial->removed_count; i++) { /* what had to go with them comes back */
        if (!b->listed[trial->removed[i].work]) {
            b->want[b->count++] = trial->removed[i];
        }
    }
    place_wanted(b, island);
    ganger_recreate(island, b->rest, b->homeless, (struct ganger_recreate_style){.blink = 0});
    for (int32_t i = 0; i < c->count; i++) {
        b->listed[c->want[i].work] = 0;
    }
    if (ganger_trial_judge(island, before)) {
        ganger_trial_commit(island);
        return true;
    }
    ganger_trial_rollback(island);
    return false;
}

/* All of them, or else those of either half that are better: works of one line have numbers near each other. */
static void try_parts(struct bench *b, struct changes c, struct ganger_island *island)
{
    int32_t half = c.count / 2;
    if (!try_changes(b, c, island) && c.count > fewest) {
        try_parts(b, (struct changes){c.want, half}, island);
        try_parts(b, (struct changes){c.want + half, c.count - half}, island);
    }
}

/* Islands by value, the best first; ties by number. */
static void rank(const struct ganger_archipelago *a, int *order)
{
    for (int i = 0; i < a->model->islands; i++) {
        int place = i;
        while (place > 0 && a->island[i]->value.total > a->island[order[place - 1]]->value.total) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
}

bool ganger_merge(struct ganger_archipelago *archipelago, const struct ganger_schedule *base)
{
    struct ganger_archipelago *a = archipelago;
    struct ganger_island *first = a->island[0];
    const struct ganger_outlook *outlook = first->outlook;
    struct changes changes[GANGER_ISLANDS_MOST] = {{0}};
    struct bench b = {0};
    int order[GANGER_ISLANDS_MOST] = {0};
    bool ready = bench_init(&b, a->model->problem);
    for (int i = 0; ready && i < a->model->islands; i++) {
        ready = list_changes(&changes[i], a->island[i]->schedule, base);
    }
    if (ready) {
        rank(a, order);
        if (order[0] > 0) {
            ganger_prospects_end(a->island[order[0]]);
            ganger_island_copy_plan(first, a->island[order[0]]);
            ganger_sketch_begin(first, outlook);
        }
        for (int i = 1; i < a->model->islands; i++) {
            try_parts(&b, changes[order[i]], first);
        }
    }
    for (int i = 0; i < a->model->islands; i++) {
        free(changes[i].want);
    }
    bench_clear(&b);
    return ready;
}
