/*
 * ganger export: a plan as tables, as a map, or as a project; an instance as a mixed-integer programme.
 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"

#include <ganger/ganger.h>

/* The last choice of --format is a form of instances, not of plans. */
enum { FORMAT_MPS = GANGER_FORMAT_MSPDI + 1 };

/* A plan is named if, and only if, it is a plan that is to be written. */
static bool arguments_fit(const struct ganger_cli_options *options)
{
    bool planned = options->arguments[1] != NULL;
    if (options->format == FORMAT_MPS && planned) {
        ganger_cli_error("unexpected argument \"%s\": --format mps writes the INSTANCE alone",
                         options->arguments[1]);
        return false;
    }
    if (options->format != FORMAT_MPS && !planned) {
        ganger_cli_error("expected INSTANCE PLAN, found 1 argument");
        return false;
    }
    return true;
}

static ganger_status write_form(const struct ganger_problem *problem,
                                const struct ganger_cli_options *options,
                                struct ganger_findings *findings)
{
    struct ganger_export_options wanted;
    if (options->format == FORMAT_MPS) {
        return ganger_problem_write_mps(problem, options->output, findings);
    }
    ganger_export_options_init(&wanted);
    wanted.format = (enum ganger_format)options->format;
    wanted.replace = options->force;
    wanted.mark = options->bom;
    return ganger_plan_export(problem, options->arguments[1], &wanted, options->output, findings);
}

enum ganger_cli_exit ganger_cli_export(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    if (!arguments_fit(options)) {
        return GANGER_CLI_EXIT_USAGE;
    }
    if (options->format != GANGER_FORMAT_CSV &&
        !ganger_cli_output_check(options->output, options->arguments[0])) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status = write_form(problem, options, &findings);
    }
    if (status != GANGER_STATUS_OK) {
        code = ganger_cli_fail(status, &findings);
    }
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
