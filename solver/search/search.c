/* The driver: found a first plan, then rounds of search and steps of the relaxation until a limit. */
#include "search/search.h"

#include "lp/lp.h"
#include "parallel/parallel.h"
#include "search/joint.h"
#include "search/large.h"
#include "search/nearest.h"
#include "search/run.h"
#include "search/sketch.h"
#include "search/sketches.h"

#include <math.h>
#include <stdlib.h>

/* Rounds between exchanges. */
enum { exchange_every = 8 };
/* At most this share of the work is its head start, where there is little. */
static const double little_head = 0.3;
/* Share of all work that goes to the relaxation after its head start, if there is little work for so many works, and if not. */
static const struct {
    double of_little, of_much;
} relaxed = {0.4, 0.55};
/* Ticks a work from which on rows of closure pay in the relaxation. */
static const int64_t rows_pay = 1600000;
static const double default_time_limit_s = 60;
/* Time to finish a plan, as a share of the time it took to find the first one. */
static const double finish_share = 0.6;

double ganger_run_elapsed(const struct ganger_run *run)
{
    return ganger_journal_elapsed(&run->journal);
}

void ganger_run_trace(struct ganger_run *run, char source)
{
    ganger_journal_trace(&run->journal, source);
}

bool ganger_run_take(struct ganger_run *run, const struct ganger_schedule *schedule,
                     struct ganger_value value)
{
    return ganger_journal_take(&run->journal, schedule, value);
}

void ganger_run_collected(struct ganger_run *run, bool better)
{
    if (better) {
        ganger_journal_trace(&run->journal, 'S');
    } else {
        ganger_journal_sign(&run->journal);
    }
}

/* After a round: the best of the islands' plans, in their order. */
static void collect(struct ganger_run *run)
{
    bool better = false;
    for (int i = 0; i < run->result->model->islands; i++) {
        const struct ganger_island *island = run->archipelago->island[i];
        better |= ganger_run_take(run, island->schedule, island->value);
    }
    ganger_run_collected(run, better);
}

bool ganger_run_relax(struct ganger_run *run)
{
    struct ganger_search_result *result = run->result;
    double before = result->bound;
    int64_t ticks = 0;
    if (!ganger_relaxation_step(result->relaxation, result->threads, &ticks)) {
        return false; /* broken off: counts for nothing */
    }
    result->ticks += ticks;
    run->relaxed += ticks;
    result->bound = ganger_relaxation_bound(result->relaxation);
    if (result->bound < before) {
        ganger_run_trace(run, 'B');
    }
    return true;
}

bool ganger_run_stopped(void *context)
{
    const struct ganger_run *run = context;
    return ganger_journal_stopped(&run->journal);
}

/* Time or the user ends the solve: asked between rounds, and by islands between moves. */
bool ganger_run_interrupted(void *context)
{
    const struct ganger_run *run = context;
    return ganger_run_stopped(context) ||
           (run->time_limit_s > 0 && ganger_run_elapsed(run) > run->time_limit_s);
}

bool ganger_run_over(struct ganger_run *run)
{
    return ganger_run_interrupted(run) || ganger_journal_proven(&run->journal) ||
           (run->options->tick_limit > 0 && run->result->ticks >= run->options->tick_limit);
}

/* Paths that the finished plan will want: whichever island had it, island 0 has looked at the same network.
 * Taken after whole rounds only, so that a timed run and its replay by ticks end with the same ones. */
static bool keep_paths(struct ganger_run *run)
{
    return ganger_path_pool_copy(&run->result->paths, &run->archipelago->island[0]->paths);
}

void ganger_run_relax_share(struct ganger_run *run)
{
    while (run->relaxing && !ganger_run_over(run) &&
           (double)run->relaxed < run->share * (double)run->result->ticks) {
        run->relaxing = ganger_run_relax(run);
    }
}

int64_t ganger_run_pace(const struct ganger_run *run)
{
    const struct ganger_options *options = run->options;
    double now = ganger_run_elapsed(run), ticks = (double)run->result->ticks;
    if (options->pace > 0) {
        return options->pace;
    }
    if (run->time_limit_s <= 0 || now <= 0) {
        return options->tick_limit;
    }
    int64_t pace = (int64_t)(ticks * fmax(run->time_limit_s, now) / now);
    bool less = options->tick_limit > 0 && options->tick_limit < pace;
    return less ? options->tick_limit : pace;
}

