/*
 * Timing cells: one way to generate the schedules of a set, on so many threads.
 *
 * Each thread generates its own schedules, of all instances in turn: whole passes, so that every cell does the
 * same work. Only the generator's calls are timed, by wall clock and by the thread's processor time. What is
 * compared is measured in turn within each repetition, so that a slow moment of the machine hits all alike.
 */
#ifndef GANGER_BENCH_MICRO_MEASURE_H
#define GANGER_BENCH_MICRO_MEASURE_H

#include "micro/workload.h"

enum { MICRO_WAYS = 7 };

/* How to generate: a kernel on groups of lists, or the plain loop (run NULL). */
struct micro_way {
    const char *name;
    ganger_serial_run *run;
    int group;
};

struct micro_spread {
    double median, low, high;
};

struct micro_cell {
    const struct micro_set *set;
    struct micro_way way;
    enum ganger_direction direction;
    int threads;
    /* of the repetitions */
    double *wall_rate,
        *cpu_rate;     /* schedules per second, all threads: by wall and by processor time */
    int64_t schedules; /* in all */
    double placements; /* works a schedule, mean over the set */
    struct micro_spread wall, cpu;
    double efficiency_wall, efficiency_cpu; /* rate / (threads * rate on one); NaN on one */
};

/* Every way there is on this processor; returns how many. */
int micro_ways(struct micro_way ways[MICRO_WAYS]);

/* Has every way generate every list and compares the starts with those of the plain loop. False, with a
 * message, if any differs. */
bool micro_compare(const struct micro_set *set);

/* Fills the rates of cells of one set and direction; efficiencies from the cells before it of the same way. */
void micro_measure(struct micro_cell *cells, int count, const struct micro_options *options);

struct micro_spread micro_spread_of(const double *values, int count);

#endif
