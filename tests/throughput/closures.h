/* Random problems in which works only close lines for a while and freight goes from one place to another. */
#ifndef GANGER_TESTS_THROUGHPUT_CLOSURES_H
#define GANGER_TESTS_THROUGHPUT_CLOSURES_H

#include "support/tiny.h"

/* A ring of 5 nodes with chords; links of four segments, some worn; works with windows, one or two modes, some
 * with a calendar or a due date, some two on one link; a discount rate and volumes that change. */
struct ganger_problem *closures_draw(struct ganger_rng *rng, int periods, int works);

#endif
