/*
 * The commands, one file each. They print their messages and return the exit code; standard output
 * is closed, and its errors looked at, by the caller.
 */
#ifndef GANGER_CLI_COMMANDS_H
#define GANGER_CLI_COMMANDS_H

#include "cli/exit.h"
#include "cli/options.h"

#define GANGER_CLI_DECLARE(name, function, ...)                                                    \
    enum ganger_cli_exit ganger_cli_##function(const struct ganger_cli_options *options);
GANGER_CLI_COMMANDS(GANGER_CLI_DECLARE)
#undef GANGER_CLI_DECLARE

#endif
