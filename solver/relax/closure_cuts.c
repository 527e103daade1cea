/*
 * Rows of cuts that freight breaks. A link that works make stronger, or close, in parts is taken for what it lets pass at
 * worst; if the freight that uses it does not fit into the network then, a cut of least capacity tells where. What must cross
 * the cut is no more than the planes of its segments say (passing.h).
 */
#include "relax/closure_search.h"

#include "freight/max_flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Blocks whose freight is looked at, besides the last; shares of works that are neither done nor not. */
enum { sampled = 6 };
static const double vague = 0.02;

struct cuts {
    struct ganger_closure_search *search;
    struct ganger_closure_sets sets;
    struct ganger_graph turned;
    double *from, *to; /* [origins * nodes], [destinations * nodes] cost of the cheapest way */
    int32_t *origin, *destination; /* [demands] rows of those */
    struct ganger_flow_network network;
    struct ganger_flow_scratch scratch;
    struct ganger_flow flow;
    double *carried;     /* [arcs] in the block at hand */
    double *own;         /* [arcs] of the demands that use the link at hand */
    bool *uses;          /* [demands] these */
    bool *pays;          /* [arcs] for any of these */
    double *fixed;       /* [blocks] */
    int32_t *list;       /* [demands] scratch */
    int32_t *arc;        /* [arcs] of the cut at hand, */
    int32_t *segment;    /* [arcs] and their segments */
    int32_t arcs, parts; /* of the cut; with a segment */
    uint64_t *seen;      /* hashes of the cuts of the block that were looked at */
    int32_t seen_count, seen_room;
    int64_t ticks;
};

/* ---- ways that pay ---------------------------------------------------------------------------- */

static bool measure_ways(struct cuts *c)
{
    const struct ganger_graph *g = c->search->relaxation->graph;
    size_t nodes = (size_t)g->nodes;
    struct ganger_dijkstra there = {0}, back = {0};
    c->turned = ganger_graph_turned(g);
    bool ready = ganger_dijkstra_init(&there, g);
    ready = ganger_dijkstra_init(&back, &c->turned) && ready;
    for (int32_t i = 0; ready && i < g->from.count; i++) {
        c->ticks += ganger_dijkstra_run(&there, g, NULL, g->from.node[i], INFINITY);
        memcpy(c->from + (size_t)i * nodes, there.distance, nodes * sizeof *c->from);
        for (int32_t k = g->from.first[i]; k < g->from.first[i + 1]; k++) {
            c->origin[g->from.demand[k]] = i;
        }
    }
    for (int32_t i = 0; ready && i < g->to.count; i++) {
        c->ticks += ganger_dijkstra_run(&back, &c->turned, NULL, g->to.node[i], INFINITY);
        memcpy(c->to + (size_t)i * nodes, back.distance, nodes * sizeof *c->to);
        for (int32_t k = g->to.first[i]; k < g->to.first[i + 1]; k++) {
            c->destination[g->to.demand[k]] = i;
        }
    }
    ganger_dijkstra_clear(&there);
    ganger_dijkstra_clear(&back);
    return ready;
}

/* Does a path of the demand over the arc cost less than its value? What pays only by a rounding does. */
static bool pays_on(const struct cuts *c, int32_t demand, int32_t arc)
{
    const struct ganger_graph *g = c->search->relaxation->graph;
    double way = c->from[(int64_t)c->origin[demand] * g->nodes + g->tail[arc]] + g->cost[arc] +
                 c->to[(int64_t)c->destination[demand] * g->nodes + g->head[arc]];
    return way < g->problem->demands.value[demand] * (1 + 1e-9);
}

static bool exists(const struct ganger_problem *p, int32_t arc)
{
    return arc % 2 == 0 || !p->links.directed[arc / 2];
}

/* ---- capacities in a block -------------------------------------------------------------------- */

static double average_of(const struct cuts *c, int32_t q, int32_t b)
{
    const struct ganger_primal_dual_view *view = &c->search->view;
    int64_t at = (int64_t)q * view->blocks->width + b;
    return view->worn[at] + view->capacity[at];
}

static bool is_vague(double share)
{
    return share > vague && share < 1 - vague;
}

