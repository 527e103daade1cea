/* Filling makespans: what is found holds, nothing that cannot be is found, and where nothing may idle it is found. */
#include "makespan/filling.h"

#include "makespan/breeder.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

enum { SHOPS = 400, TRIES = 12, WORKS = 40, ROUNDS = 12 };

struct kit {
    struct ganger_problem *problem;
    struct ganger_makespan_model *model;
    struct ganger_makespan_tables tables;
    struct ganger_fill_prices prices;
    struct ganger_filler *filler;
    bool suits;
};

static void set_up(struct kit *k, struct ganger_problem *problem)
{
    *k = (struct kit){.problem = problem};
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    k->model = ganger_makespan_model_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(k->model);
    k->suits = ganger_fill_task_suits(k->model);
    if (k->suits) {
        k->filler = ganger_filler_create(k->model);
        CU_ASSERT_TRUE_FATAL(ganger_makespan_tables_init(&k->tables, k->model));
        CU_ASSERT_TRUE_FATAL(ganger_fill_prices_init(&k->prices, k->model, &k->tables));
        CU_ASSERT_PTR_NOT_NULL_FATAL(k->filler);
    }
}

static void clear(struct kit *k)
{
    ganger_filler_destroy(k->filler);
    ganger_fill_prices_clear(&k->prices);
    ganger_makespan_tables_clear(&k->tables);
    ganger_makespan_model_destroy(k->model);
    ganger_problem_destroy(k->problem);
}

static bool holds(const struct kit *k, const int32_t *starts, const int32_t *modes, int32_t most)
{
    int32_t start[WORKS + 2], mode[WORKS + 2], makespan = 0;
    for (int32_t w = 0; w < k->model->works; w++) {
        int32_t finish = starts[w] + k->model->duration[modes[w]];
        start[k->model->problem_work[w]] = starts[w];
        mode[k->model->problem_work[w]] = k->model->problem_mode[modes[w]];
        makespan = finish > makespan ? finish : makespan;
    }
    return makespan <= most && shop_holds(k->problem, start, mode);
}

/* Returns how many of a number of attempts in both directions found something. */
static int attempts(const struct kit *k, int32_t target, uint32_t seed)
{
    int found = 0;
    for (int i = 0; i < 2; i++) {
        struct ganger_fill_task task;
        enum ganger_direction direction = i == 0 ? GANGER_FORWARD : GANGER_BACKWARD;
        CU_ASSERT_TRUE_FATAL(ganger_fill_task_init(&task, &k->prices, direction, target));
        for (uint32_t t = 0; t < TRIES; t++) {
            struct ganger_rng rng;
            ganger_rng_init(&rng, seed, t, 0);
            struct ganger_fill_outcome o = ganger_filler_try(k->filler, &task, &rng, 1000000);
            CU_ASSERT_FALSE(o.out_of_memory);
            CU_ASSERT_TRUE(!o.found ||
                           (o.makespan <= target && holds(k, o.start, o.mode, o.makespan)));
            found += o.found;
        }
        ganger_fill_task_clear(&task);
    }
    return found;
}

static void what_is_found_holds(void)
{
    int suited = 0, met = 0;
    for (uint32_t i = 0; i < SHOPS; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 91, i, 0);
        struct kit k;
        set_up(&k, shop_random(&rng, (enum shop_kind)(i % SHOP_KINDS)));
        int32_t best = shop_best(k.problem);
        if (k.suits && best < INT32_MAX && best > 1) {
            CU_ASSERT_TRUE(ganger_fill_task_slack(&k.prices, best) >= 0);
            suited++;
            met += attempts(&k, best, i) > 0;
            attempts(&k, best + 2, i);
            if (ganger_fill_task_slack(&k.prices, best - 1) >= 0) {
                CU_ASSERT_EQUAL(attempts(&k, best - 1, i), 0);
            }
        }
        clear(&k);
    }
    CU_ASSERT_TRUE(suited > SHOPS / 5);
    CU_ASSERT_TRUE(10 * met > 8 * suited);
}

