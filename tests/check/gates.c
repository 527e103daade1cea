/* Prices of closures: what the referee makes of them. */
#include "check/gates.h"

#include "check/planes.h"
#include "check/referee.h"
#include "plan/plan.h"
#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <stdlib.h>

/* Most arcs besides the one of a row. */
enum { BESIDES = 16 };

/* Rows of one demand each, the first; room for `demands` of each. */
static bool make_rows(struct ganger_prices *prices, int32_t rows, int32_t demands,
                      int32_t boundaries)
{
    size_t count = (size_t)rows + 1;
    free(prices->closure_first_beside);
    prices->closure_first_beside = calloc(count, sizeof(int32_t));
    prices->closure_beside_arc = calloc(count * BESIDES, sizeof(int32_t));
    prices->closure_beside_segment = calloc(count * BESIDES, sizeof(int32_t));
    prices->closures = rows;
    free(prices->closure_first_demand); /* of a plan without rows */
    prices->closure_first_demand = calloc(count, sizeof(int32_t));
    prices->closure_demand = calloc(count * (size_t)demands, sizeof(int32_t));
    prices->closure_arc = calloc(count, sizeof(int32_t));
    prices->closure_segment = calloc(count, sizeof(int32_t));
    prices->closure_renewable = calloc(count, sizeof(int32_t));
    prices->closure_from = calloc(count, sizeof(int32_t));
    prices->closure = calloc(count * (size_t)boundaries, sizeof(double));
    for (int32_t row = 0; prices->closure_first_demand && row < rows; row++) {
        prices->closure_first_demand[row + 1] = row + 1;
    }
    return prices->closure_first_beside && prices->closure_beside_arc &&
           prices->closure_beside_segment && prices->closure_first_demand &&
           prices->closure_demand && prices->closure_arc && prices->closure_segment &&
           prices->closure_renewable && prices->closure_from && prices->closure;
}

/* Two links in a row; their works close them, and use one gang of a few. Beside the second there may be another way. */
static struct ganger_problem *two_links(int gangs, bool another_way)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    for (int v = 0; v < 3; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,10,%d", gangs);
    for (int l = 0; l < 2; l++) {
        tiny_add(&t, TINY_LINK, "l%d,n%d,n%d,false,0.1", l, l, l + 1);
        tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n%d,0,10,10,0,1", l, l, l);
        tiny_add(&t, TINY_WORK, "w%d,repair,s%d,10,0,false,,,,,true,,,", l, l);
        tiny_add(&t, TINY_MODE, "w%d,blockade,10,0,0", l);
        tiny_add(&t, TINY_USAGE, "w%d,blockade,gang,1", l);
    }
    if (another_way) {
        tiny_add(&t, TINY_LINK, "l2,n1,n2,false,0.1");
        tiny_add(&t, TINY_SEGMENT, "s2,l2,n1,0,10,10,0,1");
    }
    tiny_add(&t, TINY_DEMAND, "d,n0,n2,20");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    return tiny_read(&t);
}

static double bound_with(const struct ganger_problem *p, int32_t segment, int32_t renewable,
                         double price)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_rows(&plan->prices, 1, 1, p->time.periods + 1));
    plan->prices.closure_segment[0] = segment;
    plan->prices.closure_renewable[0] = renewable;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.closure[t] = price;
    }
    double bound = ganger_referee_bound(p, &plan->prices);
    ganger_plan_destroy(plan);
    return bound;
}

/* One link that a work builds in four of ten periods, at once or not at all. */
static struct ganger_problem *new_link(void)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "s0,l0,n0,0,10,0,0,1");
    tiny_add(&t, TINY_WORK, "w0,build,s0,10,5,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w0,m,4,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    return tiny_read(&t);
}

