/* What a variable of a plan file can be. Apart from netcdf.h so that tables of variables need no HDF5. */
#ifndef GANGER_PLAN_NETCDF_TYPES_H
#define GANGER_PLAN_NETCDF_TYPES_H

enum { GANGER_NETCDF_RANK = 3 };

enum ganger_netcdf_type {
    GANGER_NETCDF_INT8,
    GANGER_NETCDF_INT32,
    GANGER_NETCDF_INT64,
    GANGER_NETCDF_DOUBLE,
    GANGER_NETCDF_TEXT /* data: const char *const * */
};

#endif
