/*
 * The freight part of the dual bound: what demands would gain if capacity cost its price. Boundaries with the same arc
 * lengths as the one before share their distances, and some dozens of different ones are measured together (route.h). A
 * demand that pays for closures (gates.h) is measured again, alone, at lengths with what it pays. What it pays for a cut it
 * pays once, wherever it goes - provided that no way around the cut costs less than its value, which is looked at first.
 * Lengths and distances are whole units of USD per tonne: costs of carrying are rounded down, values up.
 */
#include "check/bound.h"

#include "check/discount.h"
#include "check/gates.h"
#include "check/route.h"

#include <stdlib.h>
#include <string.h>

#define FAR GANGER_ROUTE_FAR

/* Different boundaries that are measured together, at most. */
enum { most_rows = 32 };

struct freight {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    struct ganger_routes routes;
    int64_t *length; /* [(most_rows + 1) * 2*links] at most FAR; of the rows, then scratch */
    int64_t *least;  /* [2*links] scratch */
    int32_t rows;
    int32_t *row;        /* [boundaries] of each boundary */
    int64_t *value;      /* [demands] below FAR */
    int64_t *reached;    /* [most_rows * demands] dist_k without prices of closures */
    ganger_wide *volume; /* [demands] */
    /* Demands that pay for closures. */
    int32_t *first_closure, *closure; /* CSR by demand: rows of closure */
    int64_t *own_length;              /* [2*links] scratch: lengths of one demand */
    int64_t *own_reached;             /* [demands] dist_k with prices of closures */
    int64_t levy;                     /* of the demand at hand, for cuts */
    bool lost;
};

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static bool list_closures(struct freight *f)
{
    const struct ganger_prices *prices = f->prices;
    const int32_t *first = prices->closure_first_demand;
    int32_t demands = f->facts->problem->demands.count;
    int32_t members = prices->closures > 0 ? first[prices->closures] : 0;
    f->first_closure = make((int64_t)demands + 2, sizeof *f->first_closure);
    f->closure = make(members, sizeof *f->closure);
    if (!f->first_closure || !f->closure) {
        return false;
    }
    for (int32_t i = 0; i < members; i++) {
        f->first_closure[prices->closure_demand[i] + 2]++;
    }
    for (int32_t k = 0; k < demands; k++) {
        f->first_closure[k + 2] += f->first_closure[k + 1];
    }
    for (int32_t row = 0; row < prices->closures; row++) {
        for (int32_t i = first[row]; i < first[row + 1]; i++) {
            f->closure[f->first_closure[prices->closure_demand[i] + 1]++] = row;
        }
    }
    return true;
}

static bool open_freight(struct freight *f)
{
    const struct ganger_problem *p = f->facts->problem;
    int64_t arcs = 2 * (int64_t)p->links.count, demands = p->demands.count;
    f->length = make((most_rows + 1) * arcs, sizeof *f->length);
    f->least = make(arcs, sizeof *f->least);
    f->row = make((int64_t)f->facts->periods + 1, sizeof *f->row);
    f->value = make(demands, sizeof *f->value);
    f->reached = make(most_rows * demands, sizeof *f->reached);
    f->volume = make(demands, sizeof *f->volume);
    f->own_length = make(arcs, sizeof *f->own_length);
    f->own_reached = make(demands, sizeof *f->own_reached);
    if (!ganger_routes_open(&f->routes, p) || !f->length || !f->least || !f->row || !f->value ||
        !f->reached || !f->volume || !f->own_length || !f->own_reached || !list_closures(f)) {
        return false;
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        ganger_wide value =
            ganger_wide_from(p->demands.value[k], GANGER_UNIT_BITS, GANGER_UP, &f->lost);
        f->lost |= value >= FAR || value <= -FAR;
        f->value[k] = (int64_t)value;
    }
    return true;
}

static void close_freight(struct freight *f)
{
    ganger_routes_close(&f->routes);
    free(f->length);
    free(f->least);
    free(f->row);
    free(f->value);
    free(f->reached);
    free(f->volume);
    free(f->first_closure);
    free(f->closure);
    free(f->own_length);
    free(f->own_reached);
}

