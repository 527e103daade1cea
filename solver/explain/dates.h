/*
 * What conditions say of the dates of each work, followed through calendars, precedence and rails: a relaxation in which
 * gangs, money and line have no limits. An empty range of a work that must be done is a contradiction.
 */
#ifndef GANGER_EXPLAIN_DATES_H
#define GANGER_EXPLAIN_DATES_H

#include "explain/conditions.h"
#include "schedule/schedule.h"

struct ganger_dates {
    const struct ganger_conditions *conditions;
    bool *needed;         /* [works] mandatory, or a predecessor of what is */
    int32_t *start;       /* [works] earliest; periods + 1: it cannot be done */
    int32_t *finish;      /* [works] earliest; likewise */
    int32_t *last_start;  /* [works] latest */
    int32_t *last_finish; /* [works] latest */
    struct ganger_schedule_frame *frame;
    struct ganger_schedule *rails; /* build works at their earliest, for the railhead rule */
};

bool ganger_dates_init(struct ganger_dates *dates, const struct ganger_conditions *conditions);
void ganger_dates_clear(struct ganger_dates *dates);

/* Follows the conditions that hold now. Returns a work that must be done and cannot, or GANGER_NONE. */
int32_t ganger_dates_follow(struct ganger_dates *dates);

/* True if the mode may start there, by what the conditions say of its dates. */
bool ganger_dates_allow(const struct ganger_dates *dates, int32_t mode, int32_t start);

#endif
