/*
 * ganger export: a plan as tables, as a map, or as a project.
 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"

#include <ganger/ganger.h>

enum ganger_cli_exit ganger_cli_export(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_export_options wanted;
    struct ganger_findings findings;
    ganger_export_options_init(&wanted);
    wanted.format = (enum ganger_format)options->format;
    wanted.replace = options->force;
    if (wanted.format != GANGER_FORMAT_CSV &&
        !ganger_cli_output_check(options->output, options->arguments[0])) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status =
            ganger_plan_export(problem, options->arguments[1], &wanted, options->output, &findings);
    }
    if (status != GANGER_STATUS_OK) {
        code = ganger_cli_fail(status, &findings);
    }
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
