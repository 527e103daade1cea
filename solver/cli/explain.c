/*
 * ganger explain: why a plan is as it is, or why there is none.
 */
#include "cli/commands.h"
#include "cli/message.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>

enum ganger_cli_exit ganger_cli_explain(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    struct ganger_explain_options explain;
    char *text = NULL;
    ganger_explain_options_init(&explain);
    explain.rows = (int)options->rows;
    explain.works = options->explained.value;
    explain.work_count = options->explained.count;
    explain.json = options->json;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_plan_explain(problem, options->arguments[1], &explain, &text, &findings);
    }
    if (status == GANGER_STATUS_OK) {
        fputs(text, stdout);
    } else {
        code = ganger_cli_fail(status, &findings);
    }
    free(text);
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
