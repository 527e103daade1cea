/*
 * Steps of annealing: a group of members, each of which makes child after child at its own pace, side by side.
 *
 * Children are generated in either direction of time by turns, so that they are justified too. A child may end up to so
 * much later than its mother as the temperature allows; generation stops as soon as it cannot keep that. Where the
 * mother was generated in the same direction, her own list would bring her back: so the child is as she is up to what
 * was moved in the list, and after that too if nothing that was moved starts at another time.
 */
#ifndef GANGER_MAKESPAN_STEPS_H
#define GANGER_MAKESPAN_STEPS_H

#include "makespan/breeder.h"

/* What a member is between rounds, beside its schedule. */
struct ganger_steps_member {
    uint8_t target;    /* direction of the next child, enum ganger_direction */
    uint8_t generated; /* that of the schedule itself, or GANGER_STEPS_UNKNOWN */
};
enum { GANGER_STEPS_UNKNOWN = 2 };

struct ganger_steps {
    const struct ganger_makespan_model *model;
    struct ganger_population *members;      /* forward before and after */
    struct ganger_steps_member *state;      /* of all members */
    const struct ganger_population *frozen; /* fathers, forward; */
    const struct ganger_population *elders; /* half of them from here, NULL: none */
    double father;                          /* share of children that have one */
    double temperature;                     /* in periods */
};

/* Makes `count` children of the members first .. first + GANGER_SERIAL_GROUP - 1, all of which have a schedule. */
void ganger_steps_make(const struct ganger_steps *steps, struct ganger_breeder *breeder,
                       int32_t first, int32_t count);

#endif
