/*
 * ganger diff: what changes from one plan to another.
 */
#include "cli/commands.h"
#include "cli/message.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>

/* INSTANCE PLAN_A PLAN_B, or INSTANCE PLAN_A INSTANCE_B PLAN_B. */
static ganger_status diff(const char *const *arguments, const struct ganger_diff_options *wanted,
                          char **text, struct ganger_findings *findings)
{
    bool two = arguments[3] != NULL;
    const char *const plans[2] = {arguments[1], arguments[two ? 3 : 2]};
    struct ganger_problem *a = NULL, *b = NULL;
    ganger_status status = ganger_problem_read(arguments[0], &a, findings);
    if (status == GANGER_STATUS_OK && two) {
        status = ganger_problem_read(arguments[2], &b, findings);
    }
    if (status == GANGER_STATUS_OK) {
        const struct ganger_problem *const problems[2] = {a, two ? b : a};
        status = ganger_plan_diff_between(problems, plans, wanted, text, findings);
    }
    ganger_problem_destroy(a);
    ganger_problem_destroy(b);
    return status;
}

enum ganger_cli_exit ganger_cli_diff(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_diff_options wanted;
    struct ganger_findings findings;
    char *text = NULL;
    ganger_diff_options_init(&wanted);
    wanted.rows = (int)options->rows;
    wanted.json = options->json;
    ganger_findings_init(&findings);
    ganger_status status = diff(options->arguments, &wanted, &text, &findings);
    if (status == GANGER_STATUS_OK) {
        fputs(text, stdout);
    } else {
        code = ganger_cli_fail(status, &findings);
    }
    free(text);
    ganger_findings_clear(&findings);
    return code;
}
