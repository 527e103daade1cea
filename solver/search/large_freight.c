#include "search/haul_lp.h"
#include "search/large_parts.h"
#include "search/trial.h"

#include <math.h>

/* How much of what an outlook promises is believed: after a round that was better, after one that was worse. */
static const struct {
    double more, less, least;
} trusts = {1.25, 0.7, 0.1};
/* Iterations that settle the moments for the best plan at the end, and then its freight at first. */
enum { last_moments = 128, last_haul = 48 };
/* Then it is settled further in laps: of so many iterations, or fewer, so that one takes at most a share of the pace. */
static const struct {
    int most, least;
    double share;
} laps = {48, 8, 0.04};

/* Most rounds are judged by boundaries so far apart; in one of so many, the first to begin with, the freight of all is
 * settled. */
enum { judged_every = 4, settled_every = 4 };

/* A guess is believed up to so much more traffic than is shown to fit. */
static const double most_above = 0.02;

/* For island 0's plan. A first plan is never broken off. */
static struct ganger_haulage_request request_of(struct ganger_large *large, int32_t iterations)
{
    const struct ganger_search_result *result = large->run->result;
    return (struct ganger_haulage_request){.moments = &large->moments,
                                           .capacity = large->archipelago->island[0]->link_capacity,
                                           .iterations = iterations,
                                           .every = 1,
                                           .threads = result->threads,
                                           .interrupted =
                                               result->best ? ganger_run_interrupted : NULL,
                                           .context = large->run};
}

/* Island 0 holds the plan. */
static void hold(struct ganger_large *large, const struct ganger_schedule *plan)
{
    struct ganger_island *island = large->archipelago->island[0];
    ganger_schedule_copy(island->schedule, plan);
    ganger_island_measure_capacity(island);
}

/* Keeps island 0's plan if it is the best by its guess, which counts as far as it is near to what is shown to fit: far above
 * that it has not settled. */
static enum ganger_haul_end keep(struct ganger_large *large, const struct ganger_haulage *haulage,
                                 struct ganger_value fits)
{
    struct ganger_island *island = large->archipelago->island[0];
    double traffic = fits.terms.traffic + fits.terms.terminal;
    double guess = fmin(ganger_island_value(island, haulage->guess).total,
                        fits.total + most_above * fmax(0, traffic));
    if (fits.penalty > 0 || guess <= large->guess) {
        return GANGER_HAUL_WORSE;
    }
    ganger_schedule_copy(large->kept, island->schedule);
    large->guess = guess;
    return GANGER_HAUL_BETTER;
}

/* The traffic of island 0's plan: of all boundaries, or of as many as tell whether it is better. */
static enum ganger_haul_end haul(struct ganger_large *large, int32_t iterations, int32_t every)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    struct ganger_island *island = large->archipelago->island[0];
    struct ganger_haulage_request request = request_of(large, iterations);
    struct ganger_haulage haulage;
    enum ganger_haul_end end = GANGER_HAUL_BROKEN_OFF;
    request.every = every;
    if (!ganger_haulage_init(&haulage, request, &result->ticks)) {
        return GANGER_HAUL_FAILED;
    }
    if (!haulage.broken_off) {
        struct ganger_value value = ganger_island_value(island, haulage.traffic);
        ganger_haulage_thin_guess(&haulage, large->model->boundaries, judged_every);
        end = keep(large, &haulage, value);
        if (every == 1 && ganger_run_take(run, island->schedule, value)) {
            struct ganger_haulage was = result->haulage;
            result->haulage = haulage;
            haulage = was;
        }
    }
    ganger_haulage_clear(&haulage);
    return end;
}

enum ganger_haul_end ganger_large_haul(struct ganger_large *large, int32_t iterations)
{
    return haul(large, iterations, 1);
}

