#include "throughput/period.h"

#include "base/block.h"
#include "throughput/network_simplex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ONE GANGER_PERIOD_ONE

/* Arcs that cost as much as a tick to look at. */
enum { arcs_a_tick = 8 };
/* Works that a leaf may tell apart, in a plan. */
enum { most_depth = 64 };

enum state { FREE, AT_REST, AT_WORK };
/* A set is as good as its bound when it lacks no more than this share. */
static const double even = 1e-7;
/* A flow of less than this share of the capacity is none. */
static const double nothing = 1e-9;

/* A node of the tree as it grows. */
struct node {
    int32_t parent, branch; /* branch: work that the children differ in, -1 for a leaf */
    int32_t depth;
    int32_t child[2]; /* at rest, at work */
    int32_t next;     /* work to branch on, -1 if none would help */
    double bound;
};

/* Works that are closed together. */
struct set {
    double worth, flow;
    bool *closed; /* [works] */
};

struct ganger_period {
    struct ganger_period_shape shape;
    int32_t *first_out, *out; /* CSR by node: ways, 2 * arc, + 1 backwards */
    double *left;             /* [ways] */
    struct ganger_network_simplex *simplex;
    int64_t *cost;    /* [arcs] */
    double *capacity; /* [arcs] */
    int64_t *mark;    /* [nodes] potential */
    bool *done;       /* [nodes] */
    double *reward;   /* [links] of the works that are free, together */
    bool *shut;       /* [links] */
    uint8_t *state;   /* [works] */
    bool *trial;      /* [works] */
    int32_t sets;     /* found so far, the best first */
    struct set set[GANGER_PERIOD_SETS];
    struct node node[GANGER_PERIOD_NODES];
    int64_t *potential; /* [GANGER_PERIOD_NODES * nodes] */
    int32_t nodes;
    int64_t ticks;
    void *block;
};

/* --- layout --- */

static void list_ways(struct ganger_period *p)
{
    const struct ganger_period_shape *s = &p->shape;
    for (int32_t a = 0; a < s->arcs; a++) {
        p->first_out[s->tail[a] + 2]++;
        p->first_out[s->head[a] + 2]++;
    }
    for (int32_t v = 0; v < s->nodes; v++) {
        p->first_out[v + 2] += p->first_out[v + 1];
    }
    for (int32_t a = 0; a < s->arcs; a++) { /* [v + 1] ends up as the end of v */
        p->out[p->first_out[s->tail[a] + 1]++] = 2 * a;
        p->out[p->first_out[s->head[a] + 1]++] = 2 * a + 1;
    }
}

struct ganger_period *ganger_period_create(const struct ganger_period_shape *shape, int32_t works)
{
    struct ganger_period *p = calloc(1, sizeof *p);
    if (!p) {
        return NULL;
    }
    size_t nodes = (size_t)shape->nodes + 1, arcs = (size_t)shape->arcs + 1;
    size_t links = (size_t)shape->links + 1, count = (size_t)works + 1;
    struct ganger_block_piece pieces[] = {
        {&p->first_out, (nodes + 2) * sizeof(int32_t)},
        {&p->out, 2 * arcs * sizeof(int32_t)},
        {&p->left, 2 * arcs * sizeof(double)},
        {&p->cost, arcs * sizeof(int64_t)},
        {&p->capacity, arcs * sizeof(double)},
        {&p->mark, nodes * sizeof(int64_t)},
        {&p->done, nodes * sizeof(bool)},
        {&p->reward, links * sizeof(double)},
        {&p->shut, links * sizeof(bool)},
        {&p->state, count},
        {&p->trial, count * sizeof(bool)},
        {&p->set[0].closed, count * sizeof(bool)},
        {&p->set[1].closed, count * sizeof(bool)},
        {&p->set[2].closed, count * sizeof(bool)},
        {&p->set[3].closed, count * sizeof(bool)},
        {&p->potential, GANGER_PERIOD_NODES * nodes * sizeof(int64_t)},
    };
    p->shape = *shape;
    struct ganger_network_shape network = {
        shape->nodes, shape->arcs, shape->source, shape->sink, shape->tail, shape->head, ONE};
    p->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    p->simplex = ganger_network_simplex_create(&network);
    if (!p->block || !p->simplex) {
        ganger_period_destroy(p);
        return NULL;
    }
    list_ways(p);
    return p;
}

