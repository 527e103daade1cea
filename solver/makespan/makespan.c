/* The driver: generations of schedules and phases of proof by turns, until a limit or a proof. */
#include "makespan/makespan.h"

#include "base/clock.h"
#include "makespan/evolution.h"
#include "makespan/filling.h"
#include "makespan/prover.h"
#include "parallel/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double default_time_limit_s = 60;
/* With a time limit, the work that fits into it is foreseen after this share of the warm-up, with a reserve for
 * what comes at the end. */
static const double measured_share = 0.8, reserve = 0.02;
/* How much faster annealing spends ticks than breeding does, until that is seen; how much faster, once it gets
 * colder, than what was seen; and how much faster breeding does with more members, its end included. */
static const double anneals_faster = 1.7, colder_faster = 1.2, breeds_faster = 1.15;
/* Ticks of annealing that show its speed; its first round has little but sampling. */
static const int64_t annealing_shows = 500000;
static const double sign_of_life_s = 1.0;

/* Share of the work that goes to filling makespans, where that pays. */
static const double filled_share = 0.15;

/* Shares of work between search and proof, in ticks. Up to 60 works proof gets about a third of the time; with more
 * its turns become rarer with the fourth power of their number, and shorter with it; and rarer again when it got nowhere
 * with `trust` ticks. */
static const struct {
    int64_t first_phase, trust;
    double phase_share; /* of the ticks so far, for the next phase, up to 60 works */
    double interval;    /* ticks of breeding for each tick of a solver's phase, up to 60 works */
    int32_t rarely;
} turns = {200000, 400000000, 0.10, 2, 4};

struct run {
    const struct ganger_problem *problem;
    const struct ganger_options *options;
    struct ganger_makespan_result *result;
    struct ganger_makespan_model *model;
    struct ganger_evolution *evolution;
    struct ganger_prover *prover;
    struct ganger_filling *filling;
    double begin_s, last_sign_s, time_limit_s;
    int32_t bound, value; /* value INT32_MAX: no schedule yet */
    int64_t pace;         /* ticks that the search is planned for; 0: not known yet */
    int64_t next_phase;   /* ticks of breeding at which the prover's turn comes */
    int64_t useful;       /* the prover's ticks when it last found or proved something */
    /* Ticks and seconds of breeding, annealing and proof so far. */
    struct effort {
        int64_t ticks;
        double s;
    } bred, annealed, proved;
    bool prover_tried, infeasible;
    int32_t trace_room;
};

static double elapsed(const struct run *run)
{
    return ganger_clock_now_s() - run->begin_s;
}

static int64_t bred_ticks(const struct run *run)
{
    const struct ganger_evolution *e = run->evolution;
    return e->schedules * run->model->works + (e->polish ? e->polish->ticks : 0);
}

static int64_t all_ticks(const struct run *run)
{
    return bred_ticks(run) + run->filling->ticks + (run->prover ? run->prover->ticks : 0);
}

static void report(struct run *run, char source)
{
    run->last_sign_s = ganger_clock_now_s();
    if (!run->options->on_progress) {
        return;
    }
    bool found = run->value < INT32_MAX;
    struct ganger_progress progress = {.source = source,
                                       .time_s = elapsed(run),
                                       .ticks = all_ticks(run),
                                       .rounds = run->evolution->rounds,
                                       .value = found ? (double)run->value : (double)NAN,
                                       .bound = run->bound,
                                       .gap_percent = found ? 100.0 * (run->value - run->bound) /
                                                                  fmax(run->value, 1)
                                                            : (double)NAN,
                                       .works_done = found ? run->model->works : 0,
                                       .works = run->model->works};
    run->options->on_progress(&progress, run->options->progress_context);
}

static void trace(struct run *run, char source)
{
    struct ganger_makespan_result *result = run->result;
    if (result->trace_rows == run->trace_room) {
        int32_t room = 2 * run->trace_room + 64;
        struct ganger_makespan_trace *rows = realloc(result->trace, (size_t)room * sizeof *rows);
        if (!rows) {
            return; /* a trace with holes is better than no plan */
        }
        result->trace = rows;
        run->trace_room = room;
    }
    result->trace[result->trace_rows++] = (struct ganger_makespan_trace){
        elapsed(run), run->value < INT32_MAX ? (double)run->value : (double)NAN, run->bound,
        all_ticks(run), run->evolution->rounds};
    report(run, source);
}

