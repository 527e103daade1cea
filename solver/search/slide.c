/*
 * A move of a line or project earlier or later as a whole, or of two that change places in time. Where delay pays, it pays for all
 * works of a line together: money is spent later, and what is late is late once. One work alone gains a little of the first and loses
 * all of the second.
 */
#include "search/move_parts.h"
#include "search/recreate.h"
#include "search/trial.h"

#include "base/bits.h"

#include <math.h>
#include <stdlib.h>

/* Works that give way, at most; how far from where it is to stand a work may come to stand, in periods; one of so many tries is of
 * two lines that change places. */
enum { most_rivals = 8, reach = 8, two_of = 3 };

/* Rather near than far, on all scales; below 0: earlier. */
static int32_t draw_way(struct ganger_island *island)
{
    int32_t periods = island->model->problem->time.periods;
    int32_t way = (int32_t)exp(log(0.5 * periods + 1) * ganger_rng_unit(&island->rng));
    return (ganger_rng_word(&island->rng) & 1U) ? way : -way;
}

/* The placed works of a line; or those among them that are in the way of others. */
static int32_t choose_line(struct ganger_moves *moves, struct ganger_island *island, int32_t seed,
                           int32_t way)
{
    const int32_t *start = island->schedule->start;
    int32_t count =
        ganger_moves_list_line(island, ganger_moves_line_of(island, seed), true, moves->chosen);
    if (ganger_rng_word(&island->rng) & 1U) {
        return count;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t w = moves->chosen[i];
        if (way > 0 ? start[w] >= start[seed] : start[w] <= start[seed]) {
            moves->chosen[kept++] = w;
        }
    }
    return kept;
}

/* Adds works that hold the seed's gang where the line is to be: any few of them. */
static int32_t add_rivals(struct ganger_moves *moves, struct ganger_island *island, int32_t seed,
                          int32_t way, int32_t count)
{
    const struct ganger_problem *p = island->model->problem;
    const struct ganger_schedule *s = island->schedule;
    int32_t resource = ganger_moves_first_renewable(p, s->mode[seed]);
    int32_t wanted = ganger_rng_below(&island->rng, 2 * most_rivals) - most_rivals;
    int32_t first = p->time.periods, last = 0, line = count;
    if (resource == GANGER_NONE || wanted <= 0) {
        return count;
    }
    for (int32_t i = 0; i < line; i++) {
        int32_t w = moves->chosen[i];
        moves->listed[w] = 1;
        first = s->start[w] + way < first ? s->start[w] + way : first;
        last = s->finish[w] + way > last ? s->finish[w] + way : last;
    }
    struct ganger_group users = ganger_moves_users(island, resource);
    int32_t *rival = moves->chosen + line, rivals = 0;
    for (int32_t i = 0; i < users.count; i++) {
        int32_t w = ganger_moves_at(users, i);
        if (s->start[w] != GANGER_NONE && !moves->listed[w] && s->start[w] < last &&
            s->finish[w] > first && ganger_moves_may_use(p, w, resource)) {
            rival[rivals++] = w;
        }
    }
    for (int32_t i = 0; i < line; i++) {
        moves->listed[moves->chosen[i]] = 0;
    }
    ganger_moves_shuffle(&island->rng, rival, rivals);
    return line + (rivals < wanted ? rivals : wanted);
}

/* The start nearest to `wanted` at which the work may stand in its mode, within reach; GANGER_NONE if there is none. */
static int32_t nearest_start(struct ganger_island *island, int32_t mode, int32_t wanted)
{
    struct ganger_schedule *s = island->schedule;
    int32_t periods = s->problem->time.periods;
    int32_t from = wanted - reach > 0 ? wanted - reach : 0;
    int32_t to = wanted + reach < periods ? wanted + reach : periods - 1;
    if (from > to || ganger_schedule_starts_between(s, mode, from, to, s->free) == 0) {
        return GANGER_NONE;
    }
    int32_t middle = wanted < from ? from : wanted > to ? to : wanted;
    int32_t later = ganger_bits_next(s->free, middle, to + 1);
    int32_t earlier = ganger_bits_last(s->free, from, middle + 1);
    if (later > to) {
        return earlier;
    }
    return earlier >= from && middle - earlier < later - middle ? earlier : later;
}

/* Works of one line that go the same way: chosen[first .. end-1]. */
static void mark(struct ganger_moves *moves, int32_t first, int32_t end, int32_t way)
{
    for (int32_t i = first; i < end; i++) {
        moves->listed[moves->chosen[i]] = 1;
        moves->key[moves->chosen[i]] = way;
    }
}

/* Positions in what was removed, those that slide first, by where they are to stand. */
static void sort_removed(struct ganger_moves *moves, const struct ganger_trial *trial)
{
    for (int32_t i = 0; i < trial->removed_count; i++) {
        int32_t w = trial->removed[i].work, at = i;
        double to = moves->listed[w] ? trial->removed[i].start + moves->key[w] : INFINITY;
        for (; at > 0; at--) { /* few */
            struct ganger_placement other = trial->removed[moves->candidates[at - 1]];
            if (!moves->listed[other.work] || other.start + moves->key[other.work] > to) {
                moves->candidates[at] = moves->candidates[at - 1];
            } else {
                break;
            }
        }
        moves->candidates[at] = i;
    }
}

