/*
 * What is where in a plan file: one table of dimensions and one of fields, by which the writer writes and
 * the reader reads. A field is an array of struct ganger_plan. What the file says of the instance is in
 * labels.h.
 */
#ifndef GANGER_PLAN_LAYOUT_H
#define GANGER_PLAN_LAYOUT_H

#include "plan/netcdf_types.h"
#include "plan/plan.h"

#include <stddef.h>

/* The version of the layout, root attribute format_version. */
enum { GANGER_PLAN_FORMAT = 7 };

/* Doubles kept as whole steps of a grid: the file has integers, the array step times integer. */
enum { GANGER_PLAN_REAL = 0, GANGER_PLAN_FINEST = -1, GANGER_PLAN_FINEST_BITS = 60 };

enum ganger_plan_group {
    GANGER_PLAN_ROOT,
    GANGER_PLAN_CERTIFICATE,
    GANGER_PLAN_PATHS,
    GANGER_PLAN_TRACE,
    GANGER_PLAN_REPLAN, /* only in a plan made from an earlier one */
    GANGER_PLAN_GROUPS
};

enum ganger_plan_dim {
    GANGER_DIM_END = -1,
    GANGER_DIM_PERIOD,
    GANGER_DIM_BOUNDARY,
    GANGER_DIM_WORK,
    GANGER_DIM_LINK,
    GANGER_DIM_SEGMENT,
    GANGER_DIM_DEMAND,
    GANGER_DIM_RESOURCE,
    GANGER_DIM_DIRECTION,
    GANGER_DIM_RENEWABLE,
    GANGER_DIM_WINDOW,
    GANGER_DIM_PRECEDENCE,
    GANGER_DIM_RAILS,
    GANGER_DIM_TARGET,
    GANGER_DIM_PATH,
    GANGER_DIM_PATH_OFFSET,
    GANGER_DIM_PATH_ARC,
    GANGER_DIM_FLOW_ROW,
    GANGER_DIM_CLOSURE,
    GANGER_DIM_CLOSURE_OFFSET,
    GANGER_DIM_CLOSURE_DEMAND,
    GANGER_DIM_CLOSURE_BESIDE,
    GANGER_DIM_PAY,
    GANGER_DIM_STATE,
    GANGER_DIM_STATE_OFFSET,
    GANGER_DIM_STATE_ARC,
    GANGER_DIM_ENERGY,
    GANGER_DIM_FAR,
    GANGER_DIM_FAR_OFFSET,
    GANGER_DIM_FAR_OPENER,
    GANGER_DIM_STEP,
    GANGER_DIMS
};

struct ganger_plan_dim_row {
    const char *name;
    enum ganger_plan_group group;
};

struct ganger_plan_field {
    enum ganger_plan_group group;
    const char *name;
    enum ganger_netcdf_type type; /* INT32 or DOUBLE, of the array */
    /* GANGER_PLAN_REAL: kept as it is; n: steps of 2^-n; GANGER_PLAN_FINEST: the finest, from
     * 2^-GANGER_GRID_BITS to 2^-GANGER_PLAN_FINEST_BITS, of which 2^52 reach over all entries. */
    int grid;
    int dims[GANGER_NETCDF_RANK]; /* enum ganger_plan_dim, GANGER_DIM_END after the last */
    size_t offset;                /* of the array's pointer in struct ganger_plan */
    const char *units, *long_name;
};

extern const char *const ganger_plan_group_name[GANGER_PLAN_GROUPS];
extern const struct ganger_plan_dim_row ganger_plan_dim_row[GANGER_DIMS];
extern const struct ganger_plan_field ganger_plan_field[];
extern const int ganger_plan_fields;

/* Sizes of all dimensions. plan NULL: only those that the problem settles, the others 0. */
void ganger_plan_sizes(const struct ganger_problem *problem, const struct ganger_plan *plan,
                       size_t sizes[GANGER_DIMS]);

/* Bits of the grid on which this field's array is kept. */
int ganger_plan_grid(const struct ganger_plan_field *field, const double *array, size_t count);

/* Rounds the arrays of a plan that is to be written down to their grids; what is too large for a grid to what
 * is not. Of prices and flows the less is right too. */
void ganger_plan_round(const struct ganger_problem *problem, struct ganger_plan *plan);

/* True if the plan has this field: those of the group replan are there only if it was made from an earlier one. */
bool ganger_plan_has(const struct ganger_plan *plan, enum ganger_plan_group group);

/* Number of entries of a field's array. */
size_t ganger_plan_entries(const struct ganger_plan_field *field, const size_t sizes[GANGER_DIMS]);

/* Where the field's pointer is kept. */
void **ganger_plan_slot(struct ganger_plan *plan, const struct ganger_plan_field *field);

/* A figure of struct ganger_summary kept as a root attribute. */
struct ganger_plan_figure {
    const char *name;
    enum ganger_netcdf_type type; /* DOUBLE, INT32 or INT64 of the member */
    size_t offset;                /* in struct ganger_summary */
    bool varies;                  /* is not the same when the solve is run again */
    bool rare;                    /* an INT32, only where it is not 0 */
    bool replan; /* only in a plan made from an earlier one; 0 where it is missing */
};

extern const struct ganger_plan_figure ganger_plan_figure[];
extern const int ganger_plan_figures;

#endif
