#include "freight/max_flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { from_source = 1, to_sink = 2 };
/* Mt/yr that are none: what rounding leaves of a residual. */
static const double nothing = 1e-9;

bool ganger_flow_applies(const struct ganger_problem *problem)
{
    const struct ganger_demands *demands = &problem->demands;
    bool applies = demands->count > 0 && demands->value[0] > 0 &&
                   demands->origin[0] != demands->destination[0];
    for (int32_t k = 1; applies && k < demands->count; k++) {
        applies = demands->origin[k] == demands->origin[0] &&
                  demands->destination[k] == demands->destination[0] &&
                  demands->value[k] == demands->value[0];
    }
    for (int32_t l = 0; applies && l < problem->links.count; l++) {
        applies = problem->links.cost_per_t[l] == 0;
    }
    return applies;
}

/* --- network --- */

static void place_links(struct ganger_flow_network *network, struct ganger_flow_links links)
{
    int32_t *next = network->first;
    for (int32_t l = 0; l < links.count; l++) {
        next[links.from[l]]++;
        next[links.to[l]]++;
    }
    for (int32_t v = 1; v <= network->nodes; v++) {
        next[v] += next[v - 1];
    }
    for (int32_t l = links.count - 1; l >= 0; l--) {
        int32_t from = links.from[l], to = links.to[l];
        int32_t back = --next[to];
        int32_t there = --next[from];
        network->head[there] = to;
        network->head[back] = from;
        network->twin[there] = back;
        network->twin[back] = there;
        network->place[l] = there;
        network->arc[there] = 2 * l;
        network->arc[back] = 2 * l + 1;
        network->directed[l] = links.directed[l];
    }
}

bool ganger_flow_network_build(struct ganger_flow_network *network, int32_t nodes,
                               struct ganger_flow_links links)
{
    size_t places = 2 * (size_t)links.count + 1;
    *network = (struct ganger_flow_network){
        .nodes = nodes, .links = links.count, .places = 2 * links.count};
    network->first = calloc((size_t)nodes + 1, sizeof(int32_t));
    network->head = malloc(places * sizeof(int32_t));
    network->twin = malloc(places * sizeof(int32_t));
    network->place = malloc(places * sizeof(int32_t));
    network->arc = malloc(places * sizeof(int32_t));
    network->directed = malloc(places * sizeof(bool));
    if (!network->first || !network->head || !network->twin || !network->place || !network->arc ||
        !network->directed) {
        ganger_flow_network_clear(network);
        return false;
    }
    place_links(network, links);
    return true;
}

bool ganger_flow_network_init(struct ganger_flow_network *network,
                              const struct ganger_problem *problem)
{
    const struct ganger_links *links = &problem->links;
    size_t count = (size_t)links->count + 1;
    int32_t *from = malloc(count * sizeof *from), *to = malloc(count * sizeof *to);
    bool *directed = malloc(count * sizeof *directed);
    bool ready = from && to && directed;
    for (int32_t l = 0; ready && l < links->count; l++) {
        from[l] = links->from[l];
        to[l] = links->to[l];
        directed[l] = links->directed[l];
    }
    *network = (struct ganger_flow_network){0};
    if (ready) { /* and the one that carries what demands ask for */
        from[links->count] = problem->nodes.count;
        to[links->count] = problem->demands.origin[0];
        directed[links->count] = true;
        ready = ganger_flow_network_build(
            network, problem->nodes.count + 1,
            (struct ganger_flow_links){(int32_t)count, from, to, directed});
        network->source = problem->nodes.count;
        network->sink = problem->demands.destination[0];
    }
    free(from);
    free(to);
    free(directed);
    return ready;
}

void ganger_flow_network_clear(struct ganger_flow_network *network)
{
    free(network->first);
    free(network->head);
    free(network->twin);
    free(network->place);
    free(network->arc);
    free(network->directed);
    *network = (struct ganger_flow_network){0};
}

bool ganger_flow_scratch_init(struct ganger_flow_scratch *scratch,
                              const struct ganger_flow_network *network)
{
    size_t nodes = (size_t)network->nodes;
    *scratch = (struct ganger_flow_scratch){0};
    scratch->queue = malloc(nodes * sizeof(int32_t));
    scratch->by = malloc(nodes * sizeof(int32_t));
    scratch->seen = calloc(nodes, sizeof(uint32_t));
    scratch->kept = malloc((size_t)network->places * sizeof(double));
    if (!scratch->queue || !scratch->by || !scratch->seen || !scratch->kept) {
        ganger_flow_scratch_clear(scratch);
        return false;
    }
    return true;
}

void ganger_flow_scratch_clear(struct ganger_flow_scratch *scratch)
{
    free(scratch->queue);
    free(scratch->by);
    free(scratch->seen);
    free(scratch->kept);
    *scratch = (struct ganger_flow_scratch){0};
}

