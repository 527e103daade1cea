/* What a search tells while it runs: the best plan so far, a trace of how it came about, and progress to the caller. */
#ifndef GANGER_SEARCH_JOURNAL_H
#define GANGER_SEARCH_JOURNAL_H

#include "search/search.h"

struct ganger_journal {
    const struct ganger_problem *problem;
    const struct ganger_options *options;
    struct ganger_search_result *result;
    double begin_s, last_sign_s;
    int32_t trace_room;
};

void ganger_journal_begin(struct ganger_journal *journal, const struct ganger_problem *problem,
                          const struct ganger_options *options,
                          struct ganger_search_result *result);
double ganger_journal_elapsed(const struct ganger_journal *journal);

/* Copies the plan into the result if it is feasible and better than what is there; true if it was. */
bool ganger_journal_take(struct ganger_journal *journal, const struct ganger_schedule *schedule,
                         struct ganger_value value);
/* Adds a row to the trace and reports it: 'C' constructed, 'S' search, 'B' bound. */
void ganger_journal_trace(struct ganger_journal *journal, char source);
/* Reports without news if it was quiet for long. */
void ganger_journal_sign(struct ganger_journal *journal);

/* True if the bound proves the best plan. */
bool ganger_journal_proven(const struct ganger_journal *journal);
/* True if the user ends the solve. */
bool ganger_journal_stopped(const struct ganger_journal *journal);

#endif
