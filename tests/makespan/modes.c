/* Keeping within consumables by changing modes; members of a population. */
#include "makespan/modes.h"

#include "makespan/population.h"
#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

enum { PROBLEMS = 80, WORKS = 12 };

/* Two works; of fuel there are 10, of rails none. */
static void excess_by_hand(void)
{
    static struct tiny t;
    tiny_init(&t, 20);
    t.makespan = true;
    tiny_add(&t, TINY_RESOURCE, "fuel,consumable\nrails,consumable");
    tiny_add(&t, TINY_CAPACITY, "fuel,0,20,10\nrails,0,20,0");
    shop_work(&t, "a", 1, "fuel", 6);
    tiny_add(&t, TINY_MODE, "a,m1,2,0,1");
    tiny_add(&t, TINY_USAGE, "a,m1,fuel,2");
    shop_work(&t, "b", 1, "fuel", 5);
    tiny_add(&t, TINY_MODE, "b,m1,1,0,1");
    tiny_add(&t, TINY_USAGE, "b,m1,rails,1");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    CU_ASSERT_EQUAL(ganger_modes_excess(m, (int32_t[]){1, 2}), 0);
    CU_ASSERT_EQUAL(ganger_modes_excess(m, (int32_t[]){0, 2}), 1 + 1000);
    CU_ASSERT_EQUAL(ganger_modes_excess(m, (int32_t[]){1, 3}), 1 + 10000);
    int64_t used[2];
    struct ganger_rng rng;
    for (uint64_t seed = 0; seed < 20; seed++) {
        int32_t mode[] = {0, 3};
        ganger_rng_init(&rng, seed, 0, 0);
        ganger_modes_repair(m, mode, used, &rng);
        CU_ASSERT_EQUAL(mode[0], 1);
        CU_ASSERT_EQUAL(mode[1], 2);
        CU_ASSERT_EQUAL(used[0], 7);
        CU_ASSERT_EQUAL(used[1], 0);
    }
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
}

/* Of two changes that suffice, the one that asks the crew for less. */
static void repair_costs_little(void)
{
    static struct tiny t;
    tiny_init(&t, 20);
    t.makespan = true;
    tiny_add(&t, TINY_RESOURCE, "fuel,consumable\ncrew,renewable");
    tiny_add(&t, TINY_CAPACITY, "fuel,0,20,10\ncrew,0,20,10");
    shop_work(&t, "a", 1, "fuel", 6);
    tiny_add(&t, TINY_MODE, "a,m1,4,0,1");
    tiny_add(&t, TINY_USAGE, "a,m1,crew,5");
    shop_work(&t, "b", 1, "fuel", 6);
    tiny_add(&t, TINY_MODE, "b,m1,2,0,1");
    tiny_add(&t, TINY_USAGE, "b,m1,crew,2");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    int64_t used[1];
    struct ganger_rng rng;
    for (uint64_t seed = 0; seed < 20; seed++) {
        int32_t mode[] = {0, 2};
        ganger_rng_init(&rng, seed, 0, 0);
        ganger_modes_repair(m, mode, used, &rng);
        CU_ASSERT_EQUAL(mode[0], 0);
        CU_ASSERT_EQUAL(mode[1], 3);
        CU_ASSERT_EQUAL(used[0], 6);
    }
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
}

static bool modes_are_theirs(const struct ganger_makespan_model *m, const int32_t *mode)
{
    for (int32_t w = 0; w < m->works; w++) {
        if (mode[w] < m->first_mode[w] || mode[w] >= m->first_mode[w + 1]) {
            return false;
        }
    }
    return true;
}

static bool some_change_helps(const struct ganger_makespan_model *m, int32_t *mode)
{
    int64_t excess = ganger_modes_excess(m, mode);
    for (int32_t i = 0; i < m->modes; i++) {
        int32_t *now = mode + m->mode_work[i], old = *now;
        *now = i;
        bool helps = ganger_modes_excess(m, mode) < excess;
        *now = old;
        if (helps) {
            return true;
        }
    }
    return false;
}

