/*
 * The dual bound of MODEL section 7, for objective npv.
 *
 * Prices of closures (gates.h) are paid by the freight on its way, and add to the constant and to what works pay and get.
 *
 * At prices of energy (energy.h) a work pays where it waits for others, and gets where others wait for it.
 *
 * In periods with a tree of states (trees.h) its leaves stand for what the freight gains, and works pay for being at work.
 *
 * With Z_q(t) = w_t * (price of q, both directions), h the health of an unrenewed segment and b its base,
 *
 *   sum_t Z cap_q  <=  sum_t Z b h  +  sum over works w done on q of
 *                      sum_{t >= f} Z (gain + [renews] b (1 - h))  -  (1 - factor) sum_{t active} Z b h
 *
 * with equality for a single work. For several it holds because gains are >= 0 and factors <= 1, works on a
 * segment never overlap (so 1 - min factor is a sum over them), and the first renewal counts, here each. Where some of them
 * are finished whenever w begins (facts.h), w renews only if none of these does, and what it closes is what they leave:
 * b h and their gains, or b and their gains if one renews.
 * So the bound is a constant and one maximum a work, over its modes and starts or leaving it undone.
 *
 * Prices are integers and any of them prove a bound; only what they are multiplied by is rounded: up where it
 * is added to the bound, down where it is taken off. What a start is worth is then
 *
 *     before(s) + after(f) - floor((spent(f) - spent(s)) / productivity from s to f)
 *
 * with sums over the periods that a work or a mode has once: O(1) a start. A further term of prices that
 * depends on a start or on a finish goes into `before` and `after` of the work (price_work), one that does
 * not into `sum` (best.c).
 */
#include "check/best.h"
#include "check/discount.h"

#include <math.h>
#include <string.h>

/* What a work is worth by its start and by its finish, in any mode. */

/* Of the works that come first on w's segment. */
struct stage {
    ganger_wide gain; /* rounded down */
    bool renewed;
};

static struct stage stage_of(struct ganger_best *b, int32_t w)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_works *works = &f->problem->works;
    struct stage stage = {0, false};
    int32_t first = f->first_on[works->segment[w]], end = f->first_on[works->segment[w] + 1];
    for (int32_t i = first; i < end; i++) {
        int32_t v = f->work_on[i];
        if (ganger_facts_earlier(f, w, i - first)) {
            stage.gain = ganger_wide_add(
                stage.gain, ganger_best_units(b, works->gain[v], GANGER_DOWN), &b->lost);
            stage.renewed = stage.renewed || works->renews[v];
        }
    }
    return stage;
}

static void price_capacity(struct ganger_best *b, int32_t w)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_works *works = &f->problem->works;
    int32_t q = works->segment[w];
    if (q == GANGER_NONE || b->paid_row[q] < 0) {
        return;
    }
    const int64_t *paid = b->paid + (int64_t)b->paid_row[q] * (f->periods + 1);
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, w) * f->periods;
    const int shift = GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS;
    struct ganger_wear wear = ganger_wear_of(f, q, &b->lost);
    struct stage stage = stage_of(b, w);
    ganger_wide gain = ganger_best_units(b, works->gain[w], GANGER_UP), worth = 0;
    for (int32_t t = f->periods; t >= 0; t--) {
        if (paid[t] > 0) {
            ganger_wide worn = ganger_wear_low(&wear, t);
            bool renews = works->renews[w] && !stage.renewed;
            ganger_wide more = gain + (renews ? wear.base_high - worn : 0);
            ganger_wide standing = stage.gain + (stage.renewed ? wear.base_low : worn);
            ganger_wide high =
                ganger_wide_shift((ganger_wide)f->weight_high[t] * paid[t], shift, GANGER_UP);
            ganger_wide low =
                ganger_wide_shift((ganger_wide)f->weight_low[t] * paid[t], shift, GANGER_DOWN);
            worth = ganger_wide_add(worth, ganger_wide_multiply(high, more, &b->lost), &b->lost);
            if (t < f->periods && productivity[t] > 0) {
                b->standing[t] =
                    ganger_wide_scale(low, standing, GANGER_UNIT_BITS, GANGER_DOWN, &b->lost);
            }
        }
        b->after[t] = ganger_wide_add(
            b->after[t], ganger_wide_shift(worth, GANGER_UNIT_BITS, GANGER_UP), &b->lost);
    }
}

