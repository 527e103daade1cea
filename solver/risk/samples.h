/*
 * All samples of a plan, made on any number of threads with the same result: a fixed number of logical workers, each
 * with samples of its own.
 */
#ifndef GANGER_RISK_SAMPLES_H
#define GANGER_RISK_SAMPLES_H

#include "risk/world.h"

/* Boundaries are GANGER_NEVER where something is not done within the world's horizon. */
struct ganger_risk_samples {
    const struct ganger_risk_world *world;
    int32_t count;
    int32_t *finish;    /* [count] of the last work */
    int32_t *reached;   /* [targets * count] when a target's km are done */
    double *missing_km; /* [targets * count] at its date */
    /* [works] number of samples in which the work is on the chain that decides the finish, when a target is reached,
     * or either; and in which it misses its deadline. */
    int32_t *decides_finish, *decides_target, *decides, *late;
};

/* NULL if memory is short. Borrows the world. */
struct ganger_risk_samples *ganger_risk_samples_create(const struct ganger_risk_world *world);
void ganger_risk_samples_destroy(struct ganger_risk_samples *samples);

#endif
