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

/* A node in the heap; one that was reached again on a shorter way is there twice, and counts once. */
struct entry {
    int64_t distance;
    int32_t node;
};

struct network {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    int32_t *first_arc; /* CSR by tail */
    int32_t *head;      /* by position in it, as the next */
    int64_t *length;    /* at most FAR */
    int64_t *previous;  /* of the boundary before */
    int32_t *position;  /* [2*links] of arc 2*link+direction, GANGER_NONE against a one-way link */
    int64_t *cost;      /* [2*links] scratch: lengths by arc */
    int32_t arcs;
    int64_t *distance;   /* [nodes] */
    int32_t *wanted;     /* [nodes] demands of the origin at hand that end there */
    struct entry *heap;  /* [arcs + 1] */
    int32_t size;        /* of the heap */
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
        n->position[a] = GANGER_NONE;
        if (passable(links, a)) {
            n->position[a] = n->first_arc[tail_of(links, a) + 1]++;
            n->head[n->position[a]] = head_of(links, a);
            n->arcs++;
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
    int64_t demands = p->demands.count;
    n->first_arc = make(nodes + 2, sizeof *n->first_arc);
    n->head = make(arcs, sizeof *n->head);
    n->length = make(arcs, sizeof *n->length);
    n->previous = make(arcs, sizeof *n->previous);
    n->position = make(arcs, sizeof *n->position);
    n->cost = make(arcs, sizeof *n->cost);
    n->distance = make(nodes, sizeof *n->distance);
    n->wanted = make(nodes, sizeof *n->wanted);
    n->heap = make(arcs + 1, sizeof *n->heap);
    n->demand = make(demands, sizeof *n->demand);
    n->value = make(demands, sizeof *n->value);
    n->reached = make(demands, sizeof *n->reached);
    n->volume = make(demands, sizeof *n->volume);
    if (!n->first_arc || !n->head || !n->length || !n->previous || !n->position || !n->cost ||
        !n->distance || !n->wanted || !n->heap || !n->demand || !n->value || !n->reached ||
        !n->volume) {
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
    free(n->head);
    free(n->length);
    free(n->previous);
    free(n->position);
    free(n->cost);
    free(n->distance);
    free(n->wanted);
    free(n->heap);
    free(n->demand);
    free(n->value);
    free(n->reached);
    free(n->volume);
}

static void push(struct network *n, struct entry entry)
{
    int32_t at = n->size++;
    while (at > 0 && n->heap[(at - 1) / 2].distance > entry.distance) {
        n->heap[at] = n->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    n->heap[at] = entry;
}

static struct entry pop(struct network *n)
{
    struct entry nearest = n->heap[0], last = n->heap[--n->size];
    int32_t at = 0, below = 1;
    while (below < n->size) {
        if (below + 1 < n->size && n->heap[below + 1].distance < n->heap[below].distance) {
            below++;
        }
        if (n->heap[below].distance >= last.distance) {
            break;
        }
        n->heap[at] = n->heap[below];
        at = below;
        below = 2 * at + 1;
    }
    n->heap[at] = last;
    return nearest;
}

/* Distances from `origin` to the nodes where `targets` demands are wanted, as far as `enough`: beyond it, a
 * node keeps FAR or an upper estimate >= enough. */
static void run_dijkstra(struct network *n, int32_t origin, int64_t enough, int32_t targets)
{
    for (int32_t v = 0; v < n->facts->problem->nodes.count; v++) {
        n->distance[v] = FAR;
    }
    n->distance[origin] = 0;
    n->size = 0;
    push(n, (struct entry){0, origin});
    while (n->size > 0) {
        struct entry nearest = pop(n);
        if (nearest.distance >= enough) {
            break;
        }
        if (nearest.distance > n->distance[nearest.node]) {
            continue;
        }
        targets -= n->wanted[nearest.node];
        if (targets == 0) {
            break;
        }
        for (int32_t i = n->first_arc[nearest.node]; i < n->first_arc[nearest.node + 1]; i++) {
            int64_t distance = nearest.distance + n->length[i];
            if (distance < n->distance[n->head[i]]) {
                n->distance[n->head[i]] = distance;
                push(n, (struct entry){distance, n->head[i]});
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
        n->cost[2 * l] = n->cost[2 * l + 1] = nearer(n->facts->link_cost_low[l]);
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        if (price[2 * q] > 0 || price[2 * q + 1] > 0) {
            int64_t *cost = n->cost + 2 * p->segments.link[q];
            for (int side = 0; side < 2; side++) {
                ganger_wide step = ganger_grid_floor(price[2 * q + side]);
                cost[side] = nearer(cost[side] + step * GANGER_GRID_UNITS);
            }
        }
    }
    for (int32_t a = 0; a < 2 * p->links.count; a++) {
        if (n->position[a] != GANGER_NONE) {
            n->length[n->position[a]] = n->cost[a];
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
            int32_t k = n->demand[end++];
            enough = n->value[k] > enough ? n->value[k] : enough;
            n->wanted[demands->destination[k]]++;
        }
        run_dijkstra(n, origin, enough, end - i);
        for (; i < end; i++) {
            int32_t k = n->demand[i];
            n->reached[k] = n->distance[demands->destination[k]];
            n->wanted[demands->destination[k]] = 0;
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
    int32_t next = 0;
    ganger_wide sum = 0;
    bool ready = open_network(&n);
    size_t lengths = (size_t)n.arcs * sizeof *n.length;
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
