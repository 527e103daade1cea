/* A plan after the relaxation: works that it does, in the order in which it starts them. */
#ifndef GANGER_SEARCH_FOLLOW_H
#define GANGER_SEARCH_FOLLOW_H

#include "search/archipelago.h"

/* Fills the empty schedule of an island that sketches and has hints: first what must be done and what the relaxation does
 * to at least the share `least`, as early as it can be from about the relaxation's start on; then what else pays. False
 * if memory is short. */
bool ganger_follow(struct ganger_island *island, double least);
/* All islands sketch on the outlook: the first with the plan that it holds, each other with one that follows the relaxation
 * from the empty schedule, the more closely the later it comes. The number of the best by the outlook, or GANGER_NONE if
 * memory is short. */
int32_t ganger_follow_all(struct ganger_archipelago *archipelago,
                          const struct ganger_outlook *outlook,
                          const struct ganger_schedule *empty);

#endif
