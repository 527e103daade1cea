/*
 * Runs kernels and times them.
 *
 * A repetition runs each kernel in turn for a while, so that a slow moment of the machine hits all of them alike. Times
 * are of one iteration. The least of a repetition is what disturbs it least: other programs only ever add time.
 */
#ifndef GANGER_BENCH_KERNELS_MEASURE_H
#define GANGER_BENCH_KERNELS_MEASURE_H

#include "kernels/kernel.h"

struct kernel_sample {
    int64_t iterations;
    double wall_ns, cpu_ns; /* means */
    double least_ns;        /* of processor time */
};

struct kernel_series {
    const struct kernel *kernel;
    void *state;
    struct kernel_tally tally;    /* of every iteration */
    int64_t allocations;          /* of an iteration; -1: nobody counts */
    struct kernel_sample *sample; /* [repetitions] */
};

struct kernel_limits {
    int repetitions;
    double seconds;     /* of each kernel and repetition */
    int64_t iterations; /* so many instead; 0: by the clock */
};

/* One iteration, in a function of this name for who counts instructions: those of the warm-up are not in it. */
bool kernel_measured(const struct kernel *kernel, void *state, struct kernel_tally *tally);

/* Fills the samples. False, with a message, if a kernel failed or did not do the same each time. */
bool kernel_measure(struct kernel_series *series, int count, const struct kernel_limits *limits);

#endif
