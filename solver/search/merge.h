/* Putting together what islands changed, each in its own part of the programme. */
#ifndef GANGER_SEARCH_MERGE_H
#define GANGER_SEARCH_MERGE_H

#include "search/archipelago.h"

/* All islands began with the plan `base` and sketch on one outlook. Their changes are made one after another on island 0,
 * as far as they fit together; what does not is put where it is best. Where two islands moved a work, the first decides.
 * False if memory is short. O(islands * works + changes * periods). */
bool ganger_merge(struct ganger_archipelago *archipelago, const struct ganger_schedule *base);

#endif
