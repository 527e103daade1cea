/* Putting together what islands changed, each in its own part of the programme. */
#ifndef GANGER_SEARCH_MERGE_H
#define GANGER_SEARCH_MERGE_H

#include "search/archipelago.h"

/* All islands began with the plan `base` and sketch on one outlook. Island 0 gets the best one's plan, and then the
 * changes of the others, the better ones first: each island's as far as they fit, what does not where it is best, and only
 * if the plan gets better by the outlook; else those of either half of them, and so on. False if memory is short. O(islands * works + changes * periods). */
bool ganger_merge(struct ganger_archipelago *archipelago, const struct ganger_schedule *base);

#endif
