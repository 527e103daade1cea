/* A plan after the relaxation: works that it does, in the order in which it starts them. */
#ifndef GANGER_SEARCH_FOLLOW_H
#define GANGER_SEARCH_FOLLOW_H

#include "search/island.h"

/* Fills the empty schedule of an island that sketches and has hints: first what must be done and what the relaxation does
 * to at least the share `least`, as early as it can be from about the relaxation's start on; then what else pays. False
 * if memory is short. */
bool ganger_follow(struct ganger_island *island, double least);

#endif