/* Limits, within a sketch: at the speed so far, is there time for so many more ticks? */
static bool sketch_over(void *context, int64_t rest)
{
    struct ganger_run *run = context;
    double now = ganger_run_elapsed(run);
    double rest_s = now * (double)rest / (double)(run->result->ticks + 1);
    return ganger_run_over(run) || (run->time_limit_s > 0 && now + rest_s > run->time_limit_s);
}

enum ganger_round_end ganger_run_sketch(struct ganger_run *run, struct ganger_sketch_style style)
{
    style.over = sketch_over;
    style.context = run;
    enum ganger_round_end end = ganger_sketch_run(run->archipelago, style, &run->result->ticks);
    if (end != GANGER_ROUND_FAILED) {
        run->result->rounds++;
        collect(run);
        end = keep_paths(run) ? end : GANGER_ROUND_FAILED;
    }
    return end;
}

static int64_t rows_from(const struct ganger_problem *problem)
{
    return rows_pay * problem->works.count;
}

/* A pace by which all is decided as it was by the first guess, so that it repeats the solve. */
static int64_t as_guessed(const struct ganger_run *run, int64_t guess, int64_t pace)
{
    int64_t little = ganger_joint_below(run->problem), rows = rows_from(run->problem);
    int64_t least = guess >= rows ? rows : little, most = guess >= rows ? INT64_MAX : rows - 1;
    pace = pace > least ? pace : least;
    return pace < most ? pace : most;
}

/* Sketches, at the pace that they are planned for. */
static enum ganger_round_end sketch_all(struct ganger_run *run)
{
    struct ganger_search_result *result = run->result;
    int64_t before = result->pace;
    result->pace = as_guessed(run, before, ganger_sketches_pace(run));
    enum ganger_round_end end = ganger_sketches_run(run);
    if (result->rounds == 0) {
        result->pace = before; /* nothing that counts has come of it */
    }
    return end;
}

/* The relaxation's head start. Its first step tells the speed, and so whether there is little work for so many works: true
 * if there is. */
static bool head_start(struct ganger_run *run)
{
    struct ganger_search_result *result = run->result;
    run->relaxing = !ganger_run_over(run) && ganger_run_relax(run);
    if (!run->relaxing) {
        return false;
    }
    result->pace = ganger_run_pace(run);
    if (result->pace < rows_from(run->problem)) {
        ganger_relaxation_set_late(result->relaxation);
    }
    bool little = result->pace < ganger_joint_below(run->problem);
    run->share = little ? relaxed.of_little : relaxed.of_much;
    double most = little ? little_head * (double)result->pace : INFINITY;
    while (run->relaxing && !ganger_relaxation_settled(result->relaxation) &&
           !ganger_run_over(run) && (double)result->ticks < most) {
        run->relaxing = ganger_run_relax(run);
    }
    return little;
}

/* The relaxation's head start, and then the sketches. */
static enum ganger_round_end sketch(struct ganger_run *run)
{
    struct ganger_search_result *result = run->result;
    bool little = head_start(run);
    if (!run->relaxing || ganger_run_over(run)) {
        return GANGER_ROUND_DONE;
    }
    for (int i = 0; i < result->model->islands; i++) {
        run->archipelago->island[i]->hint = run->hint;
    }
    return little ? ganger_joint_run(run) : sketch_all(run);
}

static bool search(struct ganger_run *run)
{
    struct ganger_archipelago *a = run->archipelago;
    enum ganger_round_end end = sketch(run);
    while (end == GANGER_ROUND_DONE && !ganger_run_over(run)) {
        ganger_run_relax_share(run);
        if (ganger_run_over(run)) {
            break;
        }
        end = ganger_archipelago_round(a, &run->result->ticks);
        if (end != GANGER_ROUND_DONE) {
            break;
        }
        run->result->rounds++;
        if (!keep_paths(run)) {
            return false;
        }
        collect(run);
        if (a->round % exchange_every == 0) {
            ganger_archipelago_exchange(a);
        }
    }
    return end != GANGER_ROUND_FAILED;
}

