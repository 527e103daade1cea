/*
 * HDF5 as pack.c and unpack.c both need it: silent, with its message in ours, and the types of columns.
 */
#ifndef GANGER_INSTANCE_PACKED_HDF5_H
#define GANGER_INSTANCE_PACKED_HDF5_H

#include "instance/schema.h"
#include <hdf5.h>

/* The error handler that was installed in this thread, which ganger_packed_loud() puts back. Until then
 * the thread has HDF5 to itself. */
struct ganger_packed_quiet {
    H5E_auto2_t handler;
    void *data;
};
void ganger_packed_quiet(struct ganger_packed_quiet *quiet);
void ganger_packed_loud(const struct ganger_packed_quiet *quiet);

/* The innermost message of HDF5's error stack, written to `text`; returns `text`. */
const char *ganger_packed_error(char *text, size_t size);

/* Whether a column holds texts, and the name of the bytes that they are read back from. */
bool ganger_packed_text(const struct ganger_column *column);
const char *ganger_packed_bytes(const struct ganger_column *column, char name[64]);

/* Type of a column's values in memory and in the file; H5Tclose() it. */
hid_t ganger_packed_type(enum ganger_column_type type, bool in_file);

#endif
