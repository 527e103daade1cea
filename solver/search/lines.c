/*
 * Moves of whole lines. A line earns nothing until its last segment is done, so its works are placed together and
 * judged as one; so is a work with all that it waits for. And where a target asks for km, one line can only give way to
 * another.
 */
#include "search/move_parts.h"
#include "search/recreate.h"
#include "search/trial.h"

struct ganger_line ganger_moves_line_of(struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t project = island->model->groups.project_of[work];
    bool by_project = project != GANGER_NONE && (ganger_rng_word(&island->rng) & 1U);
    return (struct ganger_line){by_project ? project : GANGER_NONE,
                                p->segments.link[p->works.segment[work]], p->works.kind[work]};
}

int32_t ganger_moves_list_line(const struct ganger_island *island, struct ganger_line line,
                               bool placed, int32_t *list)
{
    const struct ganger_problem *p = island->model->problem;
    struct ganger_group near = line.project == GANGER_NONE
                                   ? ganger_moves_beside(island, line.link)
                                   : ganger_moves_of_project(island, line.project);
    int32_t count = 0;
    for (int32_t i = 0; i < near.count; i++) {
        int32_t w = ganger_moves_at(near, i);
        bool same = line.project != GANGER_NONE
                        ? island->model->groups.project_of[w] == line.project
                        : p->works.segment[w] != GANGER_NONE && p->works.kind[w] == line.kind &&
                              p->segments.link[p->works.segment[w]] == line.link;
        if (same && (island->schedule->start[w] != GANGER_NONE) == placed) {
            list[count++] = w;
        }
    }
    return count;
}

/* Lists an undone work and all undone works that it waits for; none where an island has works of its own. */
static int32_t list_awaited(struct ganger_moves *moves, const struct ganger_island *island,
                            int32_t work)
{
    const struct ganger_precedences *precedences = &island->model->problem->precedences;
    if (island->own) {
        return 0;
    }
    int32_t count = 0;
    moves->candidates[count++] = work;
    moves->listed[work] = 1;
    for (int32_t i = 0; i < count; i++) {
        int32_t w = moves->candidates[i];
        for (int32_t e = precedences->first_in[w]; e < precedences->first_in[w + 1]; e++) {
            int32_t before = precedences->predecessor[precedences->in_list[e]];
            if (island->schedule->start[before] == GANGER_NONE && !moves->listed[before]) {
                moves->candidates[count++] = before;
                moves->listed[before] = 1;
            }
        }
    }
    for (int32_t i = 0; i < count; i++) {
        moves->listed[moves->candidates[i]] = 0;
    }
    return count;
}

/* Lists what is placed together with an undone work: its line, or what it waits for. */
static int32_t list_together(struct ganger_moves *moves, struct ganger_island *island, int32_t work)
{
    const struct ganger_problem *p = island->model->problem;
    bool on_line = p->works.segment[work] != GANGER_NONE;
    int32_t awaited = list_awaited(moves, island, work);
    if (awaited > 1 && (!on_line || (ganger_rng_word(&island->rng) & 1U))) {
        return awaited;
    }
    return on_line ? ganger_moves_list_line(island, ganger_moves_line_of(island, work), false,
                                            moves->candidates)
                   : 0;
}

static struct ganger_recreate_style forced(struct ganger_island *island)
{
    return (struct ganger_recreate_style){
        .blink = GANGER_USUAL_BLINK, .force = true, .early = ganger_rng_word(&island->rng) & 1U};
}

void ganger_moves_try_line(struct ganger_moves *moves, struct ganger_island *island,
                           double temperature)
{
    int32_t seed = ganger_moves_draw_work(island, false);
    int32_t count = seed == GANGER_NONE ? 0 : list_together(moves, island, seed);
    if (count == 0) {
        return;
    }
    ganger_moves_shuffle(&island->rng, moves->candidates, count);
    ganger_trial_begin(island);
    ganger_recreate(island, moves->candidates, count, forced(island));
    ganger_moves_finish(moves, island, GANGER_MOVE_LINE, temperature);
}

/* Of a few works drawn, the one that the relaxation would most like to see there (or gone). */
static int32_t draw_wanted(struct ganger_island *island, bool placed)
{
    int32_t best = ganger_moves_draw_work(island, placed);
    for (int draws = 1; island->hint && best != GANGER_NONE && draws < 3; draws++) {
        int32_t w = ganger_moves_draw_work(island, placed);
        double more = w == GANGER_NONE ? 0 : island->hint[w].done - island->hint[best].done;
        best = (placed ? -more : more) > 0 ? w : best;
    }
    return best;
}

/* A placed, optional work of the same kind that holds what the undone one needs. */
static int32_t draw_rival(struct ganger_island *island, int32_t wanted)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t resource = ganger_moves_first_renewable(p, p->works.first_mode[wanted]);
    for (int tries = 0; tries < 20; tries++) {
        int32_t w = draw_wanted(island, true);
        if (w != GANGER_NONE && !island->model->needed[w] && p->works.segment[w] != GANGER_NONE &&
            p->works.kind[w] == p->works.kind[wanted] &&
            (resource == GANGER_NONE || tries >= 10 || ganger_moves_may_use(p, w, resource))) {
            return w;
        }
    }
    return GANGER_NONE;
}

void ganger_moves_try_exchange(struct ganger_moves *moves, struct ganger_island *island,
                               double temperature)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t wanted = draw_wanted(island, false);
    if (wanted == GANGER_NONE || p->works.segment[wanted] == GANGER_NONE) {
        return;
    }
    int32_t rival = draw_rival(island, wanted);
    if (rival == GANGER_NONE) {
        return;
    }
    int32_t comes = ganger_moves_list_line(island, ganger_moves_line_of(island, wanted), false,
                                           moves->candidates);
    int32_t goes =
        ganger_moves_list_line(island, ganger_moves_line_of(island, rival), true, moves->chosen);
    ganger_trial_begin(island);
    ganger_trial_remove(island, moves->chosen, goes);
    ganger_moves_shuffle(&island->rng, moves->candidates, comes);
    ganger_recreate(island, moves->candidates, comes, forced(island));
    int32_t back = 0;
    for (int32_t i = 0; i < island->trial->removed_count; i++) {
        moves->candidates[back++] = island->trial->removed[i].work;
    }
    ganger_moves_shuffle(&island->rng, moves->candidates, back);
    ganger_recreate(island, moves->candidates, back,
                    (struct ganger_recreate_style){.blink = GANGER_USUAL_BLINK});
    ganger_moves_finish(moves, island, GANGER_MOVE_EXCHANGE, temperature);
}
