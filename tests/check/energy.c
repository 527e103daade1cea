/* Prices of energy: what the referee makes of them. */
#include "check/energy.h"

#include "check/bound.h"
#include "check/energy_rows.h"
#include "check/referee.h"
#include "check/suites.h"
#include "support/tiny.h"

#include <math.h>

/* A line that a work builds in one period, after two that take the gang for four each: it begins in eight. */
static struct ganger_problem *a_successor(void)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,10,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    tiny_add(&t, TINY_LINK, "l,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "s,l,n0,0,10,0,0,1");
    for (int w = 0; w < 2; w++) {
        tiny_add(&t, TINY_WORK, "w%d,facility,,0,0,false,,,,,false,,,", w);
        tiny_add(&t, TINY_MODE, "w%d,m,4,0,1", w);
        tiny_add(&t, TINY_USAGE, "w%d,m,gang,1", w);
    }
    tiny_add(&t, TINY_WORK, "w2,build,s,10,3,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w2,m,1,0,1");
    tiny_add(&t, TINY_PRECEDENCE, "w0,w1,FS,0"); /* also through others */
    tiny_add(&t, TINY_PRECEDENCE, "w1,w2,FS,0");
    return tiny_read(&t);
}

/* A row of energy of the last work, and a price of the line that takes all that freight gains. */
static struct ganger_plan *one_row(const struct ganger_problem *p, double gain)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && energy_rows_make(&plan->prices, p, 1));
    plan->prices.energy_work[0] = 2;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.segment[2 * t] = gain;
    }
    return plan;
}

/* What is left to gain is the last work's. It begins in the fifth part that is left after eight periods, if it pays for the gang's
 * time: the bound is the best plan's value. */
static void successors_wait_for_gangs(void)
{
    const double gain = 20 - 0.1 * 10; /* of a tonne */
    struct ganger_problem *p = a_successor();
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = one_row(p, gain);
    double worth = 3 * gain * p->time.weight[0], best = energy_rows_best(p);
    CU_ASSERT_DOUBLE_EQUAL(best, worth, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 9 * worth, 1e-6);
    plan->prices.energy[0] = worth;
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), best, 1e-6);
    plan->prices.energy[0] = 0.5 * worth;
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 5 * worth, 1e-6);
    /* From the third period on the works still take the gang, but for what is done by then: each may be done but for one
     * period, that is three for each of the two. To begin at first asks for all of eight, and after one more period gains one
     * less. */
    plan->prices.energy[0] = 0;
    plan->prices.energy[3] = worth;
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), (9 - 8 + 2 * 3) * worth, 1e-5);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Whatever does not keep a work waiting for another's finish is not waited for. */
static void only_finished_works_are_waited_for(void)
{
    static const char *const types[] = {"FS,0", "FS,2", "SS,4"};
    for (int i = 0; i < 3; i++) {
        struct tiny t;
        tiny_init(&t, 10);
        tiny_add(&t, TINY_NODE, "n0,true");
        tiny_add(&t, TINY_NODE, "n1,true");
        tiny_add(&t, TINY_LINK, "l,n0,n1,false,0.1");
        tiny_add(&t, TINY_SEGMENT, "s,l,n0,0,10,5,0,1");
        tiny_add(&t, TINY_DEMAND, "d,n0,n1,20");
        tiny_add(&t, TINY_PROFILE, "d,0,3");
        tiny_add(&t, TINY_RESOURCE, "gang,renewable");
        tiny_add(&t, TINY_CAPACITY, "gang,0,10,1");
        for (int w = 0; w < 2; w++) {
            tiny_add(&t, TINY_WORK, "w%d,facility,,0,0,false,,,,,false,,,", w);
            tiny_add(&t, TINY_MODE, "w%d,m,4,0,1", w);
            tiny_add(&t, TINY_USAGE, "w%d,m,gang,1", w);
        }
        tiny_add(&t, TINY_PRECEDENCE, "w0,w1,%s", types[i]);
        struct ganger_problem *p = tiny_read(&t);
        CU_ASSERT_FATAL(p != NULL);
        struct ganger_facts *facts = ganger_facts_create(p);
        struct ganger_plan *plan = ganger_plan_create(p);
        struct ganger_energy energy;
        CU_ASSERT_FATAL(facts && plan && energy_rows_make(&plan->prices, p, 1));
        plan->prices.energy_work[0] = 1;
        plan->prices.energy[0] = 1;
        CU_ASSERT_FATAL(ganger_energy_open(&energy, facts, &plan->prices));
        CU_ASSERT_EQUAL(energy.first_of[1], i < 2 ? 1 : 0);
        ganger_energy_close(&energy);
        ganger_plan_destroy(plan);
        ganger_facts_destroy(facts);
        ganger_problem_destroy(p);
    }
}

