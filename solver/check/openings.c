#include "check/openings.h"

#include "check/discount.h"
#include "check/through.h"

#include <stdlib.h>
#include <string.h>

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

/* ---- which openings are openings --------------------------------------------------------------- */

/* At least one, rising and within `count`; the first place where the part of the list is not, -1 if all of it is. */
static int64_t bad_place(const int32_t *list, int32_t from, int32_t to, int32_t count)
{
    for (int32_t i = from; i < to; i++) {
        if (list[i] < 0 || list[i] >= count || (i > from && list[i] <= list[i - 1])) {
            return i;
        }
    }
    return -1;
}

static const char *bad_opening(const struct ganger_problem *p, const struct ganger_prices *prices,
                               int32_t o, int64_t *index, double *found)
{
    const int32_t *demand = prices->opening_first_demand, *work = prices->opening_first_work;
    int32_t arc = prices->opening_arc[o];
    *index = o;
    *found = arc;
    if (arc < 0 || arc / 2 >= p->links.count || (arc % 2 == 1 && p->links.directed[arc / 2])) {
        return "opening_arc";
    }
    *found = demand[o + 1];
    if (demand[0] != 0 || demand[o + 1] <= demand[o]) {
        return "opening_first_demand";
    }
    *found = work[o + 1];
    if (work[0] != 0 || work[o + 1] <= work[o]) {
        return "opening_first_work";
    }
    *index = bad_place(prices->opening_demand, demand[o], demand[o + 1], p->demands.count);
    if (*index >= 0) {
        *found = prices->opening_demand[*index];
        return "opening_demand";
    }
    *index = bad_place(prices->opening_work, work[o], work[o + 1], p->works.count);
    for (int32_t i = work[o]; i < work[o + 1] && *index < 0; i++) {
        *index = p->works.segment[prices->opening_work[i]] == GANGER_NONE ? i : -1;
    }
    if (*index >= 0) {
        *found = prices->opening_work[*index];
        return "opening_work";
    }
    return NULL;
}

/* The first work that freight of its opening may go around; -1 if there is none. */
static int64_t bad_link(const struct ganger_facts *facts, const struct ganger_prices *prices,
                        bool *short_of_memory)
{
    const struct ganger_problem *p = facts->problem;
    int32_t places = prices->opening_first_work[prices->openings];
    struct ganger_through *rows = make(places, sizeof *rows);
    bool *holds = make(places, sizeof *holds);
    bool ready = rows && holds, lost = false;
    int64_t bad = -1;
    for (int32_t o = 0; ready && o < prices->openings; o++) {
        int32_t first = prices->opening_first_demand[o];
        for (int32_t i = prices->opening_first_work[o]; i < prices->opening_first_work[o + 1];
             i++) {
            rows[i] = (struct ganger_through){
                prices->opening_demand + first, prices->opening_first_demand[o + 1] - first,
                prices->opening_arc[o],
                p->segments.link[p->works.segment[prices->opening_work[i]]]};
        }
    }
    ready = ready && ganger_through_find(facts, rows, places, holds, &lost);
    for (int32_t i = 0; ready && i < places && bad < 0; i++) {
        bad = holds[i] ? -1 : i;
    }
    *short_of_memory = *short_of_memory || !ready;
    free(rows);
    free(holds);
    return bad;
}

const char *ganger_openings_bad(const struct ganger_facts *facts,
                                const struct ganger_prices *prices, int64_t *index, double *found,
                                bool *short_of_memory)
{
    for (int32_t o = 0; o < prices->openings; o++) {
        const char *bad = bad_opening(facts->problem, prices, o, index, found);
        if (bad) {
            return bad;
        }
    }
    *index = prices->openings > 0 ? bad_link(facts, prices, short_of_memory) : -1;
    if (*index >= 0) {
        *found = prices->opening_work[*index];
        return "opening_work";
    }
    return NULL;
}

/* ---- what passes ------------------------------------------------------------------------------- */

/* The segment of a work, with some of its works finished. */
struct finished {
    ganger_wide gain;
    bool renewed;
};

struct line {
    struct ganger_wear wear;
    struct finished all, others; /* all its works; all but this one */
};

