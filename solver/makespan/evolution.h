/*
 * The rounds of the search: breeding to open with; then, as soon as the pace is known, breeding to nearly the
 * end if the pace is short for so many works, or else annealing, which is better the more time there is.
 *
 * A round is a generation, or some steps of annealing: logical workers do their shares on their own.
 */
#ifndef GANGER_MAKESPAN_EVOLUTION_H
#define GANGER_MAKESPAN_EVOLUTION_H

#include "makespan/annealing.h"
#include "makespan/breeding.h"
#include "makespan/polish.h"

enum {
    GANGER_EVOLUTION_WORKERS = 16,
    GANGER_EVOLUTION_WARM_UP = 16,
    GANGER_EVOLUTION_SHORT_WARM_UP = 5
};

struct ganger_evolution {
    const struct ganger_makespan_model *model;
    uint64_t seed;
    int threads;
    struct ganger_breeder *breeder[GANGER_EVOLUTION_WORKERS];
    struct ganger_breeding breeding;
    int64_t bred_from, bred_to; /* of the breeding for the pace, in ticks */
    struct ganger_annealing annealing;
    struct ganger_polish *polish; /* NULL before its stage */
    int64_t polish_end;           /* in ticks */
    bool laps;                    /* have begun: times are in own ticks, without those of proof */
    /* The caller's: schedules are counted, so nothing else should find any, nor is speed measured. */
    bool counted;
    enum {
        GANGER_EVOLUTION_OPENING,  /* breeding */
        GANGER_EVOLUTION_PILOTS,   /* short cycles of annealing, until the pace is known */
        GANGER_EVOLUTION_BREEDING, /* for the pace */
        GANGER_EVOLUTION_COOLING,  /* annealing, to nearly the pace, */
        GANGER_EVOLUTION_POLISHING /* and what is left of it; then both again and again */
    } stage;
    int64_t rounds, schedules;
    /* The best schedule so far, forward, in the model's numbers. */
    int32_t *start, *mode; /* [works] */
    int32_t makespan;      /* INT32_MAX before the first */
};

struct ganger_evolution *ganger_evolution_create(const struct ganger_makespan_model *model,
                                                 uint64_t seed, int threads);
void ganger_evolution_destroy(struct ganger_evolution *evolution);
/* Where what is planned for the pace begins: at a sixteenth of it (GANGER_EVOLUTION_WARM_UP), or up to a fifth
 * (GANGER_EVOLUTION_SHORT_WARM_UP) if that is little work. Never falls as the pace rises. Where schedules are
 * counted it is always a sixteenth. */
int64_t ganger_evolution_warm_up(int64_t pace);
/* Whether the last round was one of annealing. */
bool ganger_evolution_anneals(const struct ganger_evolution *evolution);
/* Whether breeding to nearly the end finds better plans within the pace than annealing does. */
bool ganger_evolution_breeds(const struct ganger_evolution *evolution, int64_t pace);
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