/* Each field of a row, changed. */
static void rows_are_read_whole(void)
{
    struct ganger_problem *p = a_successor();
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = one_row(p, 1);
    struct ganger_prices *prices = &plan->prices;
    int64_t index;
    double found;
    struct {
        int32_t *cell, value;
        const char *name;
    } lies[] = {
        {&prices->energy_work[0], 3, "energy_work"},
        {&prices->energy_work[0], GANGER_NONE, "energy_work"},
        {&prices->energy_renewable[0], 1, "energy_renewable"},
        {&prices->energy_renewable[0], -1, "energy_renewable"},
    };
    struct ganger_facts *facts = ganger_facts_create(p);
    CU_ASSERT_FATAL(facts != NULL);
    CU_ASSERT(!isnan(ganger_referee_bound(p, prices)));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        const char *bad = ganger_bound_bad_price(facts, prices, &index, &found);
        CU_ASSERT_FATAL(bad != NULL);
        CU_ASSERT_STRING_EQUAL(bad, lies[i].name);
        CU_ASSERT_EQUAL(index, 0);
        CU_ASSERT_EQUAL(found, lies[i].value);
        CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
        *lies[i].cell = old;
    }
    prices->energy[0] = -1;
    CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
    ganger_facts_destroy(facts);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

enum { ENERGIES = 6 };

static double draw_price(struct ganger_rng *rng, double most)
{
    return ganger_rng_below(rng, 3) > 0 ? 0 : most * ganger_rng_unit(rng);
}

/* Counts the rows whose work waits for another, directly. */
static int draw_energies(struct ganger_rng *rng, const struct ganger_problem *p,
                         struct ganger_prices *prices)
{
    int waiting = 0;
    prices->energies = p->resources.renewables > 0 ? ENERGIES : 0;
    for (int32_t row = 0; row < prices->energies; row++) {
        int32_t work = ganger_rng_below(rng, p->works.count);
        prices->energy_work[row] = work;
        prices->energy_renewable[row] = ganger_rng_below(rng, p->resources.renewables);
        for (int32_t t = 0; t < p->time.periods; t++) {
            prices->energy[row * p->time.periods + t] = draw_price(rng, 8);
        }
        for (int32_t i = 0; i < p->precedences.count; i++) {
            waiting += p->precedences.successor[i] == work &&
                       p->precedences.type[i] == GANGER_PRECEDENCE_FS && p->precedences.lag[i] >= 0;
        }
    }
    for (int32_t i = 0; i < 2 * p->segments.count * (p->time.periods + 1); i++) {
        prices->segment[i] = ganger_rng_below(rng, 3) ? 0 : 5 * ganger_rng_unit(rng);
    }
    return waiting;
}

static void no_plan_is_better_than_any_prices_prove(void)
{
    struct tiny_shape shape = {.periods = 6, .works = 4, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int waiting = 0, tight = 0;
    ganger_rng_init(&rng, 23, 0, 0);
    for (int i = 0; i < 60; i++) {
        shape.stages = i % 3 == 1;
        shape.crowded = i % 3 == 2;
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_plan *plan = ganger_plan_create(p);
        CU_ASSERT_FATAL(plan && energy_rows_make(&plan->prices, p, ENERGIES));
        double best = energy_rows_best(p);
        for (int draw = 0; draw < 30; draw++) {
            waiting += draw_energies(&rng, p, &plan->prices);
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(!isnan(bound));
            CU_ASSERT(bound >= best - 1e-7 * (1 + fabs(best)));
            plan->prices.energies = 0;
            tight += bound < ganger_referee_bound(p, &plan->prices);
        }
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(waiting > 500 && tight > 5);
}

static const struct ganger_test tests[] = {
    {"successors wait for gangs", successors_wait_for_gangs},
    {"only finished works are waited for", only_finished_works_are_waited_for},
    {"rows are read whole", rows_are_read_whole},
    {"no plan is better than any prices prove", no_plan_is_better_than_any_prices_prove},
    {NULL, NULL}};

const struct ganger_suite energy_suite = {"energy", "property", tests};
