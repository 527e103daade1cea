#include "schedule/yard.h"

#include <stdlib.h>
#include <string.h>

static int32_t draw(struct ganger_rng *rng, int32_t low, int32_t high)
{
    return low + ganger_rng_below(rng, high - low + 1);
}

/* --- drawing --- */

static void draw_capacity(struct yard *y, struct ganger_rng *rng, int32_t r, int wide)
{
    static const int32_t most[] = {INT8_MAX, INT16_MAX, 1000000000};
    int32_t top = draw(rng, 0, 3) ? draw(rng, 1, 12) : most[draw(rng, 0, wide)];
    int32_t now = draw(rng, 0, 2) ? top : draw(rng, 1, top);
    for (int32_t t = 0; t < YARD_PERIODS; t++) {
        now = y->steady || draw(rng, 0, 15) ? now : draw(rng, 0, top);
        y->capacity[r][t] = now;
    }
}

static void draw_modes(struct yard *y, struct ganger_rng *rng)
{
    int32_t longest = draw(rng, 0, 2) ? 10 : 80;
    for (int32_t m = 0; m < y->modes; m++) {
        y->mode_work[m] = m % y->works;
        y->duration[m] = draw(rng, 0, longest);
        for (int32_t r = 0; r < y->renewables; r++) {
            int32_t top = y->capacity[r][0];
            int32_t amount = draw(rng, 0, 1) ? draw(rng, 0, top) : draw(rng, 0, (top + 2) / 3);
            y->amount[m][r] = draw(rng, 0, 2) ? amount : 0;
        }
    }
}

static void draw_arcs(struct yard *y, struct ganger_rng *rng)
{
    y->arcs = y->works > 1 ? draw(rng, 0, YARD_ARCS) : 0;
    bool special = draw(rng, 0, 1);
    for (int32_t i = 0; i < y->arcs; i++) {
        int32_t to = draw(rng, 1, y->works - 1);
        y->arc[i] = (struct yard_arc){.from = draw(rng, 0, to - 1), .to = to};
        if (special && draw(rng, 0, 3) == 0) {
            y->arc[i].lag = draw(rng, 0, 40) / 4;
            y->arc[i].by_start = draw(rng, 0, 1);
        }
    }
}

void yard_draw(struct yard *yard, struct ganger_rng *rng, int wide)
{
    struct yard *y = yard;
    memset(y, 0, sizeof *y);
    y->works = draw(rng, 1, YARD_WORKS);
    y->modes = 2 * y->works;
    y->renewables = draw(rng, 0, 5) ? draw(rng, 1, 5) : draw(rng, 0, YARD_RENEWABLES);
    y->steady = draw(rng, 0, 1);
    for (int32_t r = 0; r < y->renewables; r++) {
        draw_capacity(y, rng, r, wide);
    }
    draw_modes(y, rng);
    draw_arcs(y, rng);
    int32_t sum = 1;
    for (int32_t m = 0; m < y->modes; m++) {
        sum += y->duration[m];
    }
    for (int32_t i = 0; i < y->arcs; i++) {
        sum += y->arc[i].lag;
    }
    y->periods = draw(rng, 0, 3) ? sum : draw(rng, 1, sum / 4 + 1);
    y->periods = y->periods < YARD_PERIODS ? y->periods : YARD_PERIODS;
    for (int32_t w = 0; w < y->works && !y->steady; w++) {
        y->release[w] = draw(rng, 0, 2) ? 0 : draw(rng, 0, y->periods / 3);
    }
}

/* --- sealing --- */

static void fill_problem(struct yard *y)
{
    int32_t uses = 0;
    for (int32_t r = 0; r < y->renewables; r++) {
        y->index[r] = r;
        memcpy(y->flat + (size_t)r * (size_t)y->periods, y->capacity[r],
               (size_t)y->periods * sizeof *y->flat);
    }
    for (int32_t m = 0; m < y->modes; m++) {
        y->first_use[m] = uses;
        for (int32_t r = 0; r < y->renewables; r++) {
            if (y->amount[m][r] > 0) {
                y->resource[uses] = r;
                y->use[uses++] = y->amount[m][r];
            }
        }
    }
    y->first_use[y->modes] = uses;
    y->problem.time.periods = y->periods;
    y->problem.modes.count = y->modes;
    y->problem.modes.first_use = y->first_use;
    y->problem.modes.use_resource = y->resource;
    y->problem.modes.use_amount = y->use;
    y->problem.resources.renewables = y->renewables;
    y->problem.resources.renewable_index = y->index;
    y->problem.resources.capacity = y->flat;
}

static bool special(const struct yard_arc *arc)
{
    return arc->by_start || arc->lag > 0;
}

static void fill_side(struct yard *y, int direction)
{
    struct yard_side *s = &y->side[direction];
    int32_t before = 0, arcs = 0;
    for (int32_t w = 0; w < y->works; w++) {
        s->first_before[w] = before;
        s->first_arc[w] = arcs;
        for (int32_t i = 0; i < y->arcs; i++) {
            const struct yard_arc *arc = &y->arc[i];
            int32_t other = direction == 0 ? arc->from : arc->to;
            if ((direction == 0 ? arc->to : arc->from) != w) {
                continue;
            }
            if (!special(arc)) {
                s->before[before++] = other;
                continue;
            }
            s->other[arcs] = other;
            s->lag[arcs] = arc->lag;
            s->kind[arcs++] = !arc->by_start   ? GANGER_SERIAL_AFTER_FINISH
                              : direction == 0 ? GANGER_SERIAL_AFTER_START
                                               : GANGER_SERIAL_FINISH_AFTER;
        }
        do {
            s->before[before++] = y->works;
        } while ((before - s->first_before[w]) % 4 != 0);
    }
    s->first_before[y->works] = before;
    s->first_arc[y->works] = arcs;
}

