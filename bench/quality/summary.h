/*
 * The figures of one set of instances. Means leave out what is unknown: failed instances, instances without
 * a plan and, for gaps, those without a best known value.
 */
#ifndef GANGER_BENCH_QUALITY_SUMMARY_H
#define GANGER_BENCH_QUALITY_SUMMARY_H

#include "quality/record.h"

struct quality_mean {
    int count;
    double sum;
};

struct quality_summary {
    const char *set; /* borrowed from the records */
    int instances, failed, without_plan;
    int equal, better, optimal; /* than the best known value; proven optimal */
    struct quality_mean gap, bound_gap, cpm_deviation, wall_s;
    double gap_max, bound_gap_max; /* NaN if no gap is known */
    double schedules, busy_s;      /* sums over the instances that counted schedules */
    struct quality_mean rivals[QUALITY_RIVALS_MAX]; /* gap of others where `gap` is known too */
    struct quality_mean curve[QUALITY_CURVE_MAX];   /* gap at each time, where there was a plan */
};

void quality_mean_add(struct quality_mean *mean, double number);     /* NaN does not count */
double quality_mean_value(const struct quality_mean *mean);          /* NaN of nothing */
double quality_summary_speed(const struct quality_summary *summary); /* schedules per second */

/* One summary a set, in the order in which sets first occur; freed by the caller. */
struct quality_summary *quality_summaries_make(const struct quality_record *records, int count,
                                               int *sets);

#endif
