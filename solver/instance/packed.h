/*
 * The packed form: a header of 512 bytes, then an HDF5 file. Private to pack.c and unpack.c.
 *
 * HDF5 looks for its signature at 0, 512, 1024, ..., so any HDF5 tool opens the whole file. The header holds
 * a checksum of all that follows: damaged bytes are found before the HDF5 library, which trusts its input,
 * sees them.
 *
 *     ganger instance 1\n
 *     xxh128 0123456789abcdef0123456789abcdef\n
 *     length 123456\n                               (of the HDF5 part; zeros up to byte 512)
 */
#ifndef GANGER_INSTANCE_PACKED_H
#define GANGER_INSTANCE_PACKED_H

#include "base/status.h"
#include "instance/schema.h"
#include <hdf5.h>

enum { GANGER_PACKED_HEADER = 512, GANGER_PACKED_VERSION = 1 };

extern const char ganger_packed_magic[]; /* "ganger instance" */

/* Writes the header for `size` bytes of HDF5. */
void ganger_packed_header(const void *image, size_t size, char header[GANGER_PACKED_HEADER]);

/* The error handler that was installed in this thread, which ganger_packed_loud() puts back. */
struct ganger_packed_quiet {
    H5E_auto2_t handler;
    void *data;
};
void ganger_packed_quiet(struct ganger_packed_quiet *quiet);
void ganger_packed_loud(const struct ganger_packed_quiet *quiet);

/* The innermost message of HDF5's error stack, written to `text`; returns `text`. */
const char *ganger_packed_error(char *text, size_t size);

/* Type of a column's values in memory and in the file; H5Tclose() it. */
hid_t ganger_packed_type(enum ganger_column_type type, bool in_file);

#endif
