/* HDF5 prints its errors unless told not to; the caller's setting is put back afterwards. Meanwhile the thread has HDF5 to
 * itself. */
#ifndef GANGER_PLAN_QUIET_H
#define GANGER_PLAN_QUIET_H

#include "base/exclusive.h"

#include <hdf5.h>

struct ganger_hdf5_quiet {
    H5E_auto2_t print;
    void *context;
};

static inline void ganger_hdf5_quiet_begin(struct ganger_hdf5_quiet *quiet)
{
    ganger_exclusive_begin();
    H5Eget_auto2(H5E_DEFAULT, &quiet->print, &quiet->context);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

static inline void ganger_hdf5_quiet_end(const struct ganger_hdf5_quiet *quiet)
{
    H5Eset_auto2(H5E_DEFAULT, quiet->print, quiet->context);
    ganger_exclusive_end();
}

#endif
