/*
 * The sketches of a solve whose periods are solved exactly: the first on what the relaxation expects, then, colder and
 * colder, on what is usual with the best plan so far. How many there are, how long, how hot and on how many islands at a time
 * follows from the pace and from what an outlook costs.
 */
#ifndef GANGER_SEARCH_SKETCHES_H
#define GANGER_SEARCH_SKETCHES_H

#include "search/run.h"

/* The pace, with fewer ticks if a time limit ends the solve and threads will idle while few islands anneal. */
int64_t ganger_sketches_pace(const struct ganger_run *run);
/* All sketches, at the result's pace. */
enum ganger_round_end ganger_sketches_run(struct ganger_run *run);

#endif
