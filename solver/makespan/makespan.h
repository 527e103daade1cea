/*
 * The search for the least makespan.
 *
 * Result = f(problem, seed, work budget): rounds of a constant number of logical workers on a frozen
 * population, merged in order. Threads only change how long a round takes; the time limit only chooses after
 * which round to stop.
 */
#ifndef GANGER_MAKESPAN_MAKESPAN_H
#define GANGER_MAKESPAN_MAKESPAN_H

#include "base/status.h"
#include "instance/problem.h"

struct ganger_makespan_trace {
    double time_s, value, bound;
    int64_t ticks, rounds;
};

struct ganger_makespan_result {
    ganger_outcome outcome;
    int32_t *start,
        *mode; /* [works] by the problem's numbers; mode: index into problem->modes; NULL: none */
    int32_t makespan, bound; /* bound is proven, by chains, energy or exhausted search */
    int32_t critical_path;
    double first_value, first_time_s;
    int64_t ticks, rounds, schedules;
    int64_t pace; /* ticks that the search was planned for; 0: it ended before that was known */
    double wall_s;
    int threads;
    int32_t trace_rows;
    struct ganger_makespan_trace *trace;
};

/* Runs until a limit, a stop request or a proof. GANGER_STATUS_INPUT_INVALID with a finding when the problem
 * has rules that this search does not know. */
ganger_status ganger_makespan_run(const struct ganger_problem *problem,
                                  const struct ganger_options *options,
                                  struct ganger_makespan_result *result,
                                  struct ganger_findings *findings);
void ganger_makespan_result_clear(struct ganger_makespan_result *result);

#endif
