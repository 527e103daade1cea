/*
 * Readers, writers and derivation of the problem.
 */
#ifndef GANGER_INSTANCE_READ_H
#define GANGER_INSTANCE_READ_H

#include "base/status.h"
#include "instance/problem.h"

/* Fills everything marked "derived" of a problem whose given parts are valid; also the SHA-256.
 * On failure the problem may be partly derived and must be destroyed. */
ganger_status ganger_problem_seal(struct ganger_problem *problem, struct ganger_findings *findings);

/* The consumable whose id is "budget", or GANGER_NONE; readers set resources.budget to it. */
int32_t ganger_problem_find_budget(const struct ganger_problem *problem);

/* Checks the meaning of given parts (tiling of segments, cycles, works that can never fit, ...); the
 * package reader has already resolved ids. `locate` tells file and line of a row for the findings, and may
 * be NULL. */
struct ganger_locator {
    /* Line of row `row` of `table` ("work.csv"), 0 if unknown. */
    long (*line)(void *context, const char *table, int32_t row);
    /* How findings name that table's file; NULL: by the name of the table itself. */
    const char *(*file)(void *context, const char *table);
    void *context;
};
ganger_status ganger_problem_validate(const struct ganger_problem *problem,
                                      const struct ganger_locator *locator,
                                      struct ganger_findings *findings);

/* Checks a sealed problem for what no plan can do: a demand without a path even when all is built, a needed
 * work that fits nowhere. */
ganger_status ganger_problem_validate_fits(const struct ganger_problem *problem,
                                           const struct ganger_locator *locator,
                                           struct ganger_findings *findings);

/* Reads a data package: `path` is the folder or its datapackage.json. */
ganger_status ganger_problem_read_package(const char *path, struct ganger_problem **problem,
                                          struct ganger_findings *findings);
/* Reads a packed instance (HDF5). Damage is found by a checksum before HDF5 sees it; every rank, size, type
 * and value is checked before it is used. See packed.h for what that does not cover. */
ganger_status ganger_problem_read_hdf5(const char *path, struct ganger_problem **problem,
                                       struct ganger_findings *findings);
/* Reads a project in PSPLIB, Patterson or MPLIB form, told apart by content: see classic.h. */
ganger_status ganger_problem_read_classic(const char *path, struct ganger_problem **problem,
                                          struct ganger_findings *findings);

#endif