static void works_get_what_they_open(void)
{
    struct ganger_problem *p = new_link();
    CU_ASSERT_FATAL(p != NULL);
    double gain = 20 - 0.1 * 10, free = bound_with(p, 0, GANGER_NONE, 0);
    CU_ASSERT_DOUBLE_EQUAL(bound_with(p, 0, GANGER_NONE, gain), 0.6 * free, 1e-6 * free);
    CU_ASSERT_DOUBLE_EQUAL(bound_with(p, 0, GANGER_NONE, gain / 2), 0.8 * free, 1e-6 * free);
    ganger_problem_destroy(p);
}

/* Both works close their line all the time. At a price that takes all that freight gains, by a segment nothing is left;
 * by a gang of two each pays for half, and both together for all; of four gangs they are half. A work with another way around it
 * pays nothing. */
static void works_pay_for_what_they_close(void)
{
    static const struct {
        int gangs;
        bool another_way;
        int32_t segment, renewable;
        double left;
    } cases[] = {{2, false, 0, GANGER_NONE, 0},
                 {2, false, GANGER_NONE, 0, 0},
                 {4, false, GANGER_NONE, 0, 0.5},
                 {2, true, GANGER_NONE, 0, 0.5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ganger_problem *p = two_links(cases[i].gangs, cases[i].another_way);
        CU_ASSERT_FATAL(p != NULL);
        double gain = 20 - 2 * 0.1 * 10;
        double free = bound_with(p, 0, GANGER_NONE, 0);
        double bound = bound_with(p, cases[i].segment, cases[i].renewable, gain);
        CU_ASSERT_DOUBLE_EQUAL(bound, cases[i].left * free, 1e-6 * free);
        /* Half of the price leaves half of the gain. */
        double half = bound_with(p, cases[i].segment, cases[i].renewable, gain / 2);
        CU_ASSERT_DOUBLE_EQUAL(half, 0.5 * (1 + cases[i].left) * free, 1e-6 * free);
        ganger_problem_destroy(p);
    }
}

/* Prices of closures and of capacity that go up by so much at every third boundary. */
static double bound_with_steps(const struct ganger_problem *p, double closure, double capacity)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_rows(&plan->prices, 1, 1, p->time.periods + 1));
    plan->prices.closure_renewable[0] = GANGER_NONE;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.closure[t] = 5 + (t % 3 == 1 ? closure : 0);
        plan->prices.segment[t * 2 * p->segments.count + 2] = t % 3 == 1 ? capacity : 0;
    }
    double bound = ganger_referee_bound(p, &plan->prices);
    ganger_plan_destroy(plan);
    return bound;
}

/* Distances are kept from one boundary to the next where nothing changes, and only there. */
static void freight_pays_what_it_costs_then(void)
{
    static const double little = 1e-8;
    struct ganger_problem *p = two_links(2, false);
    CU_ASSERT_FATAL(p != NULL);
    double bound = bound_with_steps(p, 0, 4);
    CU_ASSERT_DOUBLE_EQUAL(bound, bound_with_steps(p, little, 4), 1e-6 * bound);
    bound = bound_with_steps(p, 4, 0);
    CU_ASSERT_DOUBLE_EQUAL(bound, bound_with_steps(p, 4, little), 1e-6 * bound);
    ganger_problem_destroy(p);
}

/* One link for 10, which a work halves in all ten periods, with a gang; another one on it may add 2. Two demands of 6 go over it,
 * and none comes back. */
static struct ganger_problem *half_open(void)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,10,1");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "s0,l0,n0,0,10,10,0,1");
    tiny_add(&t, TINY_WORK, "w0,repair,s0,10,0,false,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "w0,window,10,0,0.5");
    tiny_add(&t, TINY_USAGE, "w0,window,gang,1");
    tiny_add(&t, TINY_WORK, "w1,upgrade,s0,0,2,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w1,m,4,0,1");
    for (int k = 0; k < 2; k++) {
        tiny_add(&t, TINY_DEMAND, "d%d,n0,n1,20", k);
        tiny_add(&t, TINY_PROFILE, "d%d,0,6", k);
    }
    return tiny_read(&t);
}

