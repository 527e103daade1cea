/*
 * Writes an HDF5 file that is a netCDF-4 file too, in memory: named dimensions, variables, attributes.
 *
 * The result is a function of the calls alone: no times, no addresses, no uninitialised bytes. Strings are
 * of variable length, there are no enums, no compounds and no fixed-length string variables: what some
 * reader of netCDF stumbles over is not offered here.
 *
 *     open -> groups -> dimensions (coordinates) -> variables and their attributes -> close
 *
 * A failure is remembered: later calls do nothing, and close reports it.
 */
#ifndef GANGER_PLAN_NETCDF_H
#define GANGER_PLAN_NETCDF_H

#include "plan/netcdf_types.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

enum { GANGER_NETCDF_DIMS = 32, GANGER_NETCDF_USES = 48 };

struct ganger_netcdf_dim {
    hsize_t size;
    hobj_ref_t scale;
    hid_t dataset;
    int uses; /* (variable, axis) pairs that go into the scale's REFERENCE_LIST */
    hobj_ref_t used_by[GANGER_NETCDF_USES];
    int32_t used_axis[GANGER_NETCDF_USES];
};

struct ganger_netcdf {
    hid_t file;
    int dims;
    struct ganger_netcdf_dim dim[GANGER_NETCDF_DIMS];
    bool failed;
};

/* What a variable is. dims: numbers of dimensions, -1 after the last. */
struct ganger_netcdf_variable {
    const char *name;
    enum ganger_netcdf_type type;
    int dims[GANGER_NETCDF_RANK];
    const char *units, *long_name; /* NULL: no such attribute */
};

void ganger_netcdf_open(struct ganger_netcdf *netcdf);
/* A group below the root; the root itself for "". The caller passes it to close_group. */
hid_t ganger_netcdf_group(struct ganger_netcdf *netcdf, const char *name);
void ganger_netcdf_close_group(struct ganger_netcdf *netcdf, hid_t group);

/* A dimension without values. Returns its number. */
int ganger_netcdf_dim(struct ganger_netcdf *netcdf, hid_t group, const char *name, size_t size);
/* A dimension with its coordinate variable; variable.dims is not looked at. Returns its number. */
int ganger_netcdf_coordinate(struct ganger_netcdf *netcdf, hid_t group,
                             struct ganger_netcdf_variable variable, size_t size, const void *data);
void ganger_netcdf_variable(struct ganger_netcdf *netcdf, hid_t group,
                            const struct ganger_netcdf_variable *variable, const void *data);

/* Attributes of a group, or of `variable` in it; variable NULL: of the group itself. */
struct ganger_netcdf_place {
    hid_t group;
    const char *variable;
};
void ganger_netcdf_text(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                        const char *name, const char *text);
void ganger_netcdf_double(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                          const char *name, double value);
void ganger_netcdf_int64(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                         const char *name, int64_t value);
void ganger_netcdf_int8s(struct ganger_netcdf *netcdf, struct ganger_netcdf_place place,
                         const char *name, const int8_t *values, size_t count);

/* The bytes of the file, for the caller to free; false, and nothing, if any call failed. Must be called
 * also after a failure: it releases everything. */
bool ganger_netcdf_close(struct ganger_netcdf *netcdf, void **bytes, size_t *size);

#endif
