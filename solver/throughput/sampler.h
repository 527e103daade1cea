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

/* Draws a place within periods [from, to) for a work that stands there. Temperature 0: one of the best. */
void ganger_sampler_draw(struct ganger_sampler *sampler, struct ganger_flow_state *state,
                         int32_t work, int32_t from, int32_t to, double temperature);

#endif
