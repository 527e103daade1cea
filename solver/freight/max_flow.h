/*
 * V(t) where all freight goes from one place to another at no cost: a maximum flow. It is kept from state to state
 * and repaired: a link that closes sends what it carried another way round, and what finds none goes back; a link that
 * opens is augmented over. Whether a change of one link matters is mostly known without looking: a link that crosses
 * the last cut on the source's side, or the first one on the sink's, loses all that it carries, and only a link between
 * what the source reaches and what reaches the sink gains.
 *
 * Augmenting paths are shortest ones (Edmonds and Karp, 1972); networks are a few hundred links.
 */
#ifndef GANGER_FREIGHT_MAX_FLOW_H
#define GANGER_FREIGHT_MAX_FLOW_H

#include "instance/problem.h"

/* Links and nodes of the problem; beyond them one link, from the source to the origin of all demands, that carries
 * what they ask for. Shared and const during a solve. */
struct ganger_flow_network {
    int32_t nodes, links; /* with the one beyond */
    int32_t source, sink;
    int32_t places;       /* ways to pass a link: two a link */
    int32_t *first;       /* [nodes + 1] places by the node that they leave */
    int32_t *head, *twin; /* [places] node they lead to; place of the way back */
    int32_t *place;       /* [links] place from -> to */
    int32_t *arc;         /* [places] arc of struct ganger_graph */
    bool *directed;       /* [links] */
};

/* One worker's scratch. */
struct ganger_flow_scratch {
    int32_t *queue, *by; /* [nodes] breadth first; place by which a node was reached */
    uint32_t *seen;      /* [nodes] */
    uint32_t stamp;
    double *kept; /* [places] residuals before a trial */
    int64_t ticks;
};

/* A flow that is greatest for its capacities. Arrays are the caller's. */
struct ganger_flow {
    double value;
    double *left;     /* [places] residual capacity */
    double *capacity; /* [links] */
    uint8_t *
        side; /* [nodes] bit 0: the source reaches it, bit 1: it reaches the sink. A cut of least capacity
                   lies between what the source reaches and the rest. */
};

/* True if V(t) is value * maximum flow: all demands have one origin, one destination and one value above 0, and no link
 * costs anything. */
bool ganger_flow_applies(const struct ganger_problem *problem);

/* Links from[] -> to[], which carry freight back too unless directed. Sets all but `arc`, which is 2 * link, and a place
 * back 2 * link + 1. False if memory is short. */
struct ganger_flow_links {
    int32_t count;
    const int32_t *from, *to;
    const bool *directed;
};
bool ganger_flow_network_build(struct ganger_flow_network *network, int32_t nodes,
                               struct ganger_flow_links links);
/* Of a problem to which this applies. */
bool ganger_flow_network_init(struct ganger_flow_network *network,
                              const struct ganger_problem *problem);
void ganger_flow_network_clear(struct ganger_flow_network *network);
bool ganger_flow_scratch_init(struct ganger_flow_scratch *scratch,
                              const struct ganger_flow_network *network);
void ganger_flow_scratch_clear(struct ganger_flow_scratch *scratch);

/* From scratch, for flow->capacity. */
void ganger_flow_solve(const struct ganger_flow_network *network,
                       struct ganger_flow_scratch *scratch, struct ganger_flow *flow);
/* The greatest flow with another capacity of one link; the flow stays as it is. */
double ganger_flow_try(const struct ganger_flow_network *network,
                       struct ganger_flow_scratch *scratch, struct ganger_flow *flow, int32_t link,
                       double capacity);
/* Changes the capacity of a link and repairs the flow. */
void ganger_flow_change(const struct ganger_flow_network *network,
                        struct ganger_flow_scratch *scratch, struct ganger_flow *flow, int32_t link,
                        double capacity);

/* What the flow carries, carried[places]; then one path of it after another, taken off: its arcs from the demands' origin
 * into arcs[nodes], their number returned, 0 when none is left. */
void ganger_flow_carried(const struct ganger_flow_network *network, const struct ganger_flow *flow,
                         double *carried);
int32_t ganger_flow_path(const struct ganger_flow_network *network,
                         struct ganger_flow_scratch *scratch, double *carried, int32_t *arcs,
                         double *amount);

#endif
