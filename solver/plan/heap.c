#include "plan/heap.h"

#include <stdint.h>
#include <string.h>

enum { COLLECTION_HEAD = 16, OBJECT_HEAD = 16 };

static uint64_t number(const unsigned char *bytes, int width)
{
    uint64_t value = 0;
    for (int i = width - 1; i >= 0; i--) {
        value = value << 8 | bytes[i];
    }
    return value;
}

/* The collection at `address`, NULL if there is none that lies in the image. */
static const unsigned char *collection_at(const unsigned char *image, size_t size, uint64_t address,
                                          uint64_t *room)
{
    if (address > size || size - address < COLLECTION_HEAD ||
        memcmp(image + address, "GCOL\1", 5) != 0) {
        return NULL;
    }
    *room = number(image + address + 8, 8);
    return *room <= size - address ? image + address : NULL;
}

bool ganger_heap_string(struct ganger_heap *heap,
                        const unsigned char reference[GANGER_HEAP_REFERENCE], const char **text,
                        size_t *length)
{
    uint64_t address = number(reference + 4, 8), wanted = number(reference + 12, 4);
    *length = (size_t)number(reference, 4);
    *text = "";
    if (*length == 0) {
        return true;
    }
    if (!heap->at || heap->address != address || heap->index >= wanted) {
        heap->collection = collection_at(heap->image, heap->size, address, &heap->room);
        heap->address = address;
        heap->at = COLLECTION_HEAD;
    }
    const unsigned char *collection = heap->collection;
    while (collection && heap->at + OBJECT_HEAD <= heap->room) {
        uint64_t at = heap->at;
        uint64_t index = number(collection + at, 2), bytes = number(collection + at + 8, 8);
        if (index == 0 || bytes > heap->room - at - OBJECT_HEAD) {
            break; /* free space: the last object */
        }
        heap->at += OBJECT_HEAD + (bytes + 7) / 8 * 8;
        heap->index = index;
        if (index == wanted) {
            *text = (const char *)collection + at + OBJECT_HEAD;
            *length -= *length <= bytes && (*text)[*length - 1] == '\0';
            return *length <= bytes;
        }
    }
    heap->at = 0; /* the next string is looked for from the beginning */
    return false;
}