/* Puts the marked works where they are to stand; twice, since rails may come from what stands later. What finds no place, and all
 * others, remain in moves->candidates; returns how many. */
static int32_t place_marked(struct ganger_moves *moves, struct ganger_island *island)
{
    const struct ganger_trial *trial = island->trial;
    int32_t count = trial->removed_count;
    sort_removed(moves, trial);
    for (int round = 0; round < 2; round++) {
        int32_t rest = 0;
        for (int32_t i = 0; i < count; i++) {
            struct ganger_placement put = trial->removed[moves->candidates[i]];
            bool slides = moves->listed[put.work];
            put.start =
                slides ? nearest_start(island, put.mode, put.start + (int32_t)moves->key[put.work])
                       : GANGER_NONE;
            island->ticks += slides ? island->model->boundaries / 4 : 0;
            if (put.start != GANGER_NONE) {
                ganger_trial_place(island, put);
            } else {
                moves->candidates[rest++] = moves->candidates[i];
            }
        }
        count = rest;
    }
    for (int32_t i = 0; i < count; i++) {
        moves->candidates[i] = trial->removed[moves->candidates[i]].work;
    }
    return count;
}

static int32_t first_start(const struct ganger_moves *moves, const struct ganger_island *island,
                           int32_t first, int32_t end)
{
    int32_t least = INT32_MAX;
    for (int32_t i = first; i < end; i++) {
        int32_t start = island->schedule->start[moves->chosen[i]];
        least = start < least ? start : least;
    }
    return least;
}

/* A placed work on a line that may use the same gang, and is not marked. */
static int32_t draw_other(const struct ganger_moves *moves, struct ganger_island *island,
                          int32_t seed)
{
    const struct ganger_problem *p = island->model->problem;
    int32_t resource = ganger_moves_first_renewable(p, island->schedule->mode[seed]);
    for (int tries = 0; tries < 30; tries++) {
        int32_t w = ganger_moves_draw_work(island, true);
        if (w != GANGER_NONE && !moves->listed[w] && p->works.segment[w] != GANGER_NONE &&
            (resource == GANGER_NONE || ganger_moves_may_use(p, w, resource))) {
            return w;
        }
    }
    return GANGER_NONE;
}

/* Two lines change places in time. Returns how many works are chosen, or 0. */
static int32_t choose_two(struct ganger_moves *moves, struct ganger_island *island, int32_t seed)
{
    int32_t line =
        ganger_moves_list_line(island, ganger_moves_line_of(island, seed), true, moves->chosen);
    mark(moves, 0, line, 0);
    int32_t other = draw_other(moves, island, seed), end = line;
    if (other != GANGER_NONE) {
        /* Into the rest of the list, without what is there already. */
        int32_t listed = ganger_moves_list_line(island, ganger_moves_line_of(island, other), true,
                                                moves->candidates);
        for (int32_t i = 0; i < listed; i++) {
            if (!moves->listed[moves->candidates[i]]) {
                moves->chosen[end++] = moves->candidates[i];
            }
        }
    }
    int32_t way = end > line
                      ? first_start(moves, island, line, end) - first_start(moves, island, 0, line)
                      : 0;
    mark(moves, 0, line, way);
    mark(moves, line, end, -way);
    return end;
}

/* One line slides, and a few works give way. */
static int32_t choose_one(struct ganger_moves *moves, struct ganger_island *island, int32_t seed)
{
    int32_t way = draw_way(island);
    int32_t line = choose_line(moves, island, seed, way);
    int32_t count = add_rivals(moves, island, seed, way, line);
    mark(moves, 0, line, way);
    return count;
}

void ganger_moves_try_slide(struct ganger_moves *moves, struct ganger_island *island,
                            double temperature)
{
    int32_t seed = ganger_moves_draw_work(island, true);
    if (seed == GANGER_NONE || island->model->problem->works.segment[seed] == GANGER_NONE) {
        return;
    }
    bool two = ganger_rng_below(&island->rng, two_of) == 0;
    int32_t count = two ? choose_two(moves, island, seed) : choose_one(moves, island, seed);
    ganger_trial_begin(island);
    ganger_trial_remove(island, moves->chosen, count);
    int32_t rest = place_marked(moves, island);
    for (int32_t i = 0; i < count; i++) {
        moves->listed[moves->chosen[i]] = 0;
    }
    ganger_moves_shuffle(&island->rng, moves->candidates, rest);
    ganger_recreate(island, moves->candidates, rest,
                    (struct ganger_recreate_style){.blink = GANGER_USUAL_BLINK});
    ganger_moves_finish(moves, island, GANGER_MOVE_SLIDE, temperature);
}
