/*
 * The command line: one table of options, which makes parser, range checks and --help.
 */
#ifndef GANGER_BENCH_QUALITY_OPTIONS_H
#define GANGER_BENCH_QUALITY_OPTIONS_H

#include "quality/measure.h"

enum quality_command { QUALITY_COMMAND_RUN, QUALITY_COMMAND_COMPARE, QUALITY_COMMAND_SHOW };

/* Strings are borrowed from argv. */
struct quality_options {
    enum quality_command command;
    char **arguments; /* folders, or result files */
    int argument_count;
    const char *reference, *output, *only; /* or NULL */
    double time_limit_s, watchdog_s;       /* 0: none given */
    double gate;                           /* percentage points; NaN: none given */
    uint64_t ticks, schedules, threads, jobs, every, seed, worst;
    struct quality_curve curve;
    bool markdown;
};

/* Ends the program with exit code 2 and a message if the command line is wrong, and with 0 after --help. */
void quality_options_parse(int argc, char **argv, struct quality_options *options);

/* Reads times like "0.1,1,10" into an ascending list. */
bool quality_curve_read(const char *text, struct quality_curve *curve);

#endif