/* What a segment lets pass if nothing that is done in part were done, and all that closes it in part did. */
static double worst_of(const struct cuts *c, int32_t q, int32_t b)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    double worn = s->view.worn[q * width + b], capacity = worn, left = 1;
    for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
        int32_t w = p->segments.work_list[i];
        if (s->shares.finished[w * width + b] >= 1 - vague) {
            capacity += p->works.gain[w];
            worn = p->works.renews[w] ? fmax(worn, p->segments.capacity[q]) : worn;
        }
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            left = s->shares.active[m * width + b] > vague ? fmin(left, p->modes.factor[m]) : left;
        }
    }
    return left * (capacity + worn - s->view.worn[q * width + b]);
}

/* Least of the link's segments. */
static double link_capacity(const struct cuts *c, int32_t link, int32_t b,
                            double (*of)(const struct cuts *, int32_t, int32_t))
{
    const struct ganger_links *links = &c->search->relaxation->problem->links;
    double least = INFINITY;
    for (int32_t i = links->first_segment[link]; i < links->first_segment[link + 1]; i++) {
        least = fmin(least, of(c, links->segment_list[i], b));
    }
    return fmax(0, least);
}

/* Are works on the link done in part? */
static bool link_is_vague(const struct cuts *c, int32_t link, int32_t b)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        for (int32_t k = p->segments.first_work[q]; k < p->segments.first_work[q + 1]; k++) {
            int32_t w = p->segments.work_list[k];
            if (s->view.columns->lift[w * width + b] > 0 &&
                is_vague(s->shares.finished[w * width + b])) {
                return true;
            }
            for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
                if (p->modes.factor[m] < 1 && s->shares.active[m * width + b] > vague) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* ---- the cut ---------------------------------------------------------------------------------- */

/* Arcs, then a link from the source to each origin, and one from each destination to the sink. */
static bool build_network(struct cuts *c)
{
    const struct ganger_graph *g = c->search->relaxation->graph;
    int32_t count = g->arcs + g->from.count + g->to.count, at = 0;
    size_t size = (size_t)count + 1;
    int32_t *from = malloc(size * sizeof *from), *to = malloc(size * sizeof *to);
    bool *directed = malloc(size * sizeof *directed), ready = from && to && directed;
    for (; ready && at < count; at++) {
        int32_t o = at - g->arcs, d = o - g->from.count;
        from[at] = o < 0 ? g->tail[at] : d < 0 ? g->nodes : g->to.node[d];
        to[at] = o < 0 ? g->head[at] : d < 0 ? g->from.node[o] : g->nodes + 1;
        directed[at] = true;
    }
    ready =
        ready && ganger_flow_network_build(&c->network, g->nodes + 2,
                                           (struct ganger_flow_links){count, from, to, directed});
    c->network.source = g->nodes;
    c->network.sink = g->nodes + 1;
    free(from);
    free(to);
    free(directed);
    return ready && ganger_flow_scratch_init(&c->scratch, &c->network);
}

/* Demands that use the arc in the block, and what they have on other arcs; how much it is. */
static double gather_users(struct cuts *c, int32_t arc, int32_t b)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_problem *p = s->relaxation->problem;
    int64_t width = s->view.blocks->width;
    double sum = 0;
    memset(c->uses, 0, (size_t)p->demands.count * sizeof *c->uses);
    memset(c->own, 0, (size_t)s->relaxation->graph->arcs * sizeof *c->own);
    for (int32_t i = s->first_on[arc]; i < s->first_on[arc + 1]; i++) {
        c->uses[s->sent[s->on[i]].demand] = s->flow[s->on[i] * width + b] > 1e-6;
    }
    for (int32_t i = 0; i < s->sent_count; i++) {
        if (c->uses[s->sent[i].demand]) {
            c->own[s->sent[i].arc] += s->flow[i * width + b];
        }
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        sum += c->uses[k] ? s->delivered[k * width + b] : 0;
    }
    for (int32_t a = 0; a < s->relaxation->graph->arcs; a++) {
        c->pays[a] = false;
        for (int32_t k = 0; exists(p, a) && !c->pays[a] && k < p->demands.count; k++) {
            c->pays[a] = c->uses[k] && pays_on(c, k, a);
        }
    }
    return sum;
}