/* After a round or phase: takes note of what is new. */
static void collect(struct run *run, char source)
{
    bool better = run->evolution->makespan < run->value;
    bool proved = run->prover && run->prover->lower > run->bound;
    if (better && run->value == INT32_MAX) {
        run->result->first_value = run->evolution->makespan;
        run->result->first_time_s = elapsed(run);
    }
    run->value = run->evolution->makespan;
    run->bound = proved ? run->prover->lower : run->bound;
    if (better || proved) {
        trace(run, better ? source : 'B');
    } else if (ganger_clock_now_s() - run->last_sign_s > sign_of_life_s) {
        report(run, ' ');
    }
}

/* How many times as many works as proof is good at. */
static double excess(const struct run *run)
{
    return fmax(run->model->works, 60) / 60.0;
}

/* Ticks of breeding for each tick of a solver's phase. */
static double interval(const struct run *run)
{
    double scale = excess(run);
    bool trusted = run->prover->ticks - run->useful < turns.trust;
    return turns.interval * scale * scale * scale * scale * (trusted ? 1 : turns.rarely);
}

static ganger_status prove(struct run *run)
{
    struct ganger_evolution *e = run->evolution;
    if (!run->prover_tried) {
        bool found = e->makespan < INT32_MAX;
        run->prover_tried = true;
        ganger_status status = ganger_prover_create(run->model, found ? e->start : NULL, e->mode,
                                                    e->makespan, &run->prover);
        if (status != GANGER_STATUS_OK) {
            return status;
        }
    }
    if (!run->prover || run->prover->broken) {
        run->next_phase = INT64_MAX;
        return GANGER_STATUS_OK;
    }
    int64_t share = (int64_t)(turns.phase_share / excess(run) * (double)all_ticks(run));
    int64_t budget = share > turns.first_phase ? share : turns.first_phase;
    double begin_s = ganger_clock_now_s();
    ganger_prover_phase(run->prover, e->makespan, budget, e->threads);
    run->proved.s += ganger_clock_now_s() - begin_s;
    run->proved.ticks = run->prover->ticks;
    if (run->prover->found) {
        ganger_evolution_adopt(e, run->prover->start, run->prover->mode, run->prover->makespan);
    }
    if (run->prover->found || run->prover->lower > run->bound) {
        run->useful = run->prover->ticks;
    }
    run->infeasible = run->prover->optimal && e->makespan == INT32_MAX;
    run->next_phase = bred_ticks(run) + (int64_t)((double)budget * interval(run));
    collect(run, 'X');
    return GANGER_STATUS_OK;
}

static bool limit_reached(const struct run *run)
{
    const struct ganger_options *o = run->options;
    return (o->tick_limit > 0 && all_ticks(run) >= o->tick_limit) ||
           (o->schedule_limit > 0 && run->evolution->schedules >= o->schedule_limit) ||
           (run->time_limit_s > 0 && elapsed(run) >= run->time_limit_s) ||
           (o->should_stop && o->should_stop(o->stop_context));
}

static bool settled(const struct run *run)
{
    return run->infeasible || (run->value < INT32_MAX && run->value <= run->bound);
}

static bool filling_due(const struct run *run)
{
    double next = (double)ganger_filling_next(run->filling, run->value);
    return run->value < INT32_MAX && run->options->schedule_limit <= 0 && !settled(run) &&
           !limit_reached(run) && next <= filled_share * (double)all_ticks(run) &&
           ganger_filling_pays(run->filling, run->value);
}

/* A round of filling where its turn has come. False if memory is short. */
static bool fill(struct run *run)
{
    struct ganger_evolution *e = run->evolution;
    if (!filling_due(run)) {
        return true;
    }
    if (!ganger_filling_round(run->filling, e->makespan, e->threads)) {
        return false;
    }
    if (run->filling->start) {
        ganger_evolution_adopt(e, run->filling->start, run->filling->mode, run->filling->makespan);
        collect(run, 'S');
    }
    return true;
}

