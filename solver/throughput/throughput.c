/* The driver: a first plan, then rounds of annealing beside steps for the prices until a limit. */
#include "throughput/throughput.h"

#include "parallel/parallel.h"
#include "search/journal.h"
#include "throughput/focus.h"
#include "throughput/hull.h"
#include "throughput/prices.h"
#include "throughput/slices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Work of a round, about 0.1 s of one thread; rounds of a cycle at least, if works are few; work at the first
 * temperature, from which the pace is found. */
enum { round_ticks = 2000000, rounds_a_cycle = 100, warm_ticks = 8000000 };
/* Steps for the prices between two bounds, what they take of a round until they have their share, and the share. */
enum { steps_at_once = 25, price_ticks = 2000000 };
static const double priced_share = 0.4;
/* Until then they have at most so much of the work so far: early, since they guide the plan, and no more than keeps one thread
 * of two busy. */
static const double priced_at_once = 0.5;
/* Ticks after which the flow's prices give way to the hull, for each start that there is, and least and most of the pace: the
 * more starts, the slower the hull is to begin with. */
static const double flow_ticks = 1100, least_flow_share = 0.05, most_flow_share = 0.2;
/* Last temperature, as a share of what closing a line that matters costs in a period; what is left of a cycle then goes
 * to no temperature at all. */
static const double cold = 0.05, frozen_from = 0.97;
/* What a start pays beyond its work's least at the hull's prices counts so many times more, until so much of a cycle is over:
 * annealing then stays near what the bound takes for best, and is free at last. */
static const double toll_times = 30, toll_until = 0.8;
/* After the pace: shorter cycles from the best plan, that begin so far down the scale and take so much of the pace. */
static const double later_heat = 0.5, later_length = 0.3;
/* How often the shares of the hull are made a plan meanwhile, as a share of the pace. If the plan is so near the bound, the
 * cycle ends early, and shorter ones follow, each where the best plan falls short of the bound. */
static const double look_after = 0.1, near_bound = 0.001, focused_length = 0.05;
/* Share of the time limit that is planned for: the rest is for what goes slower than it did at first. */
static const double planned_share = 0.93;
/* Seconds to build and referee a plan, a period and link of it. */
static const double finish_s = 3e-6;
static const double default_time_limit_s = 60;

struct run {
    struct ganger_journal journal;
    const struct ganger_options *options;
    struct ganger_search_result *result;
    struct ganger_line_up *line_up;
    struct ganger_slices *slices;
    struct ganger_flow_prices *prices;
    struct ganger_hull *hull;     /* takes over from the prices; NULL: not yet */
    struct ganger_schedule *plan; /* the state as a schedule */
    int32_t *best_start, *best_mode;
    int32_t *kept_start, *kept_mode, *rounded_start, *rounded_mode; /* scratch */
    struct ganger_focus focus;
    int64_t cycles, next_look;
    bool near; /* the bound */
    double time_limit_s, hot, coldest;
    int64_t cycle_begin, cycle_ticks;
    double cycle_heat; /* share of the scale that is left out */
    int64_t priced;    /* ticks of the prices */
    double *toll;      /* [cells] by the hull's prices */
    bool toll_known;
};

bool ganger_throughput_applies(const struct ganger_problem *problem)
{
    return ganger_line_up_applies(problem);
}

/* The user ends the solve. A time limit does not break off the first plan. */
static bool stopped(void *context)
{
    const struct run *run = context;
    return ganger_journal_stopped(&run->journal);
}

static bool interrupted(void *context)
{
    const struct run *run = context;
    return stopped(context) ||
           (run->time_limit_s > 0 && ganger_journal_elapsed(&run->journal) > run->time_limit_s);
}

static bool out_of_budget(struct run *run)
{
    return interrupted(run) || ganger_journal_proven(&run->journal) ||
           (run->options->tick_limit > 0 && run->result->ticks >= run->options->tick_limit);
}

/* --- plans --- */

static struct ganger_value value_of(const struct run *run)
{
    const struct ganger_line_up *u = run->line_up;
    const struct ganger_problem *p = u->problem;
    const struct ganger_flow_state *state = run->slices->state;
    struct ganger_value value = {0};
    for (int32_t t = 0; t < u->periods; t++) {
        value.terms.traffic += p->time.weight[t] * u->value * state->flow[t].value;
    }
    value.terms.terminal = p->time.weight[u->periods] * u->value * state->flow[u->periods].value;
    for (int32_t w = 0; w < u->works; w++) {
        int32_t finish = ganger_problem_finish(p, state->mode[w], state->start[w]);
        value.terms.cost += ganger_search_cost(u->model, state->mode[w], state->start[w]);
        value.terms.tardiness += ganger_search_tardiness(u->model, w, finish);
    }
    value.total =
        value.terms.traffic + value.terms.terminal - value.terms.cost - value.terms.tardiness;
    return value;
}

