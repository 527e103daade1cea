/*
 * Rounds of annealing on one plan by several logical workers: the horizon is cut into slices of time, each round
 * elsewhere, and a worker draws the works that stand within its slice. A plan is a function of seed and rounds.
 */
#ifndef GANGER_THROUGHPUT_SLICES_H
#define GANGER_THROUGHPUT_SLICES_H

#include "throughput/sampler.h"

/* Logical workers: a constant of the method, never the number of threads. */
enum { GANGER_SLICES = 8 };

struct ganger_slices {
    struct ganger_flow_state *state;
    struct ganger_sampler *sampler[GANGER_SLICES + 1]; /* one more for what is cut off at the end */
    int32_t count;                                     /* of slices, without the one more */
    int32_t sweeps; /* of a round: each draws every work of a slice once */
    int64_t round;
    bool *left; /* [works] that no round draws for now */
    uint64_t seed;
    int threads;
    struct ganger_sampler_bath bath;
    bool (*interrupted)(void *context); /* asked now and then, from any thread; NULL: never */
    void *interrupt_context;
    void (*beside)(void *context); /* one more job of each round; NULL: none */
    void *beside_context;
    bool broken_off[GANGER_SLICES + 1];
};

struct ganger_slices *ganger_slices_create(const struct ganger_line_up *line_up, uint64_t seed,
                                           int threads);
void ganger_slices_destroy(struct ganger_slices *slices);

/* Every work at its first start in its first mode, and the flows of all periods. False if broken off, as below. */
bool ganger_slices_begin(struct ganger_slices *slices, int64_t *ticks);
/* The flows of given starts. */
bool ganger_slices_load(struct ganger_slices *slices, const int32_t *start, const int32_t *mode,
                        int64_t *ticks);
/* One round; adds its ticks. False if it was broken off: the state is then of no further use. */
bool ganger_slices_round(struct ganger_slices *slices, int64_t *ticks);
/* Standard deviation of what a work's choices were worth, M USD: the mean over all draws so far, each weighted by it, so
 * that works whose place does not matter do not count. */
double ganger_slices_spread(const struct ganger_slices *slices);

#endif
