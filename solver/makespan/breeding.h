/*
 * Two populations, of schedules pushed to the left and to the right, that breed each other.
 *
 * Most young are children of two, some are stirred. They take their slots in order, if nobody like them is in the
 * population and they are no worse than who was there, or by chance, the less likely the colder.
 */
#ifndef GANGER_MAKESPAN_BREEDING_H
#define GANGER_MAKESPAN_BREEDING_H

#include "makespan/breeder.h"

struct ganger_breeding {
    const struct ganger_makespan_model *model;
    struct ganger_population *parents[2]; /* by direction; NULL before their first generation */
    struct ganger_population *seeds;      /* forward, of a smaller population; NULL: none */
    struct ganger_population *young;
    enum ganger_direction direction; /* of the parents that breed next */
    int32_t size;
    int32_t idle_rounds;
    double temperature; /* in periods of makespan; 0: whoever is worse takes no slot */
    uint64_t *seen;     /* hash table of the members of a population */
    int32_t seen_room;
};

/* A population fit for the opening, before the pace is known. False if memory is short. */
bool ganger_breeding_init(struct ganger_breeding *breeding,
                          const struct ganger_makespan_model *model);
void ganger_breeding_clear(struct ganger_breeding *breeding);
/* More room, if so many schedules are better spent on more members. False if memory is short. */
bool ganger_breeding_enlarge(struct ganger_breeding *breeding, double schedules);
/* The share of one of `workers` logical workers in a generation; the breeder holds its random numbers. */
void ganger_breeding_work(struct ganger_breeding *breeding, struct ganger_breeder *breeder,
                          int32_t worker, int32_t workers);
/* The direction of the young. */
enum ganger_direction ganger_breeding_target(const struct ganger_breeding *breeding);
/* Cools with progress from 0 to 1, where no worse young is let in. */
void ganger_breeding_cool(struct ganger_breeding *breeding, double progress);
/* After a generation: the young take their slots. False if memory is short. */
bool ganger_breeding_settle(struct ganger_breeding *breeding, struct ganger_rng *rng);

#endif