void ganger_period_destroy(struct ganger_period *period)
{
    if (period) {
        ganger_network_simplex_destroy(period->simplex);
        free(period->block);
        free(period);
    }
}

/* --- flows --- */

static int32_t end_of(const struct ganger_period *p, int32_t way)
{
    return way & 1 ? p->shape.tail[way / 2] : p->shape.head[way / 2];
}

/* Pushes up to `most` from v on; nodes that are `done` are on the way here, or lead nowhere. Networks are shallow, so that
 * it may call itself. */
static double push(struct ganger_period *p, int32_t v, double most)
{
    if (v == p->shape.sink) {
        return most;
    }
    double sum = 0;
    p->done[v] = true;
    p->ticks++;
    for (int32_t i = p->first_out[v]; i < p->first_out[v + 1] && sum < most; i++) {
        int32_t way = p->out[i], u = end_of(p, way);
        if (p->left[way] > 0 && !p->done[u]) {
            double pushed = push(p, u, fmin(most - sum, p->left[way]));
            p->left[way] = pushed < p->left[way] ? p->left[way] - pushed : 0;
            p->left[way ^ 1] += pushed;
            sum += pushed;
        }
    }
    p->done[v] = sum < most; /* what it could not pass on, it will not pass on */
    return sum;
}

/* One pass; more may be left where flow would have to be led back. */
static double augment(struct ganger_period *p)
{
    memset(p->done, false, (size_t)p->shape.nodes * sizeof *p->done);
    return push(p, p->shape.source, INFINITY);
}

static double augment_all(struct ganger_period *p)
{
    double sum = 0, more;
    while ((more = augment(p)) > 0) {
        sum += more;
    }
    return sum;
}

/* Of the least cost, and its potentials; a unit of flow is worth ONE. */
static double flow_at_least_cost(struct ganger_period *p)
{
    ganger_network_simplex_solve(p->simplex, p->cost, &p->ticks);
    ganger_network_simplex_potential(p->simplex, p->mark);
    const double *flow = ganger_network_simplex_flow(p->simplex);
    for (int32_t a = 0; a < p->shape.arcs; a++) {
        double part = flow[a] > nothing * p->capacity[a] ? flow[a] : 0;
        p->left[2 * a] = p->cost[a] < 2 * ONE ? p->capacity[a] - part : 0;
        p->left[2 * a + 1] = part;
    }
    return ganger_network_simplex_value(p->simplex);
}

/* --- bounds of cases --- */

/* Links and their rewards as the works' states have them. Returns the rewards of works that are sure of them. */
static double prepare(struct ganger_period *p, const struct ganger_period_request *q)
{
    double sure = 0;
    for (int32_t l = 0; l < p->shape.links; l++) {
        p->reward[l] = 0;
        p->shut[l] = q->capacity[l] <= 0;
    }
    for (int32_t i = 0; i < q->works; i++) {
        p->shut[q->link[i]] |= p->state[i] == AT_WORK;
    }
    for (int32_t i = 0; i < q->works; i++) {
        if (p->state[i] == AT_WORK || (p->state[i] == FREE && p->shut[q->link[i]])) {
            sure += q->reward[i];
        } else if (p->state[i] == FREE) {
            p->reward[q->link[i]] += q->reward[i];
        }
    }
    return sure;
}

static void fill_capacities(struct ganger_period *p, const struct ganger_period_request *q)
{
    for (int32_t l = 0; l < p->shape.links; l++) {
        for (int32_t a = p->shape.first_arc[l]; a < p->shape.first_arc[l + 1]; a++) {
            p->capacity[a] = fmax(q->capacity[l], 0);
        }
    }
    ganger_network_simplex_set_capacity(p->simplex, p->capacity);
}

