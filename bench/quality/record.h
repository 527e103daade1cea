/*
 * What was measured on one instance, and the measures that follow from it.
 *
 * Whatever is unknown is NaN: no best known value, no bound, no plan. Of a makespan less is better, of a programme's
 * value more; only a makespan has a critical path.
 */
#ifndef GANGER_BENCH_QUALITY_RECORD_H
#define GANGER_BENCH_QUALITY_RECORD_H

#include <ganger/ganger.h>
#include <stdbool.h>
#include <stdint.h>

enum { QUALITY_CURVE_MAX = 16, QUALITY_RIVALS_MAX = 4, QUALITY_MESSAGE_SIZE = 240 };

/* What the process of one instance sends back. Plain bytes, so that it fits through a pipe. */
struct quality_answer {
    bool failed; /* no answer: unreadable, crashed, hung or refused; `message` says why */
    ganger_outcome outcome;
    double value, bound, critical_path;
    double first_value, first_time_s;
    double read_s, wall_s; /* of reading the instance, and of the solve */
    double cpu_s, peak_rss_kb;
    int64_t ticks, schedules;
    double curve[QUALITY_CURVE_MAX]; /* best value reported until each of the times asked for */
    char message[QUALITY_MESSAGE_SIZE];
};

struct quality_record {
    char *set, *instance; /* name of the folder, and of the file in it */
    struct quality_answer answer;
    double best_known, lower_bound;    /* of the reference */
    double rivals[QUALITY_RIVALS_MAX]; /* makespans of other solvers */
};

/* An answer that knows nothing yet, and has failed until something is known. */
void quality_answer_init(struct quality_answer *answer);

/* Exceeding a base, in % of it; NaN if either is unknown or the base is not positive. */
double quality_excess_percent(double value, double base);

bool quality_record_has_value(const struct quality_record *record);
/* By how much a value of the record's instance is worse than the best known one, in % of that; negative if it is better. */
double quality_record_worse(const struct quality_record *record, double value);
/* The same of what was reached. */
double quality_record_gap(const struct quality_record *record);
/* By how much the value could be better, as far as its bound proves, in % of the value. */
double quality_record_bound_gap(const struct quality_record *record);
double quality_record_cpm_deviation(const struct quality_record *record);

/* True if the value is better than what others proved, or the bound excludes what others reached: then a program or the
 * reference is wrong. */
bool quality_record_is_impossible(const struct quality_record *record);

#endif
