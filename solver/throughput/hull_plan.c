/* What the shares of starts and the best proof tell of plans. */
#include "throughput/hull_parts.h"

#include <math.h>

void ganger_hull_round(const struct ganger_hull *hull, int32_t *start, int32_t *mode)
{
    const struct ganger_flow_prices *r = hull->prices;
    const double *share = hull->now.share;
    for (int32_t w = 0; w < hull->line_up->works; w++) {
        int32_t found = r->first[w];
        for (int32_t c = r->first[w] + 1; c < r->first[w + 1]; c++) {
            found = share[c] > share[found] ? c : found;
        }
        start[w] = r->start[found];
        mode[w] = r->mode[found];
    }
}

/* Rates the work's choices at the best proof's prices. Returns the least that it pays, in units. */
static double rate_at_best(struct ganger_hull *h, int32_t w)
{
    const struct ganger_flow_prices *r = h->prices;
    double least = INFINITY;
    ganger_hull_rate(h, h->best.price, w);
    for (int32_t i = 0; i < r->first[w + 1] - r->first[w]; i++) {
        least = fmin(least, h->worth[i]);
    }
    return least;
}

void ganger_hull_toll(struct ganger_hull *hull, double times, double *toll)
{
    const struct ganger_flow_prices *r = hull->prices;
    const struct ganger_line_up *u = hull->line_up;
    for (int32_t w = 0; w < u->works; w++) {
        double least = rate_at_best(hull, w);
        for (int32_t c = r->first[w]; c < r->first[w + 1]; c++) {
            double more = hull->worth[c - r->first[w]] - least;
            toll[u->cell[r->mode[c]] + r->start[c] - u->from[w]] = times * more * r->unit;
        }
    }
}

/* What the work pays beyond the least, in units. */
static double overpaid(struct ganger_hull *h, int32_t w, int32_t start, int32_t mode)
{
    const struct ganger_flow_prices *r = h->prices;
    double least = rate_at_best(h, w), own = 0;
    for (int32_t c = r->first[w]; c < r->first[w + 1]; c++) {
        double pays = h->worth[c - r->first[w]];
        own = r->start[c] == start && r->mode[c] == mode ? pays : own;
    }
    return own - least;
}

void ganger_hull_lack(struct ganger_hull *hull, const int32_t *start, const int32_t *mode,
                      const double *flow, double *lack)
{
    struct ganger_hull *h = hull;
    const struct ganger_problem *p = h->line_up->problem;
    for (int32_t t = 0; t < h->periods; t++) {
        lack[t] = h->best.worth[t] - h->weight[t] * flow[t];
        for (int32_t i = h->first_pair[t]; i < h->first_pair[t + 1]; i++) {
            int32_t w = h->pair_work[i];
            bool at_work = start[w] <= t && t < ganger_problem_finish(p, mode[w], start[w]);
            lack[t] -= at_work ? h->best.price[i] : 0;
        }
    }
    for (int32_t w = 0; w < h->line_up->works; w++) {
        lack[start[w]] += overpaid(h, w, start[w], mode[w]);
    }
    for (int32_t t = 0; t < h->periods; t++) {
        lack[t] *= h->prices->unit;
    }
}