/* Sums of a row's prices from each period on. */
static void sum_later(struct ganger_best *b, const double *price)
{
    b->later[b->facts->periods] = 0;
    for (int32_t t = b->facts->periods - 1; t >= 0; t--) {
        b->later[t] =
            ganger_wide_add(b->later[t + 1],
                            (ganger_wide)GANGER_GRID_UNITS * ganger_grid_floor(price[t]), &b->lost);
    }
}

/* From which boundary on the waiter of a row may begin if a work of it begins, or is finished, at t. */
static int64_t opens_at(const struct ganger_best *b, int32_t row, int32_t work, int32_t t)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    if (row < rows->count) {
        return (int64_t)t + rows->lag[row];
    }
    row -= rows->count;
    if (row < b->facts->waits.rows) {
        return t;
    }
    int32_t k = b->prices->far_first_opener[row - b->facts->waits.rows];
    while (b->prices->far_opener[k] != work) {
        k++;
    }
    return b->far.opens[(int64_t)k * (b->facts->periods + 1) + t];
}

/* A row asks sum_{s: f_i(s)+lag <= t} x_i >= sum_{s <= t} x_j, summed over i where any of several will do: prices
 * from then on, got by the one and paid by the other. */
static void price_order(struct ganger_best *b, int32_t w)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    int32_t periods = b->facts->periods;
    for (int32_t i = b->first_at[w]; i < b->first_at[w + 1]; i++) {
        int32_t row = b->row_at[i];
        bool pays = ganger_best_order(b, row).waiter == w;
        bool by_finish = !pays && (row >= rows->count || rows->type[row] == GANGER_PRECEDENCE_FS);
        ganger_wide *side = by_finish ? b->after : b->before;
        sum_later(b, ganger_best_order_price(b, row));
        for (int32_t t = 0; t <= periods; t++) {
            int64_t from = pays ? t : opens_at(b, row, w, t);
            ganger_wide later = from < periods ? b->later[from] : 0;
            side[t] = ganger_wide_add(side[t], pays ? -later : later, &b->lost);
        }
    }
}

static void price_dates(struct ganger_best *b, int32_t w)
{
    const struct ganger_problem *p = b->facts->problem;
    int32_t due = p->works.due[w], periods = b->facts->periods;
    ganger_wide a_period = ganger_best_units(b, p->works.tardiness_cost[w], GANGER_DOWN);
    for (int32_t t = due + 1; due != GANGER_NONE && t <= periods; t++) {
        if (t >= 0) {
            b->after[t] = ganger_wide_subtract(
                b->after[t], ganger_wide_multiply(a_period, (ganger_wide)t - due, &b->lost),
                &b->lost);
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        ganger_wide price = ganger_grid_floor(b->prices->target[g]);
        if (price > 0 && ganger_facts_counts(b->facts, g, w)) {
            ganger_wide worth =
                ganger_wide_scale(price, ganger_best_units(b, p->works.km[w], GANGER_UP),
                                  GANGER_GRID_BITS, GANGER_UP, &b->lost);
            for (int32_t t = 0; t <= p->targets.by[g] && t <= periods; t++) {
                b->after[t] = ganger_wide_add(b->after[t], worth, &b->lost);
            }
        }
    }
}

static void price_work(struct ganger_best *b, int32_t w)
{
    size_t boundaries = (size_t)b->facts->periods + 1;
    memset(b->before, 0, boundaries * sizeof *b->before);
    memset(b->after, 0, boundaries * sizeof *b->after);
    memset(b->standing, 0, boundaries * sizeof *b->standing);
    price_capacity(b, w);
    price_order(b, w);
    price_dates(b, w);
    ganger_gates_after(&b->gates, w, b->after);
    ganger_energy_work_owes(&b->energy, w, b->before);
    b->finished = ganger_energy_look(&b->energy, w) ? b->credited : b->after;
}

/* What a mode adds. */

/* spent[t+1]: money and consumables of a period, for `productivity` of 1. */
static void rate_spending(struct ganger_best *b, int32_t m)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_problem *p = f->problem;
    ganger_wide cost = ganger_best_units(b, p->modes.cost[m], GANGER_DOWN);
    int64_t budget = p->resources.budget;
    const ganger_wide *money = budget == GANGER_NONE ? NULL : b->toll + budget * f->periods;
    for (int32_t t = 0; t < f->periods; t++) {
        ganger_wide worth = f->disc_low[t] + (money ? money[t] : 0);
        b->spent[t + 1] = ganger_wide_scale(cost, worth, GANGER_RATIO_BITS, GANGER_DOWN, &b->lost);
    }
    for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
        int32_t resource = p->modes.use_resource[i];
        const ganger_wide *toll = b->toll + (int64_t)resource * f->periods;
        for (int32_t t = 0; b->tolled[resource] && t < f->periods; t++) {
            ganger_wide spent =
                ganger_wide_scale(toll[t], p->modes.use_amount[i],
                                  GANGER_RATIO_BITS - GANGER_UNIT_BITS, GANGER_DOWN, &b->lost);
            b->spent[t + 1] = ganger_wide_add(b->spent[t + 1], spent, &b->lost);
        }
    }
}

