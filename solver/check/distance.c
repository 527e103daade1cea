/*
 * The freight part of the dual bound: what demands would gain if capacity cost its price. One Dijkstra for
 * each distinct origin and boundary, left out where no arc length changed since the boundary before. Lengths
 * and distances are whole units of USD per tonne: costs of carrying are rounded down, values up.
 */
#include "check/bound.h"

#include "check/discount.h"

#include <stdlib.h>
#include <string.h>

/* No value of a tonne is worth going so far, and two such lengths still add up. */
#define FAR (INT64_C(1) << 61)

struct network {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    int32_t *first_arc, *arc; /* CSR by tail; arc 2*link+direction */
    int64_t *length;          /* [2*links] at most FAR */
    int64_t *previous;        /* [2*links] of the boundary before */
    int64_t *distance;        /* [nodes] */
    int32_t *heap, *place;    /* binary heap of nodes; place in it, -1 before, -2 after */
    int32_t size;
    int32_t *demand;     /* [demands] by origin, then file order */
    int64_t *value;      /* [demands] below FAR */
    int64_t *reached;    /* [demands] dist_k */
    ganger_wide *volume; /* [demands] */
    bool lost;
};

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static int32_t tail_of(const struct ganger_links *links, int32_t arc)
{
    return arc % 2 == 0 ? links->from[arc / 2] : links->to[arc / 2];
}

static int32_t head_of(const struct ganger_links *links, int32_t arc)
{
    return arc % 2 == 0 ? links->to[arc / 2] : links->from[arc / 2];
}

static bool passable(const struct ganger_links *links, int32_t arc)
{
    return arc % 2 == 0 || !links->directed[arc / 2];
}

static void list_arcs(struct network *n)
{
    const struct ganger_links *links = &n->facts->problem->links;
    int32_t nodes = n->facts->problem->nodes.count;
    for (int32_t a = 0; a < 2 * links->count; a++) {
        n->first_arc[tail_of(links, a) + 2] += passable(links, a) ? 1 : 0;
    }
    for (int32_t v = 0; v < nodes; v++) {
        n->first_arc[v + 2] += n->first_arc[v + 1];
    }
    for (int32_t a = 0; a < 2 * links->count; a++) {
        if (passable(links, a)) {
            n->arc[n->first_arc[tail_of(links, a) + 1]++] = a;
        }
    }
}

/* Demands grouped by origin, by counting. */
static bool group_demands(struct network *n)
{
    const struct ganger_demands *demands = &n->facts->problem->demands;
    int32_t nodes = n->facts->problem->nodes.count;
    int32_t *first = make((int64_t)nodes + 1, sizeof *first);
    if (!first) {
        return false;
    }
    for (int32_t k = 0; k < demands->count; k++) {
        first[demands->origin[k] + 1]++;
    }
    for (int32_t v = 0; v < nodes; v++) {
        first[v + 1] += first[v];
    }
    for (int32_t k = 0; k < demands->count; k++) {
        n->demand[first[demands->origin[k]]++] = k;
    }
    free(first);
    return true;
}

static bool open_network(struct network *n)
{
    const struct ganger_problem *p = n->facts->problem;
    int64_t nodes = p->nodes.count, arcs = 2 * (int64_t)p->links.count;
    n->first_arc = make(nodes + 2, sizeof *n->first_arc);
    n->arc = make(arcs, sizeof *n->arc);
    n->length = make(arcs, sizeof *n->length);
    n->previous = make(arcs, sizeof *n->previous);
    n->distance = make(nodes, sizeof *n->distance);
    n->heap = make(nodes, sizeof *n->heap);
    n->place = make(nodes, sizeof *n->place);
    n->value = make(p->demands.count, sizeof *n->value);
    n->demand = make(p->demands.count, sizeof *n->demand);
    n->reached = make(p->demands.count, sizeof *n->reached);
    n->volume = make(p->demands.count, sizeof *n->volume);
    if (!n->first_arc || !n->arc || !n->length || !n->previous || !n->distance || !n->heap ||
        !n->place || !n->demand || !n->value || !n->reached || !n->volume) {
        return false;
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        ganger_wide value =
            ganger_wide_from(p->demands.value[k], GANGER_UNIT_BITS, GANGER_UP, &n->lost);
        n->lost |= value >= FAR || value <= -FAR;
        n->value[k] = (int64_t)value;
    }
    list_arcs(n);
    return group_demands(n);
}

static void close_network(struct network *n)
{
    free(n->first_arc);
    free(n->arc);
    free(n->length);
    free(n->previous);
    free(n->distance);
    free(n->heap);
    free(n->place);
    free(n->demand);
    free(n->value);
    free(n->reached);
    free(n->volume);
}

static void put(struct network *n, int32_t at, int32_t node)
{
    n->heap[at] = node;
    n->place[node] = at;
}

static void rise(struct network *n, int32_t node)
{
    int32_t at = n->place[node];
    while (at > 0) {
        int32_t above = (at - 1) / 2;
        if (n->distance[n->heap[above]] <= n->distance[node]) {
            break;
        }
        put(n, at, n->heap[above]);
        at = above;
    }
    put(n, at, node);
}

