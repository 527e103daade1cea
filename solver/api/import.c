/* ganger_plan_import: a plan from a table of starts, with its freight solved and a bound of its own. */
#include "api/approve.h"
#include "api/build_plan.h"
#include "api/options.h"
#include "api/starts.h"
#include "base/clock.h"
#include "check/referee.h"
#include "lp/lp.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rules come first: nothing else is said of a schedule that breaks one. */
static ganger_status check_rules(const struct ganger_problem *problem, const char *name,
                                 const struct ganger_starts *starts,
                                 struct ganger_findings *findings)
{
    struct ganger_plan *plan;
    ganger_status status = ganger_plan_build_schedule(problem, starts->start, starts->finish,
                                                      starts->mode, &plan, findings);
    if (status == GANGER_STATUS_OK) {
        status = ganger_referee_rules(problem, plan, name, starts->line, findings);
    }
    ganger_plan_destroy(plan);
    return status;
}

static void place(struct ganger_schedule *schedule, const struct ganger_starts *starts)
{
    for (int32_t w = 0; w < schedule->problem->works.count; w++) {
        if (starts->start[w] != GANGER_NONE) {
            ganger_schedule_place(schedule,
                                  (struct ganger_placement){w, starts->mode[w], starts->start[w]});
        }
    }
}

/* What the schedule costs; its traffic is added up from the flows later. */
static struct ganger_terms outlay(const struct ganger_search_model *model,
                                  const struct ganger_starts *starts)
{
    const struct ganger_problem *p = model->problem;
    struct ganger_terms terms = {0};
    for (int32_t w = 0; w < p->works.count; w++) {
        if (starts->start[w] != GANGER_NONE) {
            terms.cost += ganger_search_cost(model, starts->mode[w], starts->start[w]);
            terms.tardiness += ganger_search_tardiness(model, w, starts->finish[w]);
        }
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double missing = p->targets.km[g];
        for (int32_t w = 0; w < p->works.count; w++) {
            bool counts = starts->start[w] != GANGER_NONE &&
                          starts->finish[w] <= p->targets.by[g] &&
                          (p->targets.kinds[g] >> p->works.kind[w] & 1U);
            missing -= counts ? p->works.km[w] : 0;
        }
        terms.shortfall += p->targets.hard[g] ? 0 : fmax(0, missing) * p->targets.shortfall_cost[g];
    }
    return terms;
}

static bool stopped(const struct ganger_options *options, double begin)
{
    return (options->time_limit_s > 0 && ganger_clock_now_s() - begin >= options->time_limit_s) ||
           (options->should_stop && options->should_stop(options->stop_context));
}

/* One step of the relaxation at least, so that there is a bound; then as many as the limits allow. */
static bool bound_plan(const struct ganger_options *options, struct ganger_search_result *result)
{
    double begin = ganger_clock_now_s();
    bool improving = true;
    while (improving) {
        int64_t ticks = 0;
        improving = ganger_relaxation_step(result->relaxation, result->threads, &ticks);
        result->ticks += ticks;
        result->rounds++;
        improving = improving && !stopped(options, begin) &&
                    (options->time_limit_s > 0 || result->ticks < options->tick_limit);
    }
    result->bound = ganger_relaxation_bound(result->relaxation);
    return isfinite(result->bound);
}

/* What a search would have come to, had it found these starts. */
static bool make_result(const struct ganger_problem *problem, const struct ganger_options *options,
                        const struct ganger_starts *starts, struct ganger_search_result *result)
{
    result->outcome = GANGER_OUTCOME_FEASIBLE;
    result->threads = ganger_parallel_threads(options->threads);
    result->model = ganger_search_model_create(problem);
    result->best = result->model ? ganger_schedule_create(result->model->frame) : NULL;
    if (!result->best || !ganger_path_pool_init(&result->paths, result->model->graph)) {
        return false;
    }
    result->relaxation = ganger_relaxation_create(problem, result->model->graph);
    if (!result->relaxation) {
        return false;
    }
    place(result->best, starts);
    result->value.terms = outlay(result->model, starts);
    return bound_plan(options, result);
}

static ganger_status import_programme(const struct ganger_problem *problem,
                                      const struct ganger_options *options,
                                      const struct ganger_starts *starts, struct ganger_plan **plan,
                                      struct ganger_findings *findings)
{
    struct ganger_search_result result = {0};
    ganger_status status = make_result(problem, options, starts, &result)
                               ? ganger_plan_build(&result, plan, findings)
                               : ganger_findings_out_of_memory(findings);
    if (status == GANGER_STATUS_OK) {
        (*plan)->summary.critical_path = NAN;
        (*plan)->summary.first_value = (*plan)->summary.value;
    }
    ganger_parallel_each_thread(result.threads, ganger_lp_release_thread);
    ganger_search_result_clear(&result);
    return status;
}

/* Least makespan: the bound is the referee's own, of chains and energy. */
static ganger_status import_makespan(const struct ganger_problem *problem,
                                     struct ganger_starts *starts, struct ganger_plan **plan,
                                     struct ganger_findings *findings)
{
    struct ganger_makespan_result result = {
        .start = starts->start, .mode = starts->mode, .outcome = GANGER_OUTCOME_FEASIBLE};
    for (int32_t w = 0; w < problem->works.count; w++) {
        result.makespan = starts->finish[w] > result.makespan ? starts->finish[w] : result.makespan;
    }
    struct ganger_plan *blank = ganger_plan_create(problem); /* its prices are those of nothing */
    if (!blank) {
        return ganger_findings_out_of_memory(findings);
    }
    double bound = ganger_referee_bound(problem, &blank->prices);
    ganger_plan_destroy(blank);
    result.bound = isfinite(bound) ? (int32_t)bound : 0;
    result.first_value = result.makespan;
    if (result.bound == result.makespan) {
        result.outcome = GANGER_OUTCOME_OPTIMAL;
    }
    return ganger_plan_build_makespan(problem, &result, plan, findings);
}

ganger_status ganger_plan_import(const struct ganger_problem *problem, const char *table_path,
                                 const struct ganger_options *options, struct ganger_plan **plan,
                                 struct ganger_summary *summary, struct ganger_findings *findings)
{
    struct ganger_starts starts = {0};
    double begin = ganger_clock_now_s();
    ganger_status status;
    *plan = NULL;
    GANGER_TRY(ganger_options_check(options, findings));
    GANGER_TRY(ganger_starts_read(problem, table_path, &starts, findings));
    GANGER_TRY(check_rules(problem, table_path, &starts, findings));
    if (problem->objective == GANGER_OBJECTIVE_NPV) {
        GANGER_TRY(import_programme(problem, options, &starts, plan, findings));
    } else {
        GANGER_TRY(import_makespan(problem, &starts, plan, findings));
    }
    (*plan)->reproducible = options->time_limit_s <= 0;
    GANGER_TRY(ganger_plan_approve(problem, table_path, plan, findings));
    (*plan)->summary.wall_s = ganger_clock_now_s() - begin;
    *summary = (*plan)->summary;
out:
    ganger_starts_clear(&starts);
    return status;
}
