/*
 * The command line of ganger-micro.
 */
#ifndef GANGER_BENCH_MICRO_OPTIONS_H
#define GANGER_BENCH_MICRO_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum { MICRO_THREADS_MAX = 16 };

struct micro_options {
    char **arguments; /* folders and files */
    int argument_count;
    uint64_t generated; /* works of the generated instance; 0: none */
    int thread_counts;
    int threads[MICRO_THREADS_MAX]; /* ascending, from 1 on */
    uint64_t repetitions, lists, every, seed;
    double seconds; /* of each cell and repetition */
    const char *output;
    bool markdown;
};

/* Ends the program with a message if the line is wrong, or after --help. */
void micro_options_parse(int argc, char **argv, struct micro_options *options);

#endif
