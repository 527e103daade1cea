/* Putting works back: the greedy half of every larger move, and of the first plan. */
#ifndef GANGER_SEARCH_RECREATE_H
#define GANGER_SEARCH_RECREATE_H

#include "search/island.h"

struct ganger_recreate_style {
    double blink; /* chance of overlooking a start */
    bool early;   /* works that others wait for are finished as soon as they can be */
    bool
        force; /* works are placed even where the estimate says that they do not pay by themselves */
};

/* Within a trial: places each of `works`, in order, where the estimate is best, if it pays or must be done;
 * goes round again while a work that had no start may have got one (rails, predecessors). */
void ganger_recreate(struct ganger_island *island, const int32_t *works, int32_t count,
                     struct ganger_recreate_style style);

#endif
