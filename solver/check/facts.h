/*
 * The referee's own reading of the instance: everything the rules need that follows from the given parts,
 * derived here a second time so that a slip in the problem's derived parts does not pass unseen.
 */
#ifndef GANGER_CHECK_FACTS_H
#define GANGER_CHECK_FACTS_H

#include "base/fixed.h"
#include "check/waits.h"

/* Reals that follow from the instance lie between two integers: low <= real <= high. */
struct ganger_facts {
    const struct ganger_problem *problem;
    int32_t periods;
    bool lost; /* some number is beyond exact arithmetic: nothing below is to be believed */
    int64_t *disc_low, *disc_high; /* [periods+1] discount factor at the boundary, ratio bits */
    /* [periods+1] years times discount, weight bits; at the last boundary the years after the horizon */
    int64_t *weight_low, *weight_high;
    int32_t *productivity; /* [(calendars+1) * periods]; row 0: always 100 */
    int64_t *worked;       /* [(calendars+1) * (periods+1)] productivity before the boundary */
    int32_t renewables;
    int32_t *renewable_of;       /* [resources] 0 .. renewables-1, GANGER_NONE for a consumable */
    int64_t *limit;              /* [renewables * periods] */
    int32_t windows;             /* rows of capacity.csv about a consumable, in file order */
    int32_t *window_row;         /* [windows] */
    int32_t *first_on, *work_on; /* CSR by segment: its works */
    uint64_t *earlier; /* [works] bit i: work i of its segment is finished whenever it begins */
    struct ganger_waits waits; /* for rails */
    /* [links] USD per tonne over the whole link */
    ganger_wide *link_cost_low, *link_cost_high;
    int32_t *volume_row;                   /* [profile rows] by boundary; see ganger_facts_volume */
    ganger_wide *volume_low, *volume_high; /* [profile rows] in file order */
};

/* NULL if memory is short. */
struct ganger_facts *ganger_facts_create(const struct ganger_problem *problem);
void ganger_facts_destroy(struct ganger_facts *facts);

/* Row of productivity and worked for a work's calendar. */
int32_t ganger_facts_calendar(const struct ganger_facts *facts, int32_t work);
/* True if the i-th work of a segment is finished whenever `work`, on the same segment, begins; of the first 64 of them. */
static inline bool ganger_facts_earlier(const struct ganger_facts *facts, int32_t work, int32_t i)
{
    return i < 64 && (facts->earlier[work] >> i & 1U);
}

/* Least finish of a work of this duration started in `start`; periods+1 if it does not fit, or if `start`
 * is not a working period and the duration not 0. O(log periods). */
int32_t ganger_facts_finish(const struct ganger_facts *facts, int32_t work, int32_t duration,
                            int32_t start);
/* What a segment that was not renewed carries, by boundary: ganger_wear_of() the segment, then at any t. */
struct ganger_wear {
    ganger_wide base_low, base_high;   /* Mt/yr */
    ganger_wide floor_low, floor_high; /* ratio bits, as the next */
    ganger_wide decay_low, decay_high; /* of a year */
    int64_t days;                      /* of a period, times 4: a year has 1461 quarter days */
};
struct ganger_wear ganger_wear_of(const struct ganger_facts *facts, int32_t segment, bool *lost);
/* Capacity left, in Mt/yr. */
ganger_wide ganger_wear_low(const struct ganger_wear *wear, int32_t t);
ganger_wide ganger_wear_high(const struct ganger_wear *wear, int32_t t);
/* True if km of this work's kind count for the target. */
bool ganger_facts_counts(const struct ganger_facts *facts, int32_t target, int32_t work);

/* Volumes of all demands in Mt/yr, swept over t = 0, 1, ... : `rows` is volume_low or volume_high; *next is 0
 * and volume zero before the first call. */
void ganger_facts_volume(const struct ganger_facts *facts, const ganger_wide *rows, int32_t t,
                         int32_t *next, ganger_wide *volume);

#endif