/* On a link that is shut flow costs more than it is worth. */
static void fill_costs(struct ganger_period *p, const struct ganger_period_request *q)
{
    for (int32_t l = 0; l < p->shape.links; l++) {
        double share = p->shut[l] ? 2 : fmin(p->reward[l] / q->capacity[l], 1.5);
        int64_t cost = (int64_t)ceil(share * (double)ONE);
        for (int32_t a = p->shape.first_arc[l]; a < p->shape.first_arc[l + 1]; a++) {
            p->cost[a] = cost;
        }
    }
}

/* What the link gains at the potentials if it is open. */
static double gain(const struct ganger_period *p, const struct ganger_period_request *q, int32_t l)
{
    int64_t sum = 0;
    for (int32_t a = p->shape.first_arc[l]; a < p->shape.first_arc[l + 1]; a++) {
        int64_t rise = p->mark[p->shape.head[a]] - p->mark[p->shape.tail[a]];
        sum += rise > 0 ? rise : 0;
    }
    return (double)sum / (double)ONE * q->capacity[l];
}

static double used(const struct ganger_period *p, int32_t l)
{
    double most = 0;
    for (int32_t a = p->shape.first_arc[l]; a < p->shape.first_arc[l + 1]; a++) {
        most = fmax(most, p->left[2 * a + 1]);
    }
    return most;
}

/* Keeps the set in p->trial if it is one of the best. */
static void keep_set(struct ganger_period *p, int32_t works, double reward, double flow)
{
    size_t bytes = (size_t)works * sizeof *p->trial;
    int32_t at = p->sets;
    for (int32_t i = 0; i < p->sets; i++) {
        if (memcmp(p->set[i].closed, p->trial, bytes) == 0) {
            return;
        }
    }
    if (at == GANGER_PERIOD_SETS && flow + reward <= p->set[--at].worth) {
        return;
    }
    struct set kept = p->set[at];
    kept.worth = flow + reward;
    kept.flow = flow;
    memcpy(kept.closed, p->trial, bytes);
    for (; at > 0 && p->set[at - 1].worth < kept.worth; at--) {
        p->set[at] = p->set[at - 1];
    }
    p->set[at] = kept;
    p->sets += p->sets < GANGER_PERIOD_SETS;
}

/* The set that the flow leaves closed. */
static void offer(struct ganger_period *p, const struct ganger_period_request *q, double flow)
{
    double worth = 0;
    for (int32_t i = 0; i < q->works; i++) {
        int32_t l = q->link[i];
        p->trial[i] =
            p->state[i] == AT_WORK || (p->state[i] == FREE && (p->shut[l] || used(p, l) <= 0));
        worth += p->trial[i] ? q->reward[i] : 0;
    }
    for (int32_t i = 0; i < q->works; i++) {
        int32_t l = q->link[i];
        for (int32_t a = p->shape.first_arc[l]; p->trial[i] && a < p->shape.first_arc[l + 1]; a++) {
            p->left[2 * a] = 0;
        }
    }
    flow += augment_all(p);
    keep_set(p, q->works, worth, flow);
}

/* The work whose reward is won in the largest part by what its line does not carry. */
static int32_t find_branch(const struct ganger_period *p, const struct ganger_period_request *q)
{
    double most = 0;
    int32_t found = -1;
    for (int32_t i = 0; i < q->works; i++) {
        int32_t l = q->link[i];
        if (p->state[i] == FREE && !p->shut[l] && q->reward[i] > 0) {
            double flow = used(p, l), part = q->reward[i] * (1 - flow / q->capacity[l]);
            if (flow > 0 && part > most) {
                most = part;
                found = i;
            }
        }
    }
    return found;
}

