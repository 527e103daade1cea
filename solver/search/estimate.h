/*
 * Where to put a work: every allowed start of every mode is judged at once, by the price cuts (estimate.c) or, on a sketch,
 * by the outlook (prospects.h); choose.c takes the best.
 *
 * With the rest of the plan held, the traffic a work costs while it is active and earns once it is done
 * depends on t alone, so two running sums over t give the estimate of any start in O(1). The estimate is
 * optimistic (the cuts bound V from above) and knows cost, tardiness and targets exactly.
 */
#ifndef GANGER_SEARCH_ESTIMATE_H
#define GANGER_SEARCH_ESTIMATE_H

#include "search/island.h"

struct ganger_estimator {
    uint64_t *starts;   /* [words of periods] allowed and not overlooked */
    double *sum;        /* [periods] of a start: what it would bring */
    double *nothing;    /* [boundaries + 1] zeros */
    double *other;      /* [boundaries] the link's capacity but for the work's segment */
    double *active;     /* [boundaries + 1] running sum of what an active period changes */
    double *before;     /* [boundaries + 1] running sum of what the finished work would change */
    double *base;       /* [boundaries] least cut now, NaN until needed */
    double *capacity;   /* [boundaries] of the link, what is asked about */
    double *change;     /* [boundaries] of the traffic then */
    int64_t placements; /* starts judged so far */
    bool prepared;      /* what all modes of the present work need is known */
};

struct ganger_estimator *ganger_estimator_create(const struct ganger_search_model *model);
void ganger_estimator_destroy(struct ganger_estimator *estimator);

/* What is asked: an unplaced work, starts within [first, last], only `mode` or, if GANGER_NONE, any but
 * `not_mode`. `blink` is the chance of overlooking a start, which makes plans vary. */
struct ganger_question {
    int32_t work, first, last, mode, not_mode;
    double blink;
    bool early; /* least finish first, worth only between equals */
};

/* The best placement and its estimated gain over leaving the work out; false if no start is allowed. */
bool ganger_estimate_best(struct ganger_island *island, struct ganger_question question,
                          struct ganger_placement *best, double *gain);

/* The parts of it. What the starts of a mode from `first` to `last` bring by the price cuts, by their number; not km. The bits of
 * e->starts say which are asked about. */
const double *ganger_estimate_starts(struct ganger_island *island, int32_t mode, int32_t first,
                                     int32_t last);
/* What the targets pay for the work if it finishes by a boundary, and the earliest date of a target. */
double ganger_estimate_km(const struct ganger_island *island, int32_t work, int32_t finish);
int32_t ganger_estimate_first_target(const struct ganger_problem *problem);

#endif