static bool begin(struct ganger_run *run, bool large)
{
    struct ganger_search_result *result = run->result;
    result->model = ganger_search_model_create(run->problem);
    if (!result->model) {
        return false;
    }
    result->model->large = large;
    if (run->options->islands > 0) {
        result->model->islands = run->options->islands;
    }
    run->archipelago =
        ganger_archipelago_create(result->model, run->options->seed, result->threads);
    result->relaxation = ganger_relaxation_create(run->problem, result->model->graph);
    run->hint = calloc((size_t)run->problem->works.count + 1, sizeof *run->hint);
    return run->archipelago && result->relaxation && run->hint &&
           ganger_path_pool_init(&result->paths, result->model->graph);
}

/* The first plan and the first prices. False if memory or an LP gave out. */
static bool found(struct ganger_run *run)
{
    struct ganger_search_result *result = run->result;
    struct ganger_archipelago *a = run->archipelago;
    a->interrupted = ganger_run_stopped;
    a->interrupt_context = run;
    enum ganger_round_end end = ganger_archipelago_found(a, &result->ticks);
    if (end != GANGER_ROUND_DONE) {
        return end == GANGER_ROUND_INTERRUPTED;
    }
    const struct ganger_island *first = a->island[0];
    if (ganger_run_take(run, first->schedule, first->value)) {
        ganger_run_trace(run, 'C');
    }
    if (run->time_limit_s > 0) {
        /* Building and refereeing the plan at the end solves every boundary once more. */
        run->time_limit_s = fmax(run->time_limit_s - finish_share * ganger_run_elapsed(run), 1e-3);
    }
    a->interrupted = ganger_run_interrupted;
    ganger_relaxation_set_interrupt(result->relaxation, ganger_run_interrupted, run);
    run->relaxing = true;
    return keep_paths(run) && search(run);
}

ganger_status ganger_search_run(const struct ganger_problem *problem,
                                const struct ganger_options *options,
                                struct ganger_search_result *result,
                                struct ganger_findings *findings)
{
    return ganger_search_run_as(problem, options, ganger_search_is_large(problem), result,
                                findings);
}

ganger_status ganger_search_run_as(const struct ganger_problem *problem,
                                   const struct ganger_options *options, bool large,
                                   struct ganger_search_result *result,
                                   struct ganger_findings *findings)
{
    *result = (struct ganger_search_result){.outcome = GANGER_OUTCOME_LIMIT, .bound = INFINITY};
    struct ganger_run run = {.problem = problem, .options = options, .result = result};
    ganger_status status = GANGER_STATUS_OK;
    ganger_journal_begin(&run.journal, problem, options, result);
    run.time_limit_s = options->time_limit_s;
    if (run.time_limit_s <= 0 && options->tick_limit <= 0) {
        run.time_limit_s = default_time_limit_s;
    }
    result->threads = ganger_parallel_threads(options->threads);
    if (!begin(&run, large) || !(large ? ganger_large_run(&run) : found(&run))) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    if (result->best) {
        result->outcome =
            ganger_journal_proven(&run.journal) ? GANGER_OUTCOME_OPTIMAL : GANGER_OUTCOME_FEASIBLE;
    } else {
        ganger_search_note_nearest(run.archipelago, findings);
    }
    ganger_archipelago_sum_up(run.archipelago, &result->statistics);
out:
    ganger_archipelago_destroy(run.archipelago);
    free(run.hint);
    ganger_parallel_each_thread(result->threads, ganger_lp_release_thread);
    result->wall_s = ganger_run_elapsed(&run);
    if (status != GANGER_STATUS_OK) {
        ganger_search_result_clear(result);
    }
    return status;
}

void ganger_search_states_clear(struct ganger_search_states *states)
{
    free(states->pay_work);
    free(states->pay_period);
    free(states->work);
    free(states->state_period);
    free(states->state_work);
    free(states->state_first_arc);
    free(states->state_arc);
    free(states->passage);
    *states = (struct ganger_search_states){0};
}

void ganger_search_result_clear(struct ganger_search_result *result)
{
    ganger_schedule_destroy(result->best);
    ganger_relaxation_destroy(result->relaxation);
    free(result->segment_price);
    ganger_search_states_clear(&result->states);
    ganger_path_pool_clear(&result->paths);
    ganger_haulage_clear(&result->haulage);
    ganger_search_model_destroy(result->model);
    free(result->trace);
    *result = (struct ganger_search_result){0};
}
