#include "check/route.h"

#include <stdlib.h>

#define FAR GANGER_ROUTE_FAR

static void *make(int64_t count, size_t size)
{
    return calloc(count > 0 ? (size_t)count : 1, size);
}

static int32_t distinct(const int32_t *place, int32_t count, int32_t *seen)
{
    int32_t sum = 0;
    for (int32_t k = 0; k < count; k++) {
        seen[place[k]] = 0;
    }
    for (int32_t k = 0; k < count; k++) {
        sum += seen[place[k]] == 0;
        seen[place[k]] = 1;
    }
    for (int32_t k = 0; k < count; k++) {
        seen[place[k]] = 0;
    }
    return sum;
}

/* list[first[key] ..] the indices of each key, in order, but those that are left out; `first` has keys + 2 zeroed
 * cells. */
static void index_by(const int32_t *key, int32_t count, int32_t keys, int32_t *first, int32_t *list)
{
    for (int32_t i = 0; i < count; i++) {
        first[key[i] == GANGER_NONE ? 0 : key[i] + 2] += key[i] != GANGER_NONE;
    }
    for (int32_t v = 0; v < keys; v++) {
        first[v + 2] += first[v + 1];
    }
    for (int32_t i = 0; i < count; i++) {
        if (key[i] != GANGER_NONE) {
            list[first[key[i] + 1]++] = i;
        }
    }
}

/* Trees grow from the places of which there are fewer; from origins, all arcs are taken the other way round. */
static void choose_sides(struct ganger_routes *r)
{
    const struct ganger_demands *demands = &r->problem->demands;
    const struct ganger_links *links = &r->problem->links;
    bool turned = distinct(demands->origin, demands->count, r->seen) <
                  distinct(demands->destination, demands->count, r->seen);
    r->near = turned ? demands->origin : demands->destination;
    r->far = turned ? demands->destination : demands->origin;
    for (int32_t a = 0; a < 2 * links->count; a++) {
        bool passable = a % 2 == 0 || !links->directed[a / 2], from = (a % 2 == 0) != turned;
        r->tail[a] = !passable ? GANGER_NONE : from ? links->from[a / 2] : links->to[a / 2];
        r->head[a] = !passable ? GANGER_NONE : from ? links->to[a / 2] : links->from[a / 2];
    }
}

bool ganger_routes_open(struct ganger_routes *routes, const struct ganger_problem *problem)
{
    struct ganger_routes *r = routes;
    int64_t nodes = problem->nodes.count, arcs = 2 * (int64_t)problem->links.count;
    int32_t demands = problem->demands.count;
    *r = (struct ganger_routes){.problem = problem,
                                .first_out = make(nodes + 2, sizeof *r->first_out),
                                .out = make(arcs, sizeof *r->out),
                                .first_in = make(nodes + 2, sizeof *r->first_in),
                                .in = make(arcs, sizeof *r->in),
                                .tail = make(arcs, sizeof *r->tail),
                                .head = make(arcs, sizeof *r->head),
                                .demand = make(demands, sizeof *r->demand),
                                .ahead = make(nodes, sizeof *r->ahead),
                                .distance = make(nodes, sizeof *r->distance),
                                .seen = make(nodes, sizeof *r->seen),
                                .heap = make(arcs + 1, sizeof *r->heap)};
    int32_t *first = make(nodes + 2, sizeof *first);
    bool ready = first && r->first_out && r->out && r->first_in && r->in && r->tail && r->head &&
                 r->demand && r->ahead && r->distance && r->seen && r->heap;
    if (ready) {
        choose_sides(r);
        index_by(r->tail, (int32_t)arcs, (int32_t)nodes, r->first_out, r->out);
        index_by(r->head, (int32_t)arcs, (int32_t)nodes, r->first_in, r->in);
        index_by(r->near, demands, (int32_t)nodes, first, r->demand);
    }
    free(first);
    return ready;
}

void ganger_routes_close(struct ganger_routes *routes)
{
    free(routes->first_out);
    free(routes->out);
    free(routes->first_in);
    free(routes->in);
    free(routes->tail);
    free(routes->head);
    free(routes->demand);
    free(routes->ahead);
    free(routes->distance);
    free(routes->seen);
    free(routes->heap);
}