static int64_t nearer(ganger_wide length)
{
    return length < FAR ? (int64_t)length : FAR;
}

static void measure_arcs(const struct freight *f, int32_t t, int64_t *length)
{
    const struct ganger_problem *p = f->facts->problem;
    const double *price = f->prices->segment + (int64_t)t * p->segments.count * 2;
    for (int32_t l = 0; l < p->links.count; l++) {
        length[2 * l] = length[2 * l + 1] = nearer(f->facts->link_cost_low[l]);
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        if (price[2 * q] > 0 || price[2 * q + 1] > 0) {
            int64_t *cost = length + 2 * p->segments.link[q];
            for (int side = 0; side < 2; side++) {
                ganger_wide step = ganger_grid_floor(price[2 * q + side]);
                cost[side] = nearer(cost[side] + step * GANGER_GRID_UNITS);
            }
        }
    }
}

/* Lists boundaries from `t` on until there are too many different ones; returns the first that is left. */
static int32_t gather_rows(struct freight *f, int32_t t)
{
    int64_t arcs = 2 * (int64_t)f->facts->problem->links.count;
    f->rows = 0;
    for (; t <= f->facts->periods; t++) {
        int64_t *next = f->length + f->rows * arcs;
        measure_arcs(f, t, next);
        if (f->rows == 0 || memcmp(next, next - arcs, (size_t)arcs * sizeof *next) != 0) {
            if (f->rows == most_rows) {
                break;
            }
            f->rows++;
        }
        f->row[t] = f->rows - 1;
    }
    return t;
}

/* In grid bits. */
static ganger_wide closure_price(const struct freight *f, int32_t row, int32_t t)
{
    return ganger_grid_floor(f->prices->closure[row * ((int64_t)f->facts->periods + 1) + t]);
}

/* Does the demand pay at t for closures what it pays at the boundary before? */
static bool closures_stay(const struct freight *f, int32_t k, int32_t t)
{
    for (int32_t i = f->first_closure[k]; i < f->first_closure[k + 1]; i++) {
        if (closure_price(f, f->closure[i], t) != closure_price(f, f->closure[i], t - 1)) {
            return false;
        }
    }
    return true;
}

/* Lengthens the arcs on which the demand pays for closures, and sums up its levy; false if it pays on no arc. */
static bool add_closures(struct freight *f, int32_t k, int32_t t, const int64_t *length)
{
    int64_t arcs = 2 * (int64_t)f->facts->problem->links.count;
    bool any = false;
    f->levy = 0;
    for (int32_t i = f->first_closure[k]; i < f->first_closure[k + 1]; i++) {
        ganger_wide price = closure_price(f, f->closure[i], t);
        if (ganger_gates_cut(f->prices, f->closure[i])) {
            f->levy = nearer(f->levy + price * GANGER_GRID_UNITS);
            continue;
        }
        int64_t *own = f->own_length + f->prices->closure_arc[f->closure[i]];
        if (price > 0 && !any) {
            memcpy(f->own_length, length, (size_t)arcs * sizeof *length);
            any = true;
        }
        *own = price > 0 ? nearer(*own + price * GANGER_GRID_UNITS) : *own;
    }
    return any;
}

/* Fills own_reached of the demands that pay for closures; who gains nothing without them gains nothing with them. `alike`:
 * all arcs are as long as at the boundary before. */
static void measure_alone(struct freight *f, int32_t t, bool alike)
{
    const struct ganger_problem *p = f->facts->problem;
    const int64_t *reached = f->reached + (int64_t)f->row[t] * p->demands.count;
    const int64_t *length = f->length + 2 * (int64_t)f->row[t] * p->links.count;
    for (int32_t k = 0; k < p->demands.count; k++) {
        if (f->first_closure[k] == f->first_closure[k + 1] || (alike && closures_stay(f, k, t))) {
            continue;
        }
        f->own_reached[k] = reached[k];
        if (reached[k] < f->value[k]) {
            int64_t way = add_closures(f, k, t, length)
                              ? ganger_routes_measure_one(&f->routes, k, f->own_length, f->value[k])
                              : reached[k];
            f->own_reached[k] = nearer((ganger_wide)way + f->levy);
        }
    }
}

