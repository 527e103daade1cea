#include "throughput/network_simplex.h"

#include "base/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Arcs that are looked at before the best of them enters. */
enum { least_block = 24 };
/* Pivots after which a solve ends in any case, times arcs. */
enum { most_pivots = 20 };
/* Arcs looked at, and nodes moved, that cost as much as a tick. */
enum { arcs_a_tick = 8, nodes_a_tick = 2 };

enum state { AT_UPPER = -1, IN_TREE = 0, AT_LOWER = 1 };

/* Arcs: the caller's, then one from the sink back to the source, then one from each node to the root, which never carry
 * anything. The root is node `nodes`. */
struct ganger_network_simplex {
    struct ganger_network_shape shape;
    int32_t arcs; /* without those to the root */
    int32_t *tail, *head;
    double *capacity, *flow;
    int64_t *cost;
    int8_t *state;
    int32_t *parent, *pred, *depth; /* [nodes + 1] pred: arc to the parent */
    int32_t *child, *next, *prev;   /* [nodes + 1] first child, and its siblings */
    int64_t *potential;
    int32_t at, block_size; /* arc to look at next */
    int64_t looked, moved;
    void *block;
};

static void hang(struct ganger_network_simplex *s, int32_t v, int32_t parent, int32_t arc)
{
    s->parent[v] = parent;
    s->pred[v] = arc;
    s->prev[v] = -1;
    s->next[v] = s->child[parent];
    if (s->next[v] >= 0) {
        s->prev[s->next[v]] = v;
    }
    s->child[parent] = v;
}

static void take_off(struct ganger_network_simplex *s, int32_t v)
{
    if (s->prev[v] >= 0) {
        s->next[s->prev[v]] = s->next[v];
    } else {
        s->child[s->parent[v]] = s->next[v];
    }
    if (s->next[v] >= 0) {
        s->prev[s->next[v]] = s->prev[v];
    }
}

/* Nothing flows, and every node hangs from the root. */
static void begin(struct ganger_network_simplex *s)
{
    int32_t root = s->shape.nodes;
    s->child[root] = s->parent[root] = s->pred[root] = -1;
    s->at = 0;
    for (int32_t a = 0; a < s->arcs; a++) {
        s->flow[a] = 0;
        s->state[a] = AT_LOWER;
    }
    for (int32_t v = 0; v < root; v++) {
        s->child[v] = -1;
        s->flow[s->arcs + v] = 0;
        s->state[s->arcs + v] = IN_TREE;
        hang(s, v, root, s->arcs + v);
    }
}

struct ganger_network_simplex *
ganger_network_simplex_create(const struct ganger_network_shape *shape)
{
    struct ganger_network_simplex *s = calloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    int32_t nodes = shape->nodes, arcs = shape->arcs + 1;
    size_t all = (size_t)arcs + (size_t)nodes, points = (size_t)nodes + 1;
    struct ganger_block_piece pieces[] = {
        {&s->tail, all * sizeof(int32_t)},         {&s->head, all * sizeof(int32_t)},
        {&s->capacity, all * sizeof(double)},      {&s->flow, all * sizeof(double)},
        {&s->cost, all * sizeof(int64_t)},         {&s->state, all},
        {&s->parent, points * sizeof(int32_t)},    {&s->pred, points * sizeof(int32_t)},
        {&s->depth, points * sizeof(int32_t)},     {&s->child, points * sizeof(int32_t)},
        {&s->next, points * sizeof(int32_t)},      {&s->prev, points * sizeof(int32_t)},
        {&s->potential, points * sizeof(int64_t)},
    };
    s->shape = *shape;
    s->arcs = arcs;
    s->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    if (!s->block) {
        free(s);
        return NULL;
    }
    memcpy(s->tail, shape->tail, (size_t)shape->arcs * sizeof *s->tail);
    memcpy(s->head, shape->head, (size_t)shape->arcs * sizeof *s->head);
    s->tail[shape->arcs] = shape->sink;
    s->head[shape->arcs] = shape->source;
    s->cost[shape->arcs] = -shape->worth;
    s->capacity[shape->arcs] = INFINITY;
    for (int32_t v = 0; v < nodes; v++) {
        s->tail[arcs + v] = v;
        s->head[arcs + v] = nodes;
        s->capacity[arcs + v] = INFINITY;
    }
    s->block_size = (int32_t)sqrt((double)arcs);
    s->block_size = s->block_size > least_block ? s->block_size : least_block;
    begin(s);
    return s;
}

