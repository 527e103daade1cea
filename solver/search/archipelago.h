/* The islands of a solve and what they share; used by the driver. */
#ifndef GANGER_SEARCH_ARCHIPELAGO_H
#define GANGER_SEARCH_ARCHIPELAGO_H

#include "search/moves.h"

enum ganger_round_end { GANGER_ROUND_DONE, GANGER_ROUND_INTERRUPTED, GANGER_ROUND_FAILED };

struct ganger_archipelago {
    const struct ganger_search_model *model;
    struct ganger_island *island[GANGER_ISLANDS_MOST];
    struct ganger_moves *moves[GANGER_ISLANDS_MOST];
    double temperature[GANGER_ISLANDS_MOST];
    struct ganger_cuts cuts; /* shared: what islands begin from after an exchange */
    uint64_t seed;
    int64_t round;
    int64_t turn_ticks;  /* each island's budget in a round */
    int64_t solve_ticks; /* of the last time that all solved a plan together */
    int threads;
    /* Asked by every island between moves, from its own thread: true ends the round, which then counts for
     * nothing. NULL: never. */
    bool (*interrupted)(void *context);
    void *interrupt_context;
};

struct ganger_archipelago *ganger_archipelago_create(const struct ganger_search_model *model,
                                                     uint64_t seed, int threads);
void ganger_archipelago_destroy(struct ganger_archipelago *archipelago);

/* Traffic of the empty schedule, and first cuts from it and from closing each link once; then the first
 * plan with its traffic, on every island. */
enum ganger_round_end ganger_archipelago_found(struct ganger_archipelago *archipelago,
                                               int64_t *ticks);
/* The traffic of the plan that all islands hold. */
enum ganger_round_end ganger_archipelago_solve(struct ganger_archipelago *archipelago,
                                               int64_t *ticks);
/* All islands take over the best one's plan. */
void ganger_archipelago_gather(struct ganger_archipelago *archipelago);
/* One round: every island searches on its own for turn_ticks. After an interrupted or failed round the
 * islands are of no further use. */
enum ganger_round_end ganger_archipelago_round(struct ganger_archipelago *archipelago,
                                               int64_t *ticks);
/* Between rounds: islands share cuts, and the worst islands take over the best one's plan. */
void ganger_archipelago_exchange(struct ganger_archipelago *archipelago);

/* How the last job of all islands ended, and the ticks of their turns. */
enum ganger_round_end ganger_archipelago_end_of(const struct ganger_archipelago *archipelago);
int64_t ganger_archipelago_spent(const struct ganger_archipelago *archipelago);
/* What all islands did so far. */
void ganger_archipelago_sum_up(const struct ganger_archipelago *archipelago,
                               struct ganger_statistics *statistics);

#endif
