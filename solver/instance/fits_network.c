/* What the network allows at best: paths for freight, rails for builders. */
#include "instance/csr.h"
#include "instance/fits.h"

#include <stdlib.h>
#include <string.h>

/* A segment may carry freight if it has capacity, or, when `built`, some work gives it some. */
static bool carries(const struct ganger_problem *p, int32_t segment, bool built)
{
    bool can = p->segments.capacity[segment] > 0;
    for (int32_t i = p->segments.first_work[segment];
         built && !can && i < p->segments.first_work[segment + 1]; i++) {
        can = p->works.gain[p->segments.work_list[i]] > 0;
    }
    return can;
}

static bool link_carries(const struct ganger_problem *p, int32_t link, bool built)
{
    for (int32_t i = p->links.first_segment[link]; i < p->links.first_segment[link + 1]; i++) {
        if (!carries(p, p->links.segment_list[i], built)) {
            return false;
        }
    }
    return true;
}

/* Arcs (two a link unless directed) grouped by tail; arc 2l leads from -> to, arc 2l+1 back. */
struct arcs {
    int32_t *first, *list;
    bool *usable; /* [links] */
};

static bool build_arcs(struct arcs *arcs, const struct ganger_problem *p, bool built)
{
    int32_t links = p->links.count;
    int32_t *tails = calloc(2 * (size_t)links + 1, sizeof *tails);
    arcs->usable = calloc((size_t)links + 1, sizeof *arcs->usable);
    bool done = tails != NULL && arcs->usable != NULL;
    for (int32_t link = 0; done && link < links; link++) {
        arcs->usable[link] = link_carries(p, link, built);
        bool there = arcs->usable[link];
        tails[2 * link] = there ? p->links.from[link] : GANGER_NONE;
        tails[2 * link + 1] = there && !p->links.directed[link] ? p->links.to[link] : GANGER_NONE;
    }
    done = done && ganger_csr_build(tails, 2 * links, p->nodes.count, &arcs->first, &arcs->list);
    free(tails);
    return done;
}

/* mark[v] == stamp for each node that `origin` reaches. */
static void spread(const struct arcs *arcs, const struct ganger_problem *p, int32_t origin,
                   int32_t stamp, int32_t *mark, int32_t *queue)
{
    int32_t head = 0, tail = 0;
    queue[tail++] = origin;
    mark[origin] = stamp;
    while (head < tail) {
        int32_t node = queue[head++];
        for (int32_t i = arcs->first[node]; i < arcs->first[node + 1]; i++) {
            int32_t link = arcs->list[i] / 2;
            int32_t next = arcs->list[i] % 2 == 0 ? p->links.to[link] : p->links.from[link];
            if (mark[next] != stamp) {
                mark[next] = stamp;
                queue[tail++] = next;
            }
        }
    }
}