/* Solves the case of a new node. */
static void judge(struct ganger_period *p, const struct ganger_period_request *q, int32_t index)
{
    struct node *node = &p->node[index];
    memset(p->state, FREE, (size_t)q->works);
    for (int32_t i = index; p->node[i].parent >= 0; i = p->node[i].parent) {
        const struct node *above = &p->node[p->node[i].parent];
        p->state[above->branch] = above->child[1] == i ? AT_WORK : AT_REST;
    }
    p->ticks += 1 + (q->works + p->shape.arcs) / arcs_a_tick;
    node->branch = -1;
    node->bound = prepare(p, q);
    fill_costs(p, q);
    double flow = flow_at_least_cost(p);
    for (int32_t l = 0; l < p->shape.links; l++) {
        node->bound += p->shut[l] ? 0 : fmax(gain(p, q, l), p->reward[l]);
    }
    memcpy(p->potential + (int64_t)index * p->shape.nodes, p->mark,
           (size_t)p->shape.nodes * sizeof *p->mark);
    node->next = node->depth < most_depth ? find_branch(p, q) : -1;
    offer(p, q, flow);
}

static void split(struct ganger_period *p, const struct ganger_period_request *q, int32_t index)
{
    p->node[index].branch = p->node[index].next;
    for (int side = 0; side < 2; side++) {
        int32_t child = p->nodes++;
        p->node[index].child[side] = child;
        p->node[child].parent = index;
        p->node[child].depth = p->node[index].depth + 1;
    }
    judge(p, q, p->node[index].child[0]);
    judge(p, q, p->node[index].child[1]);
}

static int32_t highest(const struct ganger_period *p)
{
    int32_t found = -1;
    for (int32_t i = 0; i < p->nodes; i++) {
        if (p->node[i].branch < 0 && (found < 0 || p->node[i].bound > p->node[found].bound)) {
            found = i;
        }
    }
    return found;
}

static void write_tree(const struct ganger_period *p, int32_t index,
                       struct ganger_period_answer *answer)
{
    const struct node *node = &p->node[index];
    int32_t i = answer->nodes++;
    answer->work[i] = node->branch;
    answer->potential[i] = node->branch < 0 ? p->potential + (int64_t)index * p->shape.nodes : NULL;
    for (int side = 0; side < 2 && node->branch >= 0; side++) {
        write_tree(p, node->child[side], answer);
    }
}

void ganger_period_solve(struct ganger_period *period, const struct ganger_period_request *request,
                         struct ganger_period_answer *answer, int64_t *ticks)
{
    struct ganger_period *p = period;
    p->ticks = 0;
    p->sets = 0;
    p->nodes = 1;
    p->node[0].parent = -1;
    fill_capacities(p, request);
    judge(p, request, 0);
    int32_t top = 0;
    double found = fmax(request->known, p->set[0].worth);
    while (p->node[top].next >= 0 && p->nodes < 2 * request->leaves - 1 &&
           p->ticks < request->ticks && p->node[top].bound > found + even * fabs(found)) {
        split(p, request, top);
        top = highest(p);
        found = fmax(found, p->set[0].worth);
    }
    answer->bound = p->node[top].bound;
    answer->found = found;
    answer->sets = p->sets;
    for (int32_t i = 0; i < p->sets; i++) {
        answer->flow[i] = p->set[i].flow;
        answer->closed[i] = p->set[i].closed;
    }
    answer->nodes = 0;
    write_tree(p, 0, answer);
    *ticks += p->ticks;
}

double ganger_period_flow(struct ganger_period *period, const struct ganger_period_request *request,
                          const bool *closed, int64_t *ticks)
{
    struct ganger_period *p = period;
    p->ticks = 0;
    for (int32_t i = 0; i < request->works; i++) {
        p->state[i] = closed[i] ? AT_WORK : AT_REST;
    }
    prepare(p, request);
    for (int32_t l = 0; l < p->shape.links; l++) {
        for (int32_t a = p->shape.first_arc[l]; a < p->shape.first_arc[l + 1]; a++) {
            p->left[2 * a] = p->shut[l] ? 0 : request->capacity[l];
            p->left[2 * a + 1] = 0;
        }
    }
    double flow = augment_all(p);
    *ticks += p->ticks;
    return flow;
}
