/*
 * The packed form: a header of 512 bytes, then an HDF5 file. Private to instance/.
 *
 * HDF5 looks for its signature at 0, 512, 1024, ..., so any HDF5 tool opens the whole file. The header holds
 * a checksum of all that follows: damaged bytes are found before the HDF5 library, which trusts its input,
 * sees them.
 * A file made up on purpose, with a checksum that fits, is another matter: each value is checked, but the
 * structure is HDF5's affair, whose parser has known overflows. Instances of strangers are better read from
 * their tables.
 *
 *     ganger instance 1\n
 *     xxh128 0123456789abcdef0123456789abcdef\n
 *     length 123456\n                               (of the HDF5 part; zeros up to byte 512)
 */
#ifndef GANGER_INSTANCE_PACKED_H
#define GANGER_INSTANCE_PACKED_H

#include <stddef.h>

enum { GANGER_PACKED_HEADER = 512, GANGER_PACKED_VERSION = 1 };

extern const char ganger_packed_magic[]; /* "ganger instance" */

/* Writes the header for `size` bytes of HDF5. */
void ganger_packed_header(const void *image, size_t size, char header[GANGER_PACKED_HEADER]);

#endif
