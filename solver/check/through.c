#include "check/through.h"

#include "check/spread.h"

#include <stdlib.h>

struct search {
    const struct ganger_facts *facts;
    const struct ganger_through *rows;
    bool *holds;
    struct ganger_spread spread;
    ganger_wide **from,
        **to;          /* [nodes] costs [nodes] of those that were asked for, NULL of the others */
    int32_t closed[2]; /* the arc left out, and none */
    bool failed;
    bool lost;
};

/* Costs that are kept until other arcs are left out; NULL if memory is short. */
static const ganger_wide *costs(struct search *s, ganger_wide **known, int32_t node)
{
    if (!known[node]) {
        size_t nodes = (size_t)s->facts->problem->nodes.count;
        known[node] = malloc(nodes * sizeof **known);
        s->failed = s->failed || !known[node];
        if (known[node]) {
            (known == s->from ? ganger_spread_from : ganger_spread_to)(&s->spread, node, s->closed,
                                                                       known[node]);
        }
    }
    return known[node];
}

static void forget(struct search *s)
{
    for (int32_t v = 0; s->from && s->to && v < s->facts->problem->nodes.count; v++) {
        free(s->from[v]);
        free(s->to[v]);
        s->from[v] = s->to[v] = NULL;
    }
}

/* Does no path of the demand over the arc pay without those left out? */
static bool is_cut(struct search *s, int32_t demand, int32_t arc)
{
    const struct ganger_problem *p = s->facts->problem;
    const ganger_wide *from = costs(s, s->from, p->demands.origin[demand]);
    const ganger_wide *to = costs(s, s->to, p->demands.destination[demand]);
    if (!from || !to) {
        return false;
    }
    ganger_wide way = from[ganger_spread_tail(p, arc)] + s->facts->link_cost_low[arc / 2] +
                      to[ganger_spread_head(p, arc)];
    return way >= ganger_wide_from(p->demands.value[demand], GANGER_UNIT_BITS, GANGER_UP, &s->lost);
}

static bool all_are_cut(struct search *s, const struct ganger_through *row)
{
    bool all = true;
    for (int32_t i = 0; i < row->demands && all; i++) {
        all = is_cut(s, row->demand[i], row->arc);
    }
    return all;
}

/* These rows are about the same link and arc. Whoever goes over the arc does not come back over it. */
static void look_at(struct search *s, const int32_t *row, int32_t count)
{
    const struct ganger_through *first = &s->rows[row[0]];
    int32_t sides = s->facts->problem->links.directed[first->link] ? 1 : 2;
    bool all = first->arc / 2 == first->link;
    for (int32_t i = 0; i < count; i++) {
        s->holds[row[i]] = all;
    }
    for (int32_t side = 0; side < sides && !all; side++) {
        s->closed[0] = 2 * first->link + side;
        s->closed[1] = first->arc ^ 1;
        all = true;
        for (int32_t i = 0; i < count; i++) {
            s->holds[row[i]] = s->holds[row[i]] || all_are_cut(s, &s->rows[row[i]]);
            all = all && s->holds[row[i]];
        }
        forget(s);
    }
}

struct entry {
    int32_t link, arc, row;
};

static int by_link_and_arc(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int32_t more = x->link != y->link ? x->link - y->link
                   : x->arc != y->arc ? x->arc - y->arc
                                      : x->row - y->row;
    return more < 0 ? -1 : more > 0;
}

/* order[count] by link, then arc. False if memory is short. */
static bool order_rows(const struct search *s, int32_t count, int32_t *order)
{
    struct entry *entry = calloc((size_t)count + 1, sizeof *entry);
    for (int32_t i = 0; entry && i < count; i++) {
        entry[i] = (struct entry){s->rows[i].link, s->rows[i].arc, i};
    }
    if (entry) {
        qsort(entry, (size_t)count, sizeof *entry, by_link_and_arc);
    }
    for (int32_t i = 0; entry && i < count; i++) {
        order[i] = entry[i].row;
    }
    free(entry);
    return entry != NULL;
}

static bool alike(const struct ganger_through *a, const struct ganger_through *b)
{
    return a->link == b->link && a->arc == b->arc;
}

bool ganger_through_find(const struct ganger_facts *facts, const struct ganger_through *rows,
                         int32_t count, bool *holds, bool *lost)
{
    struct search s = {.facts = facts, .rows = rows, .holds = holds};
    size_t nodes = (size_t)facts->problem->nodes.count;
    int32_t *order = calloc((size_t)count + 1, sizeof *order);
    s.from = calloc(nodes + 1, sizeof(ganger_wide *));
    s.to = calloc(nodes + 1, sizeof(ganger_wide *));
    bool ready = ganger_spread_open(&s.spread, facts) && order && s.from && s.to &&
                 order_rows(&s, count, order);
    for (int32_t at = 0, to; ready && at < count; at = to) {
        to = at + 1;
        while (to < count && alike(&rows[order[to]], &rows[order[at]])) {
            to++;
        }
        look_at(&s, order + at, to - at);
    }
    forget(&s);
    ganger_spread_close(&s.spread);
    free(order);
    free(s.from);
    free(s.to);
    *lost = *lost || s.lost;
    return ready && !s.failed;
}
