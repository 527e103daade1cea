/*
 * First two populations, of schedules pushed to the left and to the right, that breed each other, which is
 * best at the beginning; then cycles of annealing, which are better for as long as there is time.
 *
 * A round is a generation, or some steps of annealing: logical workers do their shares on their own. The
 * young of a generation take their slots in order, if they are no worse than who was there and nobody like
 * them is in the population.
 */
#ifndef GANGER_MAKESPAN_EVOLUTION_H
#define GANGER_MAKESPAN_EVOLUTION_H

#include "makespan/annealing.h"

enum {
    GANGER_EVOLUTION_WORKERS = 16,
    GANGER_EVOLUTION_WARM_UP = 10,
    GANGER_EVOLUTION_SHORT_WARM_UP = 5
};

struct ganger_evolution {
    const struct ganger_makespan_model *model;
    uint64_t seed;
    int threads;
    struct ganger_population *parents[2]; /* by direction; NULL before the first generation */
    struct ganger_population *young;
    struct ganger_breeder *breeder[GANGER_EVOLUTION_WORKERS];
    enum ganger_direction direction; /* of the parents that breed next */
    int32_t size;
    int32_t idle_rounds;
    bool annealed; /* breeding is over */
    bool cooled;   /* the cycle of annealing that the pace is for has begun */
    struct ganger_annealing annealing;
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
/* Where the cycle of annealing begins that ends at the pace: at a tenth of it (GANGER_EVOLUTION_WARM_UP), or
 * up to a fifth (GANGER_EVOLUTION_SHORT_WARM_UP) if that is little work. Never falls as the pace rises. */
int64_t ganger_evolution_warm_up(int64_t pace);
/* The least pace whose warm-up is not over at `now`. */
int64_t ganger_evolution_least_pace(int64_t now);
/* One round. `now` is the work done so far in ticks, this search's and others'; `pace` the work that the whole
 * search should be planned for, 0 while that is unknown: it must be known, if ever, before `now` reaches
 * ganger_evolution_warm_up(pace), and changes nothing until then. False if memory is short. */
bool ganger_evolution_round(struct ganger_evolution *evolution, int64_t now, int64_t pace);
/* Takes in a better schedule found elsewhere (forward, the model's numbers). */
void ganger_evolution_adopt(struct ganger_evolution *evolution, const int32_t *start,
                            const int32_t *mode, int32_t makespan);

#endif