/* burden[t+1]: rent and capacity taken in a period that is worked. */
static void rate_burden(struct ganger_best *b, int32_t m)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_modes *modes = &f->problem->modes;
    ganger_wide taken = ((ganger_wide)1 << GANGER_RATIO_BITS) -
                        ganger_wide_from(modes->factor[m], GANGER_RATIO_BITS, GANGER_UP, &b->lost);
    for (int32_t t = 0; t < f->periods; t++) {
        b->burden[t + 1] = b->standing[t] == 0
                               ? 0
                               : ganger_wide_scale(b->standing[t], taken, GANGER_RATIO_BITS,
                                                   GANGER_DOWN, &b->lost);
    }
    ganger_gates_burden(&b->gates, m, b->burden);
    ganger_trees_burden(&b->trees, modes->work[m], b->burden);
    for (int32_t i = modes->first_use[m]; i < modes->first_use[m + 1]; i++) {
        int64_t renewable = f->renewable_of[modes->use_resource[i]];
        if (renewable != GANGER_NONE && b->rented[renewable]) {
            const int64_t *rent = b->rent + renewable * f->periods;
            ganger_wide amount = (ganger_wide)modes->use_amount[i] * GANGER_GRID_UNITS;
            for (int32_t t = 0; t < f->periods; t++) {
                b->burden[t + 1] += amount * rent[t];
            }
        }
    }
}

/* What a finish in this mode gets besides, for the gangs that it needs no more. */
static void rate_finish(struct ganger_best *b, int32_t m)
{
    if (b->finished == b->credited) {
        ganger_energy_credit(&b->energy, m, b->credited);
        for (int32_t f = 0; f <= b->facts->periods; f++) {
            b->credited[f] = ganger_wide_add(b->credited[f], b->after[f], &b->lost);
        }
    }
}

/* From rates to sums before t. */
static void sum_mode(struct ganger_best *b, int32_t m)
{
    const struct ganger_facts *f = b->facts;
    int64_t row = ganger_facts_calendar(f, f->problem->modes.work[m]);
    const int32_t *productivity = f->productivity + row * f->periods;
    for (int32_t t = 0; t < f->periods; t++) {
        ganger_wide burden = productivity[t] > 0 ? b->burden[t + 1] : 0;
        ganger_wide spent = ganger_wide_multiply(b->spent[t + 1], productivity[t], &b->lost);
        b->burden[t + 1] = ganger_wide_add(b->burden[t], burden, &b->lost);
        b->spent[t + 1] = ganger_wide_add(b->spent[t], spent, &b->lost);
    }
}

/* Best worth so far; none yet while a mandatory work has no start. */
struct choice {
    bool any;
    ganger_wide worth;
    int32_t mode, start; /* GANGER_NONE: left undone */
};

