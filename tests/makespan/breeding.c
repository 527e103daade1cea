/* Generations of two populations: no slot gets worse, but where it is warm, members stay different, the good ones outlive a larger room. */
#include "makespan/breeding.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

enum { SHOPS = 8, WORKS = 30, GENERATIONS = 12, WORKERS = 5 };

static int64_t best_of(const struct ganger_population *p)
{
    int64_t best = p->cost[0];
    for (int32_t i = 1; i < p->size; i++) {
        best = p->cost[i] < best ? p->cost[i] : best;
    }
    return best;
}

/* After its first generation a population takes in only what is not there yet. */
static int32_t twins(const struct ganger_population *p, const uint64_t *hash_before)
{
    int32_t count = 0;
    for (int32_t i = 0; i < p->size; i++) {
        for (int32_t k = 0; k < i; k++) {
            bool newcomer = p->hash[i] != hash_before[i] || p->hash[k] != hash_before[k];
            count += newcomer && p->hash[i] == p->hash[k];
        }
    }
    return count;
}

static void generation(struct ganger_breeding *breeding, struct ganger_breeder *breeder, int round)
{
    for (int32_t w = 0; w < WORKERS; w++) {
        ganger_rng_init(&breeder->rng, 5, (uint32_t)w, (uint64_t)round);
        ganger_breeding_work(breeding, breeder, w, WORKERS);
    }
    CU_ASSERT_TRUE_FATAL(ganger_breeding_settle(breeding, &breeder->rng));
}

static void follow(struct ganger_breeding *breeding, struct ganger_breeder *breeder)
{
    int32_t worse = 0, alike = 0;
    for (int round = 0; round < GENERATIONS; round++) {
        enum ganger_direction target = ganger_breeding_target(breeding);
        struct ganger_population *slots = breeding->parents[target];
        int64_t cost[1024];
        uint64_t hash[1024];
        CU_ASSERT_TRUE_FATAL(breeding->size <= 1024);
        for (int32_t i = 0; slots && i < slots->size; i++) {
            cost[i] = slots->cost[i];
            hash[i] = slots->hash[i];
        }
        generation(breeding, breeder, round);
        CU_ASSERT_EQUAL(breeding->direction, target);
        CU_ASSERT_PTR_NOT_NULL_FATAL(breeding->parents[target]);
        for (int32_t i = 0; slots && i < slots->size; i++) {
            worse += slots->cost[i] > cost[i];
        }
        alike += slots ? twins(slots, hash) : 0;
    }
    CU_ASSERT_EQUAL(worse, 0);
    CU_ASSERT_EQUAL(alike, 0);
}

static void enlarge(struct ganger_breeding *breeding, struct ganger_breeder *breeder)
{
    int32_t size = breeding->size;
    CU_ASSERT_TRUE(ganger_breeding_enlarge(breeding, 100));
    CU_ASSERT_EQUAL(breeding->size, size); /* few schedules ask for no more members */
    int64_t best = best_of(breeding->parents[GANGER_FORWARD]);
    CU_ASSERT_TRUE_FATAL(ganger_breeding_enlarge(breeding, 300000));
    CU_ASSERT_TRUE(breeding->size > size);
    CU_ASSERT_EQUAL(ganger_breeding_target(breeding), GANGER_FORWARD);
    generation(breeding, breeder, 100);
    CU_ASSERT_EQUAL(breeding->parents[GANGER_FORWARD]->size, breeding->size);
    CU_ASSERT_TRUE(best_of(breeding->parents[GANGER_FORWARD]) <= best);
    generation(breeding, breeder, 101);
    CU_ASSERT_EQUAL(breeding->direction, GANGER_BACKWARD);
    CU_ASSERT_EQUAL(breeding->parents[GANGER_BACKWARD]->size, breeding->size);
}

typedef void breeding_experiment(struct ganger_breeding *breeding, struct ganger_breeder *breeder);

static void try_shop(enum shop_kind kind, uint32_t number, breeding_experiment *experiment)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 63, number, 0);
    struct ganger_problem *p = shop_large(&rng, kind, WORKS);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    struct ganger_breeder *breeder = ganger_breeder_create(m);
    CU_ASSERT_PTR_NOT_NULL_FATAL(breeder);
    struct ganger_breeding breeding;
    CU_ASSERT_TRUE_FATAL(ganger_breeding_init(&breeding, m));
    experiment(&breeding, breeder);
    ganger_breeding_clear(&breeding);
    ganger_breeder_destroy(breeder);
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
}

static void grow(struct ganger_breeding *breeding, struct ganger_breeder *breeder)
{
    follow(breeding, breeder);
    enlarge(breeding, breeder);
}

static void breeding_never_gets_worse(void)
{
    static const enum shop_kind kinds[] = {SHOP_PLAIN, SHOP_MODES, SHOP_LAGS, SHOP_PROJECTS};
    for (uint32_t i = 0; i < SHOPS; i++) {
        try_shop(kinds[i % 4], i, grow);
    }
}

/* Slots that hold a worse schedule after a generation that began with so much progress. */
static int32_t made_worse(struct ganger_breeding *breeding, struct ganger_breeder *breeder,
                          double progress, int round)
{
    struct ganger_population *slots = breeding->parents[ganger_breeding_target(breeding)];
    int64_t cost[1024];
    int32_t worse = 0;
    memcpy(cost, slots->cost, (size_t)slots->size * sizeof *cost);
    ganger_breeding_cool(breeding, progress);
    generation(breeding, breeder, round);
    for (int32_t i = 0; i < slots->size; i++) {
        worse += slots->cost[i] > cost[i];
    }
    return worse;
}

static void warm_and_cool(struct ganger_breeding *breeding, struct ganger_breeder *breeder)
{
    int32_t hot = 0, cold = 0;
    for (int round = 0; round < 3; round++) {
        generation(breeding, breeder, round);
    }
    for (int round = 3; round < GENERATIONS; round++) {
        hot += made_worse(breeding, breeder, 0, round);
    }
    for (int round = GENERATIONS; round < 2 * GENERATIONS; round++) {
        cold += made_worse(breeding, breeder, 1, round);
    }
    CU_ASSERT_EQUAL(hot > 0, !breeding->model->several); /* choosing modes is not helped by it */
    CU_ASSERT_EQUAL(cold, 0);
}

static void warm_breeding_lets_worse_in(void)
{
    static const enum shop_kind kinds[] = {SHOP_PLAIN, SHOP_LAGS, SHOP_PROJECTS, SHOP_MODES};
    for (uint32_t i = 0; i < 4; i++) {
        try_shop(kinds[i], 100 + i, warm_and_cool);
    }
}

static const struct ganger_test tests[] = {
    {"breeding never gets worse", breeding_never_gets_worse},
    {"warm breeding lets worse in", warm_breeding_lets_worse_in},
    {NULL, NULL}};

const struct ganger_suite breeding_suite = {"breeding", "property", tests};
