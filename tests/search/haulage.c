/* Freight settled without an LP, against the network solved exactly; and what room there is beside a link. */
#include "search/haulage.h"

#include "search/spare.h"
#include "search/workshop.h"
#include "support/scatter.h"
#include "support/test.h"

#include <math.h>
#include <stdlib.h>

/* A plan on the steppe, with the relaxation some steps on and moments settled on what stands. */
struct yard {
    struct workshop w;
    struct ganger_relaxation *relaxation;
    struct ganger_moments moments;
};

enum { relaxed_steps = 60, moment_iterations = 200 };

static void yard_open(struct yard *yard, uint64_t seed)
{
    struct ganger_rng rng;
    int64_t ticks = 0;
    ganger_rng_init(&rng, seed, 0, 0);
    workshop_open(&yard->w, read_steppe(), seed);
    scatter(yard->w.island->schedule, &rng, 3);
    workshop_refresh(&yard->w);
    yard->relaxation = ganger_relaxation_create(yard->w.problem, yard->w.model->graph);
    CU_ASSERT_FATAL(yard->relaxation != NULL);
    ganger_relaxation_set_step(yard->relaxation, 1000000);
    for (int i = 0; i < relaxed_steps; i++) {
        CU_ASSERT_FATAL(ganger_relaxation_step(yard->relaxation, 1, &ticks));
    }
    CU_ASSERT_FATAL(ganger_moments_init(&yard->moments, yard->w.model, yard->relaxation));
    CU_ASSERT_FATAL(ganger_moments_settle(&yard->moments, yard->w.island->link_capacity,
                                          moment_iterations, 1, &ticks));
    CU_ASSERT_FATAL(ganger_moments_find_paths(&yard->moments, 1, 1, &ticks));
    CU_ASSERT_FATAL(ganger_moments_settle(&yard->moments, yard->w.island->link_capacity,
                                          moment_iterations, 1, &ticks));
}

static void yard_close(struct yard *yard)
{
    ganger_moments_clear(&yard->moments);
    ganger_relaxation_destroy(yard->relaxation);
    workshop_close(&yard->w);
}

static struct ganger_haulage haul_some(struct yard *yard, int32_t iterations, int32_t every,
                                       const struct ganger_haulage *from)
{
    struct ganger_haulage haulage;
    int64_t ticks = 0;
    struct ganger_haulage_request request = {.moments = &yard->moments,
                                             .capacity = yard->w.island->link_capacity,
                                             .iterations = iterations,
                                             .every = every,
                                             .from = from,
                                             .threads = 1};
    CU_ASSERT_FATAL(ganger_haulage_init(&haulage, request, &ticks));
    CU_ASSERT(ticks > 0 && !haulage.broken_off);
    return haulage;
}

static struct ganger_haulage haul(struct yard *yard, int32_t iterations,
                                  const struct ganger_haulage *from)
{
    return haul_some(yard, iterations, 1, from);
}

/* The hauls fit and earn what is said, which is no more than can be. */
static void check_hauls(const struct yard *yard, const struct ganger_haulage *haulage)
{
    const struct ganger_problem *p = yard->w.problem;
    const struct ganger_path_pool *paths = &haulage->paths;
    int64_t next = 0, boundaries = yard->w.model->boundaries;
    double *load = malloc((size_t)paths->graph->arcs * sizeof *load);
    CU_ASSERT_FATAL(load != NULL);
    for (int32_t t = 0; t < boundaries; t++) {
        double earned = 0, most = yard->w.island->traffic[t];
        for (int32_t arc = 0; arc < paths->graph->arcs; arc++) {
            load[arc] = 0;
        }
        for (; next < haulage->count && haulage->haul[next].boundary == t; next++) {
            struct ganger_haul one = haulage->haul[next];
            earned +=
                one.mtpa * (p->demands.value[paths->demand[one.path]] - paths->cost[one.path]);
            for (int32_t k = paths->first_arc[one.path]; k < paths->first_arc[one.path + 1]; k++) {
                load[paths->arcs[k]] += one.mtpa;
            }
        }
        for (int64_t arc = 0; arc < paths->graph->arcs; arc++) {
            CU_ASSERT(load[arc] <=
                      yard->w.island->link_capacity[arc / 2 * boundaries + t] * (1 + 1e-12));
        }
        CU_ASSERT_DOUBLE_EQUAL(earned, haulage->traffic[t], 1e-6 * (1 + fabs(earned)));
        CU_ASSERT(earned <= most + 1e-6 * (1 + fabs(most)));
    }
    CU_ASSERT_EQUAL(next, haulage->count);
    free(load);
}

/* How far numbers of boundaries are from V(t) on average, as a share of it. */
static double error_of(const struct yard *yard, const double *traffic)
{
    double off = 0, sum = 0;
    for (int32_t t = 0; t < yard->w.model->boundaries; t++) {
        off += traffic[t] - yard->w.island->traffic[t];
        sum += yard->w.island->traffic[t];
    }
    return fabs(off) / sum;
}

/* Few iterations leave a guess off; many bring it to V(t). */
static void a_guess_comes_near(void)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct yard yard;
        yard_open(&yard, seed);
        struct ganger_haulage some = haul(&yard, 24, NULL), many = haul(&yard, 1500, NULL);
        check_hauls(&yard, &some);
        for (int32_t t = 0; t < yard.w.model->boundaries; t++) {
            CU_ASSERT(some.guess[t] >= some.traffic[t]);
        }
        CU_ASSERT(error_of(&yard, some.guess) < 0.1 && error_of(&yard, many.guess) < 0.01);
        ganger_haulage_clear(&some);
        ganger_haulage_clear(&many);
        yard_close(&yard);
    }
}