/* What is left of the freight's worth at a price that takes all that it gains; the row of one of the planes. */
static double left_by_plane(const struct ganger_problem *p, int32_t from, int32_t arc,
                            int32_t demands, double price)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_rows(&plan->prices, 1, 2, p->time.periods + 1));
    double free = 0, bound = 0;
    plan->prices.closure_arc[0] = arc;
    plan->prices.closure_renewable[0] = GANGER_NONE;
    plan->prices.closure_from[0] = from;
    plan->prices.closure_first_demand[1] = demands;
    for (int32_t i = 0; i < demands; i++) {
        plan->prices.closure_demand[i] = i;
    }
    free = ganger_referee_bound(p, &plan->prices);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.closure[t] = price;
    }
    bound = ganger_referee_bound(p, &plan->prices);
    ganger_plan_destroy(plan);
    return bound / free;
}

static double left_with(const struct ganger_problem *p, int32_t arc, int32_t demands, double price)
{
    return left_by_plane(p, 0, arc, demands, price);
}

/* Of 12 there pass 10; the work at work takes 10 / 2 of that, or with the other one finished 12 - 12 / 2 of 12; the other
 * one adds what is still lacking, 2, in six of the ten periods. One demand of 6 goes through all but the half-closed line. */
static void sets_are_what_passes_of_them(void)
{
    struct ganger_problem *p = half_open();
    CU_ASSERT_FATAL(p != NULL);
    double gain = 20 - 0.1 * 10;
    CU_ASSERT_DOUBLE_EQUAL(left_with(p, 0, 2, gain), (10 - 5 + 0.6 * 2) / 12, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(left_with(p, 0, 2, gain / 2), (6 + (10 - 5 + 0.6 * 2) / 2) / 12, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(left_with(p, 0, 1, gain), 1, 1e-6); /* with the other finished 6 pass */
    /* Nothing of it goes back: what is allowed there is added, and nobody pays. */
    CU_ASSERT_DOUBLE_EQUAL(left_with(p, 1, 2, gain), 1 + (10 - 5 + 0.6 * 2) / 12, 1e-6);
    ganger_problem_destroy(p);
}

/* One link for 6 and a demand of 12; so many works may add 4 each, in one of ten periods. */
static struct ganger_problem *lifted(int works)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "s0,l0,n0,0,10,6,0,1");
    for (int w = 0; w < works; w++) {
        tiny_add(&t, TINY_WORK, "w%d,upgrade,s0,0,4,false,,,,,false,,,", w);
        tiny_add(&t, TINY_MODE, "w%d,m,1,0,1", w);
    }
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d0,0,12");
    return tiny_read(&t);
}

/* Two works together add 6, and not 4 each: with both finished 12 pass, and with one of them 10. Three are one more than it
 * takes: by the plane from all finished each adds nothing to the 12 that pass. */
