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
 * So the bound is a constant and one maximum a work, over its modes and starts or leaving it undone. All
 * that depends on the start is a difference of running sums over t: O(1) a start.
 */
#include "check/bound.h"

#include <math.h>
#include <stdlib.h>

/* Outward rounding, relative to the sum of absolute terms; sums here err by less than 1e-12 of it. */
static const double slack = 1e-9;

struct best {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    double *toll;       /* [resources * periods] window prices on a unit consumed in the period */
    long double *later; /* [rows * (periods+1)] precedence prices from t on */
    int32_t *first_at, *row_at; /* CSR by work: precedence rows it is part of */
    /* Of the work at hand, running sums before t, [periods+2] each. */
    long double *gain, *renewal, *active, *cost, *rent, *consumed;
    long double sum, magnitude;
};

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static void add(struct best *b, long double term)
{
    b->sum += term;
    b->magnitude += fabsl(term);
}

static void toll_windows(struct best *b)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_resources *r = &f->problem->resources;
    for (int32_t j = 0; j < f->windows; j++) {
        int32_t row = f->window_row[j];
        double *toll = b->toll + (int64_t)r->row_resource[row] * f->periods;
        int32_t from = r->row_from[row] < 0 ? 0 : r->row_from[row];
        int32_t to = r->row_to[row] > f->periods ? f->periods : r->row_to[row];
        for (int32_t t = from; t < to; t++) {
            toll[t] += b->prices->window[j];
        }
        add(b, (long double)b->prices->window[j] * r->row_limit[row]);
    }
}

static void rent_constants(struct best *b)
{
    const struct ganger_facts *f = b->facts;
    for (int64_t i = 0; i < (int64_t)f->renewables * f->periods; i++) {
        add(b, (long double)b->prices->renewable[i] * f->limit[i]);
    }
}

static void target_constants(struct best *b)
{
    const struct ganger_targets *targets = &b->facts->problem->targets;
    for (int32_t g = 0; g < targets->count; g++) {
        add(b, -(long double)b->prices->target[g] * targets->km[g]);
    }
}

static bool sum_precedence(struct best *b)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    int32_t works = b->facts->problem->works.count;
    int32_t periods = b->facts->periods;
    b->later = make((int64_t)rows->count * (periods + 1), sizeof *b->later);
    b->first_at = make((int64_t)works + 2, sizeof *b->first_at);
    b->row_at = make(2 * (int64_t)rows->count, sizeof *b->row_at);
    if (!b->later || !b->first_at || !b->row_at) {
        return false;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        long double *later = b->later + (int64_t)i * (periods + 1);
        const double *price = b->prices->precedence + (int64_t)i * periods;
        for (int32_t t = periods - 1; t >= 0; t--) {
            later[t] = later[t + 1] + price[t];
        }
        b->first_at[rows->predecessor[i] + 2]++;
        b->first_at[rows->successor[i] + 2]++;
    }
    for (int32_t w = 0; w < works; w++) {
        b->first_at[w + 2] += b->first_at[w + 1];
    }
    for (int32_t i = 0; i < rows->count; i++) {
        b->row_at[b->first_at[rows->predecessor[i] + 1]++] = i;
        b->row_at[b->first_at[rows->successor[i] + 1]++] = i;
    }
    return true;
}

/* What the precedence prices say of a work's start and finish. */
static long double precedence_worth(const struct best *b, int32_t w, int32_t start, int32_t finish)
{
    const struct ganger_precedences *rows = &b->facts->problem->precedences;
    int32_t periods = b->facts->periods;
    long double worth = 0;
    for (int32_t i = b->first_at[w]; i < b->first_at[w + 1]; i++) {
        int32_t row = b->row_at[i];
        const long double *later = b->later + (int64_t)row * (periods + 1);
        if (rows->successor[row] == w) {
            worth -= later[start];
        } else {
            int64_t done = rows->type[row] == GANGER_PRECEDENCE_FS ? finish : start;
            done += rows->lag[row];
            worth += done < periods ? later[done] : 0;
        }
    }
    return worth;
}

