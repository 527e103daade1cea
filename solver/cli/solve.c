/*
 * ganger solve: plans the works of an instance and writes the plan.
 */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/log.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/signals.h"
#include "cli/statistics.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>

/* What a solve reads and makes. */
struct job {
    const struct ganger_cli_options *options;
    struct ganger_problem *problem;
    struct ganger_plan *plan; /* NULL if none was found */
    struct ganger_summary summary;
    struct ganger_findings findings;
    struct ganger_cli_log log;
};

static const double default_time_limit_s = 60;

static enum ganger_cli_exit exit_of_outcome(ganger_outcome outcome)
{
    switch (outcome) {
    case GANGER_OUTCOME_INFEASIBLE:
        return GANGER_CLI_EXIT_INFEASIBLE;
    case GANGER_OUTCOME_LIMIT:
        return GANGER_CLI_EXIT_LIMIT;
    case GANGER_OUTCOME_OPTIMAL:
    case GANGER_OUTCOME_FEASIBLE:
        break;
    }
    return GANGER_CLI_EXIT_OK;
}

static ganger_status job_search(struct job *job)
{
    const struct ganger_cli_options *options = job->options;
    struct ganger_options search;
    ganger_options_init(&search);
    search.time_limit_s = options->time_limit_s;
    search.tick_limit = (int64_t)options->ticks;
    search.pace = (int64_t)options->pace;
    if (search.time_limit_s <= 0 && search.tick_limit <= 0) {
        search.time_limit_s = default_time_limit_s;
    }
    search.threads = (int)options->threads;
    search.islands = (int)options->islands;
    search.seed = options->seed;
    const struct ganger_replan replan = {options->replan, options->freeze_before,
                                         options->stability > 0 ? options->stability : 0};
    search.replan = options->replan != NULL ? &replan : NULL;
    search.on_progress = ganger_cli_log_progress;
    search.progress_context = &job->log;
    search.should_stop = ganger_cli_signals_stop;
    ganger_cli_log_open(&job->log, options, &search);
    ganger_cli_signals_catch();
    ganger_status status =
        ganger_solve(job->problem, &search, &job->plan, &job->summary, &job->findings);
    ganger_cli_log_pause(&job->log);
    return status;
}

/* After the plan is safe: the result on standard output. */
static ganger_status job_print(const struct job *job)
{
    const struct ganger_cli_options *options = job->options;
    char *text = NULL;
    ganger_status status = GANGER_STATUS_OK;
    const struct ganger_statistics *statistics =
        job->plan != NULL && options->statistics ? ganger_plan_statistics(job->plan) : NULL;
    if (options->json) {
        bool printed = ganger_cli_json_summary(&job->summary, statistics, options->arguments[0],
                                               job->plan != NULL ? options->output : NULL);
        return printed ? GANGER_STATUS_OK : GANGER_STATUS_OUT_OF_MEMORY;
    }
    if (job->plan != NULL && !options->quiet) {
        status = ganger_plan_describe(job->plan, job->problem, &text);
        if (status == GANGER_STATUS_OK) {
            fputs(text, stdout);
        }
        free(text);
        if (statistics != NULL) {
            ganger_cli_print_statistics(statistics);
        }
    }
    return status;
}

static ganger_status job_run(struct job *job)
{
    const struct ganger_cli_options *options = job->options;
    const char *written = NULL;
    ganger_status status =
        ganger_problem_read(options->arguments[0], &job->problem, &job->findings);
    if (status == GANGER_STATUS_OK) {
        status = job_search(job);
    }
    if (status == GANGER_STATUS_OK && job->plan != NULL) {
        status = ganger_plan_write(job->plan, job->problem, options->output, &job->findings);
        written = options->output;
    }
    if (status == GANGER_STATUS_OK) {
        if (job->summary.outcome == GANGER_OUTCOME_INFEASIBLE) {
            ganger_cli_print_reasons(&job->findings); /* why there is no plan */
        } else {
            ganger_cli_print_findings(
                &job->findings); /* on the earlier plan, or the best attempt */
        }
        ganger_cli_log_close(&job->log, &job->summary, written);
        status = job_print(job);
    }
    return status;
}

enum ganger_cli_exit ganger_cli_solve(const struct ganger_cli_options *options)
{
    struct job job = {.options = options};
    if (options->replan == NULL && (options->freeze_before != NULL || options->stability >= 0)) {
        ganger_cli_error(
            "--freeze-before and --stability go with --replan: expected the earlier plan");
        return GANGER_CLI_EXIT_USAGE;
    }
    if (!ganger_cli_output_check(options->output, options->arguments[0])) {
        return GANGER_CLI_EXIT_OUTPUT;
    }
    ganger_findings_init(&job.findings);
    ganger_status status = job_run(&job);
    enum ganger_cli_exit code = status == GANGER_STATUS_OK ? exit_of_outcome(job.summary.outcome)
                                                           : ganger_cli_fail(status, &job.findings);
    ganger_plan_destroy(job.plan);
    ganger_problem_destroy(job.problem);
    ganger_findings_clear(&job.findings);
    return code;
}
