/* ganger-quality: measures solution quality on folders of scheduling instances. */
#include "cli/output.h"
#include "quality/commands.h"
#include "quality/context.h"

#include <signal.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct quality_options options;
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    ganger_cli_streams_guard();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a write error like others */
    char *command_line = quality_command_line(argc, argv);
    quality_options_parse(argc, argv, &options);
    switch (options.command) {
    case QUALITY_COMMAND_RUN:
        code = quality_run(&options, command_line);
        break;
    case QUALITY_COMMAND_COMPARE:
        code = quality_compare(&options);
        break;
    case QUALITY_COMMAND_SHOW:
        code = quality_show(&options);
        break;
    }
    free(command_line);
    if (!ganger_cli_stdout_close() && code == GANGER_CLI_EXIT_OK) {
        code = GANGER_CLI_EXIT_OUTPUT;
    }
    return (int)code;
}
