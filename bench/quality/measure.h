/*
 * Reads and solves one instance, through the public interface, and notes what it took.
 */
#ifndef GANGER_BENCH_QUALITY_MEASURE_H
#define GANGER_BENCH_QUALITY_MEASURE_H

#include "quality/record.h"

struct quality_curve {
    int count;
    double s[QUALITY_CURVE_MAX]; /* ascending */
};

struct quality_limits {
    double time_limit_s; /* this and the next two: 0 means none */
    int64_t ticks, schedules;
    int threads;
    uint64_t seed;
    struct quality_curve curve;
};

void quality_measure(const char *path, const struct quality_limits *limits,
                     struct quality_answer *answer);

#endif
