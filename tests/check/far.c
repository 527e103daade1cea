/* Rows of rails from afar: what the referee makes of them, and that the relaxation makes the same of its own. */
#include "check/far.h"

#include "check/referee.h"
#include "relax/orders.h"
#include "support/brute.h"
#include "support/new_lines.h"
#include "support/test.h"

#include <math.h>
#include <stdlib.h>

enum { rows_most = 400, openers_most = 2400 };

/* A plan with room for rows. */
static struct ganger_plan *roomy_plan(const struct ganger_problem *p)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan != NULL);
    struct ganger_prices *prices = &plan->prices;
    free(prices->far_first_opener);
    prices->far_work = calloc(rows_most, sizeof *prices->far_work);
    prices->far_first_opener = calloc(rows_most + 1, sizeof *prices->far_first_opener);
    prices->far_opener = calloc(openers_most, sizeof *prices->far_opener);
    prices->far = calloc((size_t)rows_most * (size_t)p->time.periods, sizeof *prices->far);
    CU_ASSERT_FATAL(prices->far_work && prices->far_first_opener && prices->far_opener &&
                    prices->far);
    return plan;
}

static void add_row(struct ganger_prices *prices, int32_t work, const int32_t *opener,
                    int32_t openers)
{
    int32_t end = prices->far_first_opener[prices->fars];
    CU_ASSERT_FATAL(prices->fars < rows_most && end + openers <= openers_most);
    for (int32_t i = 0; i < openers; i++) {
        prices->far_opener[end++] = opener[i];
    }
    prices->far_work[prices->fars++] = work;
    prices->far_first_opener[prices->fars] = end;
}

/* Which rows hold, and from when on the waiter may begin: works take 2 periods and have no pauses. */
static void ways_and_times_are_those_of_the_rule(void)
{
    enum { bypassed = -1, never = 1000 };
    static const struct {
        int32_t waiter, openers, opener[2], opens[2]; /* periods after the opener is finished */
    } rows[] = {
        {NEW_WEST_1, 1, {NEW_WEST_0}, {0}},
        {NEW_WEST_2, 1, {NEW_WEST_1}, {0}},
        {NEW_WEST_2, 1, {NEW_WEST_0}, {2}},
        {NEW_EAST, 1, {NEW_WEST_2}, {0}}, /* what the branch brings has come that way itself */
        {NEW_EAST, 1, {NEW_WEST_0}, {4}},
        {NEW_EAST, 2, {NEW_WEST_1, NEW_BRANCH}, {2, 0}},
        {NEW_EAST, 2, {NEW_WEST_0, NEW_WEST_2}, {never, 0}}, /* all comes by the one behind it */
        {NEW_EAST, 1, {NEW_BRANCH}, {bypassed}},
        {NEW_WEST_2, 1, {NEW_EAST}, {bypassed}},
        {NEW_WEST_1, 0, {0}, {bypassed}},
    };
    struct ganger_problem *p = new_lines(2);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_facts *facts = ganger_facts_create(p);
    CU_ASSERT_FATAL(facts != NULL);
    int32_t periods = p->time.periods;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ganger_plan *plan = roomy_plan(p);
        struct ganger_far far;
        int64_t index;
        double value;
        add_row(&plan->prices, rows[i].waiter, rows[i].opener, rows[i].openers);
        CU_ASSERT_PTR_NULL(ganger_far_bad(facts, &plan->prices, &index, &value));
        CU_ASSERT_FATAL(ganger_far_open(&far, facts, &plan->prices));
        CU_ASSERT_EQUAL(far.bypassed, rows[i].opens[0] == bypassed);
        for (int32_t k = 0; !far.bypassed && k < rows[i].openers; k++) {
            for (int32_t f = 2; f <= periods; f++) {
                int32_t at = f + rows[i].opens[k] < periods ? f + rows[i].opens[k] : periods;
                CU_ASSERT_EQUAL(far.opens[k * (periods + 1) + f], at);
            }
        }
        ganger_far_close(&far);
        ganger_plan_destroy(plan);
    }
    ganger_facts_destroy(facts);
    ganger_problem_destroy(p);
}

static void rows_out_of_range_are_refused(void)
{
    static const struct {
        int32_t waiter, openers, opener[2];
        const char *bad;
    } rows[] = {
        {NEW_WEST_0, 1, {NEW_WEST_1}, "far_work"}, /* rails lead to it from the first */
        {NEW_LINE_WORKS, 1, {NEW_WEST_1}, "far_work"},
        {-1, 1, {NEW_WEST_1}, "far_work"},
        {NEW_EAST, 1, {NEW_LINE_WORKS}, "far_opener"},
        {NEW_EAST, 1, {-1}, "far_opener"},
        {NEW_EAST, 1, {NEW_EAST}, "far_opener"},
        {NEW_EAST, 2, {NEW_WEST_1, NEW_WEST_0}, "far_opener"},
        {NEW_EAST, 2, {NEW_WEST_1, NEW_WEST_1}, "far_opener"},
    };
    struct ganger_problem *p = new_lines(2);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_facts *facts = ganger_facts_create(p);
    CU_ASSERT_FATAL(facts != NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ganger_plan *plan = roomy_plan(p);
        int64_t index;
        double value;
        add_row(&plan->prices, rows[i].waiter, rows[i].opener, rows[i].openers);
        const char *bad = ganger_far_bad(facts, &plan->prices, &index, &value);
        CU_ASSERT_PTR_NOT_NULL_FATAL(bad);
        CU_ASSERT_STRING_EQUAL(bad, rows[i].bad);
        ganger_plan_destroy(plan);
    }
    ganger_facts_destroy(facts);
    ganger_problem_destroy(p);
}