static void repair_ends_where_no_change_helps(void)
{
    int wrong = 0, mended = 0;
    for (uint32_t i = 0; i < PROBLEMS; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 51, i, 0);
        struct ganger_problem *p = shop_large(&rng, SHOP_MODES, WORKS);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        struct ganger_makespan_model *m = ganger_makespan_model_create(p);
        CU_ASSERT_PTR_NOT_NULL_FATAL(m);
        int32_t mode[WORKS + 1];
        int64_t used[3];
        for (int32_t w = 0; w < m->works; w++) {
            int32_t modes = m->first_mode[w + 1] - m->first_mode[w];
            mode[w] = m->first_mode[w] + ganger_rng_below(&rng, modes);
        }
        int64_t before = ganger_modes_excess(m, mode);
        ganger_modes_repair(m, mode, used, &rng);
        int64_t after = ganger_modes_excess(m, mode);
        bool done = modes_are_theirs(m, mode) && after <= before && !some_change_helps(m, mode);
        wrong += !done;
        mended += before > 0 && after == 0;
        ganger_makespan_model_destroy(m);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(mended > PROBLEMS / 8);
}

static void rate(struct ganger_population *q, const struct ganger_makespan_model *m, int32_t member,
                 const int32_t *mode)
{
    for (int32_t w = 0; w < m->works; w++) {
        q->start[member * m->works + w] = 2 * w;
        q->mode[member * m->works + w] = mode[w];
    }
    q->makespan[member] = 40;
    ganger_population_rate(q, m, member);
    ganger_population_sign(q, m, member);
}

/* Any excess is worse than any makespan; equal schedules have equal hashes, others hardly ever. */
static void members(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 52, 0, 0);
    struct ganger_problem *p = shop_large(&rng, SHOP_MODES, WORKS);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    struct ganger_population *q = ganger_population_create(m, 3);
    CU_ASSERT_PTR_NOT_NULL_FATAL(q);
    rate(q, m, 0, m->first_mode);
    ganger_population_copy(q, 1, q, 0);
    CU_ASSERT_EQUAL(q->hash[1], q->hash[0]);
    CU_ASSERT_EQUAL(q->cost[1], q->cost[0]);
    CU_ASSERT_EQUAL(q->start[m->works + 3], 6);
    q->start[m->works] = 1;
    ganger_population_sign(q, m, 1);
    CU_ASSERT_NOT_EQUAL(q->hash[1], q->hash[0]);
    CU_ASSERT_PTR_EQUAL(ganger_population_modes(q, m, 2), q->mode + 2 * m->works);
    int64_t excess = ganger_modes_excess(m, m->first_mode);
    CU_ASSERT_TRUE(excess > 0 ? q->cost[0] > GANGER_POPULATION_UNSOUND
                              : ganger_population_sound(q, 0));
    m->limit[0] = INT32_MAX;
    ganger_population_rate(q, m, 0);
    CU_ASSERT_TRUE(ganger_population_sound(q, 0));
    CU_ASSERT_TRUE(q->cost[0] >= 40 * GANGER_POPULATION_SCALE);
    m->limit[0] = 0;
    ganger_population_rate(q, m, 0);
    CU_ASSERT_FALSE(ganger_population_sound(q, 0));
    ganger_population_destroy(q);
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
}

/* Of schedules as long, one costs half the periods more that the busiest renewable needs more. */
static void energy_breaks_ties(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 53, 0, 0);
    struct ganger_problem *p = shop_large(&rng, SHOP_MODES, WORKS);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct ganger_makespan_model *m = ganger_makespan_model_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m);
    struct ganger_population *q = ganger_population_create(m, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(q);
    m->limit[0] = INT32_MAX;
    rate(q, m, 0, m->first_mode);
    int64_t cost = q->cost[0], most = 0;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        int64_t *energy = &m->energy[m->first_mode[0] * p->resources.renewables + r];
        most = *energy > most ? *energy : most;
        *energy += INT64_C(8) * GANGER_MAKESPAN_ENERGY;
    }
    CU_ASSERT_TRUE(most > 0);
    rate(q, m, 0, m->first_mode);
    CU_ASSERT_EQUAL(q->cost[0], cost + 4 * GANGER_POPULATION_SCALE);
    ganger_population_destroy(q);
    ganger_makespan_model_destroy(m);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"energy breaks ties", energy_breaks_ties},
    {"excess by hand", excess_by_hand},
    {"repair costs little", repair_costs_little},
    {"repair ends where no change helps", repair_ends_where_no_change_helps},
    {"members", members},
    {NULL, NULL}};

const struct ganger_suite modes_suite = {"modes", "unit", tests};
