#include "search/large_parts.h"

#include "parallel/parallel.h"
#include "search/construct.h"
#include "search/follow.h"
#include "search/haul_lp.h"
#include "search/merge.h"
#include "search/outlook_prices.h"
#include "search/prospects.h"
#include "search/reinstate.h"
#include "search/sketch.h"
#include "search/trial.h"

#include <math.h>
#include <stdlib.h>

/* Ticks of a step of the relaxation. */
static const int64_t step_ticks = 100000000;
/* The first plan has the paths that are lacking in every so many moments. */
enum { first_every = 4 };
/* Share of the work that goes to the relaxation before the first round, and later; the least of the pace that it has had
 * before the second one; share of the pace when the search is over, and the rest settles the best plan's freight; the least
 * that LPs of all of it would leave of the pace, else there are none; rounds of the search, and the least ticks of an island
 * in one. */
static const struct {
    double first_relaxed, relaxed, head, search, least_rest;
    int rounds;
    double least;
} shares = {0.8, 0.45, 0.38, 0.85, 0.3, 24, 1e5};
/* Share of the plan in what is expected, at the beginning and the end of the search. */
static const double plan_first = 0.2, plan_last = 0.8;
/* Ticks of all islands in the first round, as a share of those until then: nothing in it depends on the pace, so that its end can
 * tell the pace. */
static const double first_round = 1.2;
/* Temperatures at the beginning and the end of the search, in costs of a work. */
static const double hot = 0.5, cold = 0.02;
/* Iterations that settle freight: for an outlook; for a plan in a round. */
enum {
    first_iterations = 40,
    follow_iterations = 40,
    outlook_iterations = 80,
    plan_iterations = 40,
    first_haul = 0,
    round_haul = 24
};
/* Time to finish a plan, as a share of the time it took to find the first one. */
static const double finish_share = 1.2;

/* ---- pieces ----------------------------------------------------------------------------------- */

/* Settles the moments on large->capacity, with new paths in between - few for a first plan - in the place of those that are
 * out of use, and draws the outlook. */
static bool look_ahead(struct ganger_large *large, int32_t iterations,
                       struct ganger_outlook *outlook)
{
    struct ganger_search_result *result = large->run->result;
    struct ganger_moments *moments = &large->moments;
    int threads = result->threads;
    int32_t every = result->best ? 1 : first_every;
    if (isinf(result->bound)) { /* not even prices of nothing */
        return ganger_outlook_of_nothing(outlook, moments);
    }
    return ganger_moments_settle(moments, large->capacity, iterations / 2, threads,
                                 &result->ticks) &&
           (!result->best || ganger_moments_drop_paths(moments, &result->ticks)) &&
           ganger_moments_find_paths(moments, every, threads, &result->ticks) &&
           ganger_moments_settle(moments, large->capacity, iterations / 2, threads,
                                 &result->ticks) &&
           ganger_outlook_of_prices(
               outlook,
               (struct ganger_outlook_prices){moments, large->capacity, large->trust, threads},
               &result->ticks);
}

/* All islands hold island 0's plan. */
static void spread_plan(struct ganger_large *large)
{
    for (int i = 1; i < large->archipelago->model->islands; i++) {
        ganger_island_copy_plan(large->archipelago->island[i], large->archipelago->island[0]);
    }
}

/* ---- the first plan --------------------------------------------------------------------------- */

/* The first paths, without iterations: a plan comes before prices that take long. */
static void relax_first(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_relaxation *relaxation = run->result->relaxation;
    ganger_relaxation_set_step(relaxation, step_ticks);
    ganger_relaxation_set_interrupt(relaxation, ganger_run_stopped, run);
    run->relaxing = ganger_run_relax(run);
    ganger_relaxation_set_interrupt(relaxation, ganger_run_interrupted, run);
}

