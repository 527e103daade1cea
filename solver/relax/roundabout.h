/*
 * Openers that come about only by way of the work that waits for them.
 *
 * Along a line that is led to at one end only, each segment has two neighbours, but the one farther on brings no rails to
 * it: it waits for them itself. With both of them in its row, works done in parts would lead rails to each other in a ring.
 */
#ifndef GANGER_RELAX_ROUNDABOUT_H
#define GANGER_RELAX_ROUNDABOUT_H

#include "relax/orders.h"

/* Marks in keep[entries of the rows' openers] all but those that can not be finished before the row's waiter begins, by
 * other rows of rails and by precedences; all of a row that would lose the last one. False if memory is short. */
bool ganger_orders_mark_ways(const struct ganger_orders *orders, bool *keep);

#endif
