/* Which of the places that see each other are joined by a line today, and where new lines are planned. */
#include "generate/country.h"
#include "generate/proximity.h"
#include "generate/routes.h"

#include <stdlib.h>

static void add_line(struct ganger_country *c, const struct ganger_edge *edge,
                     enum ganger_line_kind kind, struct ganger_rng *rng)
{
    int64_t straight = ganger_isqrt(edge->length2);
    int64_t length = straight * (105 + ganger_rng_below(rng, 20)) / 100; /* lines wind */
    c->line[c->lines++] = (struct ganger_line){.from = edge->a,
                                               .to = edge->b,
                                               .length = length > 10 ? (int32_t)length : 10,
                                               .kind = kind,
                                               .corridor = GANGER_NONE,
                                               .weight = length,
                                               .rule = GANGER_NONE,
                                               .project = GANGER_NONE};
}

/* The tree first, so that today's network is connected, then other neighbours, shortest first; edges that become
 * lines are taken out of the list. */
static int32_t add_open(struct ganger_country *c, struct ganger_edge *edge, int32_t *count,
                        int32_t wanted, struct ganger_rng *rng)
{
    int32_t left = 0;
    for (int32_t i = 0; i < *count; i++) {
        wanted -= edge[i].tree;
    }
    for (int32_t i = 0; i < *count; i++) {
        bool other = !edge[i].tree && edge[i].neighbour && wanted > 0;
        wanted -= other;
        if (edge[i].tree || other) {
            add_line(c, &edge[i], GANGER_LINE_OPEN, rng);
        } else {
            edge[left++] = edge[i];
        }
    }
    *count = left;
    return wanted;
}

static int compare_rank(const void *left, const void *right)
{
    const struct ganger_edge *x = left, *y = right;
    if (x->rank != y->rank) {
        return x->rank > y->rank ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Ranks edges by how long the way round is today: that is where new lines are planned. */
static bool rank_detours(const struct ganger_country *c, struct ganger_edge *edge, int32_t count)
{
    struct ganger_routes routes;
    bool done = ganger_routes_init(&routes, c);
    for (int32_t i = 0; done && i < count; i++) {
        ganger_routes_want(&routes, edge[i].b);
        ganger_routes_from(&routes, edge[i].a);
        edge[i].rank = routes.cost[edge[i].b] * 100 / (ganger_isqrt(edge[i].length2) + 1);
    }
    ganger_routes_clear(&routes);
    if (done) {
        qsort(edge, (size_t)count, sizeof *edge, compare_rank);
    }
    return done;
}

static bool add_lines(struct ganger_country *c, struct ganger_edge *edge, int32_t count,
                      int32_t lines)
{
    struct ganger_rng rng;
    int32_t new_lines = lines * 8 / 100 > 1 ? lines * 8 / 100 : 1;
    new_lines = lines - new_lines >= c->core - 1 ? new_lines : lines - (c->core - 1);
    ganger_country_rng(c, &rng, GANGER_STREAM_LINES, 0);
    c->lines = 0;
    int32_t missing = add_open(c, edge, &count, lines - new_lines, &rng);
    if (!rank_detours(c, edge, count)) {
        return false;
    }
    for (int32_t i = 0; i < new_lines + missing; i++) {
        add_line(c, &edge[i], i < new_lines ? GANGER_LINE_NEW : GANGER_LINE_OPEN, &rng);
    }
    c->core_lines = c->lines;
    return true;
}

bool ganger_generate_network(struct ganger_country *country, int32_t lines)
{
    country->line = calloc((size_t)country->options.links, sizeof *country->line);
    bool done = country->line != NULL, fits = false;
    /* Some seven places for ten lines are usual. More places have more edges to choose from, and as many lines as
     * join them in a tree are always there. */
    for (int32_t core = lines * 7 / 10 + 1; done && !fits; core++) {
        int32_t count = 0;
        struct ganger_edge *edge = NULL;
        done = ganger_generate_places(country, core);
        edge = done ? ganger_proximity_edges(country, &count) : NULL;
        done = edge != NULL;
        fits = done && count >= lines;
        if (fits || (done && core == lines + 1)) {
            done = add_lines(country, edge, count, lines);
            fits = true;
        }
        free(edge);
    }
    return done;
}
