/* A batch: every scenario of a table is built, then solved unless its plan is there, then all are compared. */
#include "scenario/batch.h"

#include "base/folder.h"
#include "parallel/parallel.h"
#include "scenario/build.h"
#include "scenario/record.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct batch {
    const struct ganger_batch_options *options;
    struct ganger_batch_case *cases;
    int32_t count;
    int threads; /* of each solve */
    pthread_mutex_t lock;
};

void ganger_batch_options_init(struct ganger_batch_options *options)
{
    *options = (struct ganger_batch_options){0};
    ganger_options_init(&options->solve);
}

ganger_status ganger_problem_vary(const struct ganger_problem *base, const char *scenarios_path,
                                  const char *name, struct ganger_problem **problem,
                                  struct ganger_findings *findings)
{
    struct ganger_scenarios scenarios;
    *problem = NULL;
    ganger_status status = ganger_scenarios_read(&scenarios, scenarios_path, findings);
    for (int32_t s = 0; status == GANGER_STATUS_OK && s < scenarios.count; s++) {
        if (strcmp(ganger_scenarios_name(&scenarios, s), name) == 0) {
            status = ganger_scenario_build(base, &scenarios, s, problem, findings);
            goto out;
        }
    }
    if (status == GANGER_STATUS_OK) {
        status = ganger_findings_add(findings, GANGER_STATUS_MISUSE, scenarios_path, 0, "scenario",
                                     "no scenario is named %s", name);
    }
out:
    ganger_scenarios_clear(&scenarios);
    return status;
}

/* ---- cases ------------------------------------------------------------------------------------ */

static bool join(char **path, const char *folder, const char *name)
{
    bool made = asprintf(path, "%s/%s", folder, name) >= 0;
    *path = made ? *path : NULL;
    return made;
}

static bool name_files(struct ganger_batch_case *c, const char *folder)
{
    return join(&c->folder, folder, c->name) && join(&c->instance, c->folder, "instance.h5") &&
           join(&c->plan, c->folder, "plan.h5") && join(&c->record, c->folder, "record.txt");
}

static void case_clear(struct ganger_batch_case *c)
{
    ganger_problem_destroy(c->problem);
    free(c->folder);
    free(c->instance);
    free(c->plan);
    free(c->record);
    free(c->text);
    ganger_findings_clear(&c->findings);
}

/* All instances first: a wrong cell is found before anything is solved. */
static ganger_status build_cases(struct batch *batch, const struct ganger_problem *base,
                                 const struct ganger_scenarios *scenarios, const char *folder,
                                 struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    for (int32_t s = 0; s < batch->count; s++) {
        struct ganger_batch_case *c = &batch->cases[s];
        ganger_findings_init(&c->findings);
        c->name = ganger_scenarios_name(scenarios, s);
        c->end = GANGER_BATCH_CUT;
        c->outcome = GANGER_OUTCOME_LIMIT;
        ganger_status built = ganger_scenario_build(base, scenarios, s, &c->problem, findings);
        status = status == GANGER_STATUS_OK ? built : status;
        if (built != GANGER_STATUS_OK) {
            continue;
        }
        c->text = ganger_record_text(c->problem->sha256, &batch->options->solve);
        if (!c->text || !name_files(c, folder)) {
            return ganger_findings_out_of_memory(findings);
        }
    }
    return status;
}

static ganger_status make_folder(const char *path, struct ganger_findings *findings)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) {
        return GANGER_STATUS_OK;
    }
    return ganger_findings_add(findings, GANGER_STATUS_OUTPUT_FAILED, path, 0, NULL,
                               "cannot be made: %s", strerror(errno));
}

/* ---- solving ---------------------------------------------------------------------------------- */

static bool is_stopped(const struct batch *batch)
{
    const struct ganger_options *o = &batch->options->solve;
    return o->should_stop && o->should_stop(o->stop_context);
}

/* True if the case needs no solve: what is there was made for the same instance with the same options, and holds. */
static bool is_kept(struct ganger_batch_case *c)
{
    struct ganger_findings none;
    bool kept = false;
    if (!ganger_record_holds(c->record, c->text, &c->outcome)) {
        return false;
    }
    ganger_findings_init(&none);
    if (c->outcome == GANGER_OUTCOME_INFEASIBLE) {
        c->end = GANGER_BATCH_NO_PLAN;
        kept = true;
    } else if (access(c->instance, R_OK) == 0 && ganger_batch_look(c, &none)) {
        c->end = GANGER_BATCH_KEPT;
        kept = true;
    }
    ganger_findings_clear(&none);
    return kept;
}

