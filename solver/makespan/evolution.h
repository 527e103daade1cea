/*
 * Two populations, of schedules pushed to the left and to the right, that breed each other.
 *
 * Epochs: a population breeds until nothing improves; then a new one, twice as large, starts afresh. A
 * generation is one round: logical workers fill their shares of the young, and the young take their slots in
 * order, if they are no worse than who was there and nobody like them is in the population.
 */
#ifndef GANGER_MAKESPAN_EVOLUTION_H
#define GANGER_MAKESPAN_EVOLUTION_H

#include "makespan/breeder.h"

enum { GANGER_EVOLUTION_WORKERS = 16 };

struct ganger_evolution {
    const struct ganger_makespan_model *model;
    uint64_t seed;
    int threads;
    struct ganger_population
        *parents[2]; /* by direction; NULL before the epoch's first generation */
    struct ganger_population *young;
    struct ganger_breeder *breeder[GANGER_EVOLUTION_WORKERS];
    enum ganger_direction direction; /* of the parents that breed next */
    int32_t size, epoch;
    int32_t epoch_rounds, idle_rounds;
    uint64_t *seen; /* hash table of the members of a population */
    int32_t seen_room;
    int64_t rounds, schedules;
    /* The best schedule so far, forward, in the model's numbers. */
    int32_t *start, *mode; /* [works] */
    int32_t makespan;      /* INT32_MAX before the first */
};

struct ganger_evolution *ganger_evolution_create(const struct ganger_makespan_model *model,
                                                 uint64_t seed, int threads);
void ganger_evolution_destroy(struct ganger_evolution *evolution);
/* One generation. False if memory is short. */
bool ganger_evolution_round(struct ganger_evolution *evolution);
/* Takes in a better schedule found elsewhere (forward, the model's numbers). */
void ganger_evolution_adopt(struct ganger_evolution *evolution, const int32_t *start,
                            const int32_t *mode, int32_t makespan);

#endif
