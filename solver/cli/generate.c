/*
 * ganger generate: a made-up instance, as a data package or as one HDF5 file.
 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"

#include <ganger/ganger.h>
#include <string.h>

static bool is_packed_name(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".h5") == 0;
}

enum ganger_cli_exit ganger_cli_generate(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_generate_options wanted;
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    bool packed = is_packed_name(options->output);
    if (packed && !ganger_cli_output_check(options->output, NULL)) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_generate_options_init(&wanted);
    wanted.seed = options->seed;
    wanted.works = (int32_t)options->works;
    wanted.links = (int32_t)options->links;
    wanted.periods = (int32_t)options->periods;
    wanted.name = options->name;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_generate(&wanted, &problem, &findings);
    if (status == GANGER_STATUS_OK && packed) {
        status = ganger_problem_pack(problem, options->output, &findings);
    } else if (status == GANGER_STATUS_OK) {
        status = ganger_problem_write_package(problem, options->output, options->force, &findings);
    }
    if (status != GANGER_STATUS_OK) {
        code = ganger_cli_fail(status, &findings);
    }
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
