/*
 * What an instance demands, as conditions that can be dropped one by one to see which of them cannot hold together.
 * What is not listed - the horizon, durations, calendars, that a work is done in one piece - always holds.
 */
#ifndef GANGER_EXPLAIN_CONDITIONS_H
#define GANGER_EXPLAIN_CONDITIONS_H

#include "instance/problem.h"

/* In the order in which they are tried to be dropped: what is left then speaks of works rather than of line. */
enum ganger_condition_kind {
    GANGER_CONDITION_SEGMENT,    /* one work at a time on a segment */
    GANGER_CONDITION_RAILS,      /* building starts only where rails lead */
    GANGER_CONDITION_EARLIEST,   /* of a work */
    GANGER_CONDITION_PRECEDENCE, /* a row */
    GANGER_CONDITION_GANG,       /* capacity of a renewable, by its row among the renewables */
    GANGER_CONDITION_WINDOW,     /* limit of a window */
    GANGER_CONDITION_FIXED_MODE, /* of a work */
    GANGER_CONDITION_FIXED_START,
    GANGER_CONDITION_DEADLINE,
    GANGER_CONDITION_TARGET, /* a hard target */
    GANGER_CONDITION_MANDATORY,
    GANGER_CONDITION_KINDS
};

struct ganger_condition {
    enum ganger_condition_kind kind;
    int32_t index; /* of the segment, work, row, ... */
};

struct ganger_conditions {
    const struct ganger_problem *problem;
    int32_t count;
    struct ganger_condition *list;
    /* on[kind][index]: the condition is there and holds; false where there is none. */
    bool *on[GANGER_CONDITION_KINDS];
};

/* All that the problem has, all holding. False if memory is short. */
bool ganger_conditions_init(struct ganger_conditions *conditions,
                            const struct ganger_problem *problem);
void ganger_conditions_clear(struct ganger_conditions *conditions);
void ganger_conditions_set(struct ganger_conditions *conditions, int32_t place, bool on);
/* Forgets those that do not hold. */
void ganger_conditions_keep(struct ganger_conditions *conditions);

#endif
