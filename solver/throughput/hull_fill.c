/* From the best proof to the arrays that a plan keeps. */
#include "base/fixed.h"
#include "throughput/hull_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Potentials are rounded upward to whole steps of the plan's grid, so that their differences along a way add up to what
 * freight is worth, or more. */
static double potential_of(const struct ganger_hull *h, const int64_t *potential, int32_t node)
{
    double usd = h->line_up->value * ((double)potential[node] / (double)GANGER_PERIOD_ONE);
    return ldexp(ceil(ldexp(usd, GANGER_GRID_BITS)), -GANGER_GRID_BITS);
}

/* Prices of a leaf's arcs, in the plan's order; counts them if there is nowhere to list them. */
static void fill_leaf(const struct ganger_hull *h, const int64_t *potential,
                      struct ganger_search_states *to)
{
    const struct ganger_flow_prices *r = h->prices;
    for (int32_t l = 0; l < h->links - 1; l++) { /* the one beyond is no link of the plan */
        for (int32_t a = r->first_arc[l]; a < r->first_arc[l + 1]; a++) {
            double gain =
                potential_of(h, potential, r->head[a]) - potential_of(h, potential, r->tail[a]);
            if (gain > 0 && to->passage) {
                to->state_arc[to->arcs] = 2 * l + a - r->first_arc[l];
                to->passage[to->arcs] = gain;
            }
            to->arcs += gain > 0;
        }
    }
}

/* The trees of all periods follow each other; *work and *potential are of this one, and then of the next. */
static void fill_tree(const struct ganger_hull *h, int32_t t, const int32_t **work,
                      const int64_t **potential, struct ganger_search_states *to)
{
    for (int32_t i = 0; i < h->best.nodes[t]; i++, ++*work) {
        if (to->passage) {
            to->state_period[to->states] = t;
            to->state_work[to->states] = **work;
        }
        if (**work < 0) {
            fill_leaf(h, *potential, to);
            *potential += h->prices->nodes;
        }
        to->states++;
        if (to->passage) {
            to->state_first_arc[to->states] = to->arcs;
        }
    }
}

/* A work that is at work for sure pays what its line is worth at most: so its line is as good as closed. */
static double pay_of(const struct ganger_hull *h, int32_t w, int32_t t)
{
    const struct ganger_line_up *u = h->line_up;
    int32_t link = u->link[w], pair = h->pair_at[h->row[w] + t - u->from[w]];
    if (pair >= 0) {
        return h->best.price[pair] / h->weight[t] * u->value;
    }
    bool sure = pair == GANGER_HULL_SURE;
    return sure ? u->standing[(int64_t)link * (h->periods + 1) + t] * u->value : 0;
}

static void fill_pay(const struct ganger_hull *h, int32_t t, struct ganger_search_states *to)
{
    const struct ganger_line_up *u = h->line_up;
    for (int32_t w = 0; w < u->works; w++) {
        double pay = u->from[w] <= t && t < u->to[w] ? pay_of(h, w, t) : 0;
        if (pay > 0 && to->passage) {
            to->pay_work[to->pays] = w;
            to->pay_period[to->pays] = t;
            to->work[to->pays] = pay;
        }
        to->pays += pay > 0;
    }
}

static void fill_all(const struct ganger_hull *h, struct ganger_search_states *to)
{
    const int32_t *work = h->best.node_work;
    const int64_t *potential = h->best.potential;
    to->pays = to->states = to->arcs = 0;
    for (int32_t t = 0; t < h->periods; t++) {
        fill_tree(h, t, &work, &potential, to);
        fill_pay(h, t, to);
    }
}

static void *make(int32_t count, size_t size)
{
    return calloc((size_t)count + 1, size);
}

bool ganger_hull_fill(const struct ganger_hull *hull, double *segment,
                      struct ganger_search_states *states)
{
    int64_t priced = 2 * (int64_t)hull->line_up->problem->segments.count * hull->periods;
    *states = (struct ganger_search_states){0};
    fill_all(hull, states); /* counts */
    states->pay_work = make(states->pays, sizeof(int32_t));
    states->pay_period = make(states->pays, sizeof(int32_t));
    states->work = make(states->pays, sizeof(double));
    states->state_period = make(states->states, sizeof(int32_t));
    states->state_work = make(states->states, sizeof(int32_t));
    states->state_first_arc = make(states->states, sizeof(int32_t));
    states->state_arc = make(states->arcs, sizeof(int32_t));
    states->passage = make(states->arcs, sizeof(double));
    if (!states->pay_work || !states->pay_period || !states->work || !states->state_period ||
        !states->state_work || !states->state_first_arc || !states->state_arc || !states->passage) {
        ganger_search_states_clear(states);
        return false;
    }
    fill_all(hull, states);
    memset(segment, 0, (size_t)priced * sizeof *segment);
    return true;
}
