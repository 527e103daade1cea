/* Trees of states: what the referee makes of them. */
#include "check/trees.h"

#include "check/referee.h"
#include "check/suites.h"
#include "plan/plan.h"
#include "support/brute.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>

/* Room for as many of everything; nothing there yet. */
static bool make_room(struct ganger_prices *prices, size_t count)
{
    free(prices->state_first_arc); /* of a plan without states */
    prices->pay_work = calloc(count, sizeof(int32_t));
    prices->pay_period = calloc(count, sizeof(int32_t));
    prices->work = calloc(count, sizeof(double));
    prices->state_period = calloc(count, sizeof(int32_t));
    prices->state_work = calloc(count, sizeof(int32_t));
    prices->state_first_arc = calloc(count, sizeof(int32_t));
    prices->state_arc = calloc(count, sizeof(int32_t));
    prices->passage = calloc(count, sizeof(double));
    return prices->pay_work && prices->pay_period && prices->work && prices->state_period &&
           prices->state_work && prices->state_first_arc && prices->state_arc && prices->passage;
}

static void add_node(struct ganger_prices *prices, int32_t period, int32_t work)
{
    int32_t i = prices->states++;
    prices->state_period[i] = period;
    prices->state_work[i] = work;
    prices->state_first_arc[i + 1] = prices->state_first_arc[i];
}

static void add_arc(struct ganger_prices *prices, int32_t arc, double price)
{
    int32_t i = prices->state_first_arc[prices->states]++;
    prices->state_arc[i] = arc;
    prices->passage[i] = price;
}

static void add_pay(struct ganger_prices *prices, int32_t period, int32_t work, double pay)
{
    int32_t i = prices->pays++;
    prices->pay_period[i] = period;
    prices->pay_work[i] = work;
    prices->work[i] = pay;
}

/* Three links for 2 side by side lead to one for 3; each of them is closed in one of three periods. So one is closed in each
 * period, and 3 pass; or two are, and 2 pass, or all, and nothing does. */
static struct ganger_problem *three_beside(void)
{
    struct tiny t;
    tiny_init(&t, 3);
    t.discount_rate = t.terminal_years = 0;
    for (int v = 0; v < 3; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    for (int l = 0; l < 3; l++) {
        tiny_add(&t, TINY_LINK, "l%d,n0,n1,true,0", l);
        tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n0,0,10,2,0,1", l, l);
        tiny_add(&t, TINY_WORK, "w%d,repair,s%d,10,0,false,,,,,true,,,", l, l);
        tiny_add(&t, TINY_MODE, "w%d,blockade,%d,0,0", l, l == 2 ? 2 : 1);
    }
    tiny_add(&t, TINY_LINK, "l3,n1,n2,true,0");
    tiny_add(&t, TINY_SEGMENT, "s3,l3,n1,0,10,3,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n2,1");
    tiny_add(&t, TINY_PROFILE, "d,0,9");
    return tiny_read(&t);
}

/* A tree for each period that tells works 0 and 1 apart: with one of them at rest the last link's 3 pass, with both at work
 * the third link's 2. */
static void add_trees(struct ganger_prices *prices, double pay)
{
    for (int32_t t = 0; t < 3; t++) {
        for (int32_t w = 0; w < 3; w++) {
            add_pay(prices, t, w, pay);
        }
        add_node(prices, t, 0);
        add_node(prices, t, GANGER_NONE);
        add_arc(prices, 6, 1);
        add_node(prices, t, 1);
        add_node(prices, t, GANGER_NONE);
        add_arc(prices, 6, 1);
        add_node(prices, t, GANGER_NONE);
        add_arc(prices, 0, 1);
        add_arc(prices, 2, 1);
        add_arc(prices, 4, 1);
    }
}

static struct ganger_plan *plan_with_trees(const struct ganger_problem *p, double pay)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_room(&plan->prices, 64));
    add_trees(&plan->prices, pay);
    return plan;
}

/* Works 0 and 1 pay once, work 2 twice. A period's leaves are worth, at pay x of each: 3 + 2x with one at rest; and with works 0
 * and 1 at work 2x and the more of 2 and x. */
static void leaves_are_what_passes_and_is_paid(void)
{
    static const double pays[] = {0, 0.5, 1, 1.5, 4};
    struct ganger_problem *p = three_beside();
    CU_ASSERT_FATAL(p != NULL);
    double year = p->time.weight[0];
    for (size_t i = 0; i < sizeof pays / sizeof *pays; i++) {
        struct ganger_plan *plan = plan_with_trees(p, pays[i]);
        double leaf = fmax(3 + 2 * pays[i], 2 * pays[i] + fmax(2, pays[i]));
        CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices),
                               year * (3 * leaf - 4 * pays[i]), 1e-6);
        ganger_plan_destroy(plan);
    }
    ganger_problem_destroy(p);
}