static struct line line_of(struct ganger_openings *s, int32_t work)
{
    const struct ganger_facts *f = s->facts;
    const struct ganger_works *works = &f->problem->works;
    int32_t q = works->segment[work];
    struct line line = {.wear = ganger_wear_of(f, q, &s->lost)};
    for (int32_t i = f->first_on[q]; i < f->first_on[q + 1]; i++) {
        int32_t v = f->work_on[i];
        ganger_wide gain = ganger_wide_from(works->gain[v], GANGER_UNIT_BITS, GANGER_UP, &s->lost);
        struct finished *both[] = {&line.all, &line.others};
        for (int k = 0; k < (v == work ? 1 : 2); k++) {
            both[k]->gain = ganger_wide_add(both[k]->gain, gain, &s->lost);
            both[k]->renewed = both[k]->renewed || works->renews[v];
        }
    }
    return line;
}

static ganger_wide capacity_of(struct ganger_openings *s, const struct line *line,
                               struct finished finished, int32_t t)
{
    ganger_wide worn = ganger_wear_high(&line->wear, t), whole = line->wear.base_high;
    ganger_wide standing = finished.renewed && whole > worn ? whole : worn;
    return ganger_wide_add(standing, finished.gain, &s->lost);
}

/* Of an opening at a boundary: what passes before it opens, and then. */
struct passing {
    ganger_wide before, open;
};

static struct passing passing_at(struct ganger_openings *s, const struct line *line, int32_t works,
                                 ganger_wide volume, int32_t t)
{
    struct passing passing = {0, volume};
    for (int32_t i = 0; i < works; i++) {
        ganger_wide open = capacity_of(s, &line[i], line[i].all, t);
        ganger_wide before = capacity_of(s, &line[i], line[i].others, t);
        passing.open = open < passing.open ? open : passing.open;
        passing.before = before > passing.before ? before : passing.before;
    }
    passing.before = passing.before < passing.open ? passing.before : passing.open;
    return passing;
}

/* ---- what openings are worth ------------------------------------------------------------------- */

/* volume[o * boundaries + t] of the demands of each opening; NULL if memory is short. */
static ganger_wide *sum_volumes(struct ganger_openings *s)
{
    const struct ganger_facts *f = s->facts;
    const struct ganger_prices *prices = s->prices;
    int64_t boundaries = (int64_t)f->periods + 1;
    ganger_wide *volume = make(prices->openings * boundaries, sizeof *volume);
    ganger_wide *now = make(f->problem->demands.count, sizeof *now);
    int32_t next = 0;
    for (int32_t t = 0; volume && now && t <= f->periods; t++) {
        ganger_facts_volume(f, f->volume_high, t, &next, now);
        for (int32_t o = 0; o < prices->openings; o++) {
            for (int32_t i = prices->opening_first_demand[o];
                 i < prices->opening_first_demand[o + 1]; i++) {
                ganger_wide *cell = &volume[o * boundaries + t];
                *cell = ganger_wide_add(*cell, now[prices->opening_demand[i]], &s->lost);
            }
        }
    }
    if (!now) {
        free(volume);
        volume = NULL;
    }
    free(now);
    return volume;
}

/* worth[t]: what being open at t lets pass, at the price of it, less what is paid to works. */
static void rate_opening(struct ganger_openings *s, int32_t o, const ganger_wide *volume,
                         struct line *line, ganger_wide *worth)
{
    const struct ganger_facts *f = s->facts;
    const int shift = GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS;
    int64_t boundaries = (int64_t)f->periods + 1;
    int32_t first = s->prices->opening_first_work[o], end = s->prices->opening_first_work[o + 1];
    for (int32_t i = first; i < end; i++) {
        line[i - first] = line_of(s, s->prices->opening_work[i]);
    }
    for (int32_t t = 0; t <= f->periods; t++) {
        ganger_wide price = ganger_grid_floor(s->prices->opening[o * boundaries + t]);
        worth[t] = 0;
        if (price > 0) {
            ganger_wide weighed = ganger_wide_shift(f->weight_high[t] * price, shift, GANGER_UP);
            struct passing passing = passing_at(s, line, end - first, volume[t], t);
            s->constant = ganger_wide_add(
                s->constant,
                ganger_wide_scale(weighed, passing.before, GANGER_UNIT_BITS, GANGER_UP, &s->lost),
                &s->lost);
            worth[t] = ganger_wide_scale(weighed, passing.open - passing.before, GANGER_UNIT_BITS,
                                         GANGER_UP, &s->lost);
        }
        for (int32_t i = first; i < end; i++) {
            ganger_wide paid = ganger_grid_floor(s->prices->awaits[i * boundaries + t]);
            worth[t] = ganger_wide_subtract(worth[t], paid * GANGER_GRID_UNITS, &s->lost);
        }
    }
}

