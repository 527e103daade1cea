/*
 * Simulated annealing on a small population of schedules.
 *
 * A cycle cools once. In each step every member makes a child, by stirring or, now and then, by a father's
 * interval, generated in the other direction of time; the child takes its place if it is no worse, or by
 * chance, the less likely the colder. A rejected step turns the member round, so that all members look the
 * same way. Cycles grow: each has twice the steps of work of the one before, and somewhat more members, and
 * starts afresh; in its second half the final members of the last cycle may be fathers too.
 */
#ifndef GANGER_MAKESPAN_ANNEALING_H
#define GANGER_MAKESPAN_ANNEALING_H

#include "makespan/breeder.h"

struct ganger_annealing {
    const struct ganger_makespan_model *model;
    struct ganger_population *members,
        *frozen;                      /* NULL before a cycle; frozen: at the round's start */
    struct ganger_population *elders; /* of the cycle before, forward; NULL: none */
    enum ganger_direction direction;  /* of the members between rounds */
    int32_t cycle, round, rounds;     /* within the cycle */
    double hot, cold, temperature;    /* in periods of makespan */
};

void ganger_annealing_init(struct ganger_annealing *annealing,
                           const struct ganger_makespan_model *model);
void ganger_annealing_clear(struct ganger_annealing *annealing);

/* Keeps members of a population as elders for the next cycle. False if memory is short. */
bool ganger_annealing_remember(struct ganger_annealing *annealing,
                               const struct ganger_population *population,
                               enum ganger_direction direction);
/* Before a round, on one thread: starts the next cycle if it is due, and freezes. False: memory. */
bool ganger_annealing_prepare(struct ganger_annealing *annealing);
/* The share of one of `workers` logical workers; the breeder holds its random numbers. */
void ganger_annealing_work(struct ganger_annealing *annealing, struct ganger_breeder *breeder,
                           int32_t worker, int32_t workers);
/* After a round, on one thread: elders are remembered when the cycle ends. False: memory. */
bool ganger_annealing_finish(struct ganger_annealing *annealing);

#endif
