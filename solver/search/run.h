/* A solve under way, as its drivers see it: search.c, and large.c for large networks. */
#ifndef GANGER_SEARCH_RUN_H
#define GANGER_SEARCH_RUN_H

#include "search/archipelago.h"
#include "search/journal.h"
#include "search/sketch.h"

struct ganger_run {
    const struct ganger_problem *problem;
    const struct ganger_options *options;
    struct ganger_search_result *result;
    struct ganger_archipelago *archipelago;
    struct ganger_relaxation_hint *hint; /* [works] */
    double time_limit_s;
    bool relaxing;   /* the relaxation can make further steps */
    int64_t relaxed; /* its ticks */
    double share;    /* of all work, that goes to the relaxation after its head start */
    struct ganger_journal journal;
};

double ganger_run_elapsed(const struct ganger_run *run);
/* Keeps the plan if it is feasible and better than the best. */
bool ganger_run_take(struct ganger_run *run, const struct ganger_schedule *schedule,
                     struct ganger_value value);
/* Adds a row to the trace and reports it. */
void ganger_run_trace(struct ganger_run *run, char source);
/* After a round: reports that the plan got better, or now and then that the solve goes on. */
void ganger_run_collected(struct ganger_run *run, bool better);
/* A step of the relaxation; false if it was broken off or memory is short. */
bool ganger_run_relax(struct ganger_run *run);
/* Steps of the relaxation until it has had its share of all work. */
void ganger_run_relax_share(struct ganger_run *run);
/* A sketch within the limits, and its plans taken. One that a limit ended counts as a round. */
enum ganger_round_end ganger_run_sketch(struct ganger_run *run, struct ganger_sketch_style style);
/* The user ends the solve. A time limit does not break off the founding: a plan comes first. `context` is the run. */
bool ganger_run_stopped(void *context);
/* Time or the user ends the solve. */
bool ganger_run_interrupted(void *context);
/* Interrupted, proven, or all ticks are spent. */
bool ganger_run_over(struct ganger_run *run);
/* Ticks that the search is planned for: what was asked for, or what fits into the time limit at the speed so far. */
int64_t ganger_run_pace(const struct ganger_run *run);

#endif
