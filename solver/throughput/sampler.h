/* Simulated annealing by heat bath: a work's start and mode are drawn anew given all others, each with the probability
 * exp(worth / temperature). What every start is worth is known exactly from the loss of each period alone. */
#ifndef GANGER_THROUGHPUT_SAMPLER_H
#define GANGER_THROUGHPUT_SAMPLER_H

#include "base/rng.h"
#include "throughput/state.h"

/* One worker's scratch. */
struct ganger_sampler {
    struct ganger_flow_scratch flow;
    struct ganger_rng rng;
    double *before;        /* [periods + 1] running sum of losses */
    double *worth;         /* [choices] */
    int32_t *start, *mode; /* [choices] */
    int32_t *order;        /* [works] */
    int32_t choices;
    double spread,
        squares; /* sums over draws of the choices' standard deviation, and of its square */
};

struct ganger_sampler *ganger_sampler_create(const struct ganger_line_up *line_up);
void ganger_sampler_destroy(struct ganger_sampler *sampler);

/* How places are drawn. */
struct ganger_sampler_bath {
    double temperature; /* M USD; 0: one of the best places */
    /* [cells] M USD by which a start in the cell's period counts as worth less than it is; NULL: by nothing */
    const double *toll;
};

/* Draws a place within periods [from, to) for a work that stands there. */
void ganger_sampler_draw(struct ganger_sampler *sampler, struct ganger_flow_state *state,
                         int32_t work, int32_t from, int32_t to,
                         const struct ganger_sampler_bath *bath);

#endif
