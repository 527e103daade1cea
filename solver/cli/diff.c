/*
 * ganger diff: what changes from one plan to another.
 */
#include "cli/commands.h"
#include "cli/message.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>

enum ganger_cli_exit ganger_cli_diff(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_diff_options wanted;
    struct ganger_findings findings;
    char *text = NULL;
    ganger_diff_options_init(&wanted);
    wanted.rows = (int)options->rows;
    wanted.json = options->json;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_plan_diff(problem, options->arguments + 1, &wanted, &text, &findings);
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
