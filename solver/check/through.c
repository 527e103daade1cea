#include "check/through.h"

#include "check/spread.h"

#include <stdlib.h>
#include <string.h>

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

/* Costs that are kept until another arc is left out; NULL if memory is short. */
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

/* Does no path of the demand over the arc pay without the arc left out? */
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

/* These rows ask for this link. */
static void look_at(struct search *s, int32_t link, const int32_t *order, int32_t count)
{
    bool all = count == 0;
    for (int32_t side = 0; !all && side < (s->facts->problem->links.directed[link] ? 1 : 2);
         side++) {
        s->closed[0] = 2 * link + side;
        s->closed[1] = GANGER_NONE;
        all = true;
        for (int32_t i = 0; i < count; i++) {
            const struct ganger_through *row = &s->rows[order[i]];
            bool *holds = &s->holds[order[i]];
            *holds = *holds || row->arc / 2 == link || all_are_cut(s, row);
            all = all && *holds;
        }
        forget(s);
    }
}

/* Rows by link, by counting: first[l] .. first[l+1] of `order`. */
static void order_rows(const struct search *s, int32_t count, int32_t *first, int32_t *order)
{
    int32_t links = s->facts->problem->links.count;
    for (int32_t i = 0; i < count; i++) {
        first[s->rows[i].link + 2]++;
    }
    for (int32_t l = 0; l < links; l++) {
        first[l + 2] += first[l + 1];
    }
    for (int32_t i = 0; i < count; i++) {
        order[first[s->rows[i].link + 1]++] = i;
    }
}

bool ganger_through_find(const struct ganger_facts *facts, const struct ganger_through *rows,
                         int32_t count, bool *holds, bool *lost)
{
    struct search s = {.facts = facts, .rows = rows, .holds = holds};
    size_t nodes = (size_t)facts->problem->nodes.count, links = (size_t)facts->problem->links.count;
    int32_t *first = calloc(links + 2, sizeof *first);
    int32_t *order = calloc((size_t)count + 1, sizeof *order);
    s.from = calloc(nodes + 1, sizeof(ganger_wide *));
    s.to = calloc(nodes + 1, sizeof(ganger_wide *));
    bool ready = ganger_spread_open(&s.spread, facts) && first && order && s.from && s.to;
    if (ready) {
        memset(holds, 0, (size_t)count * sizeof *holds);
        order_rows(&s, count, first, order);
        for (int32_t l = 0; l < (int32_t)links; l++) {
            look_at(&s, l, order + first[l], first[l + 1] - first[l]);
        }
    }
    forget(&s);
    ganger_spread_close(&s.spread);
    free(first);
    free(order);
    free(s.from);
    free(s.to);
    *lost = *lost || s.lost;
    return ready && !s.failed;
}
