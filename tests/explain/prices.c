/* Prices by year, on prices that are put into a plan by hand. */
#include "explain/parts.h"
#include "explain/suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Eight periods of 91 days from 2025-01-01: four or five begin in 2025. */
static struct ganger_problem *two_years(void)
{
    struct tiny t;
    tiny_init(&t, 8);
    t.period_days = 91;
    t.terminal_years = 3;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0\nl1,n1,n0,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,10,,\nq1,l0,n0,10,20,10,,\nq2,l1,n1,0,5,5,,");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,20");
    tiny_add(&t, TINY_WORK, "w,repair,q0,10,0,true,,,,,false,,,\nv,build,q1,1,0,true,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w,m,2,3,1\nv,m,1,4,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\ncrew,renewable\nbudget,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,8,1\nbudget,0,4,50\ncrew,0,8,1\nbudget,4,8,60");
    tiny_add(&t, TINY_USAGE, "w,m,gang,2");
    tiny_add(&t, TINY_TARGET, "km,repair,8,100,7,false");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static void set_prices(const struct ganger_problem *p, struct ganger_plan *plan)
{
    for (int32_t t = 0; t < 8; t++) {
        plan->prices.renewable[t] = t + 1;
    }
    for (int32_t t = 0; t <= 8; t++) {
        double *price = plan->prices.segment + 2 * (int64_t)t * p->segments.count;
        price[0] = 2; /* q0 one way */
        price[1] = 1; /* q0 the other */
        price[2] = 4; /* q1 */
    }
    plan->prices.window[1] = 0.25;
    plan->prices.target[0] = 5;
}

static void sums_by_year(void)
{
    struct ganger_problem *p = two_years();
    struct ganger_plan *plan = ganger_plan_create(p);
    struct ganger_sheet sheet;
    struct ganger_explaining x = {.problem = p, .plan = plan, .sheet = &sheet, .rows = 10};
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    ganger_sheet_open(&sheet);
    ganger_years_of(p, &x.years);
    ganger_explain_prices(&x);
    CU_ASSERT_PTR_NOT_NULL(strstr(sheet.text.data, "This plan has no prices"));
    ganger_sheet_clear(&sheet);
    ganger_sheet_open(&sheet);
    set_prices(p, plan);
    ganger_explain_prices(&x);
    CU_ASSERT_PTR_NULL(strstr(sheet.text.data, "This plan has no prices"));
    const json_t *root = sheet.root;
    /* Period 4 begins on 2025-12-31. */
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/gangs/0/by_year/2025"), 1 + 2 + 3 + 4 + 5,
                           1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/gangs/0/by_year/2026"), 6 + 7 + 8, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/gangs/0/mean_per_period_by_year/2026"), 7,
                           1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/gangs/0/mean_per_period"), 4.5, 1e-12);
    CU_ASSERT_STRING_EQUAL(json_string_value(tree_at(root, "prices/gangs/1/id")), "crew");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/windows/0/price"), 0.25, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/windows/0/one_percent"), 0.15, 1e-12);
    /* 7 USD a tonne over both segments and directions; 5 periods, 3, and 3 years after. */
    double yr = 91 / 365.25;
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/links/0/by_year/2025"), 7 * 5 * yr, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/links/0/after"), 21, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/links/0/total"), 7 * 8 * yr + 21, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/targets/0/price"), 5, 1e-12);
    ganger_sheet_clear(&sheet);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* The worth of a work left out, term by term. */
