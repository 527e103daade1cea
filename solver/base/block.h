/*
 * Several arrays in one block of zeros, each on cache lines of its own, and the block on lines that nothing else
 * lies on: what one thread writes never slows another down.
 */
#ifndef GANGER_BASE_BLOCK_H
#define GANGER_BASE_BLOCK_H

#include <stddef.h>

struct ganger_block_piece {
    void *pointer; /* address of the pointer to set, of any object type */
    size_t bytes;
};

/* What a piece takes of its block. */
size_t ganger_block_room(size_t bytes);
/* Sets the pointers. The block is freed with free(). NULL, and no pointer set, if memory is short. */
void *ganger_block_create(const struct ganger_block_piece *pieces, size_t count);

#endif
