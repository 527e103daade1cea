#include "base/block.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Two cache lines: processors fetch them in pairs. */
enum { line = 128 };

size_t ganger_block_room(size_t bytes)
{
    return (bytes + line - 1) / line * line;
}

void *ganger_block_create(const struct ganger_block_piece *pieces, size_t count)
{
    size_t bytes = line;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].bytes > (size_t)PTRDIFF_MAX - bytes - line) {
            return NULL;
        }
        bytes += ganger_block_room(pieces[i].bytes);
    }
    char *block = aligned_alloc(line, bytes), *at = block;
    if (!block) {
        return NULL;
    }
    memset(block, 0, bytes);
    for (size_t i = 0; i < count; i++) {
        memcpy(pieces[i].pointer, &at, sizeof at); /* pointers to objects are all alike here */
        at += ganger_block_room(pieces[i].bytes);
    }
    return block;
}
