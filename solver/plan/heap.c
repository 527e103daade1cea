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

bool ganger_heap_string(const unsigned char *image, size_t size,
                        const unsigned char reference[GANGER_HEAP_REFERENCE], const char **text,
                        size_t *length)
{
    uint64_t room = 0;
    uint64_t wanted = number(reference + 12, 4);
    *length = (size_t)number(reference, 4);
    *text = "";
    if (*length == 0) {
        return true;
    }
    const unsigned char *heap = collection_at(image, size, number(reference + 4, 8), &room);
    uint64_t at = COLLECTION_HEAD;
    while (heap && at + OBJECT_HEAD <= room) {
        uint64_t index = number(heap + at, 2), bytes = number(heap + at + 8, 8);
        if (index == 0 || bytes > room - at - OBJECT_HEAD) {
            return false; /* free space: the last object */
        }
        if (index == wanted) {
            *text = (const char *)heap + at + OBJECT_HEAD;
            *length -= *length <= bytes && (*text)[*length - 1] == '\0';
            return *length <= bytes;
        }
        at += OBJECT_HEAD + (bytes + 7) / 8 * 8;
    }
    return false;
}
