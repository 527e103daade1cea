/*
 * "ganger-micro kernels": its command line and its report.
 */
#ifndef GANGER_BENCH_KERNELS_KERNELS_H
#define GANGER_BENCH_KERNELS_KERNELS_H

#include "cli/exit.h"
#include "kernels/measure.h"

struct kernel_options {
    const char *only; /* patterns with commas between; NULL: all */
    uint64_t repetitions, iterations;
    double seconds;
    const char *output;
    bool list, markdown;
};

/* Ends the program with a message if the line is wrong, or after --help. */
void kernel_options_parse(int argc, char **argv, struct kernel_options *options);

/* The command; argv[0] is "kernels". */
enum ganger_cli_exit kernel_command(int argc, char **argv);

/* report.c */
void kernel_report_print(const struct kernel_series *series, int count,
                         const struct kernel_options *options);
/* JSON in Google Benchmark's schema; false, with a message, if the file could not be written. */
bool kernel_report_write(const struct kernel_series *series, int count,
                         const struct kernel_options *options, const char *command_line);

#endif
