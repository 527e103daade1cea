/*
 * An instance as a mixed-integer programme: README.md has the formulation. The files of this floor each add a part of it;
 * private to mip/.
 */
#ifndef GANGER_MIP_PROGRAMME_H
#define GANGER_MIP_PROGRAMME_H

#include "freight/graph.h"
#include "instance/problem.h"
#include "mip/mip.h"

/* The first columns are steps: one for each mode and start that it may have, 1 if the work has begun in that mode by that
 * start. Column i is the start start[i], which finishes at finish[i]; those of mode m are first_step[m] up to the next. */
struct ganger_mip_programme {
    const struct ganger_problem *problem;
    struct ganger_mip mip;
    int32_t *first_step; /* [modes + 1] */
    int32_t *start, *finish;
    struct ganger_graph *graph;
    int32_t *first_useful,
        *useful;                 /* [origins + 1] and arcs that an origin's freight may gain by */
    int32_t *link_column;        /* [links] capacity of the boundary at hand */
    double *most;                /* [links] the most that this capacity can be */
    int32_t *arc_row, *node_row; /* scratch of a boundary: [arcs], [nodes] */
};

/* The whole programme, finished. False if memory is short; cleared by the caller in any case. */
bool ganger_mip_programme_init(struct ganger_mip_programme *programme,
                               const struct ganger_problem *problem);
void ganger_mip_programme_clear(struct ganger_mip_programme *programme);

/* The column that says whether a mode has begun (is done) by t; GANGER_NONE if it cannot have. */
int32_t ganger_mip_begun(const struct ganger_mip_programme *programme, int32_t mode, int32_t t);
int32_t ganger_mip_done(const struct ganger_mip_programme *programme, int32_t mode, int32_t t);
/* Is a mode ever between its start and its finish in t; and does its work go on then? */
bool ganger_mip_occupies(const struct ganger_mip_programme *programme, int32_t mode, int32_t t);
bool ganger_mip_active(const struct ganger_mip_programme *programme, int32_t mode, int32_t t);
/* Add value times [begun] - [done], and times [done] of all modes of a work, to a row. */
void ganger_mip_add_occupied(struct ganger_mip_programme *programme, int32_t row, int32_t mode,
                             int32_t t, double value);
void ganger_mip_add_work_done(struct ganger_mip_programme *programme, int32_t row, int32_t work,
                              int32_t t, double value);
void ganger_mip_add_work_begun(struct ganger_mip_programme *programme, int32_t row, int32_t work,
                               int32_t t, double value);

/* The parts. */
void ganger_mip_steps(struct ganger_mip_programme *programme);     /* columns of works */
void ganger_mip_works(struct ganger_mip_programme *programme);     /* one mode, order, segments */
void ganger_mip_resources(struct ganger_mip_programme *programme); /* renewables and windows */
void ganger_mip_rails(struct ganger_mip_programme *programme);     /* railheads */
void ganger_mip_aims(struct ganger_mip_programme *programme);      /* targets, or the makespan */
bool ganger_mip_useful_arcs(struct ganger_mip_programme *programme);
/* At boundary t, and in this order. */
void ganger_mip_capacity(struct ganger_mip_programme *programme, int32_t t);
void ganger_mip_freight(struct ganger_mip_programme *programme, int32_t t);

/* Adds for every start of a mode the value that `of` has for it, times the mode's being started then, to a row. */
void ganger_mip_add_by_start(struct ganger_mip_programme *programme, int32_t row, int32_t mode,
                             double (*of)(const struct ganger_mip_programme *programme,
                                          int32_t mode, int32_t step, const void *context),
                             const void *context);

#endif
