/*
 * Strings of variable length in the bytes of an HDF5 file, found without the HDF5 library: its 1.10 series
 * follows the references in a damaged file wherever they lead.
 */
#ifndef GANGER_PLAN_HEAP_H
#define GANGER_PLAN_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GANGER_HEAP_REFERENCE = 16 };

/* The bytes of a file, and where in its heap the last string was found: strings written one after another lie
 * one after another, and none is looked for from the beginning. Zero but for image and size to begin with. */
struct ganger_heap {
    const unsigned char *image;
    size_t size;
    const unsigned char *collection;
    uint64_t address, room, index, at;
};

/* The string that a reference (as it is in the file, with 8-byte addresses and lengths) stands for: `*text`
 * points into the image, `*length` is without a NUL. False if it leads nowhere.
 * Format: HDF5 File Format Specification 3.0, III.E Global Heap. */
bool ganger_heap_string(struct ganger_heap *heap,
                        const unsigned char reference[GANGER_HEAP_REFERENCE], const char **text,
                        size_t *length);

#endif