static int32_t take_nearest(struct network *n)
{
    int32_t nearest = n->heap[0];
    int32_t node = n->heap[--n->size];
    int32_t at = 0;
    n->place[nearest] = -2;
    if (n->size == 0) {
        return nearest;
    }
    for (;;) {
        int32_t below = 2 * at + 1;
        if (below >= n->size) {
            break;
        }
        if (below + 1 < n->size && n->distance[n->heap[below + 1]] < n->distance[n->heap[below]]) {
            below++;
        }
        if (n->distance[n->heap[below]] >= n->distance[node]) {
            break;
        }
        put(n, at, n->heap[below]);
        at = below;
    }
    put(n, at, node);
    return nearest;
}

/* Distances from `origin` up to `enough`; nodes beyond keep FAR or an upper estimate >= enough. */
static void run_dijkstra(struct network *n, int32_t origin, int64_t enough)
{
    const struct ganger_links *links = &n->facts->problem->links;
    for (int32_t v = 0; v < n->facts->problem->nodes.count; v++) {
        n->distance[v] = FAR;
        n->place[v] = -1;
    }
    n->distance[origin] = 0;
    n->size = 1;
    put(n, 0, origin);
    while (n->size > 0) {
        int32_t node = take_nearest(n);
        if (n->distance[node] >= enough) {
            break;
        }
        for (int32_t i = n->first_arc[node]; i < n->first_arc[node + 1]; i++) {
            int32_t head = head_of(links, n->arc[i]);
            int64_t distance = n->distance[node] + n->length[n->arc[i]];
            if (distance < n->distance[head]) {
                n->distance[head] = distance;
                if (n->place[head] < 0) {
                    put(n, n->size++, head);
                }
                rise(n, head);
            }
        }
    }
}

static int64_t nearer(ganger_wide length)
{
    return length < FAR ? (int64_t)length : FAR;
}

static void measure_arcs(struct network *n, int32_t t)
{
    const struct ganger_problem *p = n->facts->problem;
    const double *price = n->prices->segment + (int64_t)t * p->segments.count * 2;
    for (int32_t l = 0; l < p->links.count; l++) {
        n->length[2 * l] = n->length[2 * l + 1] = nearer(n->facts->link_cost_low[l]);
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        if (price[2 * q] > 0 || price[2 * q + 1] > 0) {
            int64_t *length = n->length + 2 * p->segments.link[q];
            for (int side = 0; side < 2; side++) {
                ganger_wide step = ganger_grid_floor(price[2 * q + side]);
                length[side] = nearer(length[side] + step * GANGER_GRID_UNITS);
            }
        }
    }
}

static void measure_demands(struct network *n)
{
    const struct ganger_demands *demands = &n->facts->problem->demands;
    for (int32_t i = 0; i < demands->count;) {
        int32_t origin = demands->origin[n->demand[i]];
        int32_t end = i;
        int64_t enough = 0;
        while (end < demands->count && demands->origin[n->demand[end]] == origin) {
            int64_t value = n->value[n->demand[end++]];
            enough = value > enough ? value : enough;
        }
        run_dijkstra(n, origin, enough);
        for (; i < end; i++) {
            n->reached[n->demand[i]] = n->distance[demands->destination[n->demand[i]]];
        }
    }
}

/* What the demands gain at a boundary, M USD a year. */
static ganger_wide margin(struct network *n)
{
    ganger_wide sum = 0;
    for (int32_t k = 0; k < n->facts->problem->demands.count; k++) {
        if (n->value[k] > n->reached[k]) {
            ganger_wide gain = (ganger_wide)n->value[k] - n->reached[k];
            sum =
                ganger_wide_add(sum, ganger_wide_multiply(n->volume[k], gain, &n->lost), &n->lost);
        }
    }
    return ganger_wide_shift(sum, GANGER_UNIT_BITS, GANGER_UP);
}

enum ganger_proof ganger_bound_traffic(const struct ganger_facts *facts,
                                       const struct ganger_prices *prices, ganger_wide *traffic)
{
    struct network n = {.facts = facts, .prices = prices, .lost = facts->lost};
    size_t lengths = 2 * (size_t)facts->problem->links.count * sizeof *n.length;
    int32_t next = 0;
    ganger_wide sum = 0;
    bool ready = open_network(&n);
    for (int32_t t = 0; ready && t <= facts->periods; t++) {
        ganger_facts_volume(facts, facts->volume_high, t, &next, n.volume);
        measure_arcs(&n, t);
        if (t == 0 || memcmp(n.length, n.previous, lengths) != 0) {
            measure_demands(&n);
            memcpy(n.previous, n.length, lengths);
        }
        sum = ganger_wide_add(sum,
                              ganger_wide_scale(margin(&n), facts->weight_high[t],
                                                GANGER_WEIGHT_BITS, GANGER_UP, &n.lost),
                              &n.lost);
    }
    close_network(&n);
    *traffic = sum;
    return !ready ? GANGER_PROOF_NO_MEMORY : n.lost ? GANGER_PROOF_LOST : GANGER_PROOF_HOLDS;
}