static void works_add_no_more_than_there_is_freight(void)
{
    static const struct {
        int works;
        double untouched, finished; /* what passes by each plane */
    } cases[] = {{2, 6 + 0.9 * 8, 8 + 0.9 * 4}, {3, 6 + 0.9 * 12, 12}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ganger_problem *p = lifted(cases[i].works);
        CU_ASSERT_FATAL(p != NULL);
        double gain = 20 - 0.1 * 10;
        CU_ASSERT_DOUBLE_EQUAL(left_by_plane(p, 0, 0, 1, gain), cases[i].untouched / 12, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(left_by_plane(p, (1 << cases[i].works) - 1, 0, 1, gain),
                               cases[i].finished / 12, 1e-6);
        ganger_problem_destroy(p);
    }
    struct ganger_problem *one = lifted(1), *many = lifted(GANGER_PLANES_WORKS + 1);
    CU_ASSERT_FATAL(one && many);
    CU_ASSERT(isnan(left_by_plane(one, 2, 0, 1, 1))); /* a work that is not there */
    CU_ASSERT(isnan(left_by_plane(many, 1, 0, 1, 1)));
    CU_ASSERT(!isnan(left_by_plane(many, 0, 0, 1, 1)));
    ganger_problem_destroy(one);
    ganger_problem_destroy(many);
}

static void rows_name_a_gate(void)
{
    struct ganger_problem *p = two_links(2, false);
    CU_ASSERT_FATAL(p != NULL);
    CU_ASSERT(isnan(bound_with(p, 1, GANGER_NONE, 1))); /* of the other link */
    CU_ASSERT(isnan(bound_with(p, 2, GANGER_NONE, 1)));
    CU_ASSERT(isnan(bound_with(p, GANGER_NONE, GANGER_NONE, 1)));
    CU_ASSERT(isnan(bound_with(p, 0, 0, 1)));
    CU_ASSERT(isnan(bound_with(p, GANGER_NONE, 1, 1)));
    CU_ASSERT(isnan(bound_with(p, 0, GANGER_NONE, -1)));
    CU_ASSERT(!isnan(bound_with(p, 0, GANGER_NONE, 1)));
    ganger_problem_destroy(p);
}

/* A row of two demands on one link, from n0 to n1: each field of it, changed. */
static void rows_are_read_whole(void)
{
    struct ganger_problem *p = half_open();
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_rows(&plan->prices, 1, 2, p->time.periods + 1));
    struct ganger_prices *prices = &plan->prices;
    prices->closure_first_demand[1] = 2;
    prices->closure_demand[1] = 1;
    prices->closure_renewable[0] = GANGER_NONE;
    prices->closure[0] = 1;
    struct {
        int32_t *cell, value;
    } lies[] = {
        {&prices->closure_first_demand[1], 0},                                  /* about nothing */
        {&prices->closure_first_demand[0], 1}, {&prices->closure_demand[0], 1}, /* twice */
        {&prices->closure_demand[0], -1},      {&prices->closure_demand[1], 2},
        {&prices->closure_arc[0], 2},          {&prices->closure_arc[0], -1},
        {&prices->closure_segment[0], 1},      {&prices->closure_segment[0], GANGER_NONE},
        {&prices->closure_renewable[0], 0}, /* and a segment */
        {&prices->closure_from[0], 4},         {&prices->closure_from[0], -1},
    };
    CU_ASSERT(!isnan(ganger_referee_bound(p, prices)));
    prices->closure_from[0] = 3;
    CU_ASSERT(!isnan(ganger_referee_bound(p, prices)));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
        *lies[i].cell = old;
    }
    prices->closure_segment[0] = GANGER_NONE; /* a gang has one demand */
    prices->closure_renewable[0] = 0;
    CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
    prices->closure_first_demand[1] = 1;
    CU_ASSERT(isnan(ganger_referee_bound(p, prices))); /* nor planes */
    prices->closure_from[0] = 0;
    CU_ASSERT(!isnan(ganger_referee_bound(p, prices)));
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Two lines for 4 from n0 to n1, each with a work that closes it in five of ten periods and, where it says so, one that adds 4
 * in one of them; and a longer way for 1 over n2. A demand of 8. */
