/*
 * The freight part of the dual bound: what demands would gain if capacity cost its price. Boundaries with the same arc
 * lengths as the one before share their distances, and some dozens of different ones are measured together (route.h).
 * Lengths and distances are whole units of USD per tonne: costs of carrying are rounded down, values up.
 */
#include "check/bound.h"

#include "check/discount.h"
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
    int64_t *reached;    /* [most_rows * demands] dist_k */
    ganger_wide *volume; /* [demands] */
    bool lost;
};

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
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
    if (!ganger_routes_open(&f->routes, p) || !f->length || !f->least || !f->row || !f->value ||
        !f->reached || !f->volume) {
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

/* What the demands gain at a boundary, M USD a year. */
static ganger_wide margin(struct freight *f, int32_t t)
{
    int32_t demands = f->facts->problem->demands.count;
    const int64_t *reached = f->reached + (int64_t)f->row[t] * demands;
    ganger_wide sum = 0;
    for (int32_t k = 0; k < demands; k++) {
        if (f->value[k] > reached[k]) {
            ganger_wide gain = (ganger_wide)f->value[k] - reached[k];
            sum =
                ganger_wide_add(sum, ganger_wide_multiply(f->volume[k], gain, &f->lost), &f->lost);
        }
    }
    return ganger_wide_shift(sum, GANGER_UNIT_BITS, GANGER_UP);
}

enum ganger_proof ganger_bound_traffic(const struct ganger_facts *facts,
                                       const struct ganger_prices *prices, ganger_wide *traffic)
{
    struct freight f = {.facts = facts, .prices = prices, .lost = facts->lost};
    int32_t next = 0;
    ganger_wide sum = 0;
    bool ready = open_freight(&f);
    for (int32_t t = 0, until; ready && t <= facts->periods; t = until) {
        until = gather_rows(&f, t);
        ganger_routes_measure(&f.routes, (struct ganger_route_request){f.rows, f.length, f.value,
                                                                       f.reached, f.least});
        for (int32_t u = t; u < until; u++) {
            ganger_facts_volume(facts, facts->volume_high, u, &next, f.volume);
            sum = ganger_wide_add(sum,
                                  ganger_wide_scale(margin(&f, u), facts->weight_high[u],
                                                    GANGER_WEIGHT_BITS, GANGER_UP, &f.lost),
                                  &f.lost);
        }
    }
    close_freight(&f);
    *traffic = sum;
    return !ready ? GANGER_PROOF_NO_MEMORY : f.lost ? GANGER_PROOF_LOST : GANGER_PROOF_HOLDS;
}
