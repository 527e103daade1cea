/*
 * The dual bound of MODEL section 7, for objective npv.
 *
 * With Z_q(t) = w_t * (price of q, both directions), h the health of an unrenewed segment and b its base,
 *
 *   sum_t Z cap_q  <=  sum_t Z b h  +  sum over works w done on q of
 *                      sum_{t >= f} Z (gain + [renews] b (1 - h))  -  (1 - factor) sum_{t active} Z b h
 *
 * with equality for a single work. For several it holds because gains are >= 0 and factors <= 1, works on a
 * segment never overlap (so 1 - min factor is a sum over them), and the first renewal counts, here each.
 * So the bound is a constant and one maximum a work, over its modes and starts or leaving it undone.
 *
 * Prices are integers and any of them prove a bound; only what they are multiplied by is rounded: up where it
 * is added to the bound, down where it is taken off. What a start is worth is then
 *
 *     before(s) + after(f) - floor((spent(f) - spent(s)) / productivity from s to f)
 *
 * with sums over the periods that a work or a mode has once: O(1) a start. A further term of prices that
 * depends on a start or on a finish goes into `before` and `after` of the work (price_work), one that does
 * not into `sum` (constants).
 */
#include "check/bound.h"

#include "check/discount.h"

#include <stdlib.h>
#include <string.h>

struct best {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    ganger_wide *toll; /* [resources * periods] window prices on a unit consumed, ratio bits */
    bool *tolled;      /* [resources] any of them */
    bool *rented;      /* [renewables] any price */
    int32_t *paid_row; /* [segments] row of `paid`, GANGER_NONE where capacity costs nothing */
    int64_t *paid;     /* [rows * (periods+1)] price in both directions, grid bits */
    int32_t *first_at, *row_at; /* CSR by work: priced precedence rows it is part of */
    /* Of the work at hand. */
    ganger_wide *before, *after; /* [periods+1] what its start and its finish are worth */
    ganger_wide *standing;       /* [periods] price of all that its segment can carry, 0 at rest */
    /* Of the mode at hand, sums before t. */
    ganger_wide *burden, *spent; /* [periods+1] */
    ganger_wide sum;
    bool lost;
};

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static void add(struct best *b, ganger_wide term)
{
    b->sum = ganger_wide_add(b->sum, term, &b->lost);
}

static ganger_wide units(struct best *b, double x, enum ganger_toward toward)
{
    return ganger_wide_from(x, GANGER_UNIT_BITS, toward, &b->lost);
}

/* What is prepared once. */

/* A unit may be a sleeper, of which there are millions: its price wants finer bits than those of the rest. */
static void toll_windows(struct best *b)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_resources *r = &f->problem->resources;
    for (int32_t j = 0; j < f->windows; j++) {
        int32_t row = f->window_row[j];
        ganger_wide price =
            ganger_wide_from(b->prices->window[j], GANGER_RATIO_BITS, GANGER_DOWN, &b->lost);
        ganger_wide *toll = b->toll + (int64_t)r->row_resource[row] * f->periods;
        int32_t from = r->row_from[row] < 0 ? 0 : r->row_from[row];
        int32_t to = r->row_to[row] > f->periods ? f->periods : r->row_to[row];
        b->tolled[r->row_resource[row]] |= price > 0;
        for (int32_t t = from; t < to && price > 0; t++) {
            toll[t] += price;
        }
        add(b, ganger_wide_scale(price, units(b, r->row_limit[row], GANGER_UP), GANGER_RATIO_BITS,
                                 GANGER_UP, &b->lost));
    }
}

static void rent_renewables(struct best *b)
{
    const struct ganger_facts *f = b->facts;
    for (int64_t r = 0; r < f->renewables; r++) {
        ganger_wide sum = 0;
        for (int64_t i = r * f->periods; i < (r + 1) * f->periods; i++) {
            ganger_wide price = ganger_grid_floor(b->prices->renewable[i]);
            b->rented[r] |= price > 0;
            sum = ganger_wide_add(sum, price * f->limit[i], &b->lost);
        }
        add(b, ganger_wide_multiply(sum, GANGER_GRID_UNITS, &b->lost));
    }
}

static void target_constants(struct best *b)
{
    const struct ganger_targets *targets = &b->facts->problem->targets;
    for (int32_t g = 0; g < targets->count; g++) {
        add(b, -ganger_wide_scale(ganger_grid_floor(b->prices->target[g]),
                                  units(b, targets->km[g], GANGER_DOWN), GANGER_GRID_BITS,
                                  GANGER_DOWN, &b->lost));
    }
}

