/*
 * Which works may bring rails to a work after all: the referee's own reading.
 *
 * An opener that can itself only be built once the waiter is built, or begun, brings no rails to it. Left in a row it would
 * let works done in parts lead rails to each other.
 */
#ifndef GANGER_CHECK_WAYS_H
#define GANGER_CHECK_WAYS_H

#include "check/waits.h"

/* Strikes such openers out of their rows; a row that would lose its last one keeps them all. Seen are rows of rails and
 * precedences between works of one region of new line. False if memory is short. */
bool ganger_waits_strike(struct ganger_waits *waits, const struct ganger_problem *problem);

#endif
