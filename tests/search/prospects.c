/* What is remembered of starts against trials, and states of links that come and go. */
#include "search/prospects.h"
#include "search/estimate.h"
#include "search/sketch.h"
#include "search/workshop.h"
#include "support/scatter.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct tiny_shape shape = {.periods = 14, .works = 6, .longest = 3, .rails = true};

/* A random plan on an outlook. */
struct bench {
    struct workshop shop;
    struct ganger_outlook outlook;
};

static void bench_open(struct bench *b, struct ganger_rng *rng, uint64_t seed)
{
    struct workshop *w = &b->shop;
    int64_t ticks = 0;
    workshop_open(w, tiny_random(rng, shape), seed);
    scatter(w->island->schedule, rng, 4);
    workshop_refresh(w);
    struct ganger_outlook_request request = {w->island->link_capacity, &w->island->paths, 1, NULL,
                                             NULL};
    CU_ASSERT_FATAL(ganger_outlook_init(&b->outlook, w->model, request, &ticks));
    ganger_sketch_begin(w->island, &b->outlook);
}

static void bench_close(struct bench *b)
{
    ganger_outlook_clear(&b->outlook);
    workshop_close(&b->shop);
}

/* Total of the island's plan by the outlook, from rows measured anew. */
static double total_anew(struct bench *b)
{
    struct workshop fresh = b->shop;
    fresh.island = ganger_island_create(b->shop.model, WORKSHOP_CUTS);
    CU_ASSERT_FATAL(fresh.island != NULL);
    ganger_schedule_copy(fresh.island->schedule, b->shop.island->schedule);
    ganger_island_measure_capacity(fresh.island);
    ganger_sketch_begin(fresh.island, &b->outlook);
    double total = fresh.island->value.total;
    ganger_island_destroy(fresh.island);
    return total;
}

/* Every allowed start of the work: what it is said to bring, and what it brings. */
static int32_t compare_starts(struct bench *b, int32_t work)
{
    struct ganger_island *island = b->shop.island;
    const struct ganger_problem *p = b->shop.problem;
    double before = island->value.total;
    int32_t compared = 0;
    uint8_t allowed[16];
    for (int32_t m = p->works.first_mode[work]; m < p->works.first_mode[work + 1]; m++) {
        ganger_schedule_starts(island->schedule, m, allowed);
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (!allowed[s]) {
                continue;
            }
            struct ganger_prospect seen = ganger_prospects_look(island, m);
            double km = ganger_estimate_km(island, work, ganger_problem_finish(p, m, s));
            double brings = seen.sum[s] + km + (p->works.mandatory[work] ? GANGER_PENALTY_WORK : 0);
            CU_ASSERT(seen.sum[s] <= seen.most);
            ganger_trial_begin(island);
            ganger_trial_place(island, (struct ganger_placement){work, m, s});
            ganger_trial_judge(island, -INFINITY);
            double total = island->value.total, slack = 1e-9 * (1 + fabs(total));
            CU_ASSERT_DOUBLE_EQUAL(total - before, brings, slack);
            CU_ASSERT_DOUBLE_EQUAL(total, total_anew(b), slack);
            ganger_trial_rollback(island);
            compared++;
        }
    }
    return compared;
}

static void starts_bring_what_is_said(void)
{
    struct ganger_rng rng;
    int32_t compared = 0;
    ganger_rng_init(&rng, 131, 0, 0);
    for (int i = 0; i < 25; i++) {
        struct bench b;
        bench_open(&b, &rng, (uint64_t)i);
        for (int32_t w = 0; w < b.shop.problem->works.count; w++) {
            ganger_trial_begin(b.shop.island);
            ganger_trial_remove(b.shop.island, &w, 1);
            ganger_trial_judge(b.shop.island, -INFINITY);
            ganger_trial_commit(b.shop.island);
            compared += compare_starts(&b, w);
        }
        bench_close(&b);
    }
    CU_ASSERT(compared > 300);
}

/* Moves, kept and not: the value stays that of the plan, and rows of capacity are right in the end. */
static void moves_keep_the_value(void)
{
    struct ganger_rng rng;
    int64_t kept = 0;
    ganger_rng_init(&rng, 132, 0, 0);
    for (int i = 0; i < 25; i++) {
        struct bench b;
        bench_open(&b, &rng, (uint64_t)i);
        struct ganger_island *island = b.shop.island;
        for (int move = 0; move < 200; move++) {
            double temperature = 0.02 * fabs(island->value.total);
            ganger_moves_try(b.shop.moves, island, temperature);
            if (move % 20 == 0) {
                double total = island->value.total;
                CU_ASSERT_DOUBLE_EQUAL(total, total_anew(&b), 1e-9 * (1 + fabs(total)));
            }
        }
        for (int k = 0; k < GANGER_MOVE_COUNT; k++) {
            kept += b.shop.moves->statistics[0][k].accepted;
        }
        ganger_prospects_end(island);
        size_t row = (size_t)b.shop.model->boundaries * sizeof(double);
        size_t segments = row * (size_t)b.shop.problem->segments.count;
        size_t links = row * (size_t)b.shop.problem->links.count;
        double *segment = malloc(segments + 1), *link = malloc(links + 1);
        CU_ASSERT_FATAL(segment && link);
        memcpy(segment, island->segment_capacity, segments);
        memcpy(link, island->link_capacity, links);
        ganger_island_measure_capacity(island);
        CU_ASSERT(memcmp(segment, island->segment_capacity, segments) == 0);
        CU_ASSERT(memcmp(link, island->link_capacity, links) == 0);
        free(segment);
        free(link);
        bench_close(&b);
    }
    CU_ASSERT(kept > 300);
}

/* Against a loop, with ties, on ranges of any kind. */
static void the_first_of_the_best_starts_is_found(void)
{
    enum { starts = 200 };
    double sum[starts + GANGER_PROSPECT_PADDING] = {0};
    uint64_t set[starts / 64 + 1];
    struct ganger_rng rng;
    ganger_rng_init(&rng, 96, 0, 0);
    for (int i = 0; i < 2000; i++) {
        int32_t first = ganger_rng_below(&rng, starts);
        int32_t last = first + ganger_rng_below(&rng, starts - first), best = GANGER_NONE;
        for (int32_t word = 0; word <= starts / 64; word++) {
            set[word] = (uint64_t)ganger_rng_word(&rng) << 32 | ganger_rng_word(&rng);
            set[word] &= i % 3 == 0 ? (uint64_t)ganger_rng_word(&rng) : UINT64_MAX;
        }
        for (int32_t s = 0; s < starts; s++) {
            sum[s] = ganger_rng_below(&rng, i % 2 ? 10 : 1000) - 5;
            bool allowed = s >= first && s <= last && (set[s / 64] >> s % 64 & 1U);
            best = allowed && (best == GANGER_NONE || sum[s] > sum[best]) ? s : best;
        }
        CU_ASSERT_EQUAL(ganger_prospect_best_start(sum, set, first, last), best);
    }
}

static const struct ganger_test tests[] = {
    {"starts bring what is said", starts_bring_what_is_said},
    {"moves keep the value", moves_keep_the_value},
    {"the first of the best starts is found", the_first_of_the_best_starts_is_found},
    {NULL, NULL}};

const struct ganger_suite prospects_suite = {"prospects", "property", tests};