/* Prices of capacity, segment by segment: the file has them boundary by boundary, mostly zeros. */
static bool gather_capacity(struct best *b)
{
    int64_t segments = b->facts->problem->segments.count, boundaries = b->facts->periods + 1;
    const double *price = b->prices->segment;
    int32_t rows = 0;
    for (int64_t q = 0; q < segments; q++) {
        b->paid_row[q] = GANGER_NONE;
    }
    for (int64_t i = 0; i < boundaries * segments; i++) {
        if ((price[2 * i] > 0 || price[2 * i + 1] > 0) && b->paid_row[i % segments] < 0) {
            b->paid_row[i % segments] = rows++;
        }
    }
    b->paid = make(rows * boundaries, sizeof *b->paid);
    for (int64_t t = 0; b->paid && t < boundaries; t++) {
        for (int64_t q = 0; q < segments; q++) {
            if (b->paid_row[q] >= 0) {
                const double *pair = price + 2 * (t * segments + q);
                b->paid[b->paid_row[q] * boundaries + t] =
                    ganger_grid_floor(pair[0]) + ganger_grid_floor(pair[1]);
            }
        }
    }
    return b->paid != NULL;
}

static void standing_capacity(struct best *b)
{
    const struct ganger_facts *f = b->facts;
    for (int32_t q = 0; q < f->problem->segments.count; q++) {
        if (b->paid_row[q] < 0) {
            continue;
        }
        const int64_t *paid = b->paid + (int64_t)b->paid_row[q] * (f->periods + 1);
        struct ganger_wear wear = ganger_wear_of(f, q, &b->lost);
        ganger_wide sum = 0;
        for (int32_t t = 0; t <= f->periods; t++) {
            if (paid[t] > 0) {
                ganger_wide z = ganger_wide_shift(
                    (ganger_wide)f->weight_high[t] * paid[t],
                    GANGER_WEIGHT_BITS + GANGER_GRID_BITS - GANGER_UNIT_BITS, GANGER_UP);
                sum = ganger_wide_add(
                    sum, ganger_wide_multiply(z, ganger_wear_high(&wear, t), &b->lost), &b->lost);
            }
        }
        add(b, ganger_wide_shift(sum, GANGER_UNIT_BITS, GANGER_UP));
    }
}

static bool has_price(const double *price, int32_t count)
{
    for (int32_t t = 0; t < count; t++) {
        if (price[t] > 0) {
            return true;
        }
    }
    return false;
}

static bool list_precedence(struct best *b)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    int32_t works = b->facts->problem->works.count, periods = b->facts->periods;
    bool *priced = make(rows->count, sizeof *priced);
    b->first_at = make((int64_t)works + 2, sizeof *b->first_at);
    b->row_at = make(2 * (int64_t)rows->count, sizeof *b->row_at);
    bool ready = priced && b->first_at && b->row_at;
    for (int32_t i = 0; ready && i < rows->count; i++) {
        priced[i] = has_price(b->prices->precedence + (int64_t)i * periods, periods);
        b->first_at[rows->predecessor[i] + 2] += priced[i] ? 1 : 0;
        b->first_at[rows->successor[i] + 2] += priced[i] ? 1 : 0;
    }
    for (int32_t w = 0; ready && w < works; w++) {
        b->first_at[w + 2] += b->first_at[w + 1];
    }
    for (int32_t i = 0; ready && i < rows->count; i++) {
        if (priced[i]) {
            b->row_at[b->first_at[rows->predecessor[i] + 1]++] = i;
            b->row_at[b->first_at[rows->successor[i] + 1]++] = i;
        }
    }
    free(priced);
    return ready;
}

/* What a work is worth by its start and by its finish, in any mode. */