static void offer(struct choice *choice, ganger_wide worth, int32_t mode, int32_t start)
{
    if (!choice->any || worth > choice->worth) {
        *choice = (struct choice){true, worth, mode, start};
    }
}

/* Starts of a mode with nothing to do: money and consumables are due at once. */
static void best_of_milestone(struct ganger_best *b, int32_t m, int32_t first, int32_t last,
                              struct choice *choice)
{
    rate_spending(b, m);
    for (int32_t s = first; s <= last; s++) {
        ganger_wide worth = ganger_wide_add(b->before[s], b->after[s], &b->lost);
        offer(choice, ganger_wide_subtract(worth, b->spent[s + 1], &b->lost), m, s);
    }
}

static void best_of_starts(struct ganger_best *b, int32_t m, int32_t first, int32_t last,
                           struct choice *choice)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_problem *p = f->problem;
    int32_t w = p->modes.work[m];
    int64_t row = ganger_facts_calendar(f, w);
    const int32_t *productivity = f->productivity + row * f->periods;
    const int64_t *worked = f->worked + row * (f->periods + 1);
    int64_t needed = 100 * (int64_t)p->modes.duration[m];
    int32_t deadline = p->works.deadline[w] < f->periods ? p->works.deadline[w] : f->periods;
    rate_spending(b, m);
    rate_burden(b, m);
    sum_mode(b, m);
    int32_t finish = first;
    for (int32_t s = first; s <= last; s++) {
        if (productivity[s] == 0) {
            continue;
        }
        while (finish < deadline && worked[finish] - worked[s] < needed) {
            finish++;
        }
        if (worked[finish] - worked[s] < needed) {
            return; /* later starts are not finished by the deadline either */
        }
        ganger_wide worth = ganger_wide_add(b->before[s], b->finished[finish], &b->lost);
        worth = ganger_wide_subtract(worth, b->burden[finish] - b->burden[s], &b->lost);
        ganger_wide spent = b->spent[finish] - b->spent[s];
        /* Divides only where it makes a difference: floor(x / y) < k just if x < k * y. */
        ganger_wide work = worked[finish] - worked[s];
        ganger_wide ahead = ganger_wide_subtract(worth, choice->worth, &b->lost);
        if (!choice->any || spent < ganger_wide_multiply(ahead, work, &b->lost)) {
            worth -= ganger_wide_divide(spent, work, GANGER_DOWN);
            *choice = (struct choice){true, worth, m, s};
        }
    }
}

static void best_within(struct ganger_best *b, int32_t m, int32_t first, int32_t last,
                        struct choice *choice)
{
    const struct ganger_problem *p = b->facts->problem;
    if (p->modes.duration[m] > 0) {
        best_of_starts(b, m, first, last, choice);
    } else {
        int32_t deadline = p->works.deadline[p->modes.work[m]];
        best_of_milestone(b, m, first, deadline < last ? deadline : last, choice);
    }
}

/* The one start of a mode that an earlier plan has, and what it saves. */
static void best_of_kept(struct ganger_best *b, int32_t m, int32_t first, int32_t last,
                         struct choice *choice)
{
    const struct ganger_works *works = &b->facts->problem->works;
    int32_t w = b->facts->problem->modes.work[m];
    int32_t start = works->kept_start ? works->kept_start[w] : GANGER_NONE;
    struct choice kept = {false, 0, GANGER_NONE, GANGER_NONE};
    if (start == GANGER_NONE || works->first_mode[w] + works->kept_mode[w] != m || start < first ||
        start > last) {
        return;
    }
    best_within(b, m, start, start, &kept);
    if (kept.any) {
        ganger_wide saved = ganger_best_units(b, works->change_cost[w], GANGER_UP);
        offer(choice, ganger_wide_add(kept.worth, saved, &b->lost), m, start);
    }
}

