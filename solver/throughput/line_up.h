/*
 * The problems of this folder, and what is derived from them: works only close lines for a while, and freight goes
 * from one place to another at no cost. Then a plan is worth what flows, less what the works cost, and whether a work
 * may stand somewhere is its own affair.
 */
#ifndef GANGER_THROUGHPUT_LINE_UP_H
#define GANGER_THROUGHPUT_LINE_UP_H

#include "freight/max_flow.h"
#include "search/model.h"

/* Shared and const during a solve. A way is a mode that a work may be done in. */
struct ganger_line_up {
    const struct ganger_search_model *model;
    const struct ganger_problem *problem;
    struct ganger_flow_network network;
    int32_t works, periods;
    double value;       /* USD per tonne */
    int32_t *link;      /* [works] */
    bool *alone;        /* [works] no other work of its link can be under way when it is */
    int32_t *from, *to; /* [works] periods in which it may be under way */
    int32_t longest;    /* from start to finish, periods */
    int64_t *
        cell; /* [modes] first cell of the mode's row: one a period of its work; -1: not to be used */
    int64_t cells;
    double *
        standing; /* [(links + 1) * boundaries] capacity with no work under way, and volume of the demands */
};

/* True if the problem is one of these; the rest is for problems that are. */
bool ganger_line_up_applies(const struct ganger_problem *problem);

/* NULL if memory is short. */
struct ganger_line_up *ganger_line_up_create(const struct ganger_search_model *model);
void ganger_line_up_destroy(struct ganger_line_up *line_up);

/* Finish of a mode started in `start`, or GANGER_NONE if it must not start there. */
int32_t ganger_line_up_finish(const struct ganger_problem *problem, int32_t mode, int32_t start);

/* Capacity of the work's segment while it is under way in the mode. */
double ganger_line_up_closed(const struct ganger_line_up *line_up, int32_t mode, int32_t t);

#endif
