/* ganger_solve: prove infeasible, or search, build the plan, and let the referee pass it. */
#include "api/approve.h"
#include "api/build_plan.h"
#include "api/options.h"
#include "api/replan.h"
#include "base/clock.h"
#include "lp/lp.h"
#include "parallel/parallel.h"
#include "relax/infeasible.h"
#include "throughput/throughput.h"

#include <math.h>
#include <string.h>

/* The solver's own plans hold: that one does not is a bug. */
static ganger_status approve(const struct ganger_problem *problem, struct ganger_plan **plan,
                             struct ganger_findings *findings)
{
    ganger_status status = ganger_plan_approve(problem, "the plan", plan, findings);
    return status == GANGER_STATUS_REFUSED ? GANGER_STATUS_INTERNAL : status;
}

static bool is_reproducible(const struct ganger_options *options)
{
    return options->time_limit_s <= 0 && (options->tick_limit > 0 || options->schedule_limit > 0);
}

/* Builds the plan of a search that found one, and has it refereed. */
static ganger_status finish_plan(const struct ganger_problem *problem,
                                 const struct ganger_options *options,
                                 const struct ganger_search_result *result,
                                 struct ganger_plan **plan, struct ganger_findings *findings)
{
    ganger_status status = ganger_plan_build(result, plan, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    struct ganger_summary *summary = &(*plan)->summary;
    summary->seed = options->seed;
    summary->islands = options->islands;
    (*plan)->statistics = result->statistics;
    /* Of a schedule, not of a programme: npv has no critical path, and its search counts no schedules, so
     * schedule_limit does not bind it either. */
    summary->critical_path = NAN;
    (*plan)->reproducible = options->time_limit_s <= 0 && options->tick_limit > 0;
    return approve(problem, plan, findings);
}

static ganger_status solve_makespan(const struct ganger_problem *problem,
                                    const struct ganger_options *options, struct ganger_plan **plan,
                                    struct ganger_summary *summary,
                                    struct ganger_findings *findings)
{
    struct ganger_makespan_result result = {0};
    ganger_status status = ganger_makespan_run(problem, options, &result, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    summary->outcome = result.outcome;
    summary->bound = result.bound;
    summary->critical_path = result.critical_path;
    summary->ticks = result.ticks;
    summary->rounds = result.rounds;
    summary->schedules = result.schedules;
    if (result.start) {
        GANGER_TRY(ganger_plan_build_makespan(problem, &result, plan, findings));
        (*plan)->summary.seed = options->seed;
        (*plan)->reproducible = is_reproducible(options);
        GANGER_TRY(approve(problem, plan, findings));
        *summary = (*plan)->summary;
    }
out:
    ganger_makespan_result_clear(&result);
    return status;
}

static ganger_status solve(const struct ganger_problem *problem,
                           const struct ganger_options *options, struct ganger_plan **plan,
                           struct ganger_summary *summary, struct ganger_findings *findings)
{
    struct ganger_search_result result = {0};
    double begin = ganger_clock_now_s();
    ganger_status status = GANGER_STATUS_OK;
    summary->works = problem->works.count;
    summary->seed = options->seed;
    summary->threads = ganger_parallel_threads(options->threads);
    if (ganger_infeasible_prove(problem, findings)) {
        summary->outcome = GANGER_OUTCOME_INFEASIBLE;
        return GANGER_STATUS_OK;
    }
    if (problem->objective == GANGER_OBJECTIVE_MAKESPAN) {
        GANGER_TRY(solve_makespan(problem, options, plan, summary, findings));
        goto out;
    }
    if (ganger_throughput_applies(problem)) {
        GANGER_TRY(ganger_throughput_run(problem, options, &result, findings));
    } else {
        GANGER_TRY(ganger_search_run(problem, options, &result, findings));
    }
    summary->outcome = result.outcome;
    summary->bound = result.bound;
    summary->ticks = result.ticks;
    summary->rounds = result.rounds;
    if (result.best) {
        GANGER_TRY(finish_plan(problem, options, &result, plan, findings));
        *summary = (*plan)->summary;
    }
out:
    ganger_parallel_each_thread(summary->threads, ganger_lp_release_thread);
    summary->wall_s = ganger_clock_now_s() - begin;
    if (*plan) {
        (*plan)->summary.wall_s = summary->wall_s;
    }
    ganger_search_result_clear(&result);
    return status;
}

/* Under the conditions of an earlier plan, which go into the new one. */
static ganger_status solve_again(const struct ganger_problem *problem,
                                 const struct ganger_options *options, struct ganger_plan **plan,
                                 struct ganger_summary *summary, struct ganger_findings *findings)
{
    struct ganger_replanning replanning;
    ganger_status status = ganger_replanning_init(&replanning, problem, options->replan, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    status = solve(replanning.held, options, plan, summary, findings);
    if (*plan) {
        struct ganger_replan_summary *replan = &(*plan)->summary.replan;
        (*plan)->hold = replanning.hold;
        (*plan)->held = replanning.held;
        ganger_plan_count_changes(*plan);
        replan->unknown = replanning.unknown;
        replan->misfits = replanning.misfits;
        summary->replan = *replan;
        replanning.hold = (struct ganger_hold){0};
        replanning.held = NULL;
    }
    ganger_replanning_clear(&replanning);
    return status;
}

ganger_status ganger_solve(const struct ganger_problem *problem,
                           const struct ganger_options *options, struct ganger_plan **plan,
                           struct ganger_summary *summary, struct ganger_findings *findings)
{
    *plan = NULL;
    *summary = (struct ganger_summary){.outcome = GANGER_OUTCOME_LIMIT,
                                       .value = NAN,
                                       .bound = NAN,
                                       .gap_percent = NAN,
                                       .critical_path = NAN};
    ganger_status status = ganger_options_check(options, findings);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    return options->replan ? solve_again(problem, options, plan, summary, findings)
                           : solve(problem, options, plan, summary, findings);
}