static void best_of_mode(struct ganger_best *b, int32_t m, struct choice *choice)
{
    const struct ganger_problem *p = b->facts->problem;
    int32_t w = p->modes.work[m];
    int32_t periods = b->facts->periods;
    int32_t first = p->works.earliest[w] > 0 ? p->works.earliest[w] : 0;
    int32_t last = periods - 1;
    if (p->works.fixed_start[w] != GANGER_NONE) {
        first = p->works.fixed_start[w] > first ? p->works.fixed_start[w] : first;
        last = p->works.fixed_start[w] < last ? p->works.fixed_start[w] : last;
    }
    rate_finish(b, m);
    best_within(b, m, first, last, choice);
    best_of_kept(b, m, first, last, choice);
}

/* Better than `choice`, if any way is. */
static struct choice best_of_work(struct ganger_best *b, int32_t w, struct choice choice)
{
    const struct ganger_works *works = &b->facts->problem->works;
    price_work(b, w);
    for (int32_t m = works->first_mode[w]; m < works->first_mode[w + 1]; m++) {
        if (works->fixed_mode[w] == GANGER_NONE ||
            works->first_mode[w] + works->fixed_mode[w] == m) {
            best_of_mode(b, m, &choice);
        }
    }
    return choice;
}

enum ganger_proof ganger_bound_npv(const struct ganger_facts *facts,
                                   const struct ganger_prices *prices, ganger_wide *bound)
{
    struct ganger_best b;
    ganger_wide traffic = 0, states = 0;
    enum ganger_proof proof = GANGER_PROOF_NO_MEMORY;
    if (!ganger_best_open(&b, facts, prices)) {
        goto out;
    }
    if (b.far.bypassed) {
        proof = GANGER_PROOF_BYPASSED;
        goto out;
    }
    proof = ganger_bound_traffic(facts, prices, &traffic);
    if (proof == GANGER_PROOF_HOLDS) {
        proof = ganger_bound_states(facts, prices, &states);
    }
    if (proof != GANGER_PROOF_HOLDS) {
        goto out;
    }
    ganger_best_add(&b, traffic);
    ganger_best_add(&b, states);
    for (int32_t w = 0; w < facts->problem->works.count; w++) {
        bool optional = !facts->problem->works.mandatory[w];
        struct choice undone = {optional, 0, GANGER_NONE, GANGER_NONE};
        struct choice best = best_of_work(&b, w, undone);
        if (!best.any) {
            proof = GANGER_PROOF_IMPOSSIBLE;
            goto out;
        }
        ganger_best_add(&b, best.worth);
    }
    *bound = b.sum;
    proof = b.lost || b.gates.lost || b.trees.lost || b.energy.lost ? GANGER_PROOF_LOST
                                                                    : GANGER_PROOF_HOLDS;
out:
    ganger_best_close(&b);
    return proof;
}

/* What it gets from what waits for it, less what it owes where it waits itself. */
static double waiting_of(struct ganger_best *b, int32_t w, struct choice at)
{
    const struct ganger_facts *f = b->facts;
    size_t boundaries = (size_t)f->periods + 1;
    if (at.mode == GANGER_NONE) {
        return 0;
    }
    int32_t finish = ganger_facts_finish(f, w, f->problem->modes.duration[at.mode], at.start);
    memset(b->before, 0, boundaries * sizeof *b->before);
    memset(b->after, 0, boundaries * sizeof *b->after);
    ganger_energy_work_owes(&b->energy, w, b->before);
    rate_finish(b, at.mode);
    return ganger_wide_to(b->before[at.start] + b->finished[finish], GANGER_UNIT_BITS, GANGER_DOWN);
}

bool ganger_bound_places(const struct ganger_facts *facts, const struct ganger_prices *prices,
                         struct ganger_bound_place *places)
{
    struct ganger_best b;
    bool ready = ganger_best_open(&b, facts, prices);
    for (int32_t w = 0; ready && w < facts->problem->works.count; w++) {
        struct choice best =
            best_of_work(&b, w, (struct choice){false, 0, GANGER_NONE, GANGER_NONE});
        double worth =
            best.any ? ganger_wide_to(best.worth, GANGER_UNIT_BITS, GANGER_UP) : -(double)INFINITY;
        places[w] =
            (struct ganger_bound_place){best.mode, best.start, worth, waiting_of(&b, w, best)};
    }
    ganger_best_close(&b);
    return ready;
}
