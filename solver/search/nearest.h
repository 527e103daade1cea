/* Where no plan was found: what the nearest thing to one lacks. */
#ifndef GANGER_SEARCH_NEAREST_H
#define GANGER_SEARCH_NEAREST_H

#include "search/archipelago.h"

/* Adds a note for each mandatory work that the island which misses least leaves out, and for each hard target that it
 * misses. None if no island has done anything. */
void ganger_search_note_nearest(const struct ganger_archipelago *archipelago,
                                struct ganger_findings *findings);

#endif
