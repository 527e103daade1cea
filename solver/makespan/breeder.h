/*
 * Making new schedules out of a population: lists by priority rules or by crossover, generated in groups.
 *
 * A breeder is the scratch of one logical worker. Its random numbers are the caller's stream.
 *
 * Crossover by intervals (after Debels and Vanhoucke, INFORMS J. Computing 2007, and the dense blocks of
 * Goncharov): the child does what the father does within an interval of time where the father uses the
 * renewables well; before and after, it takes works in the mother's order. Parents are schedules of one
 * direction, the child is generated in the other: each generation also justifies.
 */
#ifndef GANGER_MAKESPAN_BREEDER_H
#define GANGER_MAKESPAN_BREEDER_H

#include "base/rng.h"
#include "makespan/population.h"

struct ganger_breeder {
    const struct ganger_makespan_model *model;
    struct ganger_rng rng;
    struct ganger_serial_job jobs[GANGER_SERIAL_GROUP];
    int32_t *list[GANGER_SERIAL_GROUP]; /* [works] each */
    int32_t *key;                       /* [works] */
    int32_t *count;                     /* [3 * (periods + 1) + 2] of the sort */
    int64_t *energy;                    /* [periods + 2] of the father before each time */
    int64_t *used;                      /* [consumables] */
    int64_t schedules;
};

struct ganger_breeder *ganger_breeder_create(const struct ganger_makespan_model *model);
void ganger_breeder_destroy(struct ganger_breeder *breeder);

/* Fills members first .. last-1 of `young` with forward schedules from sampled priority lists. */
void ganger_breeder_sample(struct ganger_breeder *breeder, struct ganger_population *young,
                           int32_t first, int32_t last);

/* Fills members first .. last-1 of `young`, of the other direction than `parents`; the mother of a child is
 * the member of the same number. */
void ganger_breeder_cross(struct ganger_breeder *breeder, const struct ganger_population *parents,
                          enum ganger_direction direction, struct ganger_population *young,
                          int32_t first, int32_t last);

#endif
