/*
 * Counter-based random numbers (Philox4x32-10, Salmon et al., SC 2011; the code is Random123's): every draw
 * is a function of (seed, stream, round, number of the draw), so streams need no hand-over between threads.
 */
#ifndef GANGER_BASE_RNG_H
#define GANGER_BASE_RNG_H

#include <stdint.h>

struct ganger_rng {
    uint32_t key[2];     /* the seed */
    uint32_t counter[4]; /* draw, stream, round (low, high) */
    uint32_t block[4];
    int left; /* unused words of block */
};

void ganger_rng_init(struct ganger_rng *rng, uint64_t seed, uint32_t stream, uint64_t round);
uint32_t ganger_rng_word(struct ganger_rng *rng);
/* Uniform in [0, bound), bound >= 1. */
int32_t ganger_rng_below(struct ganger_rng *rng, int32_t bound);
/* Uniform in [0, 1). */
double ganger_rng_unit(struct ganger_rng *rng);
/* -ln of a uniform number in (0, 1]. */
double ganger_rng_exponential(struct ganger_rng *rng);

#endif