static bool found(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_island *first = large->archipelago->island[0];
    struct ganger_outlook outlook;
    relax_first(large);
    if (ganger_run_stopped(run)) {
        return true;
    }
    if (!ganger_moments_init(&large->moments, large->model, run->result->relaxation)) {
        return false;
    }
    ganger_relaxation_capacity(run->result->relaxation, large->capacity);
    ganger_relaxation_hints(run->result->relaxation, run->hint);
    if (!look_ahead(large, first_iterations, &outlook)) {
        return false;
    }
    ganger_rng_init(&first->rng, run->options->seed, 0, 0);
    first->stale = false;
    ganger_island_measure_capacity(first);
    ganger_sketch_begin(first, &outlook);
    first->hint = run->hint;
    bool built = ganger_search_keeps(large->model) ? ganger_search_reinstate(first)
                                                   : ganger_construct(first);
    ganger_prospects_end(first);
    run->result->ticks += first->ticks;
    ganger_outlook_clear(&outlook);
    enum ganger_haul_end end = built ? ganger_large_haul(large, first_haul) : GANGER_HAUL_FAILED;
    if (end == GANGER_HAUL_BETTER) {
        ganger_run_trace(run, 'C');
    }
    return end != GANGER_HAUL_FAILED;
}

/* ---- after the relaxation --------------------------------------------------------------------- */

struct turn {
    struct ganger_large *large;
    const struct ganger_outlook *outlook;
};

static void begin_turn(struct turn *turn, int32_t index)
{
    struct ganger_archipelago *a = turn->large->archipelago;
    struct ganger_island *island = a->island[index];
    ganger_rng_init(&island->rng, a->seed, (uint32_t)index, (uint64_t)a->round);
    island->ticks = 0;
    island->stale = false;
    island->hint = turn->large->run->hint;
}

/* Ends a turn of all islands. */
static void end_turn(struct ganger_large *large)
{
    struct ganger_archipelago *a = large->archipelago;
    a->round++;
    for (int i = 0; i < a->model->islands; i++) {
        large->run->result->ticks += a->island[i]->ticks;
        ganger_prospects_end(a->island[i]);
    }
}

/* Island 0 takes over the best plan that follows the relaxation, if it is better by the relaxation's outlook. */
static bool follow_relaxation(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_archipelago *a = large->archipelago;
    struct ganger_outlook outlook;
    struct turn turn = {large, &outlook};
    ganger_relaxation_capacity(run->result->relaxation, large->capacity);
    ganger_relaxation_hints(run->result->relaxation, run->hint);
    if (!look_ahead(large, follow_iterations, &outlook)) {
        return false;
    }
    if (ganger_run_over(run)) {
        ganger_outlook_clear(&outlook);
        return true;
    }
    for (int32_t i = 0; i < a->model->islands; i++) {
        begin_turn(&turn, i);
    }
    int32_t best = ganger_follow_all(a, &outlook, large->empty);
    end_turn(large);
    if (best > 0) {
        ganger_island_copy_plan(a->island[0], a->island[best]);
    }
    ganger_outlook_clear(&outlook);
    return best != GANGER_NONE;
}

/* ---- rounds ----------------------------------------------------------------------------------- */

static void anneal(int32_t index, void *context)
{
    struct turn *turn = context;
    struct ganger_large *large = turn->large;
    struct ganger_archipelago *a = large->archipelago;
    struct ganger_island *island = a->island[index];
    begin_turn(turn, index);
    ganger_regions_view(&large->regions, a->model->islands, index, &island->own,
                        &island->own_count);
    ganger_sketch_begin(island, turn->outlook);
    while (island->own_count > 0 && island->ticks < large->turn_ticks && !island->interrupted) {
        ganger_moves_try(a->moves[index], island, large->temperature);
        island->interrupted = a->interrupted(a->interrupt_context);
    }
    island->own = NULL;
}

