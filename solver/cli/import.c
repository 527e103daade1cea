/*
 * ganger import: a plan from a table of starts.
 */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/signals.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>

/* What an import reads and makes. */
struct job {
    const struct ganger_cli_options *options;
    struct ganger_problem *problem;
    struct ganger_plan *plan;
    struct ganger_summary summary;
    struct ganger_findings findings;
};

static ganger_status job_import(struct job *job)
{
    struct ganger_options limits;
    ganger_options_init(&limits);
    limits.time_limit_s = job->options->time_limit_s;
    limits.tick_limit = (int64_t)job->options->ticks;
    limits.threads = (int)job->options->threads;
    limits.should_stop = ganger_cli_signals_stop;
    ganger_cli_signals_catch();
    return ganger_plan_import(job->problem, job->options->arguments[1], &limits, &job->plan,
                              &job->summary, &job->findings);
}

static ganger_status job_print(const struct job *job)
{
    char *text = NULL;
    if (job->options->json) {
        return ganger_cli_json_summary(&job->summary, NULL, job->options->arguments[0],
                                       job->options->output)
                   ? GANGER_STATUS_OK
                   : GANGER_STATUS_OUT_OF_MEMORY;
    }
    ganger_status status = ganger_plan_describe(job->plan, job->problem, &text);
    if (status == GANGER_STATUS_OK) {
        fputs(text, stdout);
    }
    free(text);
    return status;
}

enum ganger_cli_exit ganger_cli_import(const struct ganger_cli_options *options)
{
    struct job job = {.options = options};
    if (!ganger_cli_output_check(options->output, options->arguments[0])) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_findings_init(&job.findings);
    ganger_status status = ganger_problem_read(options->arguments[0], &job.problem, &job.findings);
    if (status == GANGER_STATUS_OK) {
        status = job_import(&job);
    }
    if (status == GANGER_STATUS_OK) {
        status = ganger_plan_write(job.plan, job.problem, options->output, &job.findings);
    }
    if (status == GANGER_STATUS_OK) {
        status = job_print(&job);
    }
    enum ganger_cli_exit code =
        status == GANGER_STATUS_OK ? GANGER_CLI_EXIT_OK : ganger_cli_fail(status, &job.findings);
    ganger_plan_destroy(job.plan);
    ganger_problem_destroy(job.problem);
    ganger_findings_clear(&job.findings);
    return code;
}
