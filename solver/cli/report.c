/*
 * ganger report: a plan as one page for people.
 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"

#include <ganger/ganger.h>

enum ganger_cli_exit ganger_cli_report(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_report_options wanted;
    struct ganger_findings findings;
    ganger_report_options_init(&wanted);
    wanted.risk_path = options->risk;
    if (!ganger_cli_output_check(options->output, options->arguments[0])) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status =
            ganger_plan_report(problem, options->arguments[1], &wanted, options->output, &findings);
    }
    if (status != GANGER_STATUS_OK) {
        code = ganger_cli_fail(status, &findings);
    }
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
