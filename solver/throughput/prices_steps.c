/* The steps of the primal-dual method: shares and flows upwards, prices and potentials downwards. */
#include "throughput/prices_parts.h"
#include "throughput/simplex.h"

#include <string.h>

/* Dual steps are so much longer than primal ones. */
static const double weight = 4;

/* Price of a link at a boundary, both ways together. */
static double link_price(const struct ganger_flow_prices *r, const double *price, int32_t link,
                         int64_t t)
{
    const double *row = price + t * r->arcs;
    int32_t first = r->first_arc[link];
    return r->first_arc[link + 1] - first > 1 ? row[first] + row[first + 1] : row[first];
}

void ganger_flow_prices_rate(struct ganger_flow_prices *prices, const double *price, int32_t work)
{
    const struct ganger_flow_prices *r = prices;
    const struct ganger_line_up *u = r->line_up;
    int32_t from = u->from[work], to = u->to[work], mode = GANGER_NONE;
    for (int32_t c = r->first[work]; c < r->first[work + 1]; c++) {
        if (r->mode[c] != mode) {
            mode = r->mode[c];
            const double *drop = r->drop + u->cell[mode] - from;
            r->before[from] = 0;
            for (int32_t t = from; t < to; t++) {
                r->before[t + 1] = r->before[t] + drop[t] * link_price(r, price, u->link[work], t);
            }
        }
        r->worth[c - r->first[work]] =
            r->cost[c] + r->before[r->finish[c]] - r->before[r->start[c]];
    }
}

/* Adds what the choices of a mode take, given by how much the share under way changes at each boundary. */
static void add_taken(struct ganger_flow_prices *r, int32_t work, int32_t mode, const double *turn)
{
    const struct ganger_line_up *u = r->line_up;
    const double *drop = r->drop + u->cell[mode] - u->from[work];
    double share = 0;
    for (int64_t t = u->from[work]; t < u->to[work]; t++) {
        share += turn[t];
        r->taken[t * r->links + u->link[work]] += share * drop[t];
    }
}

static void step_work(struct ganger_flow_prices *r, int32_t work)
{
    const struct ganger_line_up *u = r->line_up;
    int32_t first = r->first[work], count = r->first[work + 1] - first;
    double *x = r->now.share + first, *old = r->worth, *turn = r->before;
    ganger_flow_prices_rate(r, r->now.price, work);
    for (int32_t i = 0; i < count; i++) {
        double was = x[i];
        x[i] -= r->share_step[first + i] / weight * r->worth[i];
        old[i] = was;
    }
    ganger_simplex_project(x, count, r->scratch);
    for (int32_t i = 0; i < count; i++) {
        int32_t c = first + i;
        if (i == 0 || r->mode[c] != r->mode[c - 1]) {
            memset(turn + u->from[work], 0,
                   (size_t)(u->to[work] - u->from[work] + 1) * sizeof *turn);
        }
        double beyond = 2 * x[i] - old[i];
        turn[r->start[c]] += beyond;
        turn[r->finish[c]] -= beyond;
        if (i + 1 == count || r->mode[c + 1] != r->mode[c]) {
            add_taken(r, work, r->mode[c], turn);
        }
    }
}

/* Flow and price of every arc; what flows into each node beyond what leaves it, into balance. */
static void step_arcs(struct ganger_flow_prices *r, int64_t t)
{
    double *flow = r->now.flow + t * r->arcs, *price = r->now.price + t * r->arcs;
    const double *capacity = r->capacity + t * r->arcs, *step = r->price_step + t * r->arcs;
    const double *potential = r->now.potential + t * r->nodes, *taken = r->taken + t * r->links;
    const double flow_step = 1 / (3 * weight); /* a flow has a price and two potentials */
    memset(r->balance, 0, (size_t)r->nodes * sizeof *r->balance);
    for (int32_t l = 0; l < r->links; l++) {
        for (int32_t a = r->first_arc[l]; a < r->first_arc[l + 1]; a++) {
            double was = flow[a];
            double now =
                was + flow_step * (potential[r->head[a]] - potential[r->tail[a]] - price[a]);
            now = now > 0 ? now : 0;
            now = now < capacity[a] ? now : capacity[a];
            double beyond = 2 * now - was;
            double dear = price[a] - weight * step[a] * (capacity[a] - taken[l] - beyond);
            flow[a] = now;
            price[a] = dear > 0 ? dear : 0;
            r->balance[r->head[a]] += beyond;
            r->balance[r->tail[a]] -= beyond;
        }
    }
}

static void step_nodes(struct ganger_flow_prices *r, int64_t t)
{
    double *potential = r->now.potential + t * r->nodes;
    for (int32_t v = 0; v < r->nodes; v++) {
        double p = potential[v] - weight * r->potential_step[v] * r->balance[v];
        p = p > 0 ? p : 0;
        potential[v] = p < 1 ? p : 1;
    }
    potential[r->line_up->network.source] = 0;
    potential[r->line_up->network.sink] = 1;
}

static void add(double *sum, const double *x, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        sum[i] += x[i];
    }
}

void ganger_flow_prices_iterate(struct ganger_flow_prices *prices)
{
    struct ganger_flow_prices *r = prices;
    int64_t boundaries = r->boundaries;
    memset(r->taken, 0, (size_t)(boundaries * r->links) * sizeof *r->taken);
    for (int32_t w = 0; w < r->line_up->works; w++) {
        step_work(r, w);
    }
    for (int64_t t = 0; t < boundaries; t++) {
        step_arcs(r, t);
        step_nodes(r, t);
    }
    add(r->sum.flow, r->now.flow, boundaries * r->arcs);
    add(r->sum.price, r->now.price, boundaries * r->arcs);
    add(r->sum.potential, r->now.potential, boundaries * r->nodes);
    add(r->sum.share, r->now.share, r->choices);
    r->summed++;
}
