/* What periods are worth at most, leaf by leaf of their trees: see trees.h. */
#include "check/discount.h"
#include "check/route.h"
#include "check/trees.h"

#include <stdlib.h>
#include <string.h>

enum state { EITHER, AT_REST, AT_WORK };

struct leaves {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    struct ganger_routes routes;
    int64_t *cost,
        *length;         /* [2*links] of arcs: without and with prices, at most GANGER_ROUTE_FAR */
    int64_t *value;      /* [demands] */
    ganger_wide *volume; /* [demands] of the period */
    ganger_wide *standing;       /* [links] capacity with all at rest, if it is of this period */
    int32_t *standing_of;        /* [links] period + 1 */
    ganger_wide *factor;         /* [works] the largest of its modes, ratio bits, rounded up */
    int64_t *pay;                /* [works] in the period, grid bits */
    uint8_t *state;              /* [works] */
    int32_t *priced;             /* [links] the leaf + 1 that prices it */
    int32_t first_pay, last_pay; /* of the period */
    bool lost;
};

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static ganger_wide least(ganger_wide a, ganger_wide b)
{
    return a < b ? a : b;
}

static bool open_leaves(struct leaves *v)
{
    const struct ganger_problem *p = v->facts->problem;
    int64_t links = p->links.count, works = p->works.count, demands = p->demands.count;
    v->cost = make(2 * links, sizeof *v->cost);
    v->length = make(2 * links, sizeof *v->length);
    v->value = make(demands, sizeof *v->value);
    v->volume = make(demands, sizeof *v->volume);
    v->standing = make(links, sizeof *v->standing);
    v->standing_of = make(links, sizeof *v->standing_of);
    v->factor = make(works, sizeof *v->factor);
    v->pay = make(works, sizeof *v->pay);
    v->state = make(works, sizeof *v->state);
    v->priced = make(links, sizeof *v->priced);
    if (!ganger_routes_open(&v->routes, p) || !v->cost || !v->length || !v->value || !v->volume ||
        !v->standing || !v->standing_of || !v->factor || !v->pay || !v->state || !v->priced) {
        return false;
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        ganger_wide value =
            ganger_wide_from(p->demands.value[k], GANGER_UNIT_BITS, GANGER_UP, &v->lost);
        v->lost |= value >= GANGER_ROUTE_FAR || value <= -GANGER_ROUTE_FAR;
        v->value[k] = v->lost ? 0 : (int64_t)value;
    }
    for (int64_t a = 0; a < 2 * links; a++) {
        v->cost[a] = (int64_t)least(v->facts->link_cost_low[a / 2], GANGER_ROUTE_FAR);
        v->length[a] = v->cost[a];
    }
    for (int32_t m = 0; m < p->modes.count; m++) {
        ganger_wide factor =
            ganger_wide_from(p->modes.factor[m], GANGER_RATIO_BITS, GANGER_UP, &v->lost);
        ganger_wide *most = &v->factor[p->modes.work[m]];
        *most = factor > *most ? factor : *most;
    }
    return true;
}

static void close_leaves(struct leaves *v)
{
    ganger_routes_close(&v->routes);
    free(v->cost);
    free(v->length);
    free(v->value);
    free(v->volume);
    free(v->standing);
    free(v->standing_of);
    free(v->factor);
    free(v->pay);
    free(v->state);
    free(v->priced);
}

/* The most that a segment lets pass with all its works at rest. */
static ganger_wide segment_standing(struct leaves *v, int32_t q, int32_t t)
{
    const struct ganger_works *works = &v->facts->problem->works;
    struct ganger_wear wear = ganger_wear_of(v->facts, q, &v->lost);
    ganger_wide most = ganger_wear_high(&wear, t);
    for (int32_t i = v->facts->first_on[q]; i < v->facts->first_on[q + 1]; i++) {
        most = works->renews[v->facts->work_on[i]] ? wear.base_high : most;
    }
    for (int32_t i = v->facts->first_on[q]; i < v->facts->first_on[q + 1]; i++) {
        ganger_wide gain = ganger_wide_from(works->gain[v->facts->work_on[i]], GANGER_UNIT_BITS,
                                            GANGER_UP, &v->lost);
        most = ganger_wide_add(most, gain, &v->lost);
    }
    return most;
}