static void price_capacity(struct best *b, int32_t w)
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
    ganger_wide gain = units(b, works->gain[w], GANGER_UP), worth = 0;
    for (int32_t t = f->periods; t >= 0; t--) {
        if (paid[t] > 0) {
            ganger_wide standing = ganger_wear_low(&wear, t);
            ganger_wide more = gain + (works->renews[w] ? wear.base_high - standing : 0);
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

/* A row asks sum_{s: f_i(s)+lag <= t} x_i >= sum_{s <= t} x_j: prices from then on, got by the one and paid
 * by the other. */
static void price_precedence(struct best *b, int32_t w)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    int32_t periods = b->facts->periods;
    for (int32_t i = b->first_at[w]; i < b->first_at[w + 1]; i++) {
        int32_t row = b->row_at[i];
        const double *price = b->prices->precedence + (int64_t)row * periods;
        bool pays = rows->successor[row] == w;
        ganger_wide *side = !pays && rows->type[row] == GANGER_PRECEDENCE_FS ? b->after : b->before;
        int64_t lag = pays ? 0 : rows->lag[row];
        ganger_wide later = 0;
        for (int32_t t = periods - 1; t >= 0; t--) {
            later = ganger_wide_add(
                later, (ganger_wide)GANGER_GRID_UNITS * ganger_grid_floor(price[t]), &b->lost);
            if (t >= lag) {
                side[t - lag] = ganger_wide_add(side[t - lag], pays ? -later : later, &b->lost);
            }
        }
    }
}

static void price_dates(struct best *b, int32_t w)
{
    const struct ganger_problem *p = b->facts->problem;
    int32_t due = p->works.due[w], periods = b->facts->periods;
    ganger_wide a_period = units(b, p->works.tardiness_cost[w], GANGER_DOWN);
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
            ganger_wide worth = ganger_wide_scale(price, units(b, p->works.km[w], GANGER_UP),
                                                  GANGER_GRID_BITS, GANGER_UP, &b->lost);
            for (int32_t t = 0; t <= p->targets.by[g] && t <= periods; t++) {
                b->after[t] = ganger_wide_add(b->after[t], worth, &b->lost);
            }
        }
    }
}

static void price_work(struct best *b, int32_t w)
{
    size_t boundaries = (size_t)b->facts->periods + 1;
    memset(b->before, 0, boundaries * sizeof *b->before);
    memset(b->after, 0, boundaries * sizeof *b->after);
    memset(b->standing, 0, boundaries * sizeof *b->standing);
    price_capacity(b, w);
    price_precedence(b, w);
    price_dates(b, w);
}

/* What a mode adds. */

/* Money and consumables of a period worked in full, for `productivity` of 1. */
static ganger_wide spending(struct best *b, int32_t m, ganger_wide cost, int32_t t)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_problem *p = f->problem;
    ganger_wide money = f->disc_low[t], spent = 0;
    if (p->resources.budget != GANGER_NONE) {
        money += b->toll[(int64_t)p->resources.budget * f->periods + t];
    }
    spent = ganger_wide_scale(cost, money, GANGER_RATIO_BITS, GANGER_DOWN, &b->lost);
    for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
        int32_t r = p->modes.use_resource[i];
        if (f->renewable_of[r] == GANGER_NONE && b->tolled[r]) {
            ganger_wide toll = b->toll[(int64_t)r * f->periods + t];
            spent += ganger_wide_scale(toll, p->modes.use_amount[i],
                                       GANGER_RATIO_BITS - GANGER_UNIT_BITS, GANGER_DOWN, &b->lost);
        }
    }
    return spent;
}

static ganger_wide rent(const struct best *b, int32_t m, int32_t t)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_modes *modes = &f->problem->modes;
    ganger_wide sum = 0;
    for (int32_t i = modes->first_use[m]; i < modes->first_use[m + 1]; i++) {
        int64_t renewable = f->renewable_of[modes->use_resource[i]];
        if (renewable != GANGER_NONE && b->rented[renewable]) {
            sum +=
                (ganger_wide)ganger_grid_floor(b->prices->renewable[renewable * f->periods + t]) *
                modes->use_amount[i];
        }
    }
    return sum * GANGER_GRID_UNITS;
}

static void price_mode(struct best *b, int32_t m)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_modes *modes = &f->problem->modes;
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, modes->work[m]) * f->periods;
    ganger_wide cost = units(b, modes->cost[m], GANGER_DOWN);
    ganger_wide taken = ((ganger_wide)1 << GANGER_RATIO_BITS) -
                        ganger_wide_from(modes->factor[m], GANGER_RATIO_BITS, GANGER_UP, &b->lost);
    for (int32_t t = 0; t < f->periods; t++) {
        ganger_wide burden = 0, spent = 0;
        if (productivity[t] > 0) {
            burden = rent(b, m, t);
            if (b->standing[t] > 0) {
                burden += ganger_wide_scale(b->standing[t], taken, GANGER_RATIO_BITS, GANGER_DOWN,
                                            &b->lost);
            }
            spent = ganger_wide_multiply(spending(b, m, cost, t), productivity[t], &b->lost);
        }
        b->burden[t + 1] = ganger_wide_add(b->burden[t], burden, &b->lost);
        b->spent[t + 1] = ganger_wide_add(b->spent[t], spent, &b->lost);
    }
}

/* Best worth so far; none yet while a mandatory work has no start. */
struct choice {
    bool any;
    ganger_wide worth;
};

static void offer(struct choice *choice, ganger_wide worth)
{
    if (!choice->any || worth > choice->worth) {
        *choice = (struct choice){true, worth};
    }
}

