/*
 * The search: islands of local search in deterministic rounds, and the relaxation that bounds them.
 *
 * The result is a function of problem, seed and ticks. Threads only change how long a round takes; the
 * time limit only chooses after which round to stop.
 */
#ifndef GANGER_SEARCH_SEARCH_H
#define GANGER_SEARCH_SEARCH_H

#include "base/status.h"
#include "relax/relaxation.h"
#include "search/haulage.h"
#include "search/moves.h"

struct ganger_search_trace {
    double time_s, value, bound;
    int64_t ticks, rounds;
};

/* Periods told apart by the works that are at work in them: arrays as struct ganger_prices of plan/plan.h has them. */
struct ganger_search_states {
    int32_t pays, states, arcs;
    int32_t *pay_work, *pay_period;
    double *work;
    int32_t *state_period, *state_work, *state_first_arc, *state_arc;
    double *passage;
};

struct ganger_search_result {
    ganger_outcome outcome;
    struct ganger_search_model *model;
    struct ganger_schedule *best; /* NULL if none was found */
    struct ganger_value value;    /* of best */
    double bound;
    struct ganger_relaxation
        *relaxation;       /* holds the prices that prove the bound; or NULL, and then */
    double *segment_price; /* [boundaries * segments * 2] are all that are not 0, beside */
    struct ganger_search_states states; /* these; all NULL if there are none */
    struct ganger_path_pool
        paths; /* found useful: a start for solving the plan's boundaries again */
    struct ganger_haulage
        haulage; /* the best plan's traffic, if the network is large; else empty */
    double first_value, first_time_s;
    int64_t ticks, rounds;
    int64_t pace; /* ticks that it was planned for, as far as was known; 0: not yet */
    double wall_s;
    int threads;
    int32_t trace_rows;
    struct ganger_search_trace *trace;
    struct ganger_statistics statistics;
};

/* Runs until a limit, a stop request or a proof. Some of the time limit is left unused, for building and
 * refereeing the plan. */
ganger_status ganger_search_run(const struct ganger_problem *problem,
                                const struct ganger_options *options,
                                struct ganger_search_result *result,
                                struct ganger_findings *findings);
/* The same, in the way for large networks (search/large.h) or not. */
ganger_status ganger_search_run_as(const struct ganger_problem *problem,
                                   const struct ganger_options *options, bool large,
                                   struct ganger_search_result *result,
                                   struct ganger_findings *findings);
void ganger_search_states_clear(struct ganger_search_states *states);
void ganger_search_result_clear(struct ganger_search_result *result);

#endif