static ganger_wide link_standing(struct leaves *v, int32_t link, int32_t t)
{
    const struct ganger_links *links = &v->facts->problem->links;
    if (v->standing_of[link] != t + 1) {
        int32_t first = links->first_segment[link], last = links->first_segment[link + 1];
        ganger_wide most = segment_standing(v, links->segment_list[first], t);
        for (int32_t i = first + 1; i < last; i++) {
            most = least(most, segment_standing(v, links->segment_list[i], t));
        }
        v->standing[link] = most;
        v->standing_of[link] = t + 1;
    }
    return v->standing[link];
}

/* The most that a link lets pass while the work is at work on it. */
static ganger_wide beside_work(struct leaves *v, int32_t work, ganger_wide standing, int32_t t)
{
    ganger_wide here = segment_standing(v, v->facts->problem->works.segment[work], t);
    return least(standing,
                 ganger_wide_scale(here, v->factor[work], GANGER_RATIO_BITS, GANGER_UP, &v->lost));
}

static int32_t link_of(const struct leaves *v, int32_t work)
{
    int32_t q = v->facts->problem->works.segment[work];
    return q == GANGER_NONE ? GANGER_NONE : v->facts->problem->segments.link[q];
}

/* Capacity and pay of a link where works that may be either are at work if they leave `level` or more. */
static ganger_wide at_level(struct leaves *v, int32_t link, ganger_wide price, ganger_wide level,
                            int32_t t)
{
    ganger_wide standing = link_standing(v, link, t), pay = 0;
    for (int32_t i = v->first_pay; i < v->last_pay; i++) {
        int32_t w = v->prices->pay_work[i];
        if (link_of(v, w) == link && v->state[w] != AT_REST &&
            (v->state[w] == AT_WORK || beside_work(v, w, standing, t) >= level)) {
            pay += v->pay[w];
        }
    }
    return ganger_wide_add(ganger_wide_multiply(price, level, &v->lost),
                           pay * ((ganger_wide)1 << GANGER_UNIT_BITS), &v->lost);
}

/* The most of z * capacity and pay on a priced link, in grid and unit bits. */
static ganger_wide most_of_link(struct leaves *v, int32_t link, ganger_wide price, int32_t t)
{
    const struct ganger_problem *p = v->facts->problem;
    ganger_wide standing = link_standing(v, link, t), level = standing;
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        for (int32_t j = v->facts->first_on[q]; j < v->facts->first_on[q + 1]; j++) {
            int32_t w = v->facts->work_on[j];
            level = v->state[w] == AT_WORK ? least(level, beside_work(v, w, standing, t)) : level;
        }
    }
    ganger_wide most = at_level(v, link, price, level, t);
    for (int32_t i = v->first_pay; i < v->last_pay; i++) {
        int32_t w = v->prices->pay_work[i];
        if (link_of(v, w) == link && v->state[w] == EITHER && v->pay[w] > 0) {
            ganger_wide lower = least(level, beside_work(v, w, standing, t));
            ganger_wide worth = at_level(v, link, price, lower, t);
            most = worth > most ? worth : most;
        }
    }
    return most;
}

/* Freight at the lengths as they are, M USD a year. */
static ganger_wide margin(struct leaves *v)
{
    ganger_wide sum = 0;
    for (int32_t k = 0; k < v->facts->problem->demands.count; k++) {
        int64_t reached =
            v->value[k] > 0 ? ganger_routes_measure_one(&v->routes, k, v->length, v->value[k]) : 0;
        if (v->value[k] > reached) {
            ganger_wide gain = (ganger_wide)v->value[k] - reached;
            sum =
                ganger_wide_add(sum, ganger_wide_multiply(v->volume[k], gain, &v->lost), &v->lost);
        }
    }
    return ganger_wide_shift(sum, GANGER_UNIT_BITS, GANGER_UP);
}

