/*
 * A sketch: every island anneals, from the plan it holds, towards one that is better by an outlook. Then the traffic of
 * what it found is solved; what is worse than before is kept nonetheless: islands differ.
 *
 * A sketch is cut into legs, and limits are asked for after each. One that ends there cools down at once and has the best
 * plan by the outlook solved, on all islands: so what was sketched is not lost, whenever a limit comes.
 */
#ifndef GANGER_SEARCH_SKETCH_H
#define GANGER_SEARCH_SKETCH_H

#include "search/archipelago.h"
#include "search/regions.h"

struct ganger_sketch_style {
    const struct ganger_outlook *outlook;
    int64_t ticks; /* of each island that anneals */
    /* So many islands anneal, if there are more; the others then hold the same plans as these. 0: all. Not for regions. */
    int lines;
    double hot;  /* temperature to begin with, a share of the programme's cost */
    double cold; /* and to end with; 0: the usual */
    /* Islands begin with one plan and anneal each in a region of its own; what they changed is merged (merge.h), and all
     * hold the outcome. NULL: each on its own, with all works. */
    const struct ganger_regions *regions;
    /* Asked after each leg, with the ticks that are spent by then: true ends the sketch there. To bring it to its end
     * takes about so many more ticks. NULL: never. */
    bool (*over)(void *context, int64_t rest);
    void *context;
};

/* Interrupted: it ended at a leg. What came after that leg is not counted, so that the ticks are a limit that ends the
 * sketch at the same leg again. */
enum ganger_round_end ganger_sketch_run(struct ganger_archipelago *archipelago,
                                        struct ganger_sketch_style style, int64_t *ticks);

/* From now on the island's plan is judged by the outlook. */
void ganger_sketch_begin(struct ganger_island *island, const struct ganger_outlook *outlook);

#endif
