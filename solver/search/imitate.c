/*
 * A move towards another island's plan, a step of path relinking: works that stand elsewhere there and have to do with each
 * other are taken out together and put where they stand there; those that find no room go where they pay most. What two
 * good plans have in common stays, and parts of one that are better by themselves find their way into the other.
 */
#include "search/move_parts.h"
#include "search/recreate.h"
#include "search/trial.h"

#include <stdlib.h>

/* Works taken out together, at most; how far from each other they may stand, by chance, in periods. */
enum { most_works = 12, spread = 20 };

static bool differs(const struct ganger_island *island, int32_t w)
{
    const struct ganger_schedule *s = island->schedule, *there = island->neighbour;
    return s->start[w] != there->start[w] || s->mode[w] != there->mode[w];
}

static int32_t draw_different(struct ganger_island *island)
{
    int32_t works = ganger_moves_own_count(island);
    for (int tries = 0; works > 0 && tries < 50; tries++) {
        int32_t w = ganger_moves_own(island, ganger_rng_below(&island->rng, works));
        if (differs(island, w)) {
            return w;
        }
    }
    return GANGER_NONE;
}

/* When a work is done there, or else here. */
static int32_t when(const struct ganger_island *island, int32_t w)
{
    int32_t start = island->neighbour->start[w];
    return start != GANGER_NONE ? start : island->schedule->start[w];
}

/* Of one project, or on links that are the same or meet. */
static bool on_one_line(const struct ganger_search_model *model, int32_t a, int32_t b)
{
    const struct ganger_problem *p = model->problem;
    const int32_t *project = model->groups.project_of;
    int32_t qa = p->works.segment[a], qb = p->works.segment[b];
    if (project[a] != GANGER_NONE && project[a] == project[b]) {
        return true;
    }
    return qa != GANGER_NONE && qb != GANGER_NONE &&
           ganger_groups_meet(&p->links, p->segments.link[qa], p->segments.link[qb]);
}

/* Works that stand elsewhere there and are near the seed in time: on its line, or such that may use its gang. */
static int32_t choose(struct ganger_moves *moves, struct ganger_island *island, int32_t seed)
{
    const struct ganger_problem *p = island->model->problem;
    bool here = island->neighbour->start[seed] == GANGER_NONE;
    int32_t mode = here ? island->schedule->mode[seed] : island->neighbour->mode[seed];
    int32_t resource = ganger_moves_first_renewable(p, mode);
    int32_t size = 1 + ganger_rng_below(&island->rng, most_works), count = 0;
    bool by_line = resource == GANGER_NONE || (ganger_rng_word(&island->rng) & 1U);
    struct ganger_group group =
        by_line ? ganger_moves_all(island) : ganger_moves_users(island, resource);
    for (int32_t i = 0; i < group.count; i++) {
        int32_t w = ganger_moves_at(group, i);
        if (w == seed) {
            moves->key[w] = -1;
            moves->chosen[count++] = w;
        } else if (differs(island, w) && (by_line ? on_one_line(island->model, seed, w)
                                                  : ganger_moves_may_use(p, w, resource))) {
            moves->key[w] =
                abs(when(island, w) - when(island, seed)) + spread * ganger_rng_unit(&island->rng);
            moves->chosen[count++] = w;
        }
    }
    return ganger_moves_keep_least(moves, count, size);
}

/* What was taken out, and what is done there but not here, in any order. */
static int32_t list_candidates(struct ganger_moves *moves, struct ganger_island *island,
                               int32_t chosen)
{
    const struct ganger_trial *trial = island->trial;
    int32_t count = 0;
    for (int32_t i = 0; i < trial->removed_count; i++) {
        int32_t w = trial->removed[i].work;
        moves->candidates[count++] = w;
        moves->listed[w] = 1;
    }
    for (int32_t i = 0; i < chosen; i++) {
        if (!moves->listed[moves->chosen[i]]) {
            moves->candidates[count++] = moves->chosen[i];
        }
    }
    for (int32_t i = 0; i < trial->removed_count; i++) {
        moves->listed[trial->removed[i].work] = 0;
    }
    ganger_moves_shuffle(&island->rng, moves->candidates, count);
    return count;
}

/* Puts works where they stand there, if there is room; the others remain listed. Twice, since rails and predecessors may come
 * later in the list. */
static int32_t place_alike(struct ganger_moves *moves, struct ganger_island *island, int32_t count)
{
    const struct ganger_schedule *there = island->neighbour;
    for (int round = 0; round < 2; round++) {
        int32_t rest = 0;
        for (int32_t i = 0; i < count; i++) {
            int32_t w = moves->candidates[i];
            struct ganger_placement want = {w, there->mode[w], there->start[w]};
            if (want.start != GANGER_NONE && ganger_schedule_allows(island->schedule, want)) {
                ganger_trial_place(island, want);
            } else {
                moves->candidates[rest++] = w;
            }
            island->ticks += island->model->boundaries / 4;
        }
        count = rest;
    }
    return count;
}

/* Drops from the list what is not done there and need not be done here. */
static int32_t leave_out(struct ganger_moves *moves, const struct ganger_island *island,
                         int32_t count)
{
    int32_t rest = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t w = moves->candidates[i];
        if (island->neighbour->start[w] != GANGER_NONE || island->model->needed[w]) {
            moves->candidates[rest++] = w;
        }
    }
    return rest;
}

void ganger_moves_try_imitate(struct ganger_moves *moves, struct ganger_island *island,
                              double temperature)
{
    int32_t seed = draw_different(island);
    if (seed == GANGER_NONE) {
        return;
    }
    int32_t chosen = choose(moves, island, seed);
    ganger_trial_begin(island);
    ganger_trial_remove(island, moves->chosen, chosen);
    int32_t count = list_candidates(moves, island, chosen);
    count = place_alike(moves, island, count);
    if (ganger_rng_word(&island->rng) & 1U) {
        count = leave_out(moves, island, count);
    }
    ganger_recreate(island, moves->candidates, count,
                    (struct ganger_recreate_style){.blink = GANGER_USUAL_BLINK});
    ganger_moves_finish(moves, island, GANGER_MOVE_IMITATE, temperature);
}
