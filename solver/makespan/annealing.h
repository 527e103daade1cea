/*
 * Simulated annealing on a small population of schedules.
 *
 * A cycle cools once, from its begin to its end, both in ticks; it has the more members the longer it is. In
 * each step a member makes a child, by stirring or, now and then, by a father's interval, by turns in either direction
 * of time (makespan/steps.h). In short cycles stirs reach the less far the colder it is. The child takes its place if it
 * is no worse, or by chance, the less likely the colder. A cycle starts afresh; in its second half the elders - members
 * that an earlier one ended with, or the best of several - may be fathers too, unless it is to be alone.
 */
#ifndef GANGER_MAKESPAN_ANNEALING_H
#define GANGER_MAKESPAN_ANNEALING_H

#include "makespan/steps.h"

enum { GANGER_ANNEALING_MOST = 1024 }; /* members */

struct ganger_annealing {
    const struct ganger_makespan_model *model;
    struct ganger_population *members,
        *frozen; /* NULL before a cycle; frozen: at the round's start */
    struct ganger_steps_member state[GANGER_ANNEALING_MOST]; /* of the members */
    struct ganger_population *elders; /* of cycles before, forward; NULL: none */
    bool gathered;                    /* the elders are the best of a cycle each */
    bool alone;                       /* the cycle has no elders for fathers */
    int64_t began, end;               /* of the cycle, in ticks */
    bool fresh;                       /* the members are yet to be sampled */
    bool counted;                     /* the caller's: schedules are counted, rounds are short */
    double progress;                  /* of the cycle, 0 to 1 */
    double warmth;                    /* of the cycle's beginning: 1 hot, 0 cold */
    double hot, cold, temperature;    /* in periods of makespan */
    double near;                      /* reach when the cycle is cold */
    double reach;                     /* of stirs, as a share of the makespan */
    double father;                    /* share of children that have one */
};

void ganger_annealing_init(struct ganger_annealing *annealing,
                           const struct ganger_makespan_model *model);
void ganger_annealing_clear(struct ganger_annealing *annealing);

/* Keeps members of a population as elders for the next cycle. False if memory is short. */
bool ganger_annealing_remember(struct ganger_annealing *annealing,
                               const struct ganger_population *population,
                               enum ganger_direction direction);
/* Keeps the best member of the cycle that ended as an elder beside those of earlier cycles that were gathered
 * so. False if memory is short. */
bool ganger_annealing_gather(struct ganger_annealing *annealing);
/* Starts a cycle that cools from `now` to `end`. False if memory is short. */
bool ganger_annealing_begin(struct ganger_annealing *annealing, int64_t now, int64_t end);
/* Starts a cycle that begins warm only, from the best members of a population. False if memory is short. */
bool ganger_annealing_begin_from(struct ganger_annealing *annealing, int64_t now, int64_t end,
                                 const struct ganger_population *population,
                                 enum ganger_direction direction);
/* Warms the members of the last cycle up again, half the way, and cools them until `end`. */
void ganger_annealing_reheat(struct ganger_annealing *annealing, int64_t now, int64_t end);
/* Before a round, on one thread: freezes the members and cools. */
void ganger_annealing_prepare(struct ganger_annealing *annealing, int64_t now);
/* The share of one of `workers` logical workers; the breeder holds its random numbers. */
void ganger_annealing_work(struct ganger_annealing *annealing, struct ganger_breeder *breeder,
                           int32_t worker, int32_t workers);

#endif
