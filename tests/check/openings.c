/* Prices of openings and of energy: what the referee makes of them. */
#include "check/openings.h"

#include "check/bound.h"
#include "check/opening_rows.h"
#include "check/referee.h"
#include "check/suites.h"
#include "support/tiny.h"

#include <math.h>

/* One opening of the first demand, on the arc from n0 to n1, for the first two works; a row of energy for it. */
static struct ganger_plan *one_opening(const struct ganger_problem *p)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && opening_rows_make(&plan->prices, p, 1, 1));
    struct ganger_prices *prices = &plan->prices;
    prices->opening_first_demand[1] = 1;
    prices->opening_first_work[1] = 2;
    prices->opening_work[1] = 1;
    prices->energy_work[0] = GANGER_NONE;
    return plan;
}

/* What a tonne gains over a line of 10 km, before it pays any price; and all freight of 3 in a period. */
static const double gain = 20 - 0.1 * 10;
static double worth_of_a_period(const struct ganger_problem *p)
{
    return 3 * gain * p->time.weight[0];
}

static void begin(struct tiny *t)
{
    tiny_init(t, 10);
    t->discount_rate = t->terminal_years = 0;
    tiny_add(t, TINY_NODE, "n0,true");
    tiny_add(t, TINY_NODE, "n1,true");
    tiny_add(t, TINY_RESOURCE, "gang,renewable");
    tiny_add(t, TINY_CAPACITY, "gang,0,10,1");
    tiny_add(t, TINY_DEMAND, "d,n0,n1,20");
    tiny_add(t, TINY_PROFILE, "d,0,3");
}

/* A line of two segments that are to be built; the only gang takes four of ten periods for each. */
static struct ganger_problem *two_segments(double built)
{
    struct tiny t;
    begin(&t);
    tiny_add(&t, TINY_LINK, "l,n0,n1,false,0.1");
    for (int q = 0; q < 2; q++) {
        tiny_add(&t, TINY_SEGMENT, "s%d,l,n0,%d,%d,%g,0,1", q, 5 * q, 5 * q + 5, built);
        tiny_add(&t, TINY_WORK, "w%d,upgrade,s%d,5,5,false,,,,,false,,,", q, q);
        tiny_add(&t, TINY_MODE, "w%d,m,4,0,1", q);
        tiny_add(&t, TINY_USAGE, "w%d,m,gang,1", q);
    }
    return tiny_read(&t);
}

/* At a price that takes all that freight gains, what is left is the opening's. It opens in the tenth part that is left after
 * eight periods, if it pays for the gang's time: the bound is the best plan's value. */
static void openings_wait_for_gangs(void)
{
    struct ganger_problem *p = two_segments(0);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = one_opening(p);
    double worth = worth_of_a_period(p), best = opening_rows_best(p);
    CU_ASSERT_DOUBLE_EQUAL(best, 2 * worth, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 10 * worth, 1e-6);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.opening[t] = gain;
    }
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 10 * worth, 1e-6);
    plan->prices.energy[0] = worth + 1e-6;
    double bound = ganger_referee_bound(p, &plan->prices);
    CU_ASSERT(bound >= best);
    CU_ASSERT_DOUBLE_EQUAL(bound, best, 1e-5);
    /* From the third period on the works still take the gang, but for what is done by then: each may be done but for one
     * period, that is three for each of the two. To be open at first asks for all of eight. */
    plan->prices.energy[0] = 0;
    plan->prices.energy[3] = worth;
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), (10 - 8 + 2 * 3) * worth, 1e-5);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Each work gets half of what being open is worth, from its finish after four periods on. */
static void openings_wait_for_each_work(void)
{
    struct ganger_problem *p = two_segments(0);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = one_opening(p);
    double worth = worth_of_a_period(p);
    int32_t boundaries = p->time.periods + 1;
    for (int32_t t = 0; t < boundaries; t++) {
        plan->prices.opening[t] = gain;
        plan->prices.awaits[t] = plan->prices.awaits[boundaries + t] =
            t < p->time.periods ? 0.5 * worth + 1e-8 : 0;
    }
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 6 * worth, 1e-6);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Where 1 of 3 passes before, an opening is worth 2; and never more than there is freight. */
static void some_passes_before(void)
{
    struct ganger_problem *p = two_segments(1);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = one_opening(p);
    double worth = worth_of_a_period(p), best = opening_rows_best(p);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.opening[t] = gain;
    }
    plan->prices.energy[0] = worth;
    CU_ASSERT_DOUBLE_EQUAL(best, (10 * 1 + 2 * 2) * worth / 3, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), best, 1e-5);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* A line that a work builds in one period, after two that take the gang for four each: it begins in eight. */
