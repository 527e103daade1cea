/*
 * The search for the most freight value where works only close lines for a while and all freight goes from one place
 * to another (line_up.h): annealing by heat bath on slices of time, and the prices that bound it.
 *
 * The result is a function of problem, seed, ticks and pace. Threads only change how long a round takes; the time
 * limit only chooses after which round to stop.
 */
#ifndef GANGER_THROUGHPUT_THROUGHPUT_H
#define GANGER_THROUGHPUT_THROUGHPUT_H

#include "search/search.h"

/* True if the problem is one that this search takes. */
bool ganger_throughput_applies(const struct ganger_problem *problem);

/* As ganger_search_run(); the result has segment_price instead of a relaxation. */
ganger_status ganger_throughput_run(const struct ganger_problem *problem,
                                    const struct ganger_options *options,
                                    struct ganger_search_result *result,
                                    struct ganger_findings *findings);

#endif
