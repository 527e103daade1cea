/* Putting works back: the greedy half of every larger move, and of the first plan. */
#ifndef GANGER_SEARCH_RECREATE_H
#define GANGER_SEARCH_RECREATE_H

#include "search/island.h"

/* Within a trial: places each of `works`, in order, where the estimate is best, if it pays or must be done;
 * goes round again while a work that had no start may have got one (rails, predecessors). With `early`,
 * works that others wait for are finished as soon as they can be. */
void ganger_recreate(struct ganger_island *island, const int32_t *works, int32_t count,
                     double blink, bool early);

#endif