static struct ganger_problem *a_successor(void)
{
    struct tiny t;
    begin(&t);
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

static void successors_wait_for_gangs(void)
{
    struct ganger_problem *p = a_successor();
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && opening_rows_make(&plan->prices, p, 0, 1));
    double worth = worth_of_a_period(p), best = opening_rows_best(p);
    plan->prices.energy_opening[0] = GANGER_NONE;
    plan->prices.energy_work[0] = 2;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.segment[2 * t] = gain;
    }
    CU_ASSERT_DOUBLE_EQUAL(best, worth, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 9 * worth, 1e-6);
    plan->prices.energy[0] = worth;
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), best, 1e-6);
    plan->prices.energy[0] = 0.5 * worth;
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), 5 * worth, 1e-6);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* A ring on which one path takes the link from n1 to n2 there and another one back, and both go over the link from n3 to n4. */
static struct ganger_problem *there_and_back(bool directed)
{
    static const char *const links[] = {"a,n0,n3", "b,n3,n4", "c,n4,n1", "e,n1,n2",
                                        "f,n2,n5", "g,n0,n2", "h,n1,n3", "i,n4,n5"};
    struct tiny t;
    tiny_init(&t, 10);
    for (int v = 0; v < 6; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    for (int l = 0; l < 8; l++) {
        /* From the origin to n3 is far, and so from n4 to the destination: not both. */
        bool far = l == 0 || l == 7;
        tiny_add(&t, TINY_LINK, "%s,%s,%g", links[l], l == 3 && !directed ? "false" : "true",
                 far ? 1.2 : 0.1);
        tiny_add(&t, TINY_SEGMENT, "s%d,%c,%.2s,0,10,5,0,1", l, links[l][0], links[l] + 2);
    }
    tiny_add(&t, TINY_WORK, "w0,upgrade,s3,5,5,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w0,m,4,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n5,20");
    tiny_add(&t, TINY_PROFILE, "d,0,30");
    return tiny_read(&t);
}

/* No path goes around the link, but both of its directions together carry twice what it does. */
static void works_are_where_all_freight_passes(void)
{
    for (int directed = 0; directed < 2; directed++) {
        struct ganger_problem *p = there_and_back(directed == 1);
        CU_ASSERT_FATAL(p != NULL);
        struct ganger_plan *plan = ganger_plan_create(p);
        CU_ASSERT_FATAL(plan && opening_rows_make(&plan->prices, p, 1, 0));
        plan->prices.opening_first_demand[1] = plan->prices.opening_first_work[1] = 1;
        plan->prices.opening_arc[0] = 2 * 1;
        CU_ASSERT_EQUAL(isnan(ganger_referee_bound(p, &plan->prices)), directed == 0);
        plan->prices.opening_arc[0] = 2 * 3; /* the work's own */
        CU_ASSERT_FALSE(isnan(ganger_referee_bound(p, &plan->prices)));
        plan->prices.opening_arc[0] =
            2 * 5; /* whoever comes over it may go on to the destination */
        CU_ASSERT_TRUE(isnan(ganger_referee_bound(p, &plan->prices)));
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
}

/* Three links in a row, and one beside them: whoever takes one of the three takes all, though there and back would be cheap. */
static void links_in_a_row_are_passed(void)
{
    struct tiny t;
    tiny_init(&t, 10);
    for (int v = 0; v < 4; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
        tiny_add(&t, TINY_LINK, "l%d,n%d,n%d,false,0.1", v, v, (v + 1) % 4);
        tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n%d,0,10,5,0,1", v, v, v);
    }
    tiny_add(&t, TINY_WORK, "w0,upgrade,s2,5,5,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w0,m,4,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n3,20");
    tiny_add(&t, TINY_PROFILE, "d,0,30");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan && opening_rows_make(&plan->prices, p, 1, 0));
    plan->prices.opening_first_demand[1] = plan->prices.opening_first_work[1] = 1;
    for (int32_t arc = 0; arc < 8; arc++) {
        plan->prices.opening_arc[0] = arc;
        CU_ASSERT_EQUAL(isnan(ganger_referee_bound(p, &plan->prices)),
                        arc == 7); /* the way beside */
    }
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

/* Each field of an opening and of a row of energy, changed. */
static void rows_are_read_whole(void)
{
    struct ganger_problem *p = a_successor(), *line = two_segments(1);
    CU_ASSERT_FATAL(p && line);
    struct ganger_plan *plan = one_opening(line);
    struct ganger_prices *prices = &plan->prices;
    int64_t index;
    double found;
    struct {
        int32_t *cell, value;
        const char *name;
    } lies[] = {
        {&prices->opening_arc[0], 2, "opening_arc"},
        {&prices->opening_arc[0], -1, "opening_arc"},
        {&prices->opening_first_demand[1], 0, "opening_first_demand"}, /* for nobody */
        {&prices->opening_first_demand[0], 1, "opening_first_demand"},
        {&prices->opening_demand[0], 1, "opening_demand"},
        {&prices->opening_demand[0], -1, "opening_demand"},
        {&prices->opening_first_work[1], 0, "opening_first_work"}, /* for nothing */
        {&prices->opening_first_work[0], 1, "opening_first_work"},
        {&prices->opening_work[0], 1, "opening_work"}, /* twice */
        {&prices->opening_work[0], -1, "opening_work"},
        {&prices->opening_work[1], 2, "opening_work"},
        {&prices->energy_opening[0], 1, "energy_opening"},
        {&prices->energy_opening[0], -2, "energy_opening"},
        {&prices->energy_opening[0], GANGER_NONE, "energy_work"}, /* nothing waits */
        {&prices->energy_work[0], 0, "energy_work"},              /* and an opening */
        {&prices->energy_work[0], 2, "energy_work"},
        {&prices->energy_work[0], -2, "energy_work"},
        {&prices->energy_renewable[0], 1, "energy_renewable"},
        {&prices->energy_renewable[0], -1, "energy_renewable"},
    };
    struct ganger_facts *facts = ganger_facts_create(line);
    CU_ASSERT_FATAL(facts != NULL);
    CU_ASSERT(!isnan(ganger_referee_bound(line, prices)));
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        int32_t old = *lies[i].cell;
        bool short_of_memory = false;
        *lies[i].cell = lies[i].value;
        const char *bad = ganger_bound_bad_price(facts, prices, &index, &found, &short_of_memory);
        CU_ASSERT_FATAL(bad != NULL);
        CU_ASSERT_STRING_EQUAL(bad, lies[i].name);
        CU_ASSERT(isnan(ganger_referee_bound(line, prices)));
        *lies[i].cell = old;
    }
    double *const negative[] = {prices->opening, prices->awaits, prices->energy};
    for (size_t i = 0; i < sizeof negative / sizeof *negative; i++) {
        negative[i][0] = -1;
        CU_ASSERT(isnan(ganger_referee_bound(line, prices)));
        negative[i][0] = 0;
    }
    ganger_facts_destroy(facts);
    ganger_plan_destroy(plan);
    plan = one_opening(p); /* for works that are on no segment */
    CU_ASSERT(isnan(ganger_referee_bound(p, &plan->prices)));
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
    ganger_problem_destroy(line);
}

enum { OPENINGS = 4, ENERGIES = 6 };

struct counts {
    int openings, elsewhere, refused, several, energies, successors;
};

static double draw_price(struct ganger_rng *rng, double most)
{
    return ganger_rng_below(rng, 3) > 0 ? 0 : most * ganger_rng_unit(rng);
}

/* Some of the works that are on segments, on the arc's link or on any. */
static void draw_opening(struct ganger_rng *rng, const struct ganger_problem *p,
                         struct ganger_prices *prices, int32_t o)
{
    int32_t work = prices->opening_first_work[o], demand = prices->opening_first_demand[o];
    int32_t l = ganger_rng_below(rng, p->links.count);
    bool anywhere = ganger_rng_below(rng, 3) == 0;
    int32_t some = ganger_rng_below(rng, p->demands.count);
    prices->opening_arc[o] = 2 * l + (p->links.directed[l] ? 0 : ganger_rng_below(rng, 2));
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t q = p->works.segment[w];
        if (q != GANGER_NONE && (anywhere || p->segments.link[q] == l) &&
            ganger_rng_below(rng, 4) > 0) {
            prices->opening_work[work++] = w;
        }
    }
    for (int32_t k = 0; k < p->demands.count; k++) {
        if (k == some || ganger_rng_below(rng, 2) == 0) {
            prices->opening_demand[demand++] = k;
        }
    }
    prices->opening_first_work[o + 1] = work;
    prices->opening_first_demand[o + 1] = demand;
}