static void dues_by_hand(void)
{
    struct ganger_problem *p = two_years();
    struct ganger_plan *plan = ganger_plan_create(p);
    struct ganger_what_if *what_if = ganger_what_if_create(p, plan);
    struct ganger_facts *facts = ganger_facts_create(p);
    struct ganger_bound_place places[2];
    struct ganger_explaining x = {
        .problem = p, .plan = plan, .what_if = what_if, .facts = facts, .places = places};
    CU_ASSERT_FATAL(plan && what_if && facts);
    set_prices(p, plan);
    CU_ASSERT_FATAL(ganger_bound_places(facts, &plan->prices, places));
    /* 2 of the gang for two periods, dearer every period: best at once. No wear: nothing to gain in traffic. */
    struct ganger_dues dues = ganger_explain_dues(&x, 0);
    CU_ASSERT_EQUAL(places[0].start, 0);
    CU_ASSERT_DOUBLE_EQUAL(dues.gangs, 2 * (1 + 2), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(dues.cost, 3, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(dues.targets, 50, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(dues.windows, 0, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(dues.traffic, 0, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(dues.worth, 50 - 3 - 6, 1e-9);
    CU_ASSERT_EQUAL(dues.dearest, 0);
    /* Of the later budget every million owes a quarter. */
    places[1] = (struct ganger_bound_place){1, 5, -5, 0};
    dues = ganger_explain_dues(&x, 1);
    CU_ASSERT_DOUBLE_EQUAL(dues.windows, 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(dues.traffic, 0, 1e-9);
    ganger_facts_destroy(facts);
    ganger_what_if_destroy(what_if);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* A work that waits for two others takes half of the gang for two periods, and the others all of it for so long. */
static struct ganger_problem *one_waits(void)
{
    struct tiny t;
    tiny_init(&t, 8);
    t.period_days = 91;
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_LINK, "l,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q,l,n0,0,10,10,,");
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d,0,5");
    for (int w = 0; w < 3; w++) {
        tiny_add(&t, TINY_WORK, "w%d,facility,,0,0,false,,,,,false,,,", w);
        tiny_add(&t, TINY_MODE, "w%d,m,2,3,1", w);
        tiny_add(&t, TINY_USAGE, "w%d,m,gang,%d", w, w < 2 ? 2 : 1);
    }
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,8,2");
    tiny_add(&t, TINY_PRECEDENCE, "w0,w2,FS,0\nw1,w2,FS,0");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

/* One row of energy, of the last work; until both others are done, in the sixth period. */
static void price_energy(struct ganger_plan *plan)
{
    struct ganger_prices *prices = &plan->prices;
    prices->energies = 1;
    prices->energy_work = calloc(1, sizeof *prices->energy_work);
    prices->energy_renewable = calloc(1, sizeof *prices->energy_renewable);
    prices->energy = calloc(8, sizeof *prices->energy);
    CU_ASSERT_FATAL(prices->energy_work && prices->energy_renewable && prices->energy);
    prices->energy_work[0] = 2;
    prices->energy[0] = 1;
    prices->energy[4] = 2;
    plan->finish[0] = 2;
    plan->finish[1] = 6;
}

/* A unit in a period shortens the wait from each period up to it on. */
static void what_waits_by_year(void)
{
    struct ganger_problem *p = one_waits();
    struct ganger_plan *plan = ganger_plan_create(p);
    struct ganger_facts *facts = ganger_facts_create(p);
    struct ganger_sheet sheet;
    struct ganger_explaining x = {
        .problem = p, .plan = plan, .sheet = &sheet, .rows = 10, .facts = facts};
    CU_ASSERT_FATAL(plan && facts);
    price_energy(plan);
    ganger_sheet_open(&sheet);
    ganger_years_of(p, &x.years);
    CU_ASSERT_TRUE(ganger_explain_prices(&x));
    const json_t *root = sheet.root;
    CU_ASSERT_STRING_EQUAL(json_string_value(tree_at(root, "prices/waiting/0/work")), "w2");
    CU_ASSERT_STRING_EQUAL(json_string_value(tree_at(root, "prices/waiting/0/gang")), "gang");
    CU_ASSERT_STRING_EQUAL(json_string_value(tree_at(root, "prices/waiting/0/done")), "2026-06-30");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/waiting/0/works"), 2, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/waiting/0/by_year/2025"),
                           (1 + 1 + 1 + 1 + 3) / 5.0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/waiting/0/by_year/2026"), 3, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(root, "prices/waiting/0/total"), 7 + 3, 1e-12);
    CU_ASSERT_PTR_NOT_NULL(strstr(sheet.text.data, "waits for all of several works"));
    /* Of 8 that the two take, 4 are there in the last two periods before it begins at the latest, in the seventh. Whoever is
     * done by the fifth gets all of its 4. */
    struct ganger_bound_place places[3];
    CU_ASSERT_FATAL(ganger_bound_places(facts, &plan->prices, places));
    CU_ASSERT_DOUBLE_EQUAL(places[0].waiting, 2 * 4, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(places[2].waiting, -2 * (8 - 4), 1e-9);
    ganger_sheet_clear(&sheet);
    ganger_facts_destroy(facts);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {{"sums by year", sums_by_year},
                                           {"dues by hand", dues_by_hand},
                                           {"what waits by year", what_waits_by_year},
                                           {NULL, NULL}};
const struct ganger_suite prices_suite = {"prices", "unit", tests};