static struct ganger_problem *two_lines(bool upgrades, double around)
{
    struct tiny t;
    tiny_init(&t, 10);
    t.discount_rate = t.terminal_years = 0;
    for (int v = 0; v < 3; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    for (int l = 0; l < 4; l++) {
        static const int ends[][2] = {{0, 1}, {0, 1}, {0, 2}, {2, 1}};
        tiny_add(&t, TINY_LINK, "l%d,n%d,n%d,false,%g", l, ends[l][0], ends[l][1],
                 l == 2 ? around : 0.1);
        tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n%d,0,10,%d,0,1", l, l, ends[l][0], l < 2 ? 4 : 1);
    }
    for (int l = 0; l < 2; l++) {
        tiny_add(&t, TINY_WORK, "w%d,repair,s%d,10,0,false,,,,,true,,,", l, l);
        tiny_add(&t, TINY_MODE, "w%d,blockade,5,0,0", l);
        if (upgrades) {
            tiny_add(&t, TINY_WORK, "u%d,upgrade,s%d,10,4,false,,,,,false,,,", l, l);
            tiny_add(&t, TINY_MODE, "u%d,m,1,0,1", l);
        }
    }
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d,0,8");
    return tiny_read(&t);
}

/* What is left of the freight's worth at a price that takes all that it gains, by the row of a cut of both lines, with or
 * without the way over n2; NaN if that is no row. */
static double left_by_cut(const struct ganger_problem *p, int32_t besides, int32_t segment,
                          double price)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_rows(&plan->prices, 1, 1, p->time.periods + 1));
    plan->prices.closure_renewable[0] = GANGER_NONE;
    plan->prices.closure_first_beside[1] = besides;
    for (int32_t i = 0; i < besides; i++) {
        plan->prices.closure_beside_arc[i] = 2 * (i + 1);
        plan->prices.closure_beside_segment[i] = i == 0 ? segment : GANGER_NONE;
    }
    double free = ganger_referee_bound(p, &plan->prices);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.closure[t] = price;
    }
    double bound = ganger_referee_bound(p, &plan->prices);
    ganger_plan_destroy(plan);
    return bound / free;
}

/* Of 8 there pass 4 while one of two lines is closed; with a third line for 1 it is 5, and nothing less can be said of one that
 * has no segment in the row. */
