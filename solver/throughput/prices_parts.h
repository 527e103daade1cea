/* What the files of prices share. Capacities and flows are in units of `unit` M USD; arrays by boundary, then arc, link
 * or node. */
#ifndef GANGER_THROUGHPUT_PRICES_PARTS_H
#define GANGER_THROUGHPUT_PRICES_PARTS_H

#include "throughput/prices.h"

/* An iterate, or a sum of some. */
struct ganger_flow_point {
    double *flow, *price; /* [boundaries * arcs] */
    double *potential;    /* [boundaries * nodes] */
    double *share;        /* [choices] of a work to each of its starts */
};

struct ganger_flow_prices {
    const struct ganger_line_up *line_up;
    int32_t arcs, nodes, links, boundaries, choices;
    /* Arcs: one a directed link, two others, side by side. */
    int32_t *first_arc;   /* [links + 1] */
    int32_t *tail, *head; /* [arcs] */
    double unit;
    double *capacity; /* [boundaries * arcs] */
    int32_t *owner;   /* [boundaries * links] the segment that the price of the link is for */
    double *drop;     /* [cells] capacity that closing takes */
    /* Choices of work w: first[w] .. first[w + 1] - 1, by mode. */
    int32_t *first, *start, *finish, *mode;
    double *cost;
    double *share_step, *price_step, *potential_step; /* lengths of steps before weighing */
    struct ganger_flow_point now, sum;
    int64_t summed; /* iterates in `sum` */
    int64_t restart_after;
    double *taken; /* [boundaries * links] capacity that the shares take, extrapolated */
    double bound, new_bound, restart_bound;
    double *best, *next; /* [boundaries * nodes] potentials that prove them */
    bool settled;
    double *before, *worth, *scratch, *balance, *trial_price; /* scratch */
    void *block;
};

/* A step of the primal-dual method. */
void ganger_flow_prices_iterate(struct ganger_flow_prices *prices);
/* What each choice of a work costs at prices [boundaries * arcs], into prices->worth, from 0. */
void ganger_flow_prices_rate(struct ganger_flow_prices *prices, const double *price, int32_t work);

#endif