static void push(struct ganger_routes *r, struct ganger_route_entry entry)
{
    int32_t at = r->size++;
    while (at > 0 && r->heap[(at - 1) / 2].key > entry.key) {
        r->heap[at] = r->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    r->heap[at] = entry;
}

static struct ganger_route_entry pop(struct ganger_routes *r)
{
    struct ganger_route_entry nearest = r->heap[0], last = r->heap[--r->size];
    int32_t at = 0, below = 1;
    while (below < r->size) {
        if (below + 1 < r->size && r->heap[below + 1].key < r->heap[below].key) {
            below++;
        }
        if (r->heap[below].key >= last.key) {
            break;
        }
        r->heap[at] = r->heap[below];
        at = below;
        below = 2 * at + 1;
    }
    r->heap[at] = last;
    return nearest;
}

/* Fills `ahead` until `left` nodes that this search has `seen` are settled, or as far as `enough`. */
static void grow_tree(struct ganger_routes *r, int32_t near, const int64_t *least, int32_t left,
                      int64_t enough)
{
    for (int32_t v = 0; v < r->problem->nodes.count; v++) {
        r->ahead[v] = FAR;
    }
    r->ahead[near] = 0;
    r->radius = FAR;
    r->size = 0;
    push(r, (struct ganger_route_entry){0, near});
    while (r->size > 0) {
        struct ganger_route_entry nearest = pop(r);
        if (nearest.key > r->ahead[nearest.node]) {
            continue;
        }
        left -= r->seen[nearest.node] == r->search;
        if (left == 0 || nearest.key >= enough) {
            r->radius = nearest.key;
            return;
        }
        for (int32_t i = r->first_in[nearest.node]; i < r->first_in[nearest.node + 1]; i++) {
            int32_t arc = r->in[i], next = r->tail[arc];
            int64_t distance = nearest.key + least[arc];
            if (distance < r->ahead[next]) {
                r->ahead[next] = distance;
                push(r, (struct ganger_route_entry){distance, next});
            }
        }
    }
}

/* What surely lies ahead of a node: the least length between neighbours bears any difference of it. */
static int64_t ahead_of(const struct ganger_routes *r, int32_t node)
{
    return r->ahead[node] < r->radius ? r->ahead[node] : r->radius;
}

static void reach(struct ganger_routes *r, int32_t node, int64_t distance, int64_t value)
{
    int64_t key = distance + ahead_of(r, node);
    r->seen[node] = r->search;
    r->distance[node] = distance;
    if (key < value) {
        push(r, (struct ganger_route_entry){key, node});
    }
}

static int64_t run(struct ganger_routes *r, int32_t k, const int64_t *length, int64_t value)
{
    r->search++;
    r->size = 0;
    reach(r, r->far[k], 0, value);
    while (r->size > 0) {
        struct ganger_route_entry nearest = pop(r);
        int64_t distance = r->distance[nearest.node];
        if (nearest.node == r->near[k]) {
            return distance;
        }
        if (nearest.key > distance + ahead_of(r, nearest.node)) {
            continue;
        }
        for (int32_t i = r->first_out[nearest.node]; i < r->first_out[nearest.node + 1]; i++) {
            int32_t arc = r->out[i], next = r->head[arc];
            int64_t there = distance + length[arc];
            if (r->seen[next] != r->search || there < r->distance[next]) {
                reach(r, next, there, value);
            }
        }
    }
    return FAR;
}

/* The demands listed from `from` to `to` have `near` in common. */
static void measure_group(struct ganger_routes *r, const struct ganger_route_request *request,
                          int32_t from, int32_t to)
{
    int64_t arcs = 2 * (int64_t)r->problem->links.count, enough = 0;
    int32_t left = 0;
    r->search++;
    for (int32_t i = from; i < to; i++) {
        int32_t k = r->demand[i], far = r->far[k];
        enough = request->value[k] > enough ? request->value[k] : enough;
        left += r->seen[far] != r->search;
        r->seen[far] = r->search;
    }
    grow_tree(r, r->near[r->demand[from]], request->least, left, enough);
    for (int32_t i = from; i < to; i++) {
        int32_t k = r->demand[i];
        for (int32_t row = 0; row < request->rows; row++) {
            request->reached[(int64_t)row * r->problem->demands.count + k] =
                run(r, k, request->length + row * arcs, request->value[k]);
        }
    }
}

void ganger_routes_measure(struct ganger_routes *routes, struct ganger_route_request request)
{
    struct ganger_routes *r = routes;
    int64_t arcs = 2 * (int64_t)r->problem->links.count;
    int32_t demands = r->problem->demands.count;
    for (int64_t a = 0; a < arcs; a++) {
        request.least[a] = FAR;
        for (int32_t row = 0; row < request.rows; row++) {
            int64_t length = request.length[row * arcs + a];
            request.least[a] = length < request.least[a] ? length : request.least[a];
        }
    }
    for (int32_t from = 0, to; from < demands; from = to) {
        to = from + 1;
        while (to < demands && r->near[r->demand[to]] == r->near[r->demand[from]]) {
            to++;
        }
        measure_group(r, &request, from, to);
    }
}

int64_t ganger_routes_measure_one(struct ganger_routes *routes, int32_t demand,
                                  const int64_t *length, int64_t value)
{
    routes->radius = 0; /* no tree grew at lengths that are never above these: nothing guides */
    return run(routes, demand, length, value);
}
