/*
 * A population of schedules of one direction, as plain arrays; row i belongs to member i.
 */
#ifndef GANGER_MAKESPAN_POPULATION_H
#define GANGER_MAKESPAN_POPULATION_H

#include "makespan/model.h"

/* Of the cost: a period where works have several modes (else 1), and what no sound schedule costs. */
enum { GANGER_POPULATION_SCALE = 64 };
#define GANGER_POPULATION_UNSOUND (INT64_C(1) << 40)

struct ganger_population {
    int32_t size, works;
    int32_t *start; /* [size * works] in the direction's own time */
    int32_t
        *mode; /* [size * works] of the model; NULL when works have one mode each: see modes() */
    int32_t *makespan; /* [size] INT32_MAX: no schedule */
    /* [size] what selection compares: makespan; where works have several modes, less than that, the energy of the
     * modes; and far above both any excess */
    int64_t *cost;
    uint64_t *hash; /* [size] of starts and modes, where they were signed */
    void *block;    /* what they lie in */
};

struct ganger_population *ganger_population_create(const struct ganger_makespan_model *model,
                                                   int32_t size);
void ganger_population_destroy(struct ganger_population *population);
/* The modes of a member by work; when each work has one mode that is model->first_mode. */
const int32_t *ganger_population_modes(const struct ganger_population *population,
                                       const struct ganger_makespan_model *model, int32_t member);
void ganger_population_copy(struct ganger_population *to, int32_t at,
                            const struct ganger_population *from, int32_t member);
/* Turns a member round: the same schedule seen from the other end of time, where time has one. */
void ganger_population_turn(struct ganger_population *population,
                            const struct ganger_makespan_model *model, int32_t member);
/* Is the member a schedule that takes no more of the consumables than there is? */
bool ganger_population_sound(const struct ganger_population *population, int32_t member);
/* Fills the cost of a member from its modes and makespan. */
void ganger_population_rate(struct ganger_population *population,
                            const struct ganger_makespan_model *model, int32_t member);
/* Fills the hash of a member from its starts and modes. */
void ganger_population_sign(struct ganger_population *population,
                            const struct ganger_makespan_model *model, int32_t member);

#endif