/* What it is worth to open at the best boundary, or never. */
static ganger_wide best_of(struct ganger_openings *s, struct ganger_energy *energy, int32_t o,
                           ganger_wide *worth)
{
    ganger_wide best = 0;
    for (int32_t t = s->facts->periods - 1; t >= 0; t--) {
        worth[t] = ganger_wide_add(worth[t], worth[t + 1], &s->lost);
    }
    ganger_energy_opening_owes(energy, o, worth);
    for (int32_t t = 0; t <= s->facts->periods; t++) {
        best = worth[t] > best ? worth[t] : best;
    }
    return best;
}

static bool add_constant(struct ganger_openings *s, struct ganger_energy *energy)
{
    int64_t boundaries = (int64_t)s->facts->periods + 1;
    ganger_wide *volume = sum_volumes(s), *worth = make(boundaries, sizeof *worth);
    struct line *line = make(s->facts->problem->works.count, sizeof *line);
    bool ready = volume && worth && line;
    for (int32_t o = 0; ready && o < s->prices->openings; o++) {
        rate_opening(s, o, volume + o * boundaries, line, worth);
        s->constant = ganger_wide_add(s->constant, best_of(s, energy, o, worth), &s->lost);
    }
    free(volume);
    free(worth);
    free(line);
    return ready;
}

/* ---- what works get ---------------------------------------------------------------------------- */

static bool has_price(const struct ganger_openings *s, int64_t place)
{
    const double *price = s->prices->awaits + place * (s->facts->periods + 1);
    for (int32_t t = 0; t <= s->facts->periods; t++) {
        if (price[t] > 0) {
            return true;
        }
    }
    return false;
}

/* By counting. */
static bool list_places(struct ganger_openings *s)
{
    int32_t works = s->facts->problem->works.count;
    int32_t places = s->prices->opening_first_work[s->prices->openings];
    s->first_at = make((int64_t)works + 2, sizeof *s->first_at);
    s->at = make(places, sizeof *s->at);
    if (!s->first_at || !s->at) {
        return false;
    }
    for (int32_t i = 0; i < places; i++) {
        s->first_at[s->prices->opening_work[i] + 2] += has_price(s, i);
    }
    for (int32_t w = 0; w < works; w++) {
        s->first_at[w + 2] += s->first_at[w + 1];
    }
    for (int32_t i = 0; i < places; i++) {
        if (has_price(s, i)) {
            s->at[s->first_at[s->prices->opening_work[i] + 1]++] = i;
        }
    }
    return true;
}

bool ganger_openings_open(struct ganger_openings *openings, struct ganger_energy *energy)
{
    struct ganger_openings *s = openings;
    *s = (struct ganger_openings){.facts = energy->facts, .prices = energy->prices};
    return s->prices->openings == 0 || (list_places(s) && add_constant(s, energy));
}

void ganger_openings_close(struct ganger_openings *openings)
{
    free(openings->first_at);
    free(openings->at);
}

void ganger_openings_after(struct ganger_openings *openings, int32_t work, ganger_wide *after)
{
    struct ganger_openings *s = openings;
    int64_t boundaries = (int64_t)s->facts->periods + 1;
    int32_t from = s->prices->openings > 0 ? s->first_at[work] : 0;
    int32_t to = s->prices->openings > 0 ? s->first_at[work + 1] : 0;
    for (int32_t i = from; i < to; i++) {
        const double *price = s->prices->awaits + s->at[i] * boundaries;
        ganger_wide later = 0;
        for (int32_t t = s->facts->periods; t >= 0; t--) {
            later += (ganger_wide)ganger_grid_floor(price[t]) * GANGER_GRID_UNITS;
            after[t] = ganger_wide_add(after[t], later, &s->lost);
        }
    }
}
