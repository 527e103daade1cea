#include "check/around.h"

#include <stdlib.h>
#include <string.h>

/* Beyond all values, and three such costs still add up. */
#define FAR ((ganger_wide)1 << 100)

struct search {
    const struct ganger_facts *facts;
    const struct ganger_around *rows;
    int32_t count;
    int32_t listed;
    int32_t *order; /* [listed] rows with a demand by it, so that each is searched for once */
    int32_t closed; /* link left out */
    ganger_wide *from, *to;      /* [nodes] costs from an origin, to a destination */
    int32_t origin, destination; /* that they are of, GANGER_NONE */
    bool *closes;                /* [links] some work may close it */
};

/* Costs of all nodes from one, or to it: every arc is tried until none makes a node nearer. */
static void spread_out(const struct search *s, int32_t node, bool backwards, ganger_wide *cost)
{
    const struct ganger_problem *p = s->facts->problem;
    bool nearer = true;
    for (int32_t v = 0; v < p->nodes.count; v++) {
        cost[v] = v == node ? 0 : FAR;
    }
    while (nearer) {
        nearer = false;
        for (int32_t a = 0; a < 2 * p->links.count; a++) {
            int32_t l = a / 2;
            if (l == s->closed || (a % 2 == 1 && p->links.directed[l])) {
                continue;
            }
            int32_t tail = a % 2 == 0 ? p->links.from[l] : p->links.to[l];
            int32_t head = a % 2 == 0 ? p->links.to[l] : p->links.from[l];
            int32_t near = backwards ? head : tail, far = backwards ? tail : head;
            ganger_wide way = cost[near] + s->facts->link_cost_low[l];
            if (cost[near] < FAR && way < cost[far]) {
                cost[far] = way;
                nearer = true;
            }
        }
    }
}

/* The cheapest way over the row's link, with the closed one left out. */
static ganger_wide way_over(const struct search *s, int32_t link)
{
    const struct ganger_links *links = &s->facts->problem->links;
    ganger_wide cost = s->facts->link_cost_low[link];
    ganger_wide there = s->from[links->from[link]] + cost + s->to[links->to[link]];
    ganger_wide back = s->from[links->to[link]] + cost + s->to[links->from[link]];
    return links->directed[link] || there < back ? there : back;
}

static void go_around(struct search *s, bool *needed, bool *lost)
{
    const struct ganger_problem *p = s->facts->problem;
    s->origin = s->destination = GANGER_NONE;
    for (int32_t at = 0; at < s->listed; at++) {
        int32_t i = s->order[at];
        int32_t k = s->rows[i].demand, link = s->rows[i].link;
        if (s->origin != p->demands.origin[k]) {
            s->origin = p->demands.origin[k];
            spread_out(s, s->origin, false, s->from);
        }
        if (s->destination != p->demands.destination[k]) {
            s->destination = p->demands.destination[k];
            spread_out(s, s->destination, true, s->to);
        }
        ganger_wide value =
            ganger_wide_from(p->demands.value[k], GANGER_UNIT_BITS, GANGER_UP, lost);
        needed[(int64_t)i * p->links.count + s->closed] =
            link == s->closed || way_over(s, link) >= value;
    }
}

/* By counting. */
static bool order_rows(struct search *s)
{
    int32_t demands = s->facts->problem->demands.count;
    int32_t *first = calloc((size_t)demands + 1, sizeof *first);
    s->order = calloc((size_t)s->count + 1, sizeof *s->order);
    if (first && s->order) {
        for (int32_t i = 0; i < s->count; i++) {
            first[s->rows[i].demand + 1] += s->rows[i].demand != GANGER_NONE;
        }
        for (int32_t k = 0; k < demands; k++) {
            first[k + 1] += first[k];
        }
        for (int32_t i = 0; i < s->count; i++) {
            if (s->rows[i].demand != GANGER_NONE) {
                s->order[first[s->rows[i].demand]++] = i;
                s->listed++;
            }
        }
    }
    bool ready = first && s->order;
    free(first);
    return ready;
}

static void list_closing(const struct ganger_problem *p, bool *closes)
{
    for (int32_t m = 0; m < p->modes.count; m++) {
        int32_t q = p->works.segment[p->modes.work[m]];
        if (q != GANGER_NONE && p->modes.factor[m] <= 0) {
            closes[p->segments.link[q]] = true;
        }
    }
}

bool ganger_around_find(const struct ganger_facts *facts, const struct ganger_around *rows,
                        int32_t count, bool *needed, bool *lost)
{
    const struct ganger_problem *p = facts->problem;
    struct search s = {.facts = facts, .rows = rows, .count = count};
    s.from = calloc((size_t)p->nodes.count + 1, sizeof *s.from);
    s.to = calloc((size_t)p->nodes.count + 1, sizeof *s.to);
    s.closes = calloc((size_t)p->links.count + 1, sizeof *s.closes);
    bool ready = s.from && s.to && s.closes && order_rows(&s);
    if (ready) {
        list_closing(p, s.closes);
        for (s.closed = 0; s.closed < p->links.count; s.closed++) {
            if (s.closes[s.closed]) {
                go_around(&s, needed, lost);
            }
        }
    }
    free(s.from);
    free(s.to);
    free(s.closes);
    free(s.order);
    return ready;
}