static void sum_capacity(struct best *b, int32_t w)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_problem *p = f->problem;
    int32_t q = p->works.segment[w];
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, w) * f->periods;
    for (int32_t t = 0; t <= f->periods; t++) {
        long double z = 0, standing = 0, worn = 0;
        if (q != GANGER_NONE) {
            const double *price = b->prices->segment + ((int64_t)t * p->segments.count + q) * 2;
            z = (long double)f->weight[t] * ((long double)price[0] + price[1]);
        }
        if (z > 0) {
            standing = z * p->segments.capacity[q] * ganger_facts_worn(f, q, t);
            worn = z * p->segments.capacity[q] - standing;
        }
        bool works = t < f->periods && productivity[t] > 0;
        b->gain[t + 1] = b->gain[t] + z;
        b->renewal[t + 1] = b->renewal[t] + worn;
        b->active[t + 1] = b->active[t] + (works ? standing : 0);
    }
}

static void sum_costs(struct best *b, int32_t m)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_problem *p = f->problem;
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, p->modes.work[m]) * f->periods;
    double cost = p->modes.cost[m];
    const double *money = p->resources.budget == GANGER_NONE
                              ? NULL
                              : b->toll + (int64_t)p->resources.budget * f->periods;
    for (int32_t t = 0; t < f->periods; t++) {
        long double rent = 0, consumed = money ? (long double)cost * money[t] : 0;
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            int32_t r = p->modes.use_resource[i];
            int64_t renewable = f->renewable_of[r];
            long double amount = p->modes.use_amount[i];
            if (renewable != GANGER_NONE) {
                rent += amount * b->prices->renewable[renewable * f->periods + t];
            } else {
                consumed += amount * b->toll[(int64_t)r * f->periods + t];
            }
        }
        b->cost[t + 1] = b->cost[t] + (long double)cost * f->disc[t] * productivity[t];
        b->rent[t + 1] = b->rent[t] + (productivity[t] > 0 ? rent : 0);
        b->consumed[t + 1] = b->consumed[t] + consumed * productivity[t];
    }
}

/* Money and consumables of a start: spread over [start, finish) by productivity; at once if that is empty. */
static long double spending(const struct best *b, int32_t m, int32_t start, int32_t finish)
{
    const struct ganger_facts *f = b->facts;
    int64_t row = ganger_facts_calendar(f, f->problem->modes.work[m]);
    if (finish > start) {
        const int64_t *worked = f->worked + row * (f->periods + 1);
        return (b->cost[finish] - b->cost[start] + b->consumed[finish] - b->consumed[start]) /
               (long double)(worked[finish] - worked[start]);
    }
    const struct ganger_problem *p = f->problem;
    long double spent = (long double)p->modes.cost[m] * f->disc[start];
    if (p->resources.budget != GANGER_NONE) {
        spent += (long double)p->modes.cost[m] *
                 b->toll[(int64_t)p->resources.budget * f->periods + start];
    }
    for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
        int32_t r = p->modes.use_resource[i];
        if (f->renewable_of[r] == GANGER_NONE) {
            spent += (long double)p->modes.use_amount[i] * b->toll[(int64_t)r * f->periods + start];
        }
    }
    return spent;
}

static long double worth_of(const struct best *b, int32_t m, int32_t start, int32_t finish)
{
    const struct ganger_problem *p = b->facts->problem;
    int32_t w = p->modes.work[m];
    int32_t end = b->facts->periods + 1;
    long double worth = precedence_worth(b, w, start, finish) - spending(b, m, start, finish);
    worth += (long double)p->works.gain[w] * (b->gain[end] - b->gain[finish]);
    if (p->works.renews[w]) {
        worth += b->renewal[end] - b->renewal[finish];
    }
    worth -= (1.0L - p->modes.factor[m]) * (b->active[finish] - b->active[start]);
    worth -= b->rent[finish] - b->rent[start];
    if (p->works.due[w] != GANGER_NONE && finish > p->works.due[w]) {
        worth -= (long double)p->works.tardiness_cost[w] * (finish - p->works.due[w]);
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        if (finish <= p->targets.by[g] && ganger_facts_counts(b->facts, g, w)) {
            worth += (long double)b->prices->target[g] * p->works.km[w];
        }
    }
    return worth;
}