/* The record vouches for what is there, so it goes first and comes last. */
static ganger_status write_case(struct ganger_batch_case *c, const struct ganger_plan *plan)
{
    ganger_status status = make_folder(c->folder, &c->findings);
    if (status == GANGER_STATUS_OK && unlink(c->record) != 0 && errno != ENOENT) {
        status = ganger_findings_add(&c->findings, GANGER_STATUS_OUTPUT_FAILED, c->record, 0, NULL,
                                     "cannot be removed: %s", strerror(errno));
    }
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    GANGER_TRY(ganger_problem_pack(c->problem, c->instance, &c->findings));
    if (plan) {
        GANGER_TRY(ganger_plan_write(plan, c->problem, c->plan, &c->findings));
    } else {
        unlink(c->plan); /* of an earlier run, for another instance */
    }
    GANGER_TRY(ganger_record_write(c->record, c->text, c->outcome, &c->findings));
out:
    return status;
}

/* A plan that was cut short by the user is not what the options ask for, and is not kept. */
static void solve_case(struct batch *batch, struct ganger_batch_case *c,
                       struct ganger_summary *summary)
{
    struct ganger_options options = batch->options->solve;
    struct ganger_plan *plan = NULL;
    options.threads = batch->threads;
    options.on_progress = NULL;
    options.replan = NULL;
    c->status = ganger_solve(c->problem, &options, &plan, summary, &c->findings);
    if (c->status == GANGER_STATUS_OK && !is_stopped(batch)) {
        c->outcome = summary->outcome;
        c->end = plan ? GANGER_BATCH_SOLVED : GANGER_BATCH_NO_PLAN;
        c->status = write_case(c, plan);
    }
    ganger_plan_destroy(plan);
    if (c->status == GANGER_STATUS_OK && c->end == GANGER_BATCH_SOLVED &&
        !ganger_batch_look(c, &c->findings)) {
        c->status = GANGER_STATUS_INTERNAL;
    }
}

static void run_case(int32_t index, void *context)
{
    struct batch *batch = context;
    const struct ganger_batch_options *options = batch->options;
    struct ganger_batch_case *c = &batch->cases[index];
    struct ganger_summary summary = {.outcome = GANGER_OUTCOME_LIMIT};
    if (!is_kept(c) && !is_stopped(batch)) {
        solve_case(batch, c, &summary);
    }
    summary.outcome = c->outcome;
    if (options->on_scenario) {
        pthread_mutex_lock(&batch->lock);
        options->on_scenario(c->name, c->end, &summary, options->scenario_context);
        pthread_mutex_unlock(&batch->lock);
    }
}

/* Threads are shared out evenly; the results do not depend on how many there are. */
static ganger_status run_all(struct batch *batch, struct ganger_findings *findings)
{
    int threads = ganger_parallel_threads(batch->options->solve.threads);
    int abreast = threads < batch->count ? threads : (int)batch->count;
    ganger_status status = GANGER_STATUS_OK;
    batch->threads = threads / abreast;
    ganger_parallel_abreast(abreast, batch->count, run_case, batch);
    for (int32_t s = 0; s < batch->count; s++) {
        struct ganger_batch_case *c = &batch->cases[s];
        status = status == GANGER_STATUS_OK ? c->status : status;
        ganger_findings_move(&c->findings, findings);
    }
    return status;
}

ganger_status ganger_batch_run(const struct ganger_problem *base, const char *scenarios_path,
                               const char *folder, const struct ganger_batch_options *options,
                               char **text, struct ganger_findings *findings)
{
    struct batch batch = {.options = options, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct ganger_scenarios scenarios;
    char *out = ganger_folder_name(folder);
    *text = NULL;
    ganger_status status = GANGER_STATUS_OK;
    GANGER_TRY(ganger_scenarios_read(&scenarios, scenarios_path, findings));
    batch.count = scenarios.count;
    batch.cases = calloc((size_t)batch.count, sizeof *batch.cases);
    if (!batch.cases || !out) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    GANGER_TRY(build_cases(&batch, base, &scenarios, out, findings));
    GANGER_TRY(make_folder(out, findings));
    GANGER_TRY(run_all(&batch, findings));
    GANGER_TRY(ganger_batch_compare(batch.cases, batch.count, out, options->json, text, findings));
out:
    for (int32_t s = 0; batch.cases && s < batch.count; s++) {
        case_clear(&batch.cases[s]);
    }
    free(batch.cases);
    free(out);
    ganger_scenarios_clear(&scenarios);
    return status;
}