/* Starts of a mode with nothing to do: money and consumables are due at once. */
static void best_of_milestone(struct best *b, int32_t m, int32_t first, int32_t last,
                              struct choice *choice)
{
    ganger_wide cost = units(b, b->facts->problem->modes.cost[m], GANGER_DOWN);
    for (int32_t s = first; s <= last; s++) {
        ganger_wide worth = ganger_wide_add(b->before[s], b->after[s], &b->lost);
        offer(choice, ganger_wide_subtract(worth, spending(b, m, cost, s), &b->lost));
    }
}

static void best_of_starts(struct best *b, int32_t m, int32_t first, int32_t last,
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
    price_mode(b, m);
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
        ganger_wide worth = ganger_wide_add(b->before[s], b->after[finish], &b->lost);
        worth = ganger_wide_subtract(worth, b->burden[finish] - b->burden[s], &b->lost);
        ganger_wide spent = b->spent[finish] - b->spent[s];
        /* Divides only where it makes a difference: floor(x / y) < k just if x < k * y. */
        ganger_wide work = worked[finish] - worked[s];
        ganger_wide ahead = ganger_wide_subtract(worth, choice->worth, &b->lost);
        if (!choice->any || spent < ganger_wide_multiply(ahead, work, &b->lost)) {
            *choice = (struct choice){true, worth - ganger_wide_divide(spent, work, GANGER_DOWN)};
        }
    }
}

static void best_of_mode(struct best *b, int32_t m, struct choice *choice)
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
    if (p->modes.duration[m] > 0) {
        best_of_starts(b, m, first, last, choice);
    } else {
        last = p->works.deadline[w] < last ? p->works.deadline[w] : last;
        best_of_milestone(b, m, first, last, choice);
    }
}

static struct choice best_of_work(struct best *b, int32_t w)
{
    const struct ganger_works *works = &b->facts->problem->works;
    struct choice choice = {!works->mandatory[w], 0};
    price_work(b, w);
    for (int32_t m = works->first_mode[w]; m < works->first_mode[w + 1]; m++) {
        if (works->fixed_mode[w] == GANGER_NONE ||
            works->first_mode[w] + works->fixed_mode[w] == m) {
            best_of_mode(b, m, &choice);
        }
    }
    return choice;
}

static bool prepare(struct best *b)
{
    const struct ganger_problem *p = b->facts->problem;
    int64_t length = (int64_t)b->facts->periods + 1;
    b->toll = make((int64_t)p->resources.count * b->facts->periods, sizeof *b->toll);
    b->tolled = make(p->resources.count, sizeof *b->tolled);
    b->rented = make(b->facts->renewables, sizeof *b->rented);
    b->paid_row = make(p->segments.count, sizeof *b->paid_row);
    b->before = make(length, sizeof *b->before);
    b->after = make(length, sizeof *b->after);
    b->standing = make(length, sizeof *b->standing);
    b->burden = make(length, sizeof *b->burden);
    b->spent = make(length, sizeof *b->spent);
    return b->toll && b->tolled && b->rented && b->paid_row && b->before && b->after &&
           b->standing && b->burden && b->spent && gather_capacity(b) && list_precedence(b);
}

static void clear(struct best *b)
{
    free(b->toll);
    free(b->tolled);
    free(b->rented);
    free(b->paid_row);
    free(b->paid);
    free(b->first_at);
    free(b->row_at);
    free(b->before);
    free(b->after);
    free(b->standing);
    free(b->burden);
    free(b->spent);
}

static void constants(struct best *b)
{
    standing_capacity(b);
    toll_windows(b);
    rent_renewables(b);
    target_constants(b);
}

enum ganger_proof ganger_bound_npv(const struct ganger_facts *facts,
                                   const struct ganger_prices *prices, ganger_wide *bound)
{
    struct best b = {.facts = facts, .prices = prices, .lost = facts->lost};
    enum ganger_proof proof = GANGER_PROOF_NO_MEMORY;
    if (!prepare(&b)) {
        goto out;
    }
    proof = ganger_bound_traffic(facts, prices, &b.sum);
    if (proof != GANGER_PROOF_HOLDS) {
        goto out;
    }
    constants(&b);
    for (int32_t w = 0; w < facts->problem->works.count; w++) {
        struct choice best = best_of_work(&b, w);
        if (!best.any) {
            proof = GANGER_PROOF_IMPOSSIBLE;
            goto out;
        }
        add(&b, best.worth);
    }
    *bound = b.sum;
    proof = b.lost ? GANGER_PROOF_LOST : GANGER_PROOF_HOLDS;
out:
    clear(&b);
    return proof;
}
