/*
 * How the program ends: its exit codes, in one table that also makes their part of --help.
 */
#ifndef GANGER_CLI_EXIT_H
#define GANGER_CLI_EXIT_H

#include <ganger/ganger.h>

/* name, code, meaning */
// clang-format off
#define GANGER_CLI_EXITS(X)                                                                        \
    X(OK, 0, "done; solve: a plan is written, even if a limit or signal ended it")                 \
    X(INTERNAL, 1, "a bug, or memory ran out")                                                     \
    X(USAGE, 2, "wrong command, option or argument")                                               \
    X(INPUT, 3, "instance or plan unreadable or wrong; a plan that does not hold")                 \
    X(INFEASIBLE, 4, "proven: no plan exists; explain INSTANCE: 0 if that is not proven")          \
    X(LIMIT, 5, "a limit or signal came before any plan was found; batch: of some scenario")                                \
    X(OUTPUT, 7, "a file or standard output could not be written")                                 \
    X(KILLED, 130, "a second interrupt (Ctrl-C): ended at once")
// clang-format on

#define GANGER_CLI_EXIT_VALUE(name, code, meaning) GANGER_CLI_EXIT_##name = code,
enum ganger_cli_exit { GANGER_CLI_EXITS(GANGER_CLI_EXIT_VALUE) };
#undef GANGER_CLI_EXIT_VALUE

/* The exit code for a status of the library. */
enum ganger_cli_exit ganger_cli_exit_of(ganger_status status);

#endif