/* The pace asked for, or that of the limits in work. */
static int64_t given_pace(const struct run *run)
{
    const struct ganger_options *o = run->options;
    int64_t works = run->model->works > 0 ? run->model->works : 1;
    int64_t by_schedules =
        o->schedule_limit < INT64_MAX / works ? o->schedule_limit * works : INT64_MAX;
    if (o->pace > 0) {
        return o->pace;
    }
    bool both = o->tick_limit > 0 && o->schedule_limit > 0;
    return both                ? (o->tick_limit < by_schedules ? o->tick_limit : by_schedules)
           : o->tick_limit > 0 ? o->tick_limit
                               : by_schedules;
}

/* Ticks that fit into `left` seconds, by the speeds so far and the shares of annealing and proof. */
static int64_t foresee(const struct run *run, double left)
{
    struct effort a = run->annealed, p = run->proved;
    double proof = p.ticks > 0 && run->next_phase < INT64_MAX ? 2 / interval(run) : 0;
    double bred_s = run->bred.s / fmax((double)run->bred.ticks, 1);
    double annealed_s =
        a.ticks > annealing_shows ? a.s / (double)a.ticks / colder_faster : bred_s / anneals_faster;
    double proof_s = proof > 0 ? proof * p.s / (double)p.ticks : 0;
    int64_t breeding =
        (int64_t)(left / fmax(bred_s / breeds_faster + proof_s, 1e-12) * (1 + proof));
    int64_t annealing = (int64_t)(left / fmax(annealed_s + proof_s, 1e-12) * (1 + proof));
    return ganger_evolution_breeds(run->evolution, all_ticks(run) + breeding) ? breeding
                                                                              : annealing;
}

/* Sets the pace once enough of the time limit is over to know the speed. As if it had been known from the
 * start, so that a solve with this pace and these ticks repeats this one: it is large enough for nothing to
 * have depended on it when the last round began, after `before` ticks. */
static void measure_pace(struct run *run, int64_t before)
{
    if (run->pace > 0) {
        return;
    }
    double left = run->time_limit_s * (1 - reserve) - elapsed(run);
    int64_t now = all_ticks(run), pace = now + foresee(run, fmax(left, 0));
    /* Whoever is that far after so little time was slow by chance. */
    bool early = elapsed(run) < measured_share * run->time_limit_s / GANGER_EVOLUTION_WARM_UP;
    if (early || (double)now < measured_share * (double)ganger_evolution_warm_up(pace)) {
        return;
    }
    int64_t least = ganger_evolution_least_pace(before);
    run->pace = pace > least ? pace : least;
}

/* One round of the search, timed. False if memory is short. */
static bool search_round(struct run *run)
{
    double begin_s = ganger_clock_now_s();
    int64_t before = bred_ticks(run);
    bool done = ganger_evolution_round(run->evolution, all_ticks(run), run->pace);
    struct effort *effort = ganger_evolution_anneals(run->evolution) ? &run->annealed : &run->bred;
    if (before > 0) { /* threads and memory are slow to begin with */
        effort->ticks += bred_ticks(run) - before;
        effort->s += ganger_clock_now_s() - begin_s;
    }
    return done;
}

static ganger_status search(struct run *run)
{
    do {
        int64_t now = all_ticks(run);
        if (!search_round(run)) {
            return GANGER_STATUS_OUT_OF_MEMORY;
        }
        collect(run, 'S');
        if (!settled(run) && !limit_reached(run) && bred_ticks(run) >= run->next_phase &&
            run->options->schedule_limit <= 0) {
            ganger_status status = prove(run);
            if (status != GANGER_STATUS_OK) {
                return status;
            }
        }
        if (!fill(run)) {
            return GANGER_STATUS_OUT_OF_MEMORY;
        }
        measure_pace(run, now);
    } while (!settled(run) && !limit_reached(run));
    return GANGER_STATUS_OK;
}