static void write_plan(struct run *run)
{
    const struct ganger_flow_state *state = run->slices->state;
    for (int32_t w = 0; w < run->line_up->works; w++) {
        if (run->plan->start[w] == state->start[w] && run->plan->mode[w] == state->mode[w]) {
            continue;
        }
        if (run->plan->start[w] != GANGER_NONE) {
            ganger_schedule_remove(run->plan, w);
        }
        ganger_schedule_place(run->plan,
                              (struct ganger_placement){w, state->mode[w], state->start[w]});
    }
}

static bool take_if_better(struct run *run)
{
    const struct ganger_flow_state *state = run->slices->state;
    size_t bytes = (size_t)run->line_up->works * sizeof(int32_t);
    struct ganger_value value = value_of(run);
    if (run->result->best && value.total <= run->result->value.total) {
        return false;
    }
    write_plan(run);
    memcpy(run->best_start, state->start, bytes);
    memcpy(run->best_mode, state->mode, bytes);
    return ganger_journal_take(&run->journal, run->plan, value);
}

/* --- rounds --- */

struct round {
    struct run *run;
    int64_t spent; /* by the prices */
};

/* The prices are one more job beside the slices. */
static void price(void *context)
{
    struct round *round = context;
    struct run *run = round->run;
    if (run->hull) {
        round->spent = ganger_hull_step(run->hull, run->best_start, run->best_mode, price_ticks);
        return;
    }
    int64_t spent = 1;
    for (round->spent = 0; spent > 0 && round->spent < price_ticks;) {
        spent = ganger_flow_prices_step(run->prices, steps_at_once, interrupted, run);
        round->spent = spent > 0 ? round->spent + spent : 0;
    }
}

static bool may_price(const struct run *run)
{
    bool settled =
        run->hull ? ganger_hull_settled(run->hull) : ganger_flow_prices_settled(run->prices);
    double ticks = (double)run->result->ticks, pace = (double)run->result->pace;
    double most = fmin(priced_at_once * ticks, priced_share * fmax(ticks, pace));
    return !settled && (double)run->priced < (pace > 0 ? most : priced_at_once * ticks);
}

static bool take_bound(struct run *run)
{
    if (run->hull ? !ganger_hull_take(run->hull) : !ganger_flow_prices_take(run->prices)) {
        return false;
    }
    double bound = run->hull ? ganger_hull_bound(run->hull) : ganger_flow_prices_bound(run->prices);
    run->result->bound = fmin(run->result->bound, bound);
    if (run->hull) {
        ganger_hull_toll(run->hull, toll_times, run->toll);
        run->toll_known = true;
    }
    return true;
}

/* Goes over to the tighter bound once the prices have little left to give, or have had their share. */
static bool take_over(struct run *run)
{
    double pace = (double)run->result->pace;
    double enough = flow_ticks * ganger_flow_prices_starts(run->prices);
    enough = fmin(fmax(enough, least_flow_share * pace), most_flow_share * pace);
    bool ready = ganger_flow_prices_settled(run->prices) || (double)run->priced > enough;
    if (!run->hull && ready && pace > 0 && ganger_hull_applies(run->line_up) &&
        isfinite(run->result->bound)) {
        run->hull = ganger_hull_create(run->line_up, run->prices,
                                       (int64_t)(priced_share * pace) - run->priced);
        return run->hull != NULL;
    }
    return true;
}

/* A round and, while the prices have not had their share, steps for them. False if broken off. */
static bool go_round(struct run *run)
{
    struct ganger_search_result *result = run->result;
    bool poor = take_over(run) && may_price(run);
    struct round round = {.run = run};
    int64_t spent = 0;
    run->slices->beside = poor ? price : NULL;
    run->slices->beside_context = &round;
    if (!ganger_slices_round(run->slices, &spent) || (poor && round.spent == 0)) {
        return false; /* counts for nothing */
    }
    spent = spent > run->line_up->works ? spent : run->line_up->works; /* each was looked at */
    double each = (double)spent / run->slices->sweeps;
    double most = fmin(round_ticks, (double)run->cycle_ticks / rounds_a_cycle);
    run->slices->sweeps = (int32_t)fmax(1, fmin(10000, most / fmax(each, 1)));
    result->ticks += spent + round.spent;
    run->priced += round.spent;
    result->rounds++;
    if (take_bound(run)) {
        ganger_journal_trace(&run->journal, 'B');
    }
    if (take_if_better(run)) {
        ganger_journal_trace(&run->journal, 'S');
    }
    ganger_journal_sign(&run->journal);
    return true;
}