/* Does the users' freight not fit if the link is at its worst? The cut is at the nodes that the source reaches. */
static bool find_cut(struct cuts *c, int32_t link, int32_t b, double sum)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_graph *g = s->relaxation->graph;
    int64_t width = s->view.blocks->width;
    double *capacity = c->flow.capacity;
    memset(capacity, 0, (size_t)c->network.links * sizeof *capacity);
    for (int32_t a = 0; a < g->arcs; a++) {
        if (c->pays[a]) {
            double all = link_capacity(c, a / 2, b, a / 2 == link ? worst_of : average_of);
            capacity[a] = fmax(0, all - (c->carried[a] - c->own[a]));
        }
    }
    for (int32_t k = 0; k < g->problem->demands.count; k++) {
        double delivered = c->uses[k] ? s->delivered[k * width + b] : 0;
        capacity[g->arcs + c->origin[k]] += delivered;
        capacity[g->arcs + g->from.count + c->destination[k]] += delivered;
    }
    ganger_flow_solve(&c->network, &c->scratch, &c->flow);
    return c->flow.value < sum - 1e-3 * fmax(1, sum);
}

static bool beyond_source(const struct cuts *c, int32_t node)
{
    return (c->flow.side[node] & 1) == 0;
}

/* The segment of a link that lets pass least and has works; GANGER_NONE if there is none, or it has too many. */
static int32_t weakest(const struct cuts *c, int32_t link, int32_t b)
{
    const struct ganger_problem *p = c->search->relaxation->problem;
    int32_t best = GANGER_NONE;
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        int32_t q = p->links.segment_list[i];
        int32_t works = ganger_passing_count(p, 1, &q);
        if (works > 0 && works <= GANGER_PASSING_WORKS &&
            (best == GANGER_NONE || average_of(c, q, b) < average_of(c, best, b))) {
            best = q;
        }
    }
    return best;
}

/* The arc of the cut to which a segment of its link is worth most: where works are done in part first, then by what they may
 * still add. GANGER_NONE if there is none, or its works would be too many. */
static int32_t next_part(const struct cuts *c, int32_t b, int32_t works, int32_t *segment)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_problem *p = s->relaxation->problem;
    int32_t t = s->view.blocks->first[b], best = GANGER_NONE;
    bool best_vague = false;
    double most = 1e-6;
    for (int32_t i = 0; i < c->arcs; i++) {
        int32_t l = c->arc[i] / 2;
        int32_t q = c->segment[i] == GANGER_NONE ? weakest(c, l, b) : GANGER_NONE;
        if (q == GANGER_NONE || works + ganger_passing_count(p, 1, &q) > GANGER_PASSING_WORKS) {
            continue;
        }
        bool vague_link = link_is_vague(c, l, b);
        double more = ganger_closures_passes(p, l, t) - average_of(c, q, b);
        bool better = vague_link != best_vague ? vague_link : more > most;
        if (better) {
            best = i;
            best_vague = vague_link;
            most = more;
            *segment = q;
        }
    }
    return best;
}

/* Lists the arcs of the cut; those whose works matter most have a segment. False if it is none. */
static bool list_cut(struct cuts *c, int32_t b)
{
    const struct ganger_problem *p = c->search->relaxation->problem;
    const struct ganger_graph *g = c->search->relaxation->graph;
    int32_t works = 0, segment = GANGER_NONE;
    c->arcs = c->parts = 0;
    for (int32_t a = 0; a < g->arcs; a++) {
        if (c->pays[a] && !beyond_source(c, g->tail[a]) && beyond_source(c, g->head[a])) {
            c->arc[c->arcs] = a;
            c->segment[c->arcs++] = GANGER_NONE;
        }
    }
    int32_t at = next_part(c, b, works, &segment);
    while (at != GANGER_NONE && c->parts < GANGER_PASSING_PARTS) {
        works += ganger_passing_count(p, 1, &segment);
        c->segment[at] = segment;
        c->parts++;
        at = next_part(c, b, works, &segment);
    }
    return c->parts > 0 && c->arcs > 1;
}

