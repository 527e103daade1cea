#include "throughput/hull_parts.h"

#include "base/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Leaves of a tree in the first pass. */
enum { first_leaves = 4 };
/* Networks beyond which a period takes too long. */
enum { most_nodes = 1000 };

bool ganger_hull_applies(const struct ganger_line_up *line_up)
{
    const struct ganger_problem *p = line_up->problem;
    for (int32_t m = 0; m < p->modes.count; m++) {
        if (line_up->cell[m] >= 0 && p->modes.factor[m] > 0) {
            return false;
        }
    }
    return line_up->network.nodes <= most_nodes;
}

/* --- layout --- */

/* How many choices of a work have it at work in each period, from its first on. Returns its choices. */
static int32_t count_at_work(const struct ganger_flow_prices *r, int32_t w, int32_t *count)
{
    const struct ganger_line_up *u = r->line_up;
    int32_t from = u->from[w], length = u->to[w] - from;
    memset(count, 0, (size_t)(length + 1) * sizeof *count);
    for (int32_t c = r->first[w]; c < r->first[w + 1]; c++) {
        count[r->start[c] - from]++;
        count[r->finish[c] - from]--;
    }
    for (int32_t t = 0, sum = 0; t < length; t++) {
        sum += count[t];
        count[t] = ganger_problem_productivity(u->problem, w, from + t) > 0 ? sum : 0;
    }
    return r->first[w + 1] - r->first[w];
}

static bool may_be_either(const struct ganger_hull *h, int32_t w, int32_t t, int32_t count)
{
    return count > 0 && count < h->prices->first[w + 1] - h->prices->first[w] &&
           h->capacity[(int64_t)t * h->links + h->line_up->link[w]] > 0;
}

/* Capacities of links that are not closed for sure. */
static void measure_capacities(struct ganger_hull *h, int32_t *count)
{
    const struct ganger_line_up *u = h->line_up;
    for (int32_t t = 0; t < h->periods; t++) {
        h->weight[t] = u->problem->time.weight[t] * u->value / h->prices->unit;
        for (int32_t l = 0; l < h->links; l++) {
            h->capacity[(int64_t)t * h->links + l] = u->standing[(int64_t)l * (h->periods + 1) + t];
        }
    }
    for (int32_t w = 0; w < u->works; w++) {
        int32_t choices = count_at_work(h->prices, w, count);
        for (int32_t t = u->from[w]; t < u->to[w]; t++) {
            if (count[t - u->from[w]] == choices) {
                h->capacity[(int64_t)t * h->links + u->link[w]] = 0;
            }
        }
    }
}

/* Counts pairs into first_pair[t + 1], or lists them if there is where. */
static void list_pairs(struct ganger_hull *h, int32_t *count, int32_t *at)
{
    const struct ganger_line_up *u = h->line_up;
    for (int32_t w = 0; w < u->works; w++) {
        count_at_work(h->prices, w, count);
        for (int32_t t = u->from[w]; t < u->to[w]; t++) {
            int32_t i = t - u->from[w];
            if (h->pair_at) {
                bool sure = count[i] == h->prices->first[w + 1] - h->prices->first[w];
                h->pair_at[h->row[w] + i] = sure ? GANGER_HULL_SURE : GANGER_HULL_FREE;
            }
            if (!may_be_either(h, w, t, count[i])) {
                continue;
            }
            if (h->pair_at) {
                h->pair_at[h->row[w] + i] = at[t];
                h->pair_work[at[t]] = w;
                h->pair_link[at[t]] = u->link[w];
            }
            at[t]++;
        }
    }
}

#define P(pointer, count)                                                                          \
    {                                                                                              \
        &(pointer), ((size_t)(count) + 1) * sizeof *(pointer)                                      \
    }

static bool allocate_first(struct ganger_hull *h, int64_t **row)
{
    const struct ganger_line_up *u = h->line_up;
    h->first_pair = calloc((size_t)h->periods + 2, sizeof(int32_t));
    *row = calloc((size_t)u->works + 1, sizeof(int64_t));
    h->capacity = calloc((size_t)h->periods * (size_t)h->links + 1, sizeof(double));
    h->weight = calloc((size_t)h->periods + 1, sizeof(double));
    return h->first_pair && *row && h->capacity && h->weight;
}

