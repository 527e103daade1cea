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
    const char *plan = options->arguments[1];
    bool contradiction = false;
    char *text = NULL;
    ganger_explain_options_init(&explain);
    explain.rows = (int)options->rows;
    explain.works = options->explained.value;
    explain.work_count = options->explained.count;
    explain.json = options->json;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status = plan != NULL
                     ? ganger_plan_explain(problem, plan, &explain, &text, &findings)
                     : ganger_problem_explain(problem, &explain, &text, &contradiction, &findings);
    }
    if (status == GANGER_STATUS_OK) {
        fputs(text, stdout);
        code = contradiction ? GANGER_CLI_EXIT_INFEASIBLE : GANGER_CLI_EXIT_OK;
    } else {
        code = ganger_cli_fail(status, &findings);
    }
    free(text);
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