static ganger_status finish(struct run *run)
{
    struct ganger_makespan_result *result = run->result;
    const struct ganger_makespan_model *m = run->model;
    size_t row = ((size_t)m->works + 1) * sizeof *result->start;
    result->bound = run->bound;
    result->ticks = all_ticks(run);
    result->pace = run->pace;
    result->rounds = run->evolution->rounds;
    result->schedules = run->evolution->schedules;
    result->wall_s = elapsed(run);
    result->outcome = run->infeasible            ? GANGER_OUTCOME_INFEASIBLE
                      : run->value == INT32_MAX  ? GANGER_OUTCOME_LIMIT
                      : run->value <= run->bound ? GANGER_OUTCOME_OPTIMAL
                                                 : GANGER_OUTCOME_FEASIBLE;
    if (run->value == INT32_MAX) {
        return GANGER_STATUS_OK;
    }
    result->makespan = run->value;
    result->start = malloc(row);
    result->mode = malloc(row);
    if (!result->start || !result->mode) {
        return GANGER_STATUS_OUT_OF_MEMORY;
    }
    for (int32_t w = 0; w < m->works; w++) {
        result->start[m->problem_work[w]] = run->evolution->start[w];
        result->mode[m->problem_work[w]] = m->problem_mode[run->evolution->mode[w]];
    }
    return GANGER_STATUS_OK;
}

/* A work without a usable mode: nothing to search for. */
static bool hopeless(const struct ganger_makespan_model *m)
{
    for (int32_t w = 0; w < m->works; w++) {
        if (m->first_mode[w] == m->first_mode[w + 1]) {
            return true;
        }
    }
    return false;
}

static ganger_status prepare(struct run *run)
{
    run->model = ganger_makespan_model_create(run->problem);
    if (!run->model) {
        return GANGER_STATUS_OUT_OF_MEMORY;
    }
    run->result->critical_path = run->model->critical_path;
    run->bound = run->model->bound;
    run->value = INT32_MAX;
    run->infeasible = hopeless(run->model);
    run->next_phase =
        0; /* small instances are over after the first generation and a little thought */
    run->pace = given_pace(run);
    run->evolution = ganger_evolution_create(run->model, run->options->seed, run->result->threads);
    run->filling = ganger_filling_create(run->model, run->options->seed);
    if (!run->evolution || !run->filling) {
        return GANGER_STATUS_OUT_OF_MEMORY;
    }
    run->evolution->counted = run->options->schedule_limit > 0;
    return GANGER_STATUS_OK;
}

ganger_status ganger_makespan_run(const struct ganger_problem *problem,
                                  const struct ganger_options *options,
                                  struct ganger_makespan_result *result,
                                  struct ganger_findings *findings)
{
    struct run run = {.problem = problem,
                      .options = options,
                      .result = result,
                      .begin_s = ganger_clock_now_s(),
                      .time_limit_s = options->time_limit_s};
    bool limited =
        options->time_limit_s > 0 || options->tick_limit > 0 || options->schedule_limit > 0;
    run.time_limit_s = limited ? run.time_limit_s : default_time_limit_s;
    run.last_sign_s = run.begin_s;
    *result = (struct ganger_makespan_result){.threads = ganger_parallel_threads(options->threads)};
    const char *refusal = ganger_makespan_model_refusal(problem);
    if (refusal) {
        return ganger_findings_add(findings, GANGER_STATUS_INPUT_INVALID, problem->name, 0,
                                   "objective", "makespan is not solved yet for %s", refusal);
    }
    ganger_status status = prepare(&run);
    if (status == GANGER_STATUS_OK && !run.infeasible) {
        status = search(&run);
    }
    if (status == GANGER_STATUS_OK) {
        status = finish(&run);
    }
    ganger_prover_destroy(run.prover);
    ganger_filling_destroy(run.filling);
    ganger_evolution_destroy(run.evolution);
    ganger_makespan_model_destroy(run.model);
    if (status != GANGER_STATUS_OK) {
        ganger_makespan_result_clear(result);
        return ganger_findings_out_of_memory(findings);
    }
    return status;
}

void ganger_makespan_result_clear(struct ganger_makespan_result *result)
{
    free(result->start);
    free(result->mode);
    free(result->trace);
    *result = (struct ganger_makespan_result){0};
}