static void view(struct yard *y, int direction)
{
    const struct yard_side *s = &y->side[direction];
    y->line_up[direction] = (struct ganger_line_up){
        .works = y->works,
        .periods = y->periods,
        .planes = y->lanes->planes,
        .stride = y->lanes->stride,
        .empty = y->lanes->empty,
        .guard = y->lanes->guard,
        .demand = y->lanes->demand,
        .duration = y->duration,
        .mode_work = y->mode_work,
        .release = direction == 0 ? y->release : y->none,
        .first_before = s->first_before,
        .before = s->before,
        .first_arc = s->first_arc,
        .arc_other = s->other,
        .arc_lag = s->lag,
        .arc_kind = s->kind,
    };
    y->steps[direction] = ganger_serial_steps_create(&y->line_up[direction], y->modes);
    y->line_up[direction].steps = y->steps[direction];
}

bool yard_seal(struct yard *yard)
{
    fill_problem(yard);
    yard->lanes = ganger_lanes_create(&yard->problem);
    if (!yard->lanes) {
        return false;
    }
    for (int direction = 0; direction < 2; direction++) {
        fill_side(yard, direction);
        view(yard, direction);
        if (!yard->steps[direction]) {
            return false;
        }
    }
    return true;
}

void yard_close(struct yard *yard)
{
    ganger_lanes_destroy(yard->lanes);
    yard->lanes = NULL;
    free(yard->steps[0]);
    free(yard->steps[1]);
}

/* --- the definition --- */

void yard_list(const struct yard *yard, struct ganger_rng *rng, int direction, int32_t *list)
{
    bool listed[YARD_WORKS] = {false};
    for (int32_t count = 0; count < yard->works;) {
        int32_t w = ganger_rng_below(rng, yard->works);
        bool free = !listed[w];
        for (int32_t i = 0; free && i < yard->arcs; i++) {
            const struct yard_arc *arc = &yard->arc[i];
            free = direction == 0 ? arc->to != w || listed[arc->from]
                                  : arc->from != w || listed[arc->to];
        }
        if (free) {
            listed[w] = true;
            list[count++] = w + yard->works * ganger_rng_below(rng, 2);
        }
    }
}

static int32_t ready_at(const struct yard *y, int direction, int32_t mode, const int32_t *start,
                        const int32_t *finish)
{
    int32_t w = y->mode_work[mode];
    int32_t ready = direction == 0 ? y->release[w] : 0;
    for (int32_t i = 0; i < y->arcs; i++) {
        const struct yard_arc *arc = &y->arc[i];
        int32_t at = 0;
        if (direction == 0 && arc->to == w) {
            at = (arc->by_start ? start : finish)[arc->from] + arc->lag;
        } else if (direction == 1 && arc->from == w) {
            at = finish[arc->to] + arc->lag - (arc->by_start ? y->duration[mode] : 0);
        }
        ready = at > ready ? at : ready;
    }
    return ready;
}

static bool room(const struct yard *y, int64_t use[][YARD_PERIODS], int32_t mode, int32_t start)
{
    for (int32_t r = 0; r < y->renewables; r++) {
        for (int32_t t = start; y->amount[mode][r] > 0 && t < start + y->duration[mode]; t++) {
            if (use[r][t] + y->amount[mode][r] > y->capacity[r][t]) {
                return false;
            }
        }
    }
    return true;
}

int32_t yard_generate(const struct yard *yard, int direction, const int32_t *list, int32_t *start)
{
    static int64_t use[YARD_RENEWABLES][YARD_PERIODS];
    int32_t finish[YARD_WORKS] = {0}, makespan = 0;
    memset(use, 0, sizeof use);
    for (int32_t i = 0; i < yard->works; i++) {
        int32_t mode = list[i], w = yard->mode_work[mode], duration = yard->duration[mode];
        int32_t at = ready_at(yard, direction, mode, start, finish);
        while (at + duration <= yard->periods && !room(yard, use, mode, at)) {
            at++;
        }
        if (at >= yard->periods || at + duration > yard->periods) {
            return INT32_MAX;
        }
        for (int32_t r = 0; r < yard->renewables; r++) {
            for (int32_t t = at; t < at + duration; t++) {
                use[r][t] += yard->amount[mode][r];
            }
        }
        start[w] = at;
        finish[w] = at + duration;
        makespan = finish[w] > makespan ? finish[w] : makespan;
    }
    return makespan;
}

static bool use_holds(const struct yard *y, const int32_t *start, const int32_t *mode, int32_t t)
{
    for (int32_t r = 0; r < y->renewables; r++) {
        int64_t use = 0;
        for (int32_t w = 0; w < y->works; w++) {
            bool runs = start[w] <= t && t < start[w] + y->duration[mode[w]];
            use += runs ? y->amount[mode[w]][r] : 0;
        }
        if (use > y->capacity[r][t]) {
            return false;
        }
    }
    return true;
}

bool yard_holds(const struct yard *yard, const int32_t *start, const int32_t *mode)
{
    for (int32_t i = 0; i < yard->arcs; i++) {
        const struct yard_arc *arc = &yard->arc[i];
        int32_t from = start[arc->from];
        from += arc->by_start ? 0 : yard->duration[mode[arc->from]];
        if (start[arc->to] < from + arc->lag) {
            return false;
        }
    }
    for (int32_t w = 0; w < yard->works; w++) {
        if (start[w] < yard->release[w]) {
            return false;
        }
    }
    for (int32_t t = 0; t < yard->periods; t++) {
        if (!use_holds(yard, start, mode, t)) {
            return false;
        }
    }
    return true;
}
