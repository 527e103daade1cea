/*
 * Rounds of attempts to fill a makespan one less than the best (`filler.h`), where the renewables leave it little
 * slack: such schedules are hard to come by from longer ones, which may idle.
 */
#ifndef GANGER_MAKESPAN_FILLING_H
#define GANGER_MAKESPAN_FILLING_H

#include "makespan/filler.h"

enum { GANGER_FILLING_WORKERS = 4 };

struct ganger_filling {
    const struct ganger_makespan_model *model;
    uint64_t seed;
    struct ganger_makespan_tables tables;
    struct ganger_fill_prices prices;
    struct ganger_fill_task task[2]; /* by direction, for one target */
    struct ganger_filler *filler[GANGER_FILLING_WORKERS];
    struct ganger_rng rng[GANGER_FILLING_WORKERS];
    struct ganger_fill_outcome outcome[GANGER_FILLING_WORKERS];
    bool suits;
    int32_t target;                    /* GANGER_NONE before the first */
    int64_t rounds, ticks, last_ticks; /* last_ticks: of a round */
    /* The last round's, in the model's numbers: a view; NULL: none found. */
    const int32_t *start, *mode;
    int32_t makespan;
};

/* NULL if memory is short. */
struct ganger_filling *ganger_filling_create(const struct ganger_makespan_model *model,
                                             uint64_t seed);
void ganger_filling_destroy(struct ganger_filling *filling);
/* Whether a schedule shorter than `makespan` would have to be so full that rounds are worth their ticks. */
bool ganger_filling_pays(const struct ganger_filling *filling, int32_t makespan);
/* Ticks that will be spent after one more round, about. */
int64_t ganger_filling_next(const struct ganger_filling *filling, int32_t makespan);
/* One round: an attempt of each worker. False if memory is short. */
bool ganger_filling_round(struct ganger_filling *filling, int32_t makespan, int threads);

#endif
