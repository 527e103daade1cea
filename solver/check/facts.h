/*
 * The referee's own reading of the instance: everything the rules need that follows from the given parts,
 * derived here a second time so that a slip in the problem's derived parts does not pass unseen.
 */
#ifndef GANGER_CHECK_FACTS_H
#define GANGER_CHECK_FACTS_H

#include "instance/problem.h"

struct ganger_facts {
    const struct ganger_problem *problem;
    int32_t periods;
    double *disc; /* [periods+1] discount factor at the boundary */
    double *
        weight; /* [periods+1] years times discount; at the last boundary the years after the horizon */
    int32_t *productivity; /* [(calendars+1) * periods]; row 0: always 100 */
    int64_t *worked;       /* [(calendars+1) * (periods+1)] productivity before the boundary */
    int32_t renewables;
    int32_t *renewable_of;       /* [resources] 0 .. renewables-1, GANGER_NONE for a consumable */
    double *limit;               /* [renewables * periods] */
    int32_t windows;             /* rows of capacity.csv about a consumable, in file order */
    int32_t *window_row;         /* [windows] */
    int32_t *first_on, *work_on; /* CSR by segment: its works */
    double *link_cost;           /* [links] USD per tonne over the whole link */
    int32_t *volume_row;         /* [profile rows] by boundary; see ganger_facts_volume */
};

/* NULL if memory is short. */
struct ganger_facts *ganger_facts_create(const struct ganger_problem *problem);
void ganger_facts_destroy(struct ganger_facts *facts);

/* Row of productivity and worked for a work's calendar. */
int32_t ganger_facts_calendar(const struct ganger_facts *facts, int32_t work);
/* Least finish of a work of this duration started in `start`; periods+1 if it does not fit, or if `start`
 * is not a working period and the duration not 0. O(log periods). */
int32_t ganger_facts_finish(const struct ganger_facts *facts, int32_t work, int32_t duration,
                            int32_t start);
/* Health of a segment that was not renewed, at boundary t. */
double ganger_facts_worn(const struct ganger_facts *facts, int32_t segment, int32_t t);
/* True if km of this work's kind count for the target. */
bool ganger_facts_counts(const struct ganger_facts *facts, int32_t target, int32_t work);

/* Volumes of all demands, swept over t = 0, 1, ... : *next is 0 and volume zero before the first call. */
void ganger_facts_volume(const struct ganger_facts *facts, int32_t t, int32_t *next,
                         double *volume);

#endif
