/*
 * ganger batch: solves the scenarios of a table and compares their plans.
 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/signals.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>

static const double default_time_limit_s = 60;

/* Scenarios that have neither a plan nor a proof that there is none. */
struct tally {
    bool quiet;
    int open;
};

static void tell(const char *name, ganger_batch_end end, const struct ganger_summary *summary,
                 void *context)
{
    struct tally *tally = context;
    bool proven = end == GANGER_BATCH_NO_PLAN && summary->outcome == GANGER_OUTCOME_INFEASIBLE;
    tally->open += end == GANGER_BATCH_CUT || (end == GANGER_BATCH_NO_PLAN && !proven);
    if (tally->quiet) {
        return;
    }
    switch (end) {
    case GANGER_BATCH_SOLVED:
        fprintf(stderr, "%-32s value %.2f, gap %.2f %%, %.1f s\n", name, summary->value,
                summary->gap_percent, summary->wall_s);
        break;
    case GANGER_BATCH_KEPT:
        fprintf(stderr, "%-32s is there already\n", name);
        break;
    case GANGER_BATCH_NO_PLAN:
        fprintf(stderr, "%-32s %s\n", name,
                proven ? "has no plan: proven" : "no plan was found within the limits");
        break;
    case GANGER_BATCH_CUT:
        fprintf(stderr, "%-32s not run\n", name);
        break;
    }
}

static void set_limits(const struct ganger_cli_options *options, struct ganger_options *solve)
{
    solve->time_limit_s = options->time_limit_s;
    solve->tick_limit = (int64_t)options->ticks;
    solve->pace = (int64_t)options->pace;
    if (solve->time_limit_s <= 0 && solve->tick_limit <= 0) {
        solve->time_limit_s = default_time_limit_s;
    }
    solve->threads = (int)options->threads;
    solve->islands = (int)options->islands;
    solve->seed = options->seed;
    solve->should_stop = ganger_cli_signals_stop;
}

enum ganger_cli_exit ganger_cli_batch(const struct ganger_cli_options *options)
{
    enum ganger_cli_exit code = GANGER_CLI_EXIT_OK;
    struct ganger_problem *problem = NULL;
    struct ganger_batch_options wanted;
    struct ganger_findings findings;
    struct tally tally = {options->quiet, 0};
    char *text = NULL;
    ganger_batch_options_init(&wanted);
    set_limits(options, &wanted.solve);
    wanted.json = options->json;
    wanted.on_scenario = tell;
    wanted.scenario_context = &tally;
    ganger_findings_init(&findings);
    ganger_status status = ganger_problem_read(options->arguments[1], &problem, &findings);
    if (status == GANGER_STATUS_OK) {
        ganger_cli_signals_catch();
        status = ganger_batch_run(problem, options->arguments[0], options->output, &wanted, &text,
                                  &findings);
    }
    if (status == GANGER_STATUS_OK) {
        if (options->json || !options->quiet) {
            fputs(text, stdout);
        }
        code = tally.open > 0 ? GANGER_CLI_EXIT_LIMIT : GANGER_CLI_EXIT_OK;
    } else {
        code = ganger_cli_fail(status, &findings);
    }
    free(text);
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
    return code;
}
