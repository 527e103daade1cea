/*
 * What a plan file says of its instance, so that it can be read without: coordinates, names, lengths, dates,
 * and root attributes. The writer writes them; the reader finds them as they are here or refuses the file.
 */
#ifndef GANGER_PLAN_LABELS_H
#define GANGER_PLAN_LABELS_H

#include "base/date.h"
#include "plan/layout.h"

enum { GANGER_PLAN_LABELS = 24, GANGER_PLAN_WORDS = 8 };

struct ganger_plan_label {
    const char *name; /* of a coordinate: its dimension's */
    enum ganger_plan_dim dim;
    bool coordinate, times; /* times: days since the start of the programme */
    enum ganger_netcdf_type type;
    const void *data; /* of that type; `dim` entries */
    const char *units, *long_name;
};

/* A text attribute of the root. */
struct ganger_plan_word {
    const char *name, *text;
};

struct ganger_plan_labels {
    int count, words;
    struct ganger_plan_label label[GANGER_PLAN_LABELS]; /* coordinates first */
    struct ganger_plan_word word[GANGER_PLAN_WORDS];
    char start[GANGER_DATE_SIZE], since[64]; /* the programme's first day; CF units of times */
    /* Made here; the rest is the problem's. */
    int32_t *boundary_day;
    double *start_day,
        *finish_day; /* of works; NaN, which xarray shows as NaT, where there is none */
    const char **renewable;
};

/* Shares arrays with problem and plan, which must outlive it. False if memory is short; clear it even then. */
bool ganger_plan_labels_init(struct ganger_plan_labels *labels,
                             const struct ganger_problem *problem, const struct ganger_plan *plan);
void ganger_plan_labels_clear(struct ganger_plan_labels *labels);

#endif
