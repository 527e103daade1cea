/* Prices of rails: what the referee makes of them. */
#include "check/waits.h"

#include "check/bound.h"
#include "check/referee.h"
#include "plan/plan.h"
#include "support/brute.h"
#include "support/new_lines.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>

static void rows_are_those_of_the_rule(void)
{
    struct ganger_problem *p = new_lines(1);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_facts *facts = ganger_facts_create(p);
    CU_ASSERT_FATAL(facts != NULL);
    const struct ganger_waits *w = &facts->waits;
    static const int32_t openers[NEW_LINE_WORKS] = {0, 1, 1, 2, 2};
    static const int32_t first[NEW_LINE_WORKS] = {-1, NEW_WEST_0, NEW_WEST_1, NEW_WEST_2,
                                                  NEW_WEST_2};
    CU_ASSERT_EQUAL_FATAL(w->rows, NEW_LINE_WORKS);
    for (int32_t row = 0; row < w->rows; row++) {
        CU_ASSERT_EQUAL(w->work[row], row);
        CU_ASSERT_EQUAL(w->led[row], row == NEW_WEST_0);
        CU_ASSERT_EQUAL(w->first[row + 1] - w->first[row], openers[row]);
        CU_ASSERT(openers[row] == 0 || w->opener[w->first[row]] == first[row]);
    }
    ganger_facts_destroy(facts);
    ganger_problem_destroy(p);
}

/* Nothing can be struck where a ring of works takes no time: they may open it together. */
static void rings_without_duration_stay(void)
{
    struct ganger_problem *p = new_lines(0);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_facts *facts = ganger_facts_create(p);
    CU_ASSERT_FATAL(facts != NULL);
    const struct ganger_waits *w = &facts->waits;
    CU_ASSERT_EQUAL(w->first[NEW_WEST_1 + 1] - w->first[NEW_WEST_1], 2);
    CU_ASSERT_EQUAL(w->first[NEW_WEST_2 + 1] - w->first[NEW_WEST_2], 3);
    ganger_facts_destroy(facts);
    ganger_problem_destroy(p);
}

/* Of works that earn nothing and cost nothing: a price of 4 in period 6 is paid by the waiter if it begins by then, so
 * that it stays undone or begins later; each opener gets it for being done by then. */
static void openers_get_what_waiters_pay(void)
{
    enum { at = 6 };
    struct ganger_problem *p = new_lines(1);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan != NULL);
    double before = ganger_referee_bound(p, &plan->prices);
    plan->prices.rails[NEW_EAST * p->time.periods + at] = 4;
    double after = ganger_referee_bound(p, &plan->prices);
    CU_ASSERT_DOUBLE_EQUAL(after - before, 2 * 4, 1e-6);
    plan->prices.rails[NEW_WEST_0 * p->time.periods + at] = 1;
    CU_ASSERT(isnan(ganger_referee_bound(p, &plan->prices))); /* rails lead to it from the first */
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Any prices but those of works to which rails lead. */
static int32_t draw_prices(struct ganger_rng *rng, const struct ganger_problem *p,
                           struct ganger_prices *prices)
{
    struct ganger_facts *facts = ganger_facts_create(p);
    int32_t periods = p->time.periods, waiting = 0;
    CU_ASSERT_FATAL(facts != NULL);
    for (int32_t i = 0; i < facts->waits.rows * periods; i++) {
        bool priced = !facts->waits.led[i / periods] && ganger_rng_below(rng, 3) == 0;
        prices->rails[i] = priced ? 20 * ganger_rng_unit(rng) : 0;
        waiting += priced;
    }
    for (int32_t i = 0; i < 2 * p->segments.count * (periods + 1); i++) {
        prices->segment[i] = ganger_rng_below(rng, 2) ? 5 * ganger_rng_unit(rng) : 0;
    }
    ganger_facts_destroy(facts);
    return waiting;
}

static void no_plan_is_better_than_any_prices_prove(void)
{
    static const struct tiny_shape shape = {.periods = 6, .works = 3, .longest = 2, .rails = true};
    struct ganger_rng rng;
    int32_t waiting = 0;
    ganger_rng_init(&rng, 17, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_plan *plan = ganger_plan_create(p);
        struct brute brute;
        CU_ASSERT_FATAL(plan && brute_open(&brute, p));
        brute_search(&brute, true);
        for (int draw = 0; draw < 20; draw++) {
            waiting += draw_prices(&rng, p, &plan->prices);
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(isnan(bound) || bound >= brute.best - 1e-7 * (1 + fabs(brute.best)));
            CU_ASSERT(!isnan(bound));
        }
        brute_close(&brute);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(waiting > 200);
}

static const struct ganger_test tests[] = {
    {"rows are those of the rule", rows_are_those_of_the_rule},
    {"rings without duration stay", rings_without_duration_stay},
    {"openers get what waiters pay", openers_get_what_waiters_pay},
    {"no plan is better than any prices prove", no_plan_is_better_than_any_prices_prove},
    {NULL, NULL}};

const struct ganger_suite waits_suite = {"waits", "property", tests};