static void draw_openings(struct ganger_rng *rng, const struct ganger_problem *p,
                          struct ganger_prices *prices, struct counts *counts)
{
    struct ganger_facts *facts = ganger_facts_create(p);
    int32_t boundaries = p->time.periods + 1;
    CU_ASSERT_FATAL(facts != NULL);
    prices->energies = 0;
    for (prices->openings = 0; prices->openings < OPENINGS;) {
        int64_t index;
        double found;
        bool short_of_memory = false;
        int32_t o = prices->openings++;
        draw_opening(rng, p, prices, o);
        const char *bad = ganger_openings_bad(facts, prices, &index, &found, &short_of_memory);
        if (bad) {
            counts->refused += bad[8] == 'w';
            prices->openings--;
            if (ganger_rng_below(rng, 4) == 0) {
                break;
            }
            continue;
        }
        counts->openings++;
        counts->several += prices->opening_first_work[o + 1] - prices->opening_first_work[o] > 1;
        for (int32_t i = prices->opening_first_work[o]; i < prices->opening_first_work[o + 1];
             i++) {
            int32_t q = p->works.segment[prices->opening_work[i]];
            counts->elsewhere += p->segments.link[q] != prices->opening_arc[o] / 2;
        }
    }
    ganger_facts_destroy(facts);
    for (int32_t i = 0; i < prices->openings * boundaries; i++) {
        prices->opening[i] = ganger_rng_below(rng, 3) > 0 ? 12 * ganger_rng_unit(rng) : 0;
    }
    for (int32_t i = 0; i < prices->opening_first_work[prices->openings] * boundaries; i++) {
        prices->awaits[i] = draw_price(rng, 8);
    }
}