void ganger_network_simplex_destroy(struct ganger_network_simplex *simplex)
{
    if (simplex) {
        free(simplex->block);
        free(simplex);
    }
}

void ganger_network_simplex_set_capacity(struct ganger_network_simplex *simplex,
                                         const double *capacity)
{
    struct ganger_network_simplex *s = simplex;
    bool same = true;
    for (int32_t a = 0; a < s->shape.arcs; a++) {
        same = same && s->capacity[a] == capacity[a];
        s->capacity[a] = capacity[a];
    }
    if (!same) {
        begin(s);
    }
}

static int64_t reduced(const struct ganger_network_simplex *s, int32_t a)
{
    return s->cost[a] + s->potential[s->tail[a]] - s->potential[s->head[a]];
}

/* Depths and potentials of what hangs from v, whose parent's are right. */
static void measure_below(struct ganger_network_simplex *s, int32_t top)
{
    int32_t v = top;
    for (;;) {
        int32_t a = s->pred[v], u = s->parent[v];
        s->depth[v] = s->depth[u] + 1;
        s->potential[v] =
            s->tail[a] == v ? s->potential[u] - s->cost[a] : s->potential[u] + s->cost[a];
        s->moved++;
        if (s->child[v] >= 0) {
            v = s->child[v];
            continue;
        }
        while (v != top && s->next[v] < 0) {
            v = s->parent[v];
        }
        if (v == top) {
            return;
        }
        v = s->next[v];
    }
}

/* The arc to enter: the one that gains most among those looked at, or -1. */
static int32_t find_entering(struct ganger_network_simplex *s)
{
    int64_t least = 0;
    int32_t found = -1, left = s->block_size, a = s->at;
    for (int32_t i = 0; i < s->arcs; i++) {
        int64_t cost = s->state[a] * reduced(s, a);
        if (cost < least) {
            least = cost;
            found = a;
        }
        a = a + 1 < s->arcs ? a + 1 : 0;
        if (--left == 0) {
            s->looked += s->block_size;
            left = s->block_size;
            if (found >= 0) {
                break;
            }
        }
    }
    s->at = a;
    return found;
}

/* A pivot: what flows more from `from` to `to` over the arc, up to `join`, and down again to `from`. */
struct pivot {
    int32_t arc, from, to, join;
    double step;
    int32_t
        out; /* node whose arc to its parent leaves, -1: the entering arc goes to its other end */
    bool out_below; /* it is between `join` and `from` */
};

/* The arc of v to its parent leads to the parent. */
static bool leads_up(const struct ganger_network_simplex *s, int32_t v)
{
    return s->tail[s->pred[v]] == v;
}

static double room(const struct ganger_network_simplex *s, int32_t a, bool forwards)
{
    return forwards ? s->capacity[a] - s->flow[a] : s->flow[a];
}

static void find_join(const struct ganger_network_simplex *s, struct pivot *p)
{
    int32_t u = p->from, v = p->to;
    while (u != v) {
        if (s->depth[u] >= s->depth[v]) {
            u = s->parent[u];
        } else {
            v = s->parent[v];
        }
    }
    p->join = u;
}

/* Of the arcs that are full, the last behind `join` leaves, so that the tree stays strongly feasible. */
static void find_leaving(const struct ganger_network_simplex *s, struct pivot *p)
{
    p->step = s->capacity[p->arc];
    p->out = -1;
    for (int32_t v = p->from; v != p->join; v = s->parent[v]) {
        double most = room(s, s->pred[v], !leads_up(s, v));
        if (most < p->step) {
            p->step = most;
            p->out = v;
            p->out_below = true;
        }
    }
    for (int32_t v = p->to; v != p->join; v = s->parent[v]) {
        double most = room(s, s->pred[v], leads_up(s, v));
        if (most <= p->step) {
            p->step = most;
            p->out = v;
            p->out_below = false;
        }
    }
}

