/*
 * State of one reading of a packed instance; private to unpack.c, which sees to the file and the settings, and
 * unpack_columns.c, which reads the tables.
 */
#ifndef GANGER_INSTANCE_UNPACK_H
#define GANGER_INSTANCE_UNPACK_H

#include "base/status.h"
#include "instance/packed_hdf5.h"
#include "instance/schema.h"

struct ganger_unpack {
    const char *shown;
    struct ganger_problem *problem;
    struct ganger_findings *findings;
    hid_t file;
};

/* A finding about a part of the file: an attribute, or "table/column". */
#define GANGER_UNPACK_REFUSE(unpack, place, ...)                                                   \
    ganger_findings_add((unpack)->findings, GANGER_STATUS_INPUT_INVALID, (unpack)->shown, 0,       \
                        place, __VA_ARGS__)

/* Every kept column of every table into unpack->problem, each value in range. Findings say what is not. */
ganger_status ganger_unpack_tables(struct ganger_unpack *unpack);

#endif
