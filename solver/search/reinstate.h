/* The first plan of a solve that keeps an earlier one: that plan, as far as it fits, and what does not fit mended. */
#ifndef GANGER_SEARCH_REINSTATE_H
#define GANGER_SEARCH_REINSTATE_H

#include "search/island.h"

/* Fills the island's empty schedule with what the problem keeps of an earlier plan. A work that no longer fits goes to
 * the nearest start that does, in its mode if it can, and else is left to the search; where a mandatory work is left,
 * the first plan is constructed as usual. Traffic as after ganger_construct(). False if memory is short. */
bool ganger_search_reinstate(struct ganger_island *island);

#endif
