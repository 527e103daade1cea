#include "check/spread.h"

#include <stdlib.h>

enum { OUT, IN };

static bool passable(const struct ganger_problem *p, int32_t arc)
{
    return arc % 2 == 0 || !p->links.directed[arc / 2];
}

/* Arcs by the node on one of their sides, by counting. */
static bool list_arcs(struct ganger_spread *s, int side)
{
    const struct ganger_problem *p = s->facts->problem;
    int32_t arcs = 2 * p->links.count;
    int32_t *first = s->first[side] = calloc((size_t)p->nodes.count + 2, sizeof *first);
    int32_t *list = s->arc[side] = calloc((size_t)arcs + 1, sizeof *list);
    if (!first || !list) {
        return false;
    }
    for (int32_t a = 0; a < arcs; a++) {
        int32_t node = side == OUT ? ganger_spread_tail(p, a) : ganger_spread_head(p, a);
        first[node + 2] += passable(p, a);
    }
    for (int32_t v = 0; v < p->nodes.count; v++) {
        first[v + 2] += first[v + 1];
    }
    for (int32_t a = 0; a < arcs; a++) {
        int32_t node = side == OUT ? ganger_spread_tail(p, a) : ganger_spread_head(p, a);
        if (passable(p, a)) {
            list[first[node + 1]++] = a;
        }
    }
    return true;
}

bool ganger_spread_open(struct ganger_spread *spread, const struct ganger_facts *facts)
{
    size_t nodes = (size_t)facts->problem->nodes.count;
    *spread = (struct ganger_spread){.facts = facts};
    spread->queue = calloc(nodes + 1, sizeof *spread->queue);
    spread->queued = calloc(nodes + 1, sizeof *spread->queued);
    return spread->queue && spread->queued && list_arcs(spread, OUT) && list_arcs(spread, IN);
}

void ganger_spread_close(struct ganger_spread *spread)
{
    for (int side = OUT; side <= IN; side++) {
        free(spread->first[side]);
        free(spread->arc[side]);
    }
    free(spread->queue);
    free(spread->queued);
}

/* Whoever gets nearer is looked at again; each node waits in the ring at most once. */
static void run(struct ganger_spread *s, int side, int32_t node, const int32_t closed[2],
                ganger_wide *cost)
{
    const struct ganger_problem *p = s->facts->problem;
    int32_t nodes = p->nodes.count, at = 0, waiting = 1;
    for (int32_t v = 0; v < nodes; v++) {
        cost[v] = v == node ? 0 : GANGER_SPREAD_FAR;
    }
    s->queue[0] = node;
    while (waiting > 0) {
        int32_t near = s->queue[at];
        at = at + 1 < nodes ? at + 1 : 0;
        waiting--;
        s->queued[near] = false;
        for (int32_t i = s->first[side][near]; i < s->first[side][near + 1]; i++) {
            int32_t arc = s->arc[side][i];
            int32_t far = side == OUT ? ganger_spread_head(p, arc) : ganger_spread_tail(p, arc);
            ganger_wide way = cost[near] + s->facts->link_cost_low[arc / 2];
            if (arc == closed[0] || arc == closed[1] || way >= cost[far]) {
                continue;
            }
            cost[far] = way;
            if (!s->queued[far]) {
                s->queued[far] = true;
                s->queue[(at + waiting++) % nodes] = far;
            }
        }
    }
}

void ganger_spread_from(struct ganger_spread *spread, int32_t node, const int32_t closed[2],
                        ganger_wide *cost)
{
    run(spread, OUT, node, closed, cost);
}

void ganger_spread_to(struct ganger_spread *spread, int32_t node, const int32_t closed[2],
                      ganger_wide *cost)
{
    run(spread, IN, node, closed, cost);
}
