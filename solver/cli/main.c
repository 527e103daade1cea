/*
 * The program: parses the command line and hands over to a command.
 */
#include "cli/commands.h"
#include "cli/output.h"

#include <malloc.h>
#include <signal.h>

static enum ganger_cli_exit run(const struct ganger_cli_options *options)
{
    switch (options->command) {
#define CASE(name, function, ...)                                                                  \
    case GANGER_CLI_COMMAND_##name:                                                                \
        return ganger_cli_##function(options);
        GANGER_CLI_COMMANDS(CASE)
#undef CASE
    case GANGER_CLI_COMMAND_NONE:
        break;
    }
    return GANGER_CLI_EXIT_OK;
}

/* A linear programme takes megabytes and gives them back, a thousand times a second: the system's pages are kept. */
static void keep_memory(void)
{
    enum { mapped = 1 << 25, trimmed = 1 << 28 };
    mallopt(M_MMAP_THRESHOLD, mapped);
    mallopt(M_TRIM_THRESHOLD, trimmed);
}

int main(int argc, char **argv)
{
    struct ganger_cli_options options;
    keep_memory();
    ganger_cli_streams_guard();
    signal(SIGPIPE,
           SIG_IGN); /* a closed pipe is a write error like others, and must not end a solve */
    ganger_cli_options_parse(argc, argv, &options);
    enum ganger_cli_exit code = run(&options);
    if (!ganger_cli_stdout_close() && code == GANGER_CLI_EXIT_OK) {
        code = GANGER_CLI_EXIT_OUTPUT;
    }
    return (int)code;
}