/* --- augmenting --- */

static void next_stamp(const struct ganger_flow_network *network, struct ganger_flow_scratch *s)
{
    if (++s->stamp == 0) {
        memset(s->seen, 0, (size_t)network->nodes * sizeof *s->seen);
        s->stamp = 1;
    }
}

/* A shortest path with something left on each place; s->by leads back from `to`. */
static bool find_path(const struct ganger_flow_network *network, struct ganger_flow_scratch *s,
                      const double *left, int32_t from, int32_t to)
{
    int32_t begin = 0, end = 0;
    next_stamp(network, s);
    s->seen[from] = s->stamp;
    s->queue[end++] = from;
    while (begin < end) {
        int32_t node = s->queue[begin++];
        int32_t last = network->first[node + 1];
        for (int32_t i = network->first[node]; i < last; i++) {
            int32_t head = network->head[i];
            if (left[i] > nothing && s->seen[head] != s->stamp) {
                s->seen[head] = s->stamp;
                s->by[head] = i;
                if (head == to) {
                    s->ticks += end;
                    return true;
                }
                s->queue[end++] = head;
            }
        }
    }
    s->ticks += end;
    return false;
}

/* Takes the last path found off, as much as it can give up to `most`, which is returned. */
static double take_path(const struct ganger_flow_network *network, struct ganger_flow_scratch *s,
                        double *left, int32_t from, int32_t to, double most)
{
    double amount = most;
    for (int32_t v = to; v != from; v = network->head[network->twin[s->by[v]]]) {
        amount = left[s->by[v]] < amount ? left[s->by[v]] : amount;
    }
    for (int32_t v = to; v != from; v = network->head[network->twin[s->by[v]]]) {
        left[s->by[v]] -= amount;
    }
    return amount;
}

/* Sends as much as possible, at most `most`; returns how much. */
static double send(const struct ganger_flow_network *network, struct ganger_flow_scratch *s,
                   double *left, int32_t from, int32_t to, double most)
{
    double sent = 0;
    while (most - sent > nothing && find_path(network, s, left, from, to)) {
        double amount = take_path(network, s, left, from, to, most - sent);
        for (int32_t v = to; v != from; v = network->head[network->twin[s->by[v]]]) {
            left[network->twin[s->by[v]]] += amount;
        }
        sent += amount;
    }
    return sent;
}

/* --- flows --- */

/* Nodes that can be reached by what is left, from the source forwards or from the sink backwards. */
static void mark_from(const struct ganger_flow_network *network, struct ganger_flow_scratch *s,
                      struct ganger_flow *flow, int32_t root, uint8_t bit)
{
    int32_t begin = 0, end = 0;
    flow->side[root] |= bit;
    s->queue[end++] = root;
    while (begin < end) {
        int32_t node = s->queue[begin++];
        for (int32_t i = network->first[node]; i < network->first[node + 1]; i++) {
            int32_t head = network->head[i];
            double left = flow->left[bit == from_source ? i : network->twin[i]];
            if (left > nothing && !(flow->side[head] & bit)) {
                flow->side[head] |= bit;
                s->queue[end++] = head;
            }
        }
    }
    s->ticks += end;
}

static void mark(const struct ganger_flow_network *network, struct ganger_flow_scratch *scratch,
                 struct ganger_flow *flow)
{
    memset(flow->side, 0, (size_t)network->nodes);
    mark_from(network, scratch, flow, network->source, from_source);
    mark_from(network, scratch, flow, network->sink, to_sink);
}

void ganger_flow_solve(const struct ganger_flow_network *network,
                       struct ganger_flow_scratch *scratch, struct ganger_flow *flow)
{
    for (int32_t l = 0; l < network->links; l++) {
        int32_t i = network->place[l];
        flow->left[i] = flow->capacity[l];
        flow->left[network->twin[i]] = network->directed[l] ? 0 : flow->capacity[l];
    }
    flow->value = send(network, scratch, flow->left, network->source, network->sink, INFINITY);
    mark(network, scratch, flow);
}

/* What a link carries beyond a smaller capacity, and the way it carries it. */
static double too_much(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                       int32_t link, double capacity, int32_t *place)
{
    int32_t i = network->place[link], back = network->twin[i];
    double there =
        network->directed[link] ? flow->left[back] : (flow->left[back] - flow->left[i]) / 2;
    *place = there >= 0 ? i : back;
    return fabs(there) - capacity;
}

static void set_left(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                     int32_t link, double more)
{
    int32_t i = network->place[link];
    flow->left[i] += more;
    if (!network->directed[link]) {
        flow->left[network->twin[i]] += more;
    }
}

/* Takes `amount` off a link; both its ends are then out of balance. */
static void take_off(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                     int32_t place, double amount)
{
    flow->left[place] += amount;
    flow->left[network->twin[place]] -= amount;
}