static bool allocate(struct ganger_hull *h, int64_t cells)
{
    const struct ganger_flow_prices *r = h->prices;
    int64_t columns = (int64_t)h->periods * GANGER_HULL_COLUMNS;
    int64_t longest = GANGER_HULL_COLUMNS > r->choices ? GANGER_HULL_COLUMNS : r->choices;
    int64_t leaves = (int64_t)h->periods * GANGER_HULL_LEAVES;
    struct ganger_block_piece pieces[] = {
        P(h->pair_work, h->pairs),
        P(h->pair_link, h->pairs),
        P(h->pair_at, cells),
        P(h->columns, h->periods),
        P(h->size, columns),
        P(h->used, h->periods),
        P(h->in_use, columns),
        P(h->flow, columns),
        P(h->set, columns * h->words),
        P(h->price_step, h->pairs),
        P(h->part_step, h->periods),
        P(h->share_step, h->line_up->works),
        P(h->now.price, h->pairs),
        P(h->now.part, columns),
        P(h->now.share, r->choices),
        P(h->sum.price, h->pairs),
        P(h->sum.part, columns),
        P(h->sum.share, r->choices),
        P(h->covered, h->pairs),
        P(h->ceiling, h->pairs),
        P(h->old, longest),
        P(h->worth, longest),
        P(h->scratch, longest),
        P(h->before, h->periods + 1),
        P(h->promising, h->pairs),
        P(h->asked, h->pairs),
        P(h->reward, h->most),
        P(h->closed, h->most),
        P(h->next.price, h->pairs),
        P(h->next.worth, h->periods),
        P(h->next.nodes, h->periods),
        P(h->next.node_work, 2 * leaves),
        P(h->next.potential, leaves * r->nodes),
        P(h->best.price, h->pairs),
        P(h->best.worth, h->periods),
        P(h->best.nodes, h->periods),
        P(h->best.node_work, 2 * leaves),
        P(h->best.potential, leaves * r->nodes),
    };
    h->block = ganger_block_create(pieces, sizeof pieces / sizeof *pieces);
    return h->block != NULL;
}

static bool lay_out(struct ganger_hull *h)
{
    const struct ganger_line_up *u = h->line_up;
    int32_t *count = calloc((size_t)h->periods + 2, sizeof *count);
    int32_t *at = calloc((size_t)h->periods + 2, sizeof *at);
    bool ready = count && at && allocate_first(h, &h->row);
    if (ready) {
        measure_capacities(h, count);
        list_pairs(h, count, at);
        for (int32_t t = 0; t < h->periods; t++) {
            h->first_pair[t + 1] = h->first_pair[t] + at[t];
            h->most = at[t] > h->most ? at[t] : h->most;
            at[t] = h->first_pair[t];
        }
        h->pairs = h->first_pair[h->periods];
        h->words = (h->most + 63) / 64;
        for (int32_t w = 0; w < u->works; w++) {
            h->row[w + 1] = h->row[w] + u->to[w] - u->from[w];
        }
        ready = allocate(h, h->row[u->works]);
    }
    if (ready) {
        list_pairs(h, count, at);
    }
    free(count);
    free(at);
    return ready;
}

/* The best potentials so far say what lines are worth. */
static void begin(struct ganger_hull *h)
{
    const struct ganger_flow_prices *r = h->prices;
    for (int32_t t = 0; t < h->periods; t++) {
        const double *potential = r->best + (int64_t)t * r->nodes;
        for (int32_t i = h->first_pair[t]; i < h->first_pair[t + 1]; i++) {
            double gain = 0;
            for (int32_t a = r->first_arc[h->pair_link[i]]; a < r->first_arc[h->pair_link[i] + 1];
                 a++) {
                gain += fmax(0, potential[r->head[a]] - potential[r->tail[a]]);
            }
            h->ceiling[i] = h->capacity[(int64_t)t * h->links + h->pair_link[i]] * h->weight[t];
            h->now.price[i] = gain * h->ceiling[i];
        }
    }
    for (int32_t w = 0; w < h->line_up->works; w++) {
        for (int32_t c = r->first[w]; c < r->first[w + 1]; c++) {
            h->now.share[c] = r->now.share[c];
        }
    }
}

struct ganger_hull *ganger_hull_create(const struct ganger_line_up *line_up,
                                       const struct ganger_flow_prices *prices, int64_t budget)
{
    struct ganger_hull *h = calloc(1, sizeof *h);
    if (!h) {
        return NULL;
    }
    h->line_up = line_up;
    h->prices = prices;
    h->budget = budget;
    h->leaves = first_leaves;
    h->periods = line_up->periods;
    h->links = line_up->network.links;
    h->best.bound = h->next.bound = h->settle_bound = h->promise = INFINITY;
    struct ganger_period_shape shape = {
        prices->nodes,         prices->arcs, h->links,     line_up->network.source,
        line_up->network.sink, prices->tail, prices->head, prices->first_arc};
    bool ready = lay_out(h);
    h->period = ready ? ganger_period_create(&shape, h->most) : NULL;
    if (!h->period) {
        ganger_hull_destroy(h);
        return NULL;
    }
    begin(h);
    h->at = h->periods; /* the first pass is next */
    return h;
}

void ganger_hull_destroy(struct ganger_hull *hull)
{
    if (hull) {
        ganger_period_destroy(hull->period);
        free(hull->first_pair);
        free(hull->row);
        free(hull->capacity);
        free(hull->weight);
        free(hull->block);
        free(hull);
    }
}