/* Ticks that are planned for: what was asked for, or what fits into the time limit at the speed since `begin`. */
static int64_t find_pace(const struct run *run, double begin_s, int64_t begin)
{
    const struct ganger_options *options = run->options;
    double now = ganger_journal_elapsed(&run->journal);
    if (options->pace > 0) {
        return options->pace;
    }
    if (run->time_limit_s <= 0 || now <= begin_s) {
        return options->tick_limit;
    }
    double speed = (double)(run->result->ticks - begin) / (now - begin_s);
    double left = fmax(planned_share * run->time_limit_s - now, 0);
    int64_t pace = run->result->ticks + (int64_t)(speed * left);
    bool less = options->tick_limit > 0 && options->tick_limit < pace;
    return less ? options->tick_limit : pace;
}

static void set_temperature(struct run *run)
{
    double share = (double)(run->result->ticks - run->cycle_begin) / (double)run->cycle_ticks;
    double scale = run->cycle_heat + (1 - run->cycle_heat) * share / frozen_from;
    run->slices->bath.temperature =
        share < frozen_from ? run->hot * pow(run->coldest / run->hot, scale) : 0;
    run->slices->bath.toll = run->toll_known && share < toll_until ? run->toll : NULL;
}

static bool is_near(const struct run *run)
{
    double bound = run->hull ? ganger_hull_bound(run->hull) : INFINITY;
    return isfinite(bound) &&
           bound - run->result->value.total <= near_bound * fabs(run->result->value.total);
}

/* Makes the plan that the hull's shares are most for the state. False if broken off. */
static bool load_rounded(struct run *run)
{
    ganger_hull_round(run->hull, run->rounded_start, run->rounded_mode);
    if (!ganger_slices_load(run->slices, run->rounded_start, run->rounded_mode,
                            &run->result->ticks)) {
        return false;
    }
    if (take_if_better(run)) {
        ganger_journal_trace(&run->journal, 'S');
    }
    return true;
}

/* Finds out now and then whether that plan is near the bound; the state stays. False if broken off. */
static bool look_at_hull(struct run *run)
{
    const struct ganger_flow_state *state = run->slices->state;
    size_t bytes = (size_t)run->line_up->works * sizeof(int32_t);
    if (!run->hull || run->result->ticks < run->next_look) {
        return true;
    }
    run->next_look = run->result->ticks + (int64_t)(look_after * (double)run->result->pace);
    memcpy(run->kept_start, state->start, bytes);
    memcpy(run->kept_mode, state->mode, bytes);
    bool whole = load_rounded(run) && ganger_slices_load(run->slices, run->kept_start,
                                                         run->kept_mode, &run->result->ticks);
    run->near = is_near(run);
    return whole;
}

/* A cycle of annealing, the first only until the bound is near. False if it was broken off. */
static bool anneal(struct run *run, int64_t until, double heat)
{
    bool first = run->cycles++ == 0;
    run->cycle_begin = run->result->ticks;
    run->cycle_ticks = until > run->cycle_begin ? until - run->cycle_begin : 1;
    run->cycle_heat = heat;
    while (run->result->ticks < until && !out_of_budget(run) && !(first && run->near)) {
        set_temperature(run);
        if (!go_round(run) || (first && !look_at_hull(run))) {
            return false;
        }
    }
    return true;
}

/* Rounds of free choice tell what choices are worth; some more at the first temperature tell how fast it goes. */
static bool warm_up(struct run *run)
{
    double begin_s = ganger_journal_elapsed(&run->journal);
    int64_t begin = run->result->ticks;
    run->slices->bath.temperature = INFINITY;
    if (!go_round(run)) {
        return false;
    }
    run->hot = ganger_slices_spread(run->slices);
    run->hot = run->hot > 0 ? run->hot : 1; /* no choice matters */
    run->coldest = fmin(cold * ganger_flow_state_usual_loss(run->slices->state), run->hot);
    run->slices->bath.temperature = run->hot;
    while (run->result->ticks - begin < warm_ticks && !out_of_budget(run)) {
        if (!go_round(run)) {
            return false;
        }
    }
    run->result->pace = find_pace(run, begin_s, begin);
    return true;
}

/* The state that the next cycle begins with: the hull's plan if it is as good as the best, else that; and, near the bound,
 * the works that it is about. False if broken off. */
static bool begin_again(struct run *run)
{
    const struct ganger_slices *slices = run->slices;
    bool rounded = run->hull != NULL;
    if (rounded && !load_rounded(run)) {
        return false;
    }
    rounded = rounded && value_of(run).total >= run->result->value.total;
    if (!rounded &&
        !ganger_slices_load(run->slices, run->best_start, run->best_mode, &run->result->ticks)) {
        return false;
    }
    run->near = is_near(run);
    if (run->near) {
        ganger_focus_set(&run->focus, run->hull, run->slices, run->cycles);
    } else {
        memset(slices->left, 0, (size_t)run->line_up->works * sizeof *slices->left);
    }
    return true;
}

