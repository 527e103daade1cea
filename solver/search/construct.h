/* The first plan: works by what they are worth for what they cost, each where the estimate is best. */
#ifndef GANGER_SEARCH_CONSTRUCT_H
#define GANGER_SEARCH_CONSTRUCT_H

#include "search/island.h"

/* Fills the island's empty schedule. Its traffic still is that of the empty schedule afterwards: solve the
 * range anew. False if memory is short. */
bool ganger_construct(struct ganger_island *island);

#endif