static void best_of_mode(struct best *b, int32_t m, long double *best)
{
    const struct ganger_problem *p = b->facts->problem;
    int32_t w = p->modes.work[m];
    int32_t periods = b->facts->periods;
    int32_t first = p->works.earliest[w] > 0 ? p->works.earliest[w] : 0;
    int32_t last = periods - 1;
    int32_t deadline = p->works.deadline[w] < periods ? p->works.deadline[w] : periods;
    if (p->works.fixed_start[w] != GANGER_NONE) {
        first = p->works.fixed_start[w] > first ? p->works.fixed_start[w] : first;
        last = p->works.fixed_start[w] < last ? p->works.fixed_start[w] : last;
    }
    sum_costs(b, m);
    for (int32_t s = first; s <= last; s++) {
        int32_t finish = ganger_facts_finish(b->facts, w, p->modes.duration[m], s);
        if (finish <= deadline) {
            long double worth = worth_of(b, m, s, finish);
            *best = worth > *best ? worth : *best;
        }
    }
}

static long double best_of_work(struct best *b, int32_t w)
{
    const struct ganger_works *works = &b->facts->problem->works;
    long double best = works->mandatory[w] ? -(long double)INFINITY : 0.0L;
    sum_capacity(b, w);
    for (int32_t m = works->first_mode[w]; m < works->first_mode[w + 1]; m++) {
        if (works->fixed_mode[w] == GANGER_NONE ||
            works->first_mode[w] + works->fixed_mode[w] == m) {
            best_of_mode(b, m, &best);
        }
    }
    return best;
}

static void standing_capacity(struct best *b)
{
    const struct ganger_facts *f = b->facts;
    const struct ganger_segments *segments = &f->problem->segments;
    for (int32_t t = 0; t <= f->periods; t++) {
        for (int32_t q = 0; q < segments->count; q++) {
            const double *price = b->prices->segment + ((int64_t)t * segments->count + q) * 2;
            if (price[0] > 0 || price[1] > 0) {
                add(b, (long double)f->weight[t] * ((long double)price[0] + price[1]) *
                           segments->capacity[q] * ganger_facts_worn(f, q, t));
            }
        }
    }
}

static bool prepare(struct best *b)
{
    const struct ganger_problem *p = b->facts->problem;
    int64_t length = (int64_t)b->facts->periods + 2;
    b->toll = make((int64_t)p->resources.count * b->facts->periods, sizeof *b->toll);
    b->gain = make(length, sizeof *b->gain);
    b->renewal = make(length, sizeof *b->renewal);
    b->active = make(length, sizeof *b->active);
    b->cost = make(length, sizeof *b->cost);
    b->rent = make(length, sizeof *b->rent);
    b->consumed = make(length, sizeof *b->consumed);
    return b->toll && b->gain && b->renewal && b->active && b->cost && b->rent && b->consumed &&
           sum_precedence(b);
}

static void clear(struct best *b)
{
    free(b->toll);
    free(b->later);
    free(b->first_at);
    free(b->row_at);
    free(b->gain);
    free(b->renewal);
    free(b->active);
    free(b->cost);
    free(b->rent);
    free(b->consumed);
}

double ganger_bound_npv(const struct ganger_facts *facts, const struct ganger_prices *prices)
{
    struct best b = {.facts = facts, .prices = prices};
    double traffic = 0, bound = (double)NAN;
    if (prepare(&b) && ganger_bound_traffic(facts, prices, &traffic)) {
        add(&b, traffic);
        standing_capacity(&b);
        toll_windows(&b);
        rent_constants(&b);
        target_constants(&b);
        bool possible = true;
        for (int32_t w = 0; w < facts->problem->works.count && possible; w++) {
            long double best = best_of_work(&b, w);
            possible = best > -(long double)INFINITY;
            add(&b, best);
        }
        bound = possible ? (double)(b.sum + slack * b.magnitude) : -(double)INFINITY;
    }
    clear(&b);
    return bound;
}