static void search(struct run *run)
{
    struct ganger_search_result *result = run->result;
    int64_t begin = result->ticks;
    bool whole = warm_up(run) && anneal(run, result->pace, 0);
    while (whole && !out_of_budget(run) && begin_again(run)) {
        double share = run->near ? focused_length : later_length;
        int64_t length = (int64_t)(share * (double)(result->pace - begin));
        length = length > round_ticks ? length : round_ticks;
        whole = anneal(run, result->ticks + length, later_heat);
    }
}

static void found(struct run *run)
{
    run->cycle_ticks = (int64_t)round_ticks * rounds_a_cycle; /* until there is a cycle */
    run->slices->interrupted = stopped;
    run->slices->interrupt_context = run;
    if (!ganger_slices_begin(run->slices, &run->result->ticks)) {
        return;
    }
    if (take_if_better(run)) {
        ganger_journal_trace(&run->journal, 'C');
    }
    run->slices->interrupted = interrupted;
    search(run);
}

static bool begin(struct run *run)
{
    struct ganger_search_result *result = run->result;
    const struct ganger_problem *p = run->journal.problem;
    size_t works = (size_t)p->works.count + 1;
    result->model = ganger_search_model_create(p);
    run->line_up = result->model ? ganger_line_up_create(result->model) : NULL;
    if (!run->line_up) {
        return false;
    }
    run->slices = ganger_slices_create(run->line_up, run->options->seed, result->threads);
    run->prices = ganger_flow_prices_create(run->line_up);
    run->plan = ganger_schedule_create(result->model->frame);
    run->toll = calloc((size_t)run->line_up->cells + 1, sizeof(double));
    run->best_start = malloc(works * sizeof(int32_t));
    run->best_mode = malloc(works * sizeof(int32_t));
    run->kept_start = malloc(works * sizeof(int32_t));
    run->kept_mode = malloc(works * sizeof(int32_t));
    run->rounded_start = malloc(works * sizeof(int32_t));
    run->rounded_mode = malloc(works * sizeof(int32_t));
    result->segment_price = calloc(
        2 * ((size_t)p->segments.count + 1) * (size_t)result->model->boundaries, sizeof(double));
    return ganger_focus_init(&run->focus, run->line_up) && run->slices && run->prices &&
           run->plan && run->toll && run->best_start && run->best_mode && run->kept_start &&
           run->kept_mode && run->rounded_start && run->rounded_mode && result->segment_price &&
           ganger_path_pool_init(&result->paths, result->model->graph);
}

static void clear(struct run *run)
{
    ganger_slices_destroy(run->slices);
    ganger_hull_destroy(run->hull);
    ganger_flow_prices_destroy(run->prices);
    ganger_line_up_destroy(run->line_up);
    ganger_schedule_destroy(run->plan);
    free(run->toll);
    free(run->best_start);
    free(run->best_mode);
    free(run->kept_start);
    free(run->kept_mode);
    free(run->rounded_start);
    free(run->rounded_mode);
    ganger_focus_clear(&run->focus);
}

ganger_status ganger_throughput_run(const struct ganger_problem *problem,
                                    const struct ganger_options *options,
                                    struct ganger_search_result *result,
                                    struct ganger_findings *findings)
{
    *result = (struct ganger_search_result){.outcome = GANGER_OUTCOME_LIMIT, .bound = INFINITY};
    struct run run = {.options = options, .result = result, .time_limit_s = options->time_limit_s};
    ganger_status status = GANGER_STATUS_OK;
    ganger_journal_begin(&run.journal, problem, options, result);
    if (run.time_limit_s <= 0 && options->tick_limit <= 0) {
        run.time_limit_s = default_time_limit_s;
    }
    if (run.time_limit_s > 0) {
        double finish = finish_s * problem->time.periods * problem->links.count;
        run.time_limit_s = fmax(run.time_limit_s - finish, 0.5 * run.time_limit_s);
    }
    result->threads = ganger_parallel_threads(options->threads);
    if (!begin(&run)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    found(&run);
    ganger_flow_prices_fill(run.prices, result->segment_price);
    if (run.hull && ganger_hull_bound(run.hull) < ganger_flow_prices_bound(run.prices) &&
        !ganger_hull_fill(run.hull, result->segment_price, &result->states)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    if (result->best) {
        result->outcome =
            ganger_journal_proven(&run.journal) ? GANGER_OUTCOME_OPTIMAL : GANGER_OUTCOME_FEASIBLE;
    }
out:
    result->wall_s = ganger_journal_elapsed(&run.journal);
    clear(&run);
    if (status != GANGER_STATUS_OK) {
        ganger_search_result_clear(result);
    }
    return status;
}