/* Anneals and merges on an outlook; false if memory is short. */
static bool search_on(struct ganger_large *large, const struct ganger_outlook *outlook)
{
    struct ganger_run *run = large->run;
    struct ganger_archipelago *a = large->archipelago;
    struct turn turn = {large, outlook};
    ganger_schedule_copy(large->base, a->island[0]->schedule);
    spread_plan(large);
    ganger_parallel_for(a->threads, a->model->islands, anneal, &turn);
    if (ganger_run_interrupted(run)) {
        return true;
    }
    bool merged = ganger_merge(a, large->base);
    end_turn(large);
    return merged;
}

/* How much of the search is over, 0 .. 1. */
static double progress_of(const struct ganger_large *large)
{
    const struct ganger_search_result *result = large->run->result;
    double all = (double)(result->pace - large->begin);
    if (result->rounds == 0) {
        return 0;
    }
    return all > 0 ? fmin(1, (double)(result->ticks - large->begin) / all / shares.search) : 1;
}

/* Ticks that the relaxation is to have had before the next round. */
static double due_to_relaxation(const struct ganger_large *large)
{
    const struct ganger_search_result *result = large->run->result;
    if (result->rounds == 0) {
        return shares.first_relaxed * (double)result->ticks;
    }
    return fmax(shares.head * (double)result->pace, shares.relaxed * (double)result->ticks);
}

static void cool(struct ganger_large *large)
{
    const struct ganger_search_result *result = large->run->result;
    const struct ganger_island *island = large->archipelago->island[0];
    double all = shares.search * (double)(result->pace - large->begin);
    double cost = fabs(island->value.terms.cost) / fmax(1, island->schedule->placed);
    large->temperature = cost * hot * pow(cold / hot, progress_of(large));
    double round = result->rounds == 0 ? first_round * (double)large->begin
                                       : (1 - shares.relaxed) * all / shares.rounds;
    large->turn_ticks = (int64_t)fmax(round / island->model->islands, shares.least);
}

/* What links have with island 0's plan, works under way and all, on average over what each moment stands for. */
static void measure_mean(const struct ganger_large *large, double *capacity)
{
    const struct ganger_moments *moments = &large->moments;
    const double *now = large->archipelago->island[0]->link_capacity;
    int64_t boundaries = large->model->boundaries;
    for (int64_t l = 0; l < large->model->problem->links.count; l++) {
        for (int32_t i = 0; i < moments->count; i++) {
            int32_t from = moments->first[i], to = moments->first[i + 1];
            double sum = 0;
            for (int32_t t = from; t < to; t++) {
                sum += now[l * boundaries + t];
            }
            for (int32_t t = from; t < to; t++) {
                capacity[l * boundaries + t] = sum / (to - from);
            }
        }
    }
}

/* What is expected lies between what the relaxation has and what the plan has, nearer and nearer to the plan: at a plan
 * that lacks much, many works promise to carry the same freight. */
static void expect_capacity(struct ganger_large *large)
{
    const struct ganger_search_model *model = large->model;
    double share = plan_first + (plan_last - plan_first) * progress_of(large);
    measure_mean(large, large->capacity);
    ganger_relaxation_capacity(large->run->result->relaxation, large->relaxed);
    for (int64_t i = 0; i < (int64_t)model->problem->links.count * model->boundaries; i++) {
        large->capacity[i] = share * large->capacity[i] + (1 - share) * large->relaxed[i];
    }
}

/* An outlook near the best plan so far, annealing on it, and the traffic of what was found. */
static bool search_round(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    struct ganger_outlook outlook;
    expect_capacity(large);
    ganger_relaxation_hints(result->relaxation, run->hint);
    if (!look_ahead(large, outlook_iterations, &outlook)) {
        return false;
    }
    cool(large);
    ganger_regions_cut(&large->regions, large->model->problem, result->rounds);
    bool ready = ganger_run_over(run) || search_on(large, &outlook);
    ganger_outlook_clear(&outlook);
    ready = ready && (ganger_run_over(run) || ganger_large_settle_plan(large, plan_iterations));
    return ready && (ganger_run_over(run) || ganger_large_haul_round(large, round_haul));
}