/* The most that a leaf's states allow, M USD a year. */
static ganger_wide most_of_leaf(struct leaves *v, int32_t node, int32_t t)
{
    const struct ganger_prices *prices = v->prices;
    int32_t first = prices->state_first_arc[node], last = prices->state_first_arc[node + 1];
    ganger_wide pay = 0, sum = 0; /* in grid bits; in grid and unit bits */
    for (int32_t i = first; i < last; i++) {
        int32_t arc = prices->state_arc[i], link = arc / 2;
        ganger_wide price = ganger_grid_floor(prices->passage[i]);
        v->length[arc] = (int64_t)least(v->cost[arc] + price * GANGER_GRID_UNITS, GANGER_ROUTE_FAR);
        v->priced[link] = node + 1;
        if (i + 1 < last && prices->state_arc[i + 1] / 2 == link) {
            i++;
            ganger_wide back = ganger_grid_floor(prices->passage[i]);
            v->length[arc + 1] =
                (int64_t)least(v->cost[arc + 1] + back * GANGER_GRID_UNITS, GANGER_ROUTE_FAR);
            price += back;
        }
        sum = ganger_wide_add(sum, most_of_link(v, link, price, t), &v->lost);
    }
    for (int32_t i = v->first_pay; i < v->last_pay; i++) {
        int32_t w = prices->pay_work[i], link = link_of(v, w);
        bool elsewhere = link == GANGER_NONE || v->priced[link] != node + 1;
        pay += elsewhere && v->state[w] != AT_REST ? v->pay[w] : 0;
    }
    sum = ganger_wide_shift(sum, GANGER_GRID_BITS, GANGER_UP);
    sum = ganger_wide_add(sum, pay * GANGER_GRID_UNITS, &v->lost);
    sum = ganger_wide_add(sum, margin(v), &v->lost);
    for (int32_t i = first; i < last; i++) {
        v->length[prices->state_arc[i]] = v->cost[prices->state_arc[i]];
    }
    return sum;
}

/* Takes back the states below the branch that is left, and goes on to the next leaf's. */
static int32_t go_on(struct leaves *v, int32_t *way, int32_t depth)
{
    while (depth > 0 && v->state[way[depth - 1]] == AT_WORK) {
        v->state[way[--depth]] = EITHER;
    }
    if (depth > 0) {
        v->state[way[depth - 1]] = AT_WORK;
    }
    return depth;
}

/* The most of a period's leaves; *node is its first, and then behind its last. */
static ganger_wide most_of_period(struct leaves *v, int32_t *node, int32_t t)
{
    int32_t way[64], depth = 0; /* trees.c has no tree deeper than that */
    ganger_wide most = 0;
    do {
        int32_t work = v->prices->state_work[*node];
        if (work >= 0) {
            way[depth++] = work;
            v->state[work] = AT_REST;
        } else {
            ganger_wide worth = most_of_leaf(v, *node, t);
            most = worth > most ? worth : most;
            depth = go_on(v, way, depth);
        }
        ++*node;
    } while (depth > 0);
    return most;
}

/* What the works pay in period t, or that they pay nothing any more. */
static void list_pay(struct leaves *v, int32_t t)
{
    const struct ganger_prices *prices = v->prices;
    for (int32_t i = v->first_pay; i < v->last_pay; i++) {
        v->pay[prices->pay_work[i]] = 0;
    }
    for (v->first_pay = v->last_pay;
         v->last_pay < prices->pays && prices->pay_period[v->last_pay] == t; v->last_pay++) {
        v->pay[prices->pay_work[v->last_pay]] = ganger_grid_floor(prices->work[v->last_pay]);
    }
}

enum ganger_proof ganger_bound_states(const struct ganger_facts *facts,
                                      const struct ganger_prices *prices, ganger_wide *sum)
{
    struct leaves v = {.facts = facts, .prices = prices, .lost = facts->lost};
    int32_t next = 0, node = 0;
    bool ready = prices->states == 0 || open_leaves(&v);
    *sum = 0;
    for (int32_t t = 0; ready && node < prices->states && t < facts->periods; t++) {
        ganger_facts_volume(facts, facts->volume_high, t, &next, v.volume);
        if (prices->state_period[node] == t) {
            list_pay(&v, t);
            ganger_wide most = most_of_period(&v, &node, t);
            *sum = ganger_wide_add(*sum,
                                   ganger_wide_scale(most, facts->weight_high[t],
                                                     GANGER_WEIGHT_BITS, GANGER_UP, &v.lost),
                                   &v.lost);
        }
    }
    close_leaves(&v);
    return !ready ? GANGER_PROOF_NO_MEMORY : v.lost ? GANGER_PROOF_LOST : GANGER_PROOF_HOLDS;
}