/* Of boundaries some way apart each is settled as it would be among all, and stands for those up to the next one; the last is
 * always one of them. */
static void some_boundaries_speak_for_others(void)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct yard yard;
        int32_t every = 2 + (int32_t)(seed % 4);
        yard_open(&yard, seed);
        int32_t boundaries = yard.w.model->boundaries, last = boundaries - 1;
        struct ganger_haulage all = haul(&yard, 400, NULL);
        struct ganger_haulage some = haul_some(&yard, 400, every, NULL);
        int64_t off = 0;
        for (int64_t i = 0; i < some.count; i++) {
            off += some.haul[i].boundary % every != 0 && some.haul[i].boundary != last;
        }
        CU_ASSERT(some.count > 0 && off == 0);
        for (int32_t t = 0; t < boundaries; t++) {
            int32_t own = t == last ? last : t - t % every;
            double most = yard.w.island->traffic[own];
            CU_ASSERT_EQUAL(some.traffic[t], some.traffic[own]);
            CU_ASSERT_EQUAL(some.guess[t], some.guess[own]);
            CU_ASSERT(some.traffic[t] <= most + 1e-6 * (1 + fabs(most)));
            CU_ASSERT_DOUBLE_EQUAL(some.guess[t], all.guess[own], 0.1 * fabs(most));
        }
        ganger_haulage_thin_guess(&all, boundaries, every);
        for (int32_t t = 0; t < last; t++) {
            CU_ASSERT_EQUAL(all.guess[t], all.guess[t - t % every]);
        }
        ganger_haulage_clear(&all);
        ganger_haulage_clear(&some);
        yard_close(&yard);
    }
}

static void what_goes_on_carries_more(void)
{
    struct yard yard;
    yard_open(&yard, 7);
    int32_t boundaries = yard.w.model->boundaries;
    struct ganger_haulage best = haul(&yard, 4, NULL), last = haul(&yard, 4, NULL);
    double before = error_of(&yard, best.traffic);
    for (int lap = 0; lap < 6; lap++) {
        struct ganger_haulage next = haul(&yard, 24, &last);
        double *was = malloc((size_t)boundaries * sizeof *was);
        CU_ASSERT_FATAL(was != NULL);
        for (int32_t t = 0; t < boundaries; t++) {
            was[t] = best.traffic[t];
        }
        CU_ASSERT_FATAL(ganger_haulage_improve(&best, &next, boundaries));
        for (int32_t t = 0; t < boundaries; t++) {
            CU_ASSERT(same_bits(best.traffic[t], fmax(was[t], next.traffic[t])));
        }
        check_hauls(&yard, &best);
        free(was);
        ganger_haulage_clear(&last);
        last = next;
    }
    CU_ASSERT(error_of(&yard, best.traffic) < 0.5 * before + 1e-9);
    ganger_haulage_clear(&best);
    ganger_haulage_clear(&last);
    yard_close(&yard);
}

/* Freight that leaves a link loses the more a tonne the more leaves, and no more than all that it is worth. */
static void room_is_shared(void)
{
    struct yard yard;
    struct ganger_spare spare;
    yard_open(&yard, 9);
    const struct ganger_path_pool *paths = ganger_relaxation_paths(yard.relaxation);
    struct ganger_states_view view = ganger_states_view(yard.moments.states[0]);
    double *profit = malloc(((size_t)paths->count + 1) * sizeof *profit);
    CU_ASSERT_FATAL(profit != NULL);
    for (int32_t path = 0; path < paths->count; path++) {
        profit[path] = yard.w.problem->demands.value[paths->demand[path]] - paths->cost[path];
    }
    CU_ASSERT_FATAL(ganger_spare_init(&spare, paths, view, profit));
    ganger_spare_measure(&spare, 0, yard.w.island->link_capacity + yard.moments.t[0],
                         yard.w.model->boundaries);
    int32_t losing = 0;
    for (int32_t i = 0; i < view.count; i++) {
        int32_t path = view.listed[i], first = i;
        while (first > 0 && paths->demand[view.listed[first - 1]] == paths->demand[path]) {
            first--;
        }
        struct ganger_spare_freight freight = {paths->arcs[paths->first_arc[path]] / 2, first, 40};
        double some = ganger_spare_leave(&spare, freight, 1);
        double more = ganger_spare_leave(&spare, freight, 1);
        ganger_spare_forget(&spare);
        double both = ganger_spare_leave(&spare, freight, 2);
        ganger_spare_forget(&spare);
        CU_ASSERT(some >= 0 && more >= some - 1e-9 && both <= 80 + 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(some + more, both, 1e-9);
        losing += some > 1e-9;
        double room = ganger_spare_join(&spare, path, 1e9);
        CU_ASSERT(room >= 0 && (room >= 1e9 || ganger_spare_join(&spare, path, 1) <= 1e-9));
        ganger_spare_forget(&spare);
    }
    CU_ASSERT(losing > 0);
    ganger_spare_clear(&spare);
    free(profit);
    yard_close(&yard);
}

static const struct ganger_test tests[] = {
    {"a guess comes near", a_guess_comes_near},
    {"what goes on carries more", what_goes_on_carries_more},
    {"some boundaries speak for others", some_boundaries_speak_for_others},
    {"room is shared", room_is_shared},
    {NULL, NULL}};

const struct ganger_suite haulage_suite = {"haulage", "property", tests};