/* Is there room for another round? Long ones must leave half of what is for settling the best plan's freight: that gains more
 * than a round that is broken off. */
static bool fits_a_round(const struct ganger_large *large)
{
    const struct ganger_search_result *result = large->run->result;
    double all = (double)(result->pace - large->begin);
    double spent = (double)(result->ticks - large->begin);
    double latest = 0.5 * (shares.search + 1) * all;
    return !result->best || result->rounds == 0 ||
           (spent < shares.search * all && spent + (double)large->round_ticks < latest);
}

/* The relaxation until it has had its share; at first a plan that follows it; and a round of the search. Each part
 * counts ticks only if it is not broken off, and the limits are asked after each: so a replay by ticks does the same. */
static bool round_of(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    while (run->relaxing && !ganger_run_over(run) &&
           (double)run->relaxed < due_to_relaxation(large)) {
        run->relaxing = ganger_run_relax(run);
        if (run->relaxing && !ganger_moments_drop_paths(&large->moments, &result->ticks)) {
            return false;
        }
    }
    if (!fits_a_round(large)) {
        return true;
    }
    if (!ganger_run_over(run) && run->relaxing && result->rounds == 0 &&
        !follow_relaxation(large)) { /* later, what was searched for is better */
        return false;
    }
    int64_t before = result->ticks;
    bool ready = ganger_run_over(run) || search_round(large);
    large->round_ticks = result->ticks - before;
    return ready;
}

/* The work that the search is planned for, and whether LPs of the best plan are part of it. */
static void plan_work(struct ganger_large *large)
{
    struct ganger_search_result *result = large->run->result;
    result->pace = ganger_run_pace(large->run);
    double lps = ganger_haul_lp_ticks(large->run->problem);
    large->solves = lps <= (1 - shares.least_rest) * (double)result->pace;
}

static bool go_on(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    if (run->relaxing && !ganger_run_over(run)) {
        run->relaxing = ganger_run_relax(run);
    }
    large->begin = result->ticks;
    plan_work(large);
    bool ready = true;
    while (ready && !ganger_run_over(run) && fits_a_round(large)) {
        bool first = result->rounds == 0;
        ready = round_of(large);
        if (first &&
            result->rounds > 0) { /* the speed until now; that of the founding is another one */
            plan_work(large);
        }
    }
    return ready && ganger_large_settle(large);
}

static bool large_init(struct ganger_large *large, struct ganger_run *run)
{
    *large = (struct ganger_large){
        .run = run, .archipelago = run->archipelago, .model = run->result->model, .trust = 1};
    const struct ganger_problem *p = run->problem;
    size_t cells = (size_t)p->links.count * (size_t)large->model->boundaries + 1;
    large->base = ganger_schedule_create(large->model->frame);
    large->kept = ganger_schedule_create(large->model->frame);
    large->guess = -INFINITY;
    large->empty = ganger_schedule_create(large->model->frame);
    large->capacity = malloc(cells * sizeof *large->capacity);
    large->relaxed = malloc(cells * sizeof *large->relaxed);
    large->archipelago->interrupted = ganger_run_interrupted;
    large->archipelago->interrupt_context = run;
    return large->base && large->kept && large->empty && large->capacity && large->relaxed &&
           ganger_regions_init(&large->regions, p);
}

bool ganger_large_run(struct ganger_run *run)
{
    struct ganger_large large;
    bool ready = large_init(&large, run) && found(&large);
    if (ready && !ganger_run_stopped(run)) {
        if (run->time_limit_s > 0) {
            run->time_limit_s =
                fmax(run->time_limit_s - finish_share * ganger_run_elapsed(run), 1e-3);
        }
        ready = go_on(&large);
    }
    ganger_moments_clear(&large.moments);
    ganger_regions_clear(&large.regions);
    ganger_schedule_destroy(large.base);
    ganger_schedule_destroy(large.kept);
    ganger_schedule_destroy(large.empty);
    free(large.capacity);
    free(large.relaxed);
    return ready;
}
