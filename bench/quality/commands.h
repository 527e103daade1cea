/*
 * The commands: each does its work and returns the exit code of the program.
 */
#ifndef GANGER_BENCH_QUALITY_COMMANDS_H
#define GANGER_BENCH_QUALITY_COMMANDS_H

#include "cli/exit.h"
#include "quality/options.h"

/* `command_line` goes into the result. */
enum ganger_cli_exit quality_run(const struct quality_options *options, const char *command_line);
enum ganger_cli_exit quality_compare(const struct quality_options *options);
enum ganger_cli_exit quality_show(const struct quality_options *options);

#endif
