/*
 * Rows of rails from afar: a work on a line not built yet waits for one of the works through which all rails to it must
 * come, and for as long as building takes from there.
 *
 * With rows of neighbours alone works done in parts lead rails to each other: half of either neighbour is enough. Whichever
 * works part it from all rails that there are, one of them must be done, and long enough before.
 */
#ifndef GANGER_RELAX_RAILS_H
#define GANGER_RELAX_RAILS_H

#include "relax/orders.h"

/* Adds such rows behind those of neighbours, of which no opener waits for its waiter any more (roundabout.h); indices are to be
 * made afterwards. Lines
 * that are too long for it have fewer. False if memory is short. */
bool ganger_orders_add_far(struct ganger_orders *orders);

#endif
