/*
 * Finds the row of an id: open addressing over XXH3, the rows' strings stay with their owner.
 *
 * create for at most `capacity` ids, add rows, find; the array `ids` given to each call must hold the same
 * strings throughout. O(1) a call.
 */
#ifndef GANGER_BASE_LOOKUP_H
#define GANGER_BASE_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

struct ganger_lookup {
    int32_t *slots; /* row, or -1 */
    uint64_t mask;
};

/* False if memory is short. */
bool ganger_lookup_init(struct ganger_lookup *lookup, int32_t capacity);
void ganger_lookup_clear(struct ganger_lookup *lookup);
/* Adds row `row`; returns the earlier row with the same id (nothing is added then) or -1. */
int32_t ganger_lookup_add(struct ganger_lookup *lookup, char *const *ids, int32_t row);
/* The row whose id is `id`, or -1. */
int32_t ganger_lookup_find(const struct ganger_lookup *lookup, char *const *ids, const char *id);

#endif