/* Prices of segments, and freight, do not count where there is a tree; they do beside it. */
static void periods_without_a_tree_are_as_before(void)
{
    struct ganger_problem *p = three_beside();
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = plan_with_trees(p, 0), *none = ganger_plan_create(p);
    CU_ASSERT_FATAL(none != NULL);
    plan->prices.states = 5; /* of the first period */
    plan->prices.pays = 3;
    double year = p->time.weight[0];
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &none->prices), 3 * 9 * year, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), (3 + 2 * 9) * year, 1e-6);
    ganger_plan_destroy(none);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

static void tables_are_read_whole(void)
{
    struct ganger_problem *p = three_beside();
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = plan_with_trees(p, 1);
    struct ganger_prices *prices = &plan->prices;
    struct {
        int32_t *cell, value;
    } lies[] = {
        {&prices->pay_work[1], 0},
        {&prices->pay_work[2], 3},
        {&prices->pay_work[0], -1},
        {&prices->pay_period[8], 3},
        {&prices->pay_period[3], -1},
        {&prices->pay_period[2], 1},
        {&prices->state_period[4], 1},
        {&prices->state_period[14], 3},
        {&prices->state_period[0], -1},
        {&prices->state_period[7], 2},
        {&prices->state_work[0], 3},
        {&prices->state_work[0], -2},
        {&prices->state_work[2], 0}, /* twice on a way */
        {&prices->state_work[0], -1},
        {&prices->state_work[14], 2},
        {&prices->state_arc[0], 8},
        {&prices->state_arc[0], -1},
        {&prices->state_arc[3], 0},
        {&prices->states, 14},
        {&prices->states, 10},            /* nobody gets what is paid in the last period */
        {&prices->state_first_arc[1], 1}, /* of an inner node */
    };
    CU_ASSERT(!isnan(ganger_referee_bound(p, prices)));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
        *lies[i].cell = old;
    }
    prices->work[0] = -1;
    CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
    prices->work[0] = 1;
    prices->passage[0] = -1;
    CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* A tree that tells apart the works from `work` on, some of them. */
static void draw_tree(struct ganger_rng *rng, const struct ganger_problem *p,
                      struct ganger_prices *prices, int32_t t, int32_t work)
{
    while (work < p->works.count && ganger_rng_below(rng, 3) == 0) {
        work++;
    }
    if (work < p->works.count && ganger_rng_below(rng, 4) > 0) {
        add_node(prices, t, work);
        draw_tree(rng, p, prices, t, work + 1);
        draw_tree(rng, p, prices, t, work + 1);
        return;
    }
    add_node(prices, t, GANGER_NONE);
    for (int32_t a = 0; a < 2 * p->links.count; a++) {
        bool solid = p->links.first_segment[a / 2] < p->links.first_segment[a / 2 + 1];
        if (solid && ganger_rng_below(rng, 5) == 0) {
            add_arc(prices, a, 6 * ganger_rng_unit(rng));
        }
    }
}

static void draw_trees(struct ganger_rng *rng, const struct ganger_problem *p,
                       struct ganger_prices *prices)
{
    prices->pays = prices->states = 0;
    for (int32_t t = 0; t < p->time.periods; t++) {
        if (ganger_rng_below(rng, 3) == 0) {
            continue;
        }
        draw_tree(rng, p, prices, t, 0);
        for (int32_t w = 0; w < p->works.count; w++) {
            if (ganger_rng_below(rng, 3) > 0) {
                add_pay(prices, t, w, 3 * ganger_rng_unit(rng));
            }
        }
    }
}

static void no_plan_is_better_than_any_trees_prove(void)
{
    static const struct tiny_shape shape = {.periods = 6, .works = 3, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int tight = 0, branches = 0;
    ganger_rng_init(&rng, 23, 0, 0);
    for (int i = 0; i < 80; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_plan *plan = ganger_plan_create(p), *none = ganger_plan_create(p);
        struct brute brute;
        CU_ASSERT_FATAL(plan && none && brute_open(&brute, p) && make_room(&plan->prices, 4096));
        brute_search(&brute, true);
        double free = ganger_referee_bound(p, &none->prices);
        for (int draw = 0; draw < 20; draw++) {
            draw_trees(&rng, p, &plan->prices);
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(!isnan(bound));
            CU_ASSERT(bound >= brute.best - 1e-7 * (1 + fabs(brute.best)));
            tight += bound < free;
            branches += plan->prices.states > 2 * p->time.periods;
        }
        brute_close(&brute);
        ganger_plan_destroy(none);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(branches > 200);
    CU_ASSERT(tight > 20);
}

static const struct ganger_test tests[] = {
    {"leaves are what passes and is paid", leaves_are_what_passes_and_is_paid},
    {"periods without a tree are as before", periods_without_a_tree_are_as_before},
    {"tables are read whole", tables_are_read_whole},
    {"no plan is better than any trees prove", no_plan_is_better_than_any_trees_prove},
    {NULL, NULL}};
const struct ganger_suite trees_suite = {"trees", "property", tests};