/* Works are the pieces that a makespan of 12 periods with 10 gangs is cut into. */
static void cut(struct tiny *t, struct ganger_rng *rng, int periods, int gangs)
{
    static int works;
    works = periods == 12 && gangs == 10 ? 0 : works;
    bool across = ganger_rng_below(rng, periods + gangs) < gangs;
    int size = across ? gangs : periods;
    if (size < 2 || periods * gangs < 12) {
        char id[16];
        snprintf(id, sizeof id, "w%d", works++);
        shop_work(t, id, periods, "gang", gangs);
        return;
    }
    int at = 1 + ganger_rng_below(rng, size - 1);
    cut(t, rng, across ? periods : at, across ? at : gangs);
    cut(t, rng, across ? periods : periods - at, across ? gangs - at : gangs);
}

static void set_up_pieces(struct kit *k, uint32_t number)
{
    static struct tiny t;
    struct ganger_rng rng;
    ganger_rng_init(&rng, 92, number, 0);
    tiny_init(&t, 300);
    t.makespan = true;
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,300,10");
    cut(&t, &rng, 12, 10);
    set_up(k, tiny_read(&t));
}

static void full_makespans_are_found(void)
{
    int found = 0;
    for (uint32_t i = 0; i < 10; i++) {
        struct kit k;
        set_up_pieces(&k, i);
        CU_ASSERT_TRUE_FATAL(k.suits);
        CU_ASSERT_EQUAL(ganger_fill_task_slack(&k.prices, 12), 0);
        CU_ASSERT_TRUE(ganger_fill_task_slack(&k.prices, 11) < 0);
        found += attempts(&k, 12, i) > 0;
        clear(&k);
    }
    CU_ASSERT_TRUE(found > 8);
}

static void rounds_are_the_same_on_any_threads(void)
{
    static const int threads[] = {1, 2, 3, 5};
    struct kit k;
    set_up_pieces(&k, 3);
    int32_t start[WORKS + 2];
    int64_t ticks = 0;
    for (int i = 0; i < 4; i++) {
        struct ganger_filling *f = ganger_filling_create(k.model, 5);
        CU_ASSERT_PTR_NOT_NULL_FATAL(f);
        CU_ASSERT_TRUE(ganger_filling_pays(f, 13));
        CU_ASSERT_FALSE(ganger_filling_pays(f, 12));
        for (int round = 0; round < ROUNDS && !f->start; round++) {
            CU_ASSERT_TRUE_FATAL(ganger_filling_round(f, 13, threads[i]));
        }
        CU_ASSERT_PTR_NOT_NULL_FATAL(f->start);
        CU_ASSERT_TRUE(holds(&k, f->start, f->mode, 12));
        CU_ASSERT_TRUE(i == 0 || ticks == f->ticks);
        CU_ASSERT_TRUE(i == 0 || !memcmp(start, f->start, (size_t)k.model->works * sizeof *start));
        ticks = f->ticks;
        memcpy(start, f->start, (size_t)k.model->works * sizeof *start);
        ganger_filling_destroy(f);
    }
    clear(&k);
}

/* Schedules cost at least what their works must, and at most what there is until they end. */
static void costs_bound_schedules(void)
{
    int checked = 0;
    for (uint32_t i = 0; i < 40; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 93, i, 0);
        struct kit k;
        set_up(&k, shop_large(&rng, SHOP_MODES, 12));
        struct ganger_breeder *breeder = k.suits ? ganger_breeder_create(k.model) : NULL;
        struct ganger_population *p = ganger_population_create(k.model, 8);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        if (breeder) {
            breeder->rng = rng;
            ganger_breeder_sample(breeder, p, 0, 8);
        }
        for (int32_t at = 0; breeder && at < 8; at++) {
            const int32_t *mode = ganger_population_modes(p, k.model, at);
            int64_t cost = 0;
            for (int32_t w = 0; w < k.model->works; w++) {
                cost += ganger_fill_prices_cost(&k.prices, mode[w]);
            }
            CU_ASSERT_TRUE(cost >= k.prices.least);
            if (ganger_population_sound(p, at)) {
                checked++;
                CU_ASSERT_TRUE(cost <= k.prices.period * p->makespan[at] + k.prices.stock);
            }
        }
        ganger_population_destroy(p);
        ganger_breeder_destroy(breeder);
        clear(&k);
    }
    CU_ASSERT_TRUE(checked > 20);
}

static const struct ganger_test tests[] = {
    {"what is found holds", what_is_found_holds},
    {"full makespans are found", full_makespans_are_found},
    {"rounds are the same on any threads", rounds_are_the_same_on_any_threads},
    {"costs bound schedules", costs_bound_schedules},
    {NULL, NULL}};

const struct ganger_suite filling_suite = {"filling", "property", tests};
