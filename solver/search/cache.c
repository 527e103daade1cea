#include "search/cache.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

bool ganger_state_cache_init(struct ganger_state_cache *cache, int32_t slots, int32_t arcs,
                             int32_t links)
{
    *cache = (struct ganger_state_cache){.slots = slots, .arcs = arcs, .links = links};
    size_t count = (size_t)slots;
    cache->key = calloc(count, sizeof *cache->key);
    cache->value = malloc(count * sizeof *cache->value);
    cache->flow = malloc((count * (size_t)arcs + 1) * sizeof *cache->flow);
    cache->price = malloc((count * (size_t)links + 1) * sizeof *cache->price);
    if (!cache->key || !cache->value || !cache->flow || !cache->price) {
        ganger_state_cache_clear(cache);
        return false;
    }
    return true;
}

void ganger_state_cache_clear(struct ganger_state_cache *cache)
{
    free(cache->key);
    free(cache->value);
    free(cache->flow);
    free(cache->price);
    *cache = (struct ganger_state_cache){0};
}

struct ganger_state_key ganger_state_key_of(const double *capacity, int32_t links, int32_t step)
{
    XXH128_hash_t hash =
        XXH3_128bits_withSeed(capacity, (size_t)links * sizeof *capacity, (XXH64_hash_t)step);
    return (struct ganger_state_key){hash.low64 | 1, hash.high64};
}

int32_t ganger_state_cache_find(struct ganger_state_cache *cache, struct ganger_state_key key)
{
    int32_t slot = (int32_t)(key.high & (uint64_t)(cache->slots - 1));
    bool hit = cache->key[slot].low == key.low && cache->key[slot].high == key.high;
    cache->hits += hit;
    cache->misses += !hit;
    return hit ? slot : -1;
}

void ganger_state_cache_store(struct ganger_state_cache *cache, struct ganger_state_key key,
                              double value, const double *flow, const double *price)
{
    int64_t slot = (int64_t)(key.high & (uint64_t)(cache->slots - 1));
    cache->key[slot] = key;
    cache->value[slot] = value;
    memcpy(cache->flow + slot * cache->arcs, flow, (size_t)cache->arcs * sizeof *flow);
    memcpy(cache->price + slot * cache->links, price, (size_t)cache->links * sizeof *price);
}
