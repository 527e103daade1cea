/*
 * A line of text after the end of a plan file's HDF5 part: the SHA-256 of all bytes before it. HDF5 readers
 * do not look beyond their end; here it tells damage before HDF5 sees it, which it does not always survive.
 * A program that changes a plan file in place drops the line, and the file is then read without.
 */
#ifndef GANGER_PLAN_SEAL_H
#define GANGER_PLAN_SEAL_H

#include <stdbool.h>
#include <stddef.h>

enum { GANGER_SEAL_SIZE = 80 };

/* Writes the GANGER_SEAL_SIZE characters of the line for these bytes. */
void ganger_seal_write(const void *bytes, size_t size, char seal[GANGER_SEAL_SIZE + 1]);
/* The SHA-256 of an array, in hex: entries of `width` bytes, little-endian whatever the machine. */
enum { GANGER_DIGEST_SIZE = 65 };
void ganger_seal_digest(const void *array, size_t count, size_t width,
                        char digest[GANGER_DIGEST_SIZE]);
/* False if the bytes end in a seal that is not theirs. */
bool ganger_seal_holds(const void *bytes, size_t size);

#endif