static int32_t root_of(int32_t *parent, int32_t node)
{
    while (parent[node] != node) {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    return node;
}

/* Joins the ends of usable links that are not directed: what hangs together so needs no search. */
static void join_ends(const struct arcs *arcs, const struct ganger_problem *p, int32_t *parent)
{
    for (int32_t node = 0; node < p->nodes.count; node++) {
        parent[node] = node;
    }
    for (int32_t link = 0; link < p->links.count; link++) {
        if (arcs->usable[link] && !p->links.directed[link]) {
            parent[root_of(parent, p->links.from[link])] = root_of(parent, p->links.to[link]);
        }
    }
}

static bool any_directed(const struct arcs *arcs, const struct ganger_problem *p)
{
    bool any = false;
    for (int32_t link = 0; link < p->links.count; link++) {
        any = any || (arcs->usable[link] && p->links.directed[link]);
    }
    return any;
}

/* Settles the demands whose ends hang together; the number of those that it does not. */
static int32_t settle(const struct ganger_problem *p, int32_t *parent, bool *reachable)
{
    int32_t left = 0;
    for (int32_t k = 0; k < p->demands.count; k++) {
        reachable[k] =
            root_of(parent, p->demands.origin[k]) == root_of(parent, p->demands.destination[k]);
        left += !reachable[k];
    }
    return left;
}

/* A search for each origin: needed only where directed links lead on. */
static bool search_paths(const struct arcs *arcs, const struct ganger_problem *p, bool *reachable)
{
    int32_t *mark = calloc((size_t)p->nodes.count + 1, sizeof *mark);
    int32_t *queue = calloc((size_t)p->nodes.count + 1, sizeof *queue);
    int32_t *first = NULL, *list = NULL;
    bool done =
        mark != NULL && queue != NULL &&
        ganger_csr_build(p->demands.origin, p->demands.count, p->nodes.count, &first, &list);
    for (int32_t origin = 0; done && origin < p->nodes.count; origin++) {
        if (first[origin] == first[origin + 1]) {
            continue;
        }
        spread(arcs, p, origin, origin + 1, mark, queue);
        for (int32_t i = first[origin]; i < first[origin + 1]; i++) {
            reachable[list[i]] = mark[p->demands.destination[list[i]]] == origin + 1;
        }
    }
    free(mark);
    free(queue);
    free(first);
    free(list);
    return done;
}

bool ganger_fits_paths(const struct ganger_problem *p, bool built, bool *reachable)
{
    struct arcs arcs = {0};
    int32_t *parent = calloc((size_t)p->nodes.count + 1, sizeof *parent);
    bool done = parent != NULL && build_arcs(&arcs, p, built);
    if (done) {
        join_ends(&arcs, p, parent);
        if (settle(p, parent, reachable) > 0 && any_directed(&arcs, p)) {
            done = search_paths(&arcs, p, reachable);
        }
    }
    free(arcs.first);
    free(arcs.list);
    free(arcs.usable);
    free(parent);
    return done;
}

/* Whether a neighbour of the segment, or the node where its link ends, is open. */
static bool next_to_rails(const struct ganger_problem *p, int32_t segment, const bool *open,
                          const bool *node_open)
{
    int32_t link = p->segments.link[segment];
    int32_t at = p->links.first_segment[link] + p->segments.position[segment];
    bool first = at == p->links.first_segment[link];
    bool last = at == p->links.first_segment[link + 1] - 1;
    bool before = first ? node_open[p->links.from[link]] : open[p->links.segment_list[at - 1]];
    bool after = last ? node_open[p->links.to[link]] : open[p->links.segment_list[at + 1]];
    return before || after;
}

static bool has_build(const struct ganger_problem *p, int32_t segment)
{
    bool found = false;
    for (int32_t i = p->segments.first_work[segment]; i < p->segments.first_work[segment + 1];
         i++) {
        found = found || p->works.kind[p->segments.work_list[i]] == GANGER_WORK_BUILD;
    }
    return found;
}

/* Nodes at the ends of links that are open all along. */
static bool open_nodes(const struct ganger_problem *p, const bool *open, bool *node_open)
{
    bool changed = false;
    for (int32_t link = 0; link < p->links.count; link++) {
        bool through = true;
        for (int32_t i = p->links.first_segment[link];
             through && i < p->links.first_segment[link + 1]; i++) {
            through = open[p->links.segment_list[i]];
        }
        if (through && !(node_open[p->links.from[link]] && node_open[p->links.to[link]])) {
            node_open[p->links.from[link]] = node_open[p->links.to[link]] = true;
            changed = true;
        }
    }
    return changed;
}

bool ganger_fits_rails(const struct ganger_problem *p, bool *openable)
{
    bool *node_open = calloc((size_t)p->nodes.count + 1, sizeof *node_open);
    if (node_open == NULL) {
        return false;
    }
    for (int32_t q = 0; q < p->segments.count; q++) {
        openable[q] = p->segments.capacity[q] > 0 || (!p->railhead && has_build(p, q));
    }
    if (p->nodes.count > 0) {
        memcpy(node_open, p->nodes.railhead, (size_t)p->nodes.count * sizeof *node_open);
    }
    /* Each sweep opens something or is the last; sweeps go both ways along a link, so few are needed. */
    for (bool changed = true; changed;) {
        changed = open_nodes(p, openable, node_open);
        for (int32_t i = 0; i < 2 * p->segments.count; i++) {
            int32_t at = i < p->segments.count ? i : 2 * p->segments.count - 1 - i;
            int32_t q = p->links.segment_list[at];
            if (!openable[q] && has_build(p, q) && next_to_rails(p, q, openable, node_open)) {
                openable[q] = changed = true;
            }
        }
    }
    free(node_open);
    return true;
}
