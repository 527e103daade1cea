#include "base/rng.h"

#include <Random123/philox.h>

void ganger_rng_init(struct ganger_rng *rng, uint64_t seed, uint32_t stream, uint64_t round)
{
    rng->key[0] = (uint32_t)seed;
    rng->key[1] = (uint32_t)(seed >> 32);
    rng->counter[0] = 0;
    rng->counter[1] = stream;
    rng->counter[2] = (uint32_t)round;
    rng->counter[3] = (uint32_t)(round >> 32);
    rng->left = 0;
}

uint32_t ganger_rng_word(struct ganger_rng *rng)
{
    if (rng->left == 0) {
        philox4x32_ctr_t counter = {
            {rng->counter[0], rng->counter[1], rng->counter[2], rng->counter[3]}};
        philox4x32_key_t key = {{rng->key[0], rng->key[1]}};
        philox4x32_ctr_t block = philox4x32(counter, key);
        for (int i = 0; i < 4; i++) {
            rng->block[i] = block.v[i];
        }
        rng->counter[0]++;
        rng->left = 4;
    }
    return rng->block[--rng->left];
}

int32_t ganger_rng_below(struct ganger_rng *rng, int32_t bound)
{
    /* Lemire's multiply-shift with rejection: no bias, rarely a second draw. */
    uint32_t range = (uint32_t)bound;
    uint64_t product = (uint64_t)ganger_rng_word(rng) * range;
    if ((uint32_t)product < range) {
        uint32_t threshold = (0U - range) % range;
        while ((uint32_t)product < threshold) {
            product = (uint64_t)ganger_rng_word(rng) * range;
        }
    }
    return (int32_t)(product >> 32);
}

double ganger_rng_unit(struct ganger_rng *rng)
{
    uint64_t high = ganger_rng_word(rng) >> 5; /* 27 bits */
    uint64_t low = ganger_rng_word(rng) >> 6;  /* 26 bits */
    return (double)((high << 26) | low) * 0x1p-53;
}

/* By the series of ln in (m-1)/(m+1): the same on every machine. */
double ganger_rng_exponential(struct ganger_rng *rng)
{
    uint32_t word = ganger_rng_word(rng) | 1;
    int zeros = __builtin_clz(word);
    double m = (double)(uint64_t)((uint64_t)word << zeros) / 4294967296.0; /* in [0.5, 1) */
    double z = (m - 1) / (m + 1), z2 = z * z;
    double log_m = 2 * z * (1 + z2 * (1.0 / 3 + z2 * (1.0 / 5 + z2 * (1.0 / 7 + z2 / 9))));
    return zeros * 0.69314718055994530942 - log_m;
}