static bool may_gain(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                     int32_t link)
{
    int32_t i = network->place[link];
    uint8_t to = flow->side[network->head[i]], from = flow->side[network->head[network->twin[i]]];
    return (from & from_source && to & to_sink) ||
           (!network->directed[link] && to & from_source && from & to_sink);
}

/* True if nothing of what a link carries can go another way. */
static bool loses_all(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                      int32_t place)
{
    uint8_t to = flow->side[network->head[place]],
            from = flow->side[network->head[network->twin[place]]];
    return (from & from_source && !(to & from_source)) || (!(from & to_sink) && to & to_sink);
}

double ganger_flow_try(const struct ganger_flow_network *network,
                       struct ganger_flow_scratch *scratch, struct ganger_flow *flow, int32_t link,
                       double capacity)
{
    double more = capacity - flow->capacity[link], value = flow->value;
    int32_t place = 0;
    scratch->ticks++;
    if (more >= 0 && !may_gain(network, flow, link)) {
        return value;
    }
    double over = more < 0 ? too_much(network, flow, link, capacity, &place) : 0;
    if (more < 0 && over <= nothing) {
        return value;
    }
    if (more < 0 && loses_all(network, flow, place)) {
        return value - over;
    }
    size_t bytes = (size_t)network->places * sizeof *flow->left;
    memcpy(scratch->kept, flow->left, bytes);
    scratch->ticks += network->places / 32;
    if (more > 0) {
        set_left(network, flow, link, more);
        value += send(network, scratch, flow->left, network->source, network->sink, INFINITY);
    } else {
        int32_t from = network->head[network->twin[place]], to = network->head[place];
        take_off(network, flow, place, over);
        set_left(network, flow, link, more);
        value -= over - send(network, scratch, flow->left, from, to, over);
    }
    memcpy(flow->left, scratch->kept, bytes);
    return value;
}

/* Whether opening or closing an idle link leaves the sides as they are. */
static bool idle_keeps_sides(const struct ganger_flow_network *network,
                             const struct ganger_flow *flow, int32_t link, bool opens)
{
    int32_t i = network->place[link];
    uint8_t to = flow->side[network->head[i]], from = flow->side[network->head[network->twin[i]]];
    if (!network->directed[link]) {
        return false;
    }
    if (opens) { /* nothing new is reached */
        return !(from & from_source && !(to & from_source)) && !(to & to_sink && !(from & to_sink));
    }
    return !(from & from_source) && !(to & to_sink); /* nothing was reached this way */
}

void ganger_flow_change(const struct ganger_flow_network *network,
                        struct ganger_flow_scratch *scratch, struct ganger_flow *flow, int32_t link,
                        double capacity)
{
    double more = capacity - flow->capacity[link], less = fmin(capacity, flow->capacity[link]);
    int32_t place = 0;
    double over = too_much(network, flow, link, less, &place);
    bool idle = less <= nothing && over + less <= nothing;
    bool marked = idle && idle_keeps_sides(network, flow, link, more > 0);
    if (more < 0 && over > 0) {
        int32_t from = network->head[network->twin[place]], to = network->head[place];
        take_off(network, flow, place, over);
        set_left(network, flow, link, more);
        double lost = over - send(network, scratch, flow->left, from, to, over);
        send(network, scratch, flow->left, from, network->source, lost);
        send(network, scratch, flow->left, network->sink, to, lost);
        flow->value -= lost;
    } else {
        set_left(network, flow, link, more);
        if (more > 0 && !marked) {
            flow->value +=
                send(network, scratch, flow->left, network->source, network->sink, INFINITY);
        }
    }
    flow->capacity[link] = capacity;
    if (!marked) {
        mark(network, scratch, flow);
    }
}

/* --- paths --- */

void ganger_flow_carried(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                         double *carried)
{
    for (int32_t l = 0; l < network->links; l++) {
        int32_t i = network->place[l], back = network->twin[i];
        double there = too_much(network, flow, l, 0, &i);
        carried[network->place[l]] = carried[back] = 0;
        carried[i] = there;
    }
}

int32_t ganger_flow_path(const struct ganger_flow_network *network,
                         struct ganger_flow_scratch *scratch, double *carried, int32_t *arcs,
                         double *amount)
{
    int32_t source = network->source, sink = network->sink, count = 0;
    if (!find_path(network, scratch, carried, source, sink)) {
        return 0;
    }
    *amount = take_path(network, scratch, carried, source, sink, INFINITY);
    for (int32_t v = sink; v != source; v = network->head[network->twin[scratch->by[v]]]) {
        arcs[count++] = network->arc[scratch->by[v]];
    }
    count--; /* the link beyond the origin comes last */
    for (int32_t i = 0; i < count / 2; i++) {
        int32_t arc = arcs[i];
        arcs[i] = arcs[count - 1 - i];
        arcs[count - 1 - i] = arc;
    }
    return count;
}
