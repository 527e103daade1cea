/* ganger-quality run: solves instances, writes the result and prints its tables. */
#include "cli/message.h"
#include "cli/output.h"
#include "quality/commands.h"
#include "quality/context.h"
#include "quality/instances.h"
#include "quality/json.h"
#include "quality/memory.h"
#include "quality/pool.h"
#include "quality/progress.h"
#include "quality/reference.h"
#include "quality/report.h"

#include <math.h>
#include <stdlib.h>

static const double default_time_limit_s = 10, default_watchdog_s = 3600;

struct run {
    struct quality_options options; /* with defaults filled in */
    struct quality_instances instances;
    struct quality_reference reference;
    struct quality_limits limits;
    struct quality_result result;
    struct quality_progress progress;
    int unknown; /* instances that the reference lacks */
};

static void fill_defaults(struct run *run)
{
    struct quality_options *options = &run->options;
    if (options->time_limit_s <= 0 && options->ticks == 0 && options->schedules == 0) {
        options->time_limit_s = default_time_limit_s;
    }
    if (options->watchdog_s <= 0) {
        options->watchdog_s =
            options->time_limit_s > 0 ? 2 * options->time_limit_s + 10 : default_watchdog_s;
    }
    run->limits = (struct quality_limits){.time_limit_s = options->time_limit_s,
                                          .ticks = (int64_t)options->ticks,
                                          .schedules = (int64_t)options->schedules,
                                          .threads = (int)options->threads,
                                          .seed = options->seed,
                                          .curve = options->curve};
}

static void prepare_records(struct run *run)
{
    struct quality_result *result = &run->result;
    result->records = run->instances.count;
    result->record = quality_allocate((size_t)result->records, sizeof *result->record);
    for (int i = 0; i < result->records; i++) {
        struct quality_record *record = &result->record[i];
        record->set = quality_copy(run->instances.list[i].set);
        record->instance = quality_copy(run->instances.list[i].name);
        run->unknown += !quality_reference_apply(&run->reference, record);
    }
    json_t *names = json_array();
    for (int i = 0; i < run->reference.rivals; i++) {
        result->rival_names[result->rivals++] = quality_copy(run->reference.rival_names[i]);
        quality_json_append(names, quality_json_text(run->reference.rival_names[i]));
    }
    quality_json_set(result->context, "rivals", names);
    result->curve = run->options.curve;
}

static void work(int task, struct quality_answer *answer, const void *context)
{
    const struct run *run = context;
    quality_measure(run->instances.list[task].path, &run->limits, answer);
}

static void on_done(int task, const struct quality_answer *answer, void *context)
{
    struct run *run = context;
    run->result.record[task].answer = *answer;
    quality_progress_step(&run->progress, &run->result.record[task]);
}

static void solve_all(struct run *run)
{
    struct quality_pool pool = {.tasks = run->instances.count,
                                .jobs = (int)run->options.jobs,
                                .watchdog_s = run->options.watchdog_s,
                                .work = work,
                                .on_done = on_done,
                                .work_context = run,
                                .done_context = run};
    quality_progress_open(&run->progress, pool.tasks);
    quality_pool_run(&pool);
    quality_progress_close(&run->progress);
}

/* Reads what the command line names, before anything long begins. */
static enum ganger_cli_exit prepare(struct run *run)
{
    const struct quality_options *options = &run->options;
    struct quality_choice choice = {options->every, options->only};
    bool bad_argument;
    if (!quality_instances_find(&run->instances, options->arguments, options->argument_count,
                                &choice, &bad_argument)) {
        return bad_argument ? GANGER_CLI_EXIT_USAGE : GANGER_CLI_EXIT_INPUT;
    }
    if (options->reference != NULL &&
        !quality_reference_read(&run->reference, options->reference)) {
        return GANGER_CLI_EXIT_INPUT;
    }
    for (int i = 0; i < options->argument_count; i++) {
        if (!ganger_cli_output_check(options->output, options->arguments[i])) {
            return GANGER_CLI_EXIT_OUTPUT;
        }
    }
    prepare_records(run);
    return GANGER_CLI_EXIT_OK;
}

enum ganger_cli_exit quality_run(const struct quality_options *options, const char *command_line)
{
    struct run run = {.options = *options};
    fill_defaults(&run);
    run.result.context = quality_context_make(&run.options, command_line);
    enum ganger_cli_exit code = prepare(&run);
    if (code == GANGER_CLI_EXIT_OK) {
        solve_all(&run);
        if (!quality_result_write(&run.result, options->output)) {
            code = GANGER_CLI_EXIT_OUTPUT; /* the table below is what remains */
        }
        quality_report_print(&run.result, options->markdown, stdout);
        if (run.unknown > 0 && options->reference != NULL) {
            printf("\n%d of %d instances are not in %s\n", run.unknown, run.result.records,
                   options->reference);
        }
    }
    quality_result_clear(&run.result);
    quality_reference_clear(&run.reference);
    quality_instances_clear(&run.instances);
    return code;
}
