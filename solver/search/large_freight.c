#include "search/haul_lp.h"
#include "search/large_parts.h"
#include "search/trial.h"

#include <math.h>

/* How much of what an outlook promises is believed: after a round that was better, after one that was worse. */
static const struct {
    double more, less, least;
} trusts = {1.25, 0.7, 0.1};
/* Iterations that settle the best plan's freight at the end, at first and at most. */
enum { last_haul = 16, most_haul = 1 << 20 };

/* For island 0's plan. A first plan is never broken off. */
static struct ganger_haulage_request request_of(struct ganger_large *large, int32_t iterations)
{
    const struct ganger_search_result *result = large->run->result;
    return (struct ganger_haulage_request){
        &large->moments, large->archipelago->island[0]->link_capacity, iterations,
        result->threads, result->best ? ganger_run_interrupted : NULL, large->run};
}

enum ganger_haul_end ganger_large_haul(struct ganger_large *large, int32_t iterations)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    struct ganger_island *island = large->archipelago->island[0];
    struct ganger_haulage haulage;
    if (!ganger_haulage_init(&haulage, request_of(large, iterations), &result->ticks)) {
        return GANGER_HAUL_FAILED;
    }
    enum ganger_haul_end end = haulage.broken_off ? GANGER_HAUL_BROKEN_OFF : GANGER_HAUL_WORSE;
    struct ganger_value value = ganger_island_value(island, haulage.traffic);
    if (end == GANGER_HAUL_WORSE && ganger_run_take(run, island->schedule, value)) {
        struct ganger_haulage was = result->haulage;
        result->haulage = haulage;
        haulage = was;
        end = GANGER_HAUL_BETTER;
    }
    ganger_haulage_clear(&haulage);
    return end;
}

bool ganger_large_haul_round(struct ganger_large *large, int32_t iterations)
{
    struct ganger_island *island = large->archipelago->island[0];
    enum ganger_haul_end end = ganger_large_haul(large, iterations);
    large->run->result->rounds += end > GANGER_HAUL_BROKEN_OFF;
    if (end == GANGER_HAUL_WORSE && large->run->result->best) {
        ganger_schedule_copy(island->schedule, large->run->result->best);
        ganger_island_measure_capacity(island);
    }
    large->trust = end == GANGER_HAUL_BETTER  ? fmin(1, trusts.more * large->trust)
                   : end == GANGER_HAUL_WORSE ? fmax(trusts.least, trusts.less * large->trust)
                                              : large->trust;
    ganger_run_collected(large->run, end == GANGER_HAUL_BETTER);
    return end != GANGER_HAUL_FAILED;
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

/* Iterations after `last` that took so many ticks: twice as many, or what fits into the rest of the pace if that is more. */
static int32_t next_iterations(const struct ganger_large *large, int32_t last, int64_t ticks)
{
    double rest = (double)(large->run->result->pace - large->run->result->ticks);
    return (int32_t)fmin(most_haul, fmax(2 * last, last * rest / (double)ticks));
}

bool ganger_large_settle(struct ganger_large *large)
{
    struct ganger_run *run = large->run;
    struct ganger_search_result *result = run->result;
    struct ganger_island *island = large->archipelago->island[0];
    int32_t iterations = last_haul;
    bool ready = true;
    if (!result->best) {
        return true;
    }
    ganger_schedule_copy(island->schedule, result->best);
    ganger_island_measure_capacity(island);
    while (ready && !ganger_run_over(run)) {
        int64_t before = result->ticks;
        ready = ganger_large_settle_plan(large, 8 * last_haul);
        ready = ready && (ganger_run_over(run) || ganger_large_haul_round(large, iterations));
        if (ready && large->solves && !ganger_run_over(run)) {
            ready = solve_freight(large);
            break;
        }
        iterations = next_iterations(large, iterations, result->ticks - before);
    }
    while (ready && run->relaxing && !ganger_run_over(run)) {
        run->relaxing = ganger_run_relax(run);
    }
    return ready;
}