/* Any works for any waiter, a few rows a plan. */
static void draw_rows(struct ganger_rng *rng, const struct ganger_problem *p,
                      const struct ganger_facts *facts, struct ganger_prices *prices)
{
    prices->fars = 0;
    for (int32_t i = 0; i < facts->waits.rows; i++) {
        int32_t opener[8], openers = 0;
        if (facts->waits.led[i] || ganger_rng_below(rng, 2) == 0) {
            continue;
        }
        for (int32_t w = 0; w < p->works.count && openers < 8; w++) {
            if (w != facts->waits.work[i] && ganger_rng_below(rng, 2) == 0) {
                opener[openers++] = w;
            }
        }
        add_row(prices, facts->waits.work[i], opener, openers);
    }
}

static void draw_prices(struct ganger_rng *rng, const struct ganger_problem *p,
                        struct ganger_prices *prices)
{
    for (int32_t i = 0; i < prices->fars * p->time.periods; i++) {
        prices->far[i] = ganger_rng_below(rng, 3) == 0 ? 20 * ganger_rng_unit(rng) : 0;
    }
    for (int32_t i = 0; i < 2 * p->segments.count * (p->time.periods + 1); i++) {
        prices->segment[i] = ganger_rng_below(rng, 2) ? 5 * ganger_rng_unit(rng) : 0;
    }
}

static void no_plan_is_better_than_any_rows_prove(void)
{
    struct ganger_rng rng;
    int holds = 0, bypassed = 0;
    ganger_rng_init(&rng, 29, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct ganger_problem *p = new_line_between(&rng, 4, 8);
        CU_ASSERT_FATAL(p != NULL);
        struct ganger_facts *facts = ganger_facts_create(p);
        struct ganger_plan *plan = roomy_plan(p);
        struct brute brute;
        CU_ASSERT_FATAL(facts && brute_open(&brute, p));
        brute_search(&brute, true);
        for (int draw = 0; draw < 30; draw++) {
            draw_rows(&rng, p, facts, &plan->prices);
            draw_prices(&rng, p, &plan->prices);
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(isnan(bound) || bound >= brute.best - 1e-7 * (1 + fabs(brute.best)));
            holds += plan->prices.fars > 0 && !isnan(bound);
            bypassed += isnan(bound);
        }
        brute_close(&brute);
        ganger_plan_destroy(plan);
        ganger_facts_destroy(facts);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(holds > 100);
    CU_ASSERT(bypassed > 100);
}

/* Of a problem's rows from afar in the relaxation: how many. */
static int32_t compare_with_relaxation(const struct ganger_problem *p)
{
    struct ganger_orders o;
    struct ganger_far far;
    int64_t index, periods = p->time.periods;
    double value;
    struct ganger_facts *facts = ganger_facts_create(p);
    struct ganger_plan *plan = roomy_plan(p);
    CU_ASSERT_FATAL(facts && ganger_orders_init(&o, p));
    for (int32_t row = o.far; row < o.count; row++) {
        add_row(&plan->prices, o.waiter[row], o.opener + o.first[row],
                o.first[row + 1] - o.first[row]);
    }
    CU_ASSERT_PTR_NULL(ganger_far_bad(facts, &plan->prices, &index, &value));
    CU_ASSERT_FATAL(ganger_far_open(&far, facts, &plan->prices));
    CU_ASSERT_FALSE(far.bypassed);
    bool same = true;
    for (int64_t k = 0; k < o.first[o.count] - o.far_entry; k++) {
        for (int64_t f = 0; f <= periods; f++) {
            int64_t theirs = o.opens[k * (periods + 2) + f];
            same =
                same && far.opens[k * (periods + 1) + f] == (theirs < periods ? theirs : periods);
        }
    }
    CU_ASSERT(same);
    int32_t rows = o.count - o.far;
    ganger_far_close(&far);
    ganger_orders_clear(&o);
    ganger_plan_destroy(plan);
    ganger_facts_destroy(facts);
    return rows;
}

static void rows_of_the_relaxation_hold(void)
{
    struct ganger_rng rng;
    int32_t rows = 0;
    ganger_rng_init(&rng, 31, 0, 0);
    for (int i = 0; i < 100; i++) {
        struct ganger_problem *p = new_line_between(&rng, 3 + i % 4, 24);
        CU_ASSERT_FATAL(p != NULL);
        rows += compare_with_relaxation(p);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(rows > 200);
}

static const struct ganger_test tests[] = {
    {"ways and times are those of the rule", ways_and_times_are_those_of_the_rule},
    {"rows out of range are refused", rows_out_of_range_are_refused},
    {"no plan is better than any rows prove", no_plan_is_better_than_any_rows_prove},
    {"rows of the relaxation hold", rows_of_the_relaxation_hold},
    {NULL, NULL}};

const struct ganger_suite far_suite = {"far", "property", tests};
