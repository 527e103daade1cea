/*
 * Polishing: windows of the best schedules, solved anew by a constraint solver.
 *
 * In a round each logical worker takes a member of a population, justifies it to the right and to the left,
 * and asks for a shorter one that differs within a window of time only, or, in every other round, in the modes of
 * some works and in any starts. What is found takes the member's place. Windows become larger while most are decided
 * within their ticks, and smaller while most are not.
 */
#ifndef GANGER_MAKESPAN_POLISH_H
#define GANGER_MAKESPAN_POLISH_H

#include "makespan/breeder.h"
#include "makespan/window.h"

struct ganger_polish {
    const struct ganger_makespan_model *model;
    struct ganger_makespan_tables tables;
    int32_t workers;
    struct ganger_window **window;    /* [workers] */
    struct ganger_population *early;  /* [workers] to the left */
    struct ganger_population *late;   /* [workers] to the right, in forward time */
    struct ganger_population *better; /* [workers] what was found */
    struct ganger_polish_report {
        int32_t member; /* of the population; GANGER_NONE: it was no schedule */
        enum ganger_cp_outcome outcome;
        ganger_status status;
        int64_t ticks;
    } * report;    /* [workers] of the round */
    double size;   /* works of a window */
    double open;   /* works whose modes are open */
    uint8_t *held; /* [workers * works] those whose modes are not */
    int64_t rounds;
    int64_t ticks; /* spent so far */
};

/* Whether rounds of so many workers are a good use of `ticks` when `so_far` ticks of search are over: works have
 * several modes - with one each, annealing does as well -, and the search had time to get stuck. */
bool ganger_polish_pays(const struct ganger_makespan_model *model, int64_t so_far, int64_t ticks,
                        int32_t workers);
/* NULL if memory is short. */
struct ganger_polish *ganger_polish_create(const struct ganger_makespan_model *model,
                                           int32_t workers);
void ganger_polish_destroy(struct ganger_polish *polish);
/* The share of one logical worker in a round on forward schedules; the breeder holds its random numbers. */
void ganger_polish_work(struct ganger_polish *polish, struct ganger_breeder *breeder,
                        const struct ganger_population *members, int32_t worker);
/* After a round: what was found takes its place. False if memory was short. */
bool ganger_polish_settle(struct ganger_polish *polish, struct ganger_population *members);

#endif