/* Puts an arc with a segment first, and lists the segments in the order of arcs. */
static void order_cut(struct cuts *c, int32_t segment[GANGER_PASSING_PARTS])
{
    int32_t first = 0, count = 0;
    while (c->segment[first] == GANGER_NONE) {
        first++;
    }
    int32_t arc = c->arc[first], own = c->segment[first];
    memmove(c->arc + 1, c->arc, (size_t)first * sizeof *c->arc);
    memmove(c->segment + 1, c->segment, (size_t)first * sizeof *c->segment);
    c->arc[0] = arc;
    c->segment[0] = own;
    for (int32_t i = 0; i < c->arcs; i++) {
        if (c->segment[i] != GANGER_NONE) {
            segment[count++] = c->segment[i];
        }
    }
}

static bool seen_before(struct cuts *c)
{
    uint64_t hash = 1469598103934665603U;
    for (int32_t i = 0; i < c->arcs; i++) {
        hash = (hash ^ (uint64_t)c->arc[i]) * 1099511628211U;
        hash = (hash ^ (uint64_t)(c->segment[i] + 1)) * 1099511628211U;
    }
    for (int32_t i = 0; i < c->seen_count; i++) {
        if (c->seen[i] == hash) {
            return true;
        }
    }
    if (c->seen_count < c->seen_room) {
        c->seen[c->seen_count++] = hash;
    }
    return false;
}

/* Demands from one side to the other that have no way around the cut that pays. */
static void gather_crossing(struct cuts *c)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_problem *p = s->relaxation->problem;
    const struct ganger_graph *g = s->relaxation->graph;
    c->sets.count = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        bool crosses =
            !beyond_source(c, p->demands.origin[k]) && beyond_source(c, p->demands.destination[k]);
        for (int32_t a = 0; crosses && a < g->arcs; a++) {
            crosses = c->pays[a] || !exists(p, a) || beyond_source(c, g->tail[a]) ||
                      !beyond_source(c, g->head[a]) || !pays_on(c, k, a);
        }
        if (crosses) {
            c->sets.demand[c->sets.count] = k;
            c->sets.flow[c->sets.count++] = s->delivered + (int64_t)k * s->view.blocks->width;
        }
    }
}

/* What links of the cut without a segment let pass. */
static void measure_fixed(struct cuts *c)
{
    const struct ganger_blocks *blocks = c->search->view.blocks;
    const struct ganger_problem *p = c->search->relaxation->problem;
    for (int32_t b = 0; b < blocks->count; b++) {
        c->fixed[b] = 0;
        for (int32_t i = 0; i < c->arcs; i++) {
            c->fixed[b] += c->segment[i] == GANGER_NONE
                               ? ganger_closures_passes(p, c->arc[i] / 2, blocks->first[b])
                               : 0;
        }
    }
}

static void search_cut(struct cuts *c, int32_t b)
{
    struct ganger_relaxation *r = c->search->relaxation;
    int32_t segment[GANGER_PASSING_PARTS];
    gather_crossing(c);
    if (c->sets.count == 0) {
        return;
    }
    measure_fixed(c);
    order_cut(c, segment);
    ganger_closure_sets_begin(&c->sets, ganger_closure_worth_adding * fabs(r->bound));
    ganger_closure_sets_search(c->search, &c->sets,
                               (struct ganger_closure_gate){c->parts, segment, c->fixed, b, b + 1});
    if (!c->sets.best.better) {
        return;
    }
    struct ganger_closures_gate spec = {c->parts, segment, GANGER_NONE, GANGER_NONE, GANGER_NONE};
    struct ganger_closures_row row = {.arc = c->arc[0],
                                      .demands = ganger_closure_sets_best(&c->sets, c->list),
                                      .demand = c->list,
                                      .from = (int32_t)c->sets.best.from,
                                      .besides = c->arcs - 1,
                                      .beside_arc = c->arc + 1,
                                      .beside_segment = c->segment + 1};
    row.gate = ganger_closures_add_gate(&r->closures, spec, &r->failed);
    if (row.gate != GANGER_NONE && ganger_closures_find(&r->closures, row) == GANGER_NONE) {
        r->failed = r->failed || !ganger_closures_add(&r->closures, row);
        c->search->added++;
    }
}