static int64_t distance_of(const struct freight *f, int32_t k, int32_t t)
{
    return f->first_closure[k] < f->first_closure[k + 1]
               ? f->own_reached[k]
               : f->reached[(int64_t)f->row[t] * f->facts->problem->demands.count + k];
}

/* What the demands gain at a boundary, M USD a year. */
static ganger_wide margin(struct freight *f, int32_t t)
{
    int32_t demands = f->facts->problem->demands.count;
    ganger_wide sum = 0;
    for (int32_t k = 0; k < demands; k++) {
        int64_t reached = distance_of(f, k, t);
        if (f->value[k] > reached) {
            ganger_wide gain = (ganger_wide)f->value[k] - reached;
            sum =
                ganger_wide_add(sum, ganger_wide_multiply(f->volume[k], gain, &f->lost), &f->lost);
        }
    }
    return ganger_wide_shift(sum, GANGER_UNIT_BITS, GANGER_UP);
}

/* Does the boundary have a tree of states (trees.h)? `at` moves on with the boundaries. */
static bool has_states(const struct ganger_prices *prices, int32_t t, int32_t *at)
{
    while (*at < prices->states && prices->state_period[*at] < t) {
        ++*at;
    }
    return *at < prices->states && prices->state_period[*at] == t;
}

/* Has no demand of a cut's row a way around it that costs less than the demand's value? */
static bool cuts_hold(struct freight *f)
{
    const struct ganger_prices *prices = f->prices;
    const struct ganger_problem *p = f->facts->problem;
    for (int32_t row = 0; row < prices->closures; row++) {
        if (!ganger_gates_cut(prices, row)) {
            continue;
        }
        for (int32_t l = 0; l < p->links.count; l++) {
            f->own_length[2 * l] = f->own_length[2 * l + 1] = nearer(f->facts->link_cost_low[l]);
        }
        f->own_length[prices->closure_arc[row]] = FAR;
        for (int32_t i = prices->closure_first_beside[row];
             i < prices->closure_first_beside[row + 1]; i++) {
            f->own_length[prices->closure_beside_arc[i]] = FAR;
        }
        for (int32_t i = prices->closure_first_demand[row];
             i < prices->closure_first_demand[row + 1]; i++) {
            int32_t k = prices->closure_demand[i];
            if (f->value[k] > 0 && ganger_routes_measure_one(&f->routes, k, f->own_length,
                                                             f->value[k]) < f->value[k]) {
                return false;
            }
        }
    }
    return true;
}

enum ganger_proof ganger_bound_traffic(const struct ganger_facts *facts,
                                       const struct ganger_prices *prices, ganger_wide *traffic)
{
    struct freight f = {.facts = facts, .prices = prices, .lost = facts->lost};
    int32_t next = 0, state = 0;
    ganger_wide sum = 0;
    bool ready = open_freight(&f);
    if (ready && !cuts_hold(&f)) {
        close_freight(&f);
        return GANGER_PROOF_LEAKS;
    }
    for (int32_t t = 0, until; ready && t <= facts->periods; t = until) {
        until = gather_rows(&f, t);
        ganger_routes_measure(&f.routes, (struct ganger_route_request){f.rows, f.length, f.value,
                                                                       f.reached, f.least});
        for (int32_t u = t; u < until; u++) {
            ganger_facts_volume(facts, facts->volume_high, u, &next, f.volume);
            measure_alone(&f, u, u > t && f.row[u] == f.row[u - 1]);
            ganger_wide gain = has_states(prices, u, &state) ? 0 : margin(&f, u);
            sum = ganger_wide_add(sum,
                                  ganger_wide_scale(gain, facts->weight_high[u], GANGER_WEIGHT_BITS,
                                                    GANGER_UP, &f.lost),
                                  &f.lost);
        }
    }
    close_freight(&f);
    *traffic = sum;
    return !ready ? GANGER_PROOF_NO_MEMORY : f.lost ? GANGER_PROOF_LOST : GANGER_PROOF_HOLDS;
}
