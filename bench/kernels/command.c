#include "cli/message.h"
#include "kernels/kernels.h"
#include "quality/context.h"
#include "quality/memory.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* True if the pattern, or any of all where there is none, takes the name. */
static bool fits(const char *only, const char *name)
{
    if (only == NULL) {
        return true;
    }
    char *copy = quality_copy(only), *rest = copy;
    bool found = false;
    for (char *pattern; !found && (pattern = strsep(&rest, ",")) != NULL;) {
        found = fnmatch(pattern, name, 0) == 0;
    }
    free(copy);
    return found;
}

static int choose(struct kernel_series *series, const struct kernel_options *options)
{
    int count = 0;
    for (const struct kernel *kernel = kernels; kernel->name != NULL; kernel++) {
        if (fits(options->only, kernel->name) &&
            (kernel->available == NULL || kernel->available())) {
            series[count].kernel = kernel;
            series[count].sample =
                quality_allocate((size_t)options->repetitions, sizeof *series[count].sample);
            count++;
        }
    }
    return count;
}

static bool create_all(struct kernel_series *series, int count, const struct kernel_yard *yard)
{
    for (int i = 0; i < count; i++) {
        series[i].state = series[i].kernel->create(yard);
        if (series[i].state == NULL) {
            return false;
        }
    }
    return true;
}

static enum ganger_cli_exit measure(struct kernel_series *series, int count,
                                    const struct kernel_options *options, const char *command_line)
{
    struct kernel_limits limits = {.repetitions = (int)options->repetitions,
                                   .seconds = options->seconds,
                                   .iterations = (int64_t)options->iterations};
    struct kernel_yard yard;
    enum ganger_cli_exit code = GANGER_CLI_EXIT_INTERNAL;
    if (kernel_yard_init(&yard) && create_all(series, count, &yard) &&
        kernel_measure(series, count, &limits)) {
        kernel_report_print(series, count, options);
        bool written =
            options->output == NULL || kernel_report_write(series, count, options, command_line);
        code = written ? GANGER_CLI_EXIT_OK : GANGER_CLI_EXIT_OUTPUT;
    }
    for (int i = 0; i < count; i++) {
        if (series[i].state != NULL) {
            series[i].kernel->destroy(series[i].state);
        }
    }
    kernel_yard_clear(&yard);
    return code;
}

enum ganger_cli_exit kernel_command(int argc, char **argv)
{
    enum { MOST = 64 };
    struct kernel_series series[MOST] = {0};
    struct kernel_options options;
    char *line = quality_command_line(argc, argv);
    char *command_line = quality_format("ganger-micro kernels%s", line + strlen("ganger-quality"));
    kernel_options_parse(argc, argv, &options);
    int count = choose(series, &options);
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    if (count == 0) {
        ganger_cli_error("--only: no kernel fits \"%s\"", options.only);
        code = GANGER_CLI_EXIT_USAGE;
    } else if (options.list) {
        for (int i = 0; i < count; i++) {
            printf("%s\n", series[i].kernel->name);
        }
    } else {
        code = measure(series, count, &options, command_line);
    }
    for (int i = 0; i < count; i++) {
        free(series[i].sample);
    }
    free(command_line);
    free(line);
    return code;
}