/* Ends a round. The next one begins with the plan that is kept, and believes more or less of its outlook. */
static bool end_round(struct ganger_large *large, int32_t iterations, int32_t every)
{
    double before = large->run->result->value.total;
    enum ganger_haul_end end = haul(large, iterations, every);
    large->run->result->rounds += end > GANGER_HAUL_BROKEN_OFF;
    if (end == GANGER_HAUL_WORSE && large->run->result->best) {
        hold(large, large->kept);
    }
    large->trust = end == GANGER_HAUL_BETTER  ? fmin(1, trusts.more * large->trust)
                   : end == GANGER_HAUL_WORSE ? fmax(trusts.least, trusts.less * large->trust)
                                              : large->trust;
    ganger_run_collected(large->run, large->run->result->value.total > before);
    return end != GANGER_HAUL_FAILED;
}

bool ganger_large_haul_round(struct ganger_large *large, int32_t iterations)
{
    const struct ganger_search_result *result = large->run->result;
    bool all = !result->best || result->rounds % settled_every == 0;
    return end_round(large, iterations, all ? 1 : judged_every);
}

bool ganger_large_settle_plan(struct ganger_large *large, int32_t iterations)
{
    struct ganger_search_result *result = large->run->result;
    ganger_island_measure_standing(large->archipelago->island[0], large->capacity);
    return ganger_moments_settle(&large->moments, large->capacity, iterations, result->threads,
                                 &result->ticks) &&
           ganger_moments_find_paths(&large->moments, 1, result->threads, &result->ticks);
}

/* The best plan's freight by LPs until all is solved. */
static bool solve_freight(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    struct ganger_island *island = large->archipelago->island[0];
    enum ganger_haul_lp_end end = GANGER_HAUL_LP_AGAIN;
    struct ganger_haul_lp *lp = ganger_haul_lp_create(request_of(large, 0));
    while (lp && end == GANGER_HAUL_LP_AGAIN && !ganger_run_over(run)) {
        end = ganger_haul_lp_step(lp, &result->haulage, &result->ticks);
        struct ganger_value value = ganger_island_value(island, result->haulage.traffic);
        if (end != GANGER_HAUL_LP_FAILED && ganger_run_take(run, island->schedule, value)) {
            ganger_run_trace(run, 'S');
        }
    }
    ganger_haul_lp_destroy(lp);
    return lp && end != GANGER_HAUL_LP_FAILED;
}

/* The best plan's freight goes on from where it was last; what is carried better counts. False if memory is short. */
static bool settle_on(struct ganger_large *large, int32_t iterations)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    struct ganger_island *island = large->archipelago->island[0];
    struct ganger_haulage last = {0};
    bool ready = true;
    while (ready && !ganger_run_over(run)) {
        struct ganger_haulage_request request = request_of(large, iterations);
        struct ganger_haulage next;
        request.from = last.haul ? &last : &result->haulage;
        ready = ganger_haulage_init(&next, request, &result->ticks);
        if (!ready || next.broken_off) {
            ganger_haulage_clear(&next);
            break;
        }
        ready = ganger_haulage_improve(&result->haulage, &next, large->model->boundaries);
        struct ganger_value value = ganger_island_value(island, result->haulage.traffic);
        if (ready && ganger_run_take(run, island->schedule, value)) {
            ganger_run_trace(run, 'S');
        }
        ganger_haulage_clear(&last);
        last = next;
    }
    ganger_haulage_clear(&last);
    return ready;
}

/* Iterations of a lap, as many more took so many ticks. */
static int32_t iterations_of_lap(const struct ganger_large *large, int64_t ticks)
{
    double fit = laps.share * (double)large->run->result->pace * last_haul / (double)(ticks + 1);
    return (int32_t)fmin(laps.most, fmax(laps.least, fit));
}

bool ganger_large_settle(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    bool ready = true;
    if (!result->best) {
        return true;
    }
    hold(large, large->kept);
    ready = ganger_run_over(run) || ganger_large_settle_plan(large, last_moments);
    int64_t before = result->ticks;
    ready = ready && (ganger_run_over(run) || end_round(large, last_haul, 1));
    hold(large, result->best); /* should the plan that is best by guess turn out to be worse */
    if (ready && !ganger_run_over(run)) {
        ready = large->solves ? solve_freight(large)
                              : settle_on(large, iterations_of_lap(large, result->ticks - before));
    }
    while (ready && run->relaxing && !ganger_run_over(run)) {
        run->relaxing = ganger_run_relax(run);
    }
    return ready;
}
