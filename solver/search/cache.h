/*
 * Periods already solved: (link capacities, volume step) -> V, flow and price, so that no LP is solved
 * twice for the same state. Direct-mapped by a 128-bit hash (XXH3) that is also the identity. Belongs to
 * one island, so what is found in it does not depend on threads.
 */
#ifndef GANGER_SEARCH_CACHE_H
#define GANGER_SEARCH_CACHE_H

#include <stdbool.h>
#include <stdint.h>

struct ganger_state_key {
    uint64_t low, high;
};

struct ganger_state_cache {
    int32_t slots; /* a power of two */
    int32_t arcs, links;
    struct ganger_state_key *key; /* {0,0}: empty */
    double *value;                /* [slots] */
    double *flow;                 /* [slots * arcs] */
    double *price;                /* [slots * links] */
    int64_t hits, misses;
};

bool ganger_state_cache_init(struct ganger_state_cache *cache, int32_t slots, int32_t arcs,
                             int32_t links);
void ganger_state_cache_clear(struct ganger_state_cache *cache);

struct ganger_state_key ganger_state_key_of(const double *capacity, int32_t links, int32_t step);
/* Slot of the state, or -1. */
int32_t ganger_state_cache_find(struct ganger_state_cache *cache, struct ganger_state_key key);
void ganger_state_cache_store(struct ganger_state_cache *cache, struct ganger_state_key key,
                              double value, const double *flow, const double *price);

#endif