static void draw_energies(struct ganger_rng *rng, const struct ganger_problem *p,
                          struct ganger_prices *prices, struct counts *counts)
{
    prices->energies = p->resources.renewables > 0 ? ENERGIES : 0;
    for (int32_t row = 0; row < prices->energies; row++) {
        bool opening = prices->openings > 0 && ganger_rng_below(rng, 2) == 0;
        prices->energy_opening[row] =
            opening ? ganger_rng_below(rng, prices->openings) : GANGER_NONE;
        prices->energy_work[row] = opening ? GANGER_NONE : ganger_rng_below(rng, p->works.count);
        prices->energy_renewable[row] = ganger_rng_below(rng, p->resources.renewables);
        counts->energies += opening;
        counts->successors += !opening;
        for (int32_t t = 0; t < p->time.periods; t++) {
            prices->energy[row * p->time.periods + t] = draw_price(rng, 8);
        }
    }
    for (int32_t i = 0; i < 2 * p->segments.count * (p->time.periods + 1); i++) {
        prices->segment[i] = ganger_rng_below(rng, 3) ? 0 : 5 * ganger_rng_unit(rng);
    }
}

static void no_plan_is_better_than_any_prices_prove(void)
{
    struct tiny_shape shape = {.periods = 6, .works = 4, .longest = 3, .rails = true};
    struct ganger_rng rng;
    struct counts counts = {0};
    int tight = 0;
    ganger_rng_init(&rng, 23, 0, 0);
    for (int i = 0; i < 60; i++) {
        shape.stages = i % 3 == 1;
        shape.crowded = i % 3 == 2;
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct ganger_plan *plan = ganger_plan_create(p);
        CU_ASSERT_FATAL(plan && opening_rows_make(&plan->prices, p, OPENINGS, ENERGIES));
        double best = opening_rows_best(p), free = 0;
        for (int draw = 0; draw < 30; draw++) {
            draw_openings(&rng, p, &plan->prices, &counts);
            draw_energies(&rng, p, &plan->prices, &counts);
            double bound = ganger_referee_bound(p, &plan->prices);
            CU_ASSERT(!isnan(bound));
            CU_ASSERT(bound >= best - 1e-7 * (1 + fabs(best)));
            plan->prices.openings = plan->prices.energies = 0;
            free = ganger_referee_bound(p, &plan->prices);
            tight += bound < free;
        }
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(counts.openings > 500 && counts.elsewhere > 50 && counts.refused > 100 &&
              counts.several > 100 && counts.energies > 500 && counts.successors > 500);
    CU_ASSERT(tight > 5);
}

static const struct ganger_test tests[] = {
    {"openings wait for gangs", openings_wait_for_gangs},
    {"openings wait for each work", openings_wait_for_each_work},
    {"some passes before", some_passes_before},
    {"successors wait for gangs", successors_wait_for_gangs},
    {"works are where all freight passes", works_are_where_all_freight_passes},
    {"links in a row are passed", links_in_a_row_are_passed},
    {"rows are read whole", rows_are_read_whole},
    {"no plan is better than any prices prove", no_plan_is_better_than_any_prices_prove},
    {NULL, NULL}};

const struct ganger_suite openings_suite = {"openings", "property", tests};