static void lines_of_a_cut_share_what_crosses_it(void)
{
    struct ganger_problem *p = two_lines(false, 10), *wide = two_lines(true, 10);
    struct ganger_problem *open = two_lines(false, 0.1);
    CU_ASSERT_FATAL(p && wide && open);
    double gain = 20 - 0.1 * 10;
    CU_ASSERT_DOUBLE_EQUAL(left_by_cut(p, 1, 1, gain), 1 - 2 * 0.5 * 4 / 8, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(left_by_cut(p, 1, 1, gain / 2), 1 - 0.5 * 4 / 8, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(left_by_cut(p, 2, 1, gain), 1 - 2 * 0.5 * 3 / 8, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(left_by_cut(p, 1, GANGER_NONE, gain), 1 - 0.5 * 4 / 8, 1e-6);
    ganger_problem_destroy(p);
    /* A line that is wider by then takes over all. */
    CU_ASSERT_DOUBLE_EQUAL(left_by_cut(wide, 1, 1, gain), 1, 1e-6);
    ganger_problem_destroy(wide);
    CU_ASSERT(isnan(left_by_cut(open, 1, 1, gain))); /* the way over n2 pays */
    CU_ASSERT(!isnan(left_by_cut(open, 2, 1, gain)));
    ganger_problem_destroy(open);
}

static void cuts_are_read_whole(void)
{
    struct ganger_problem *p = two_lines(true, 10);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && make_rows(&plan->prices, 1, 1, p->time.periods + 1));
    struct ganger_prices *prices = &plan->prices;
    prices->closure_renewable[0] = GANGER_NONE;
    prices->closure_first_beside[1] = 2;
    prices->closure_beside_arc[0] = 2;
    prices->closure_beside_arc[1] = 4;
    prices->closure_beside_segment[0] = 1;
    prices->closure_beside_segment[1] = GANGER_NONE;
    prices->closure_from[0] = 1;
    prices->closure[0] = 1;
    struct {
        int32_t *cell, value;
    } lies[] = {
        {&prices->closure_first_beside[0], 1},
        {&prices->closure_beside_arc[0], -1},
        {&prices->closure_beside_arc[1], 8},
        {&prices->closure_beside_arc[0], 4}, /* not the segment's */
        {&prices->closure_beside_arc[0], 3}, /* the other way: freight goes around */
        {&prices->closure_beside_segment[0], 0},
        {&prices->closure_beside_segment[0], 4},
        {&prices->closure_beside_segment[1], 3},
        {&prices->closure_segment[0], GANGER_NONE},
        {&prices->closure_renewable[0], 0},
    };
    CU_ASSERT(!isnan(ganger_referee_bound(p, prices)));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        *lies[i].cell = lies[i].value;
        CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
        *lies[i].cell = old;
    }
    prices->closure_beside_arc[1] = 2; /* its segment twice */
    prices->closure_beside_segment[1] = 1;
    CU_ASSERT(isnan(ganger_referee_bound(p, prices)));
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

enum { ROWS = 5 };

struct counts {
    int segments, openings, gangs, sets, finished, cuts, parts;
};

/* One or, of a segment, any. */
static void draw_demands(struct ganger_rng *rng, const struct ganger_problem *p,
                         struct ganger_prices *prices, int32_t row, bool gang)
{
    int32_t at = prices->closure_first_demand[row];
    int32_t some = ganger_rng_below(rng, p->demands.count);
    for (int32_t k = 0; k < p->demands.count; k++) {
        if (k == some || (!gang && ganger_rng_below(rng, 2) == 0)) {
            prices->closure_demand[at++] = k;
        }
    }
    prices->closure_first_demand[row + 1] = at;
}

/* A segment of a link, some one. */
static int32_t draw_segment(struct ganger_rng *rng, const struct ganger_problem *p, int32_t link)
{
    int32_t first = p->links.first_segment[link];
    return p->links
        .segment_list[first + ganger_rng_below(rng, p->links.first_segment[link + 1] - first)];
}

/* Arcs out of some nodes, and the demands from these nodes to the others. False, and an ordinary row, if there are none. */
static bool draw_cut(struct ganger_rng *rng, const struct ganger_problem *p,
                     struct ganger_prices *prices, int32_t row, struct counts *counts)
{
    uint32_t side = (uint32_t)ganger_rng_below(rng, 1 << p->nodes.count);
    int32_t beside = prices->closure_first_beside[row], at = prices->closure_first_demand[row];
    int32_t segment[BESIDES], segments = 0, arcs = 0;
    for (int32_t a = 0; a < 2 * p->links.count; a++) {
        int32_t l = a / 2, tail = a % 2 ? p->links.to[l] : p->links.from[l];
        int32_t head = a % 2 ? p->links.from[l] : p->links.to[l];
        if ((a % 2 && p->links.directed[l]) || !(side >> tail & 1) || side >> head & 1) {
            continue;
        }
        int32_t q = arcs == 0 || ganger_rng_below(rng, 4) ? draw_segment(rng, p, l) : GANGER_NONE;
        segment[segments] = q;
        if (q != GANGER_NONE && !ganger_planes_may(p, segment, segments + 1)) {
            q = GANGER_NONE;
        }
        segments += q != GANGER_NONE;
        if (arcs++ == 0) {
            prices->closure_arc[row] = a;
            prices->closure_segment[row] = q;
        } else {
            prices->closure_beside_arc[beside] = a;
            prices->closure_beside_segment[beside++] = q;
        }
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        if (side >> p->demands.origin[k] & 1 && !(side >> p->demands.destination[k] & 1)) {
            prices->closure_demand[at++] = k;
        }
    }
    if (arcs < 2 || at == prices->closure_first_demand[row]) {
        return false;
    }
    prices->closure_first_beside[row + 1] = beside;
    prices->closure_first_demand[row + 1] = at;
    prices->closure_renewable[row] = GANGER_NONE;
    prices->closure_from[row] =
        ganger_rng_below(rng, 1 << ganger_planes_works(p, segment, segments));
    counts->cuts++;
    counts->parts += segments > 1;
    return true;
}

static void draw_row(struct ganger_rng *rng, const struct ganger_problem *p,
                     struct ganger_prices *prices, int32_t row, struct counts *counts)
{
    int32_t q = ganger_rng_below(rng, p->segments.count);
    bool gang = p->resources.renewables > 0 && ganger_rng_below(rng, 2) == 0;
    bool directed = p->links.directed[p->segments.link[q]];
    prices->closure_arc[row] = 2 * p->segments.link[q] + (directed ? 0 : ganger_rng_below(rng, 2));
    draw_demands(rng, p, prices, row, gang);
    counts->sets += prices->closure_first_demand[row + 1] - prices->closure_first_demand[row] > 1;
    prices->closure_segment[row] = gang ? GANGER_NONE : q;
    prices->closure_renewable[row] =
        gang ? ganger_rng_below(rng, p->resources.renewables) : GANGER_NONE;
    prices->closure_from[row] =
        gang ? 0 : ganger_rng_below(rng, 1 << ganger_planes_works(p, &q, 1));
    counts->finished += prices->closure_from[row] != 0;
    counts->gangs += gang;
    counts->openings += !gang && p->segments.capacity[q] <= 0;
    counts->segments += !gang && p->segments.capacity[q] > 0;
}

/* Rows of all kinds, with any prices. */
static void draw_rows(struct ganger_rng *rng, const struct ganger_problem *p,
                      struct ganger_prices *prices, struct counts *counts)
{
    int32_t boundaries = p->time.periods + 1;
    for (int32_t row = 0; row < prices->closures; row++) {
        prices->closure_first_beside[row + 1] = prices->closure_first_beside[row];
        if (ganger_rng_below(rng, 3) > 0 || !draw_cut(rng, p, prices, row, counts)) {
            draw_row(rng, p, prices, row, counts);
        }
        for (int32_t t = 0; t < boundaries; t++) {
            bool priced = ganger_rng_below(rng, 3) > 0;
            prices->closure[row * boundaries + t] = priced ? 12 * ganger_rng_unit(rng) : 0;
        }
    }
    for (int32_t i = 0; i < 2 * p->segments.count * boundaries; i++) {
        prices->segment[i] = ganger_rng_below(rng, 3) ? 0 : 5 * ganger_rng_unit(rng);
    }
}

static void no_plan_is_better_than_any_prices_prove(void)
{
    struct tiny_shape shape = {.periods = 6, .works = 3, .longest = 3, .rails = true};
    struct ganger_rng rng;
    struct counts counts = {0};
    int tight = 0;
    ganger_rng_init(&rng, 19, 0, 0);
    for (int i = 0; i < 80; i++) {
        shape.crowded = i % 2 == 1;
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_plan *plan = ganger_plan_create(p);
        struct brute brute;
        CU_ASSERT_FATAL(plan && brute_open(&brute, p));
        CU_ASSERT_FATAL(make_rows(&plan->prices, ROWS, p->demands.count, p->time.periods + 1));
        brute_search(&brute, true);
        double free = 0;
        for (int draw = 0; draw < 20; draw++) {
            plan->prices.closures = draw == 0 ? 0 : ROWS;
            draw_rows(&rng, p, &plan->prices, &counts);
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(!isnan(bound));
            CU_ASSERT(bound >= brute.best - 1e-7 * (1 + fabs(brute.best)));
            free = draw == 0 ? bound : free;
            tight += bound < free;
        }
        brute_close(&brute);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(counts.segments > 500 && counts.openings > 100 && counts.gangs > 500 &&
              counts.sets > 500 && counts.finished > 100 && counts.cuts > 500 &&
              counts.parts > 200);
    CU_ASSERT(tight > 20);
}

static const struct ganger_test tests[] = {
    {"works pay for what they close", works_pay_for_what_they_close},
    {"works get what they open", works_get_what_they_open},
    {"lines of a cut share what crosses it", lines_of_a_cut_share_what_crosses_it},
    {"cuts are read whole", cuts_are_read_whole},
    {"freight pays what it costs then", freight_pays_what_it_costs_then},
    {"rows name a gate", rows_name_a_gate},
    {"rows are read whole", rows_are_read_whole},
    {"sets are what passes of them", sets_are_what_passes_of_them},
    {"works add no more than there is freight", works_add_no_more_than_there_is_freight},
    {"no plan is better than any prices prove", no_plan_is_better_than_any_prices_prove},
    {NULL, NULL}};

const struct ganger_suite gates_suite = {"gates", "property", tests};