static void search_block(struct cuts *c, int32_t b)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_graph *g = s->relaxation->graph;
    int64_t width = s->view.blocks->width;
    memset(c->carried, 0, (size_t)g->arcs * sizeof *c->carried);
    for (int32_t i = 0; i < s->sent_count; i++) {
        c->carried[s->sent[i].arc] += s->flow[i * width + b];
    }
    for (int32_t a = 0; a < g->arcs && !s->relaxation->failed; a++) {
        if (c->carried[a] < 1e-3 || !link_is_vague(c, a / 2, b)) {
            continue;
        }
        double sum = gather_users(c, a, b);
        if (find_cut(c, a / 2, b, sum) && list_cut(c, b) && !seen_before(c)) {
            search_cut(c, b);
        }
    }
}

static bool cuts_init(struct cuts *c)
{
    const struct ganger_closure_search *s = c->search;
    const struct ganger_graph *g = s->relaxation->graph;
    size_t nodes = (size_t)g->nodes, arcs = (size_t)g->arcs + 1;
    size_t demands = (size_t)g->problem->demands.count + 1;
    c->from = malloc(((size_t)g->from.count * nodes + 1) * sizeof *c->from);
    c->to = malloc(((size_t)g->to.count * nodes + 1) * sizeof *c->to);
    c->origin = calloc(demands, sizeof *c->origin);
    c->destination = calloc(demands, sizeof *c->destination);
    c->carried = calloc(arcs, sizeof *c->carried);
    c->own = calloc(arcs, sizeof *c->own);
    c->uses = calloc(demands, sizeof *c->uses);
    c->pays = calloc(arcs, sizeof *c->pays);
    c->fixed = calloc((size_t)s->view.blocks->count + 1, sizeof *c->fixed);
    c->list = calloc(demands, sizeof *c->list);
    c->arc = calloc(arcs, sizeof *c->arc);
    c->segment = calloc(arcs, sizeof *c->segment);
    c->seen_room = (int32_t)arcs * (sampled + 1);
    c->seen = calloc((size_t)c->seen_room, sizeof *c->seen);
    bool ready = ganger_closure_sets_init(&c->sets, s);
    ready = c->from && c->to && c->origin && c->destination && c->carried && c->own && c->uses &&
            c->pays && c->fixed && c->list && c->arc && c->segment && c->seen && ready &&
            build_network(c);
    c->flow.left = calloc((size_t)c->network.places + 1, sizeof *c->flow.left);
    c->flow.capacity = calloc((size_t)c->network.links + 1, sizeof *c->flow.capacity);
    c->flow.side = calloc((size_t)c->network.nodes + 1, sizeof *c->flow.side);
    return ready && c->flow.left && c->flow.capacity && c->flow.side && measure_ways(c);
}

static void cuts_clear(struct cuts *c)
{
    void *owned[] = {c->from,    c->to,        c->origin,        c->destination,
                     c->carried, c->own,       c->uses,          c->pays,
                     c->fixed,   c->list,      c->arc,           c->segment,
                     c->seen,    c->flow.left, c->flow.capacity, c->flow.side};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    ganger_closure_sets_clear(&c->sets, c->search->view.blocks->count);
    ganger_flow_network_clear(&c->network);
    ganger_flow_scratch_clear(&c->scratch);
}

bool ganger_closure_search_cuts(struct ganger_closure_search *search, int64_t *ticks)
{
    struct cuts c = {.search = search};
    int32_t blocks = search->view.blocks->count;
    bool ready = cuts_init(&c);
    int32_t stride = blocks / sampled > 0 ? blocks / sampled : 1;
    for (int32_t b = stride / 2; ready && b < blocks - 1; b += stride) {
        c.seen_count = 0;
        search_block(&c, b);
    }
    if (ready) {
        c.seen_count = 0;
        search_block(&c, blocks - 1);
        *ticks += c.ticks + c.scratch.ticks;
    }
    cuts_clear(&c);
    return ready;
}