static void shift_flow(struct ganger_network_simplex *s, const struct pivot *p)
{
    if (p->step <= 0) {
        return;
    }
    s->flow[p->arc] += s->state[p->arc] * p->step;
    for (int32_t v = p->from; v != p->join; v = s->parent[v]) {
        s->flow[s->pred[v]] += leads_up(s, v) ? -p->step : p->step;
    }
    for (int32_t v = p->to; v != p->join; v = s->parent[v]) {
        s->flow[s->pred[v]] += leads_up(s, v) ? p->step : -p->step;
    }
}

static void change_tree(struct ganger_network_simplex *s, const struct pivot *p)
{
    int32_t out = s->pred[p->out];
    bool emptied = leads_up(s, p->out) == p->out_below;
    s->state[out] = emptied ? AT_LOWER : AT_UPPER;
    s->flow[out] = emptied ? 0 : s->capacity[out];
    s->state[p->arc] = IN_TREE;
    int32_t v = p->out_below ? p->from : p->to, parent = p->out_below ? p->to : p->from;
    int32_t arc = p->arc, top = v, last = p->out;
    for (bool done = false; !done;) {
        int32_t above = s->parent[v], old = s->pred[v];
        done = v == last;
        take_off(s, v);
        hang(s, v, parent, arc);
        parent = v;
        arc = old;
        v = above;
    }
    measure_below(s, top);
}

static void pivot(struct ganger_network_simplex *s, int32_t arc)
{
    bool forwards = s->state[arc] == AT_LOWER;
    struct pivot p = {.arc = arc,
                      .from = forwards ? s->tail[arc] : s->head[arc],
                      .to = forwards ? s->head[arc] : s->tail[arc]};
    find_join(s, &p);
    find_leaving(s, &p);
    shift_flow(s, &p);
    if (p.out >= 0) {
        change_tree(s, &p);
    } else {
        s->state[arc] = forwards ? AT_UPPER : AT_LOWER;
        s->flow[arc] = forwards ? s->capacity[arc] : 0;
    }
}

void ganger_network_simplex_solve(struct ganger_network_simplex *simplex, const int64_t *cost,
                                  int64_t *ticks)
{
    struct ganger_network_simplex *s = simplex;
    int64_t most = (int64_t)most_pivots * s->arcs;
    int32_t root = s->shape.nodes, arc;
    memcpy(s->cost, cost, (size_t)s->shape.arcs * sizeof *s->cost);
    s->looked = s->moved = 0;
    s->depth[root] = 0;
    s->potential[root] = 0;
    for (int32_t v = s->child[root]; v >= 0; v = s->next[v]) {
        measure_below(s, v);
    }
    while (most-- > 0 && (arc = find_entering(s)) >= 0) {
        pivot(s, arc);
        s->moved += 4;
    }
    *ticks += 1 + s->looked / arcs_a_tick + s->moved / nodes_a_tick;
}

const double *ganger_network_simplex_flow(const struct ganger_network_simplex *simplex)
{
    return simplex->flow;
}

double ganger_network_simplex_value(const struct ganger_network_simplex *simplex)
{
    return simplex->flow[simplex->shape.arcs];
}

void ganger_network_simplex_potential(const struct ganger_network_simplex *simplex,
                                      int64_t *potential)
{
    const struct ganger_network_simplex *s = simplex;
    int64_t zero = s->potential[s->shape.source], one = s->shape.worth;
    for (int32_t v = 0; v < s->shape.nodes; v++) {
        int64_t here = s->potential[v] - zero;
        potential[v] = here < 0 ? 0 : here < one ? here : one;
    }
    potential[s->shape.source] = 0;
    potential[s->shape.sink] = one;
}
