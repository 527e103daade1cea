#include "base/lookup.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

bool ganger_lookup_init(struct ganger_lookup *lookup, int32_t capacity)
{
    uint64_t size = 16;
    while (size < 2 * (uint64_t)capacity) {
        size *= 2;
    }
    lookup->mask = size - 1;
    lookup->slots = malloc(size * sizeof *lookup->slots);
    if (lookup->slots == NULL) {
        return false;
    }
    memset(lookup->slots, 0xff, size * sizeof *lookup->slots);
    return true;
}

void ganger_lookup_clear(struct ganger_lookup *lookup)
{
    free(lookup->slots);
    lookup->slots = NULL;
}

/* The slot that holds `id`, or the empty one where it belongs. */
static int32_t *slot_of(const struct ganger_lookup *lookup, char *const *ids, const char *id)
{
    uint64_t at = XXH3_64bits(id, strlen(id)) & lookup->mask;
    while (lookup->slots[at] >= 0 && strcmp(ids[lookup->slots[at]], id) != 0) {
        at = (at + 1) & lookup->mask;
    }
    return &lookup->slots[at];
}

int32_t ganger_lookup_add(struct ganger_lookup *lookup, char *const *ids, int32_t row)
{
    int32_t *slot = slot_of(lookup, ids, ids[row]);
    if (*slot >= 0) {
        return *slot;
    }
    *slot = row;
    return -1;
}

int32_t ganger_lookup_find(const struct ganger_lookup *lookup, char *const *ids, const char *id)
{
    return lookup->slots == NULL ? -1 : *slot_of(lookup, ids, id);
}
