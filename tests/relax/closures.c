/* Rows of closure: what gates they have, and that no plan breaks one. */
#include "relax/closures.h"

#include "relax/internal.h"
#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"

#include <math.h>
#include <string.h>

enum { WEST, MIDDLE, EAST, DETOUR, FACTORY, LINKS };

/* Three links in a row from n0 to n3, each with a work that one gang of two does in a blockade; a long way around the
 * middle; and a branch not built yet. */
static struct ganger_problem *line_with_detour(double cost_around)
{
    struct tiny t;
    tiny_init(&t, 20);
    for (int v = 0; v < 6; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    static const char *const links[LINKS] = {"west", "middle", "east", "detour", "factory"};
    static const int ends[LINKS][2] = {{0, 1}, {1, 2}, {2, 3}, {1, 2}, {3, 4}};
    for (int l = 0; l < LINKS; l++) {
        tiny_add(&t, TINY_LINK, "%s,n%d,n%d,false,%g", links[l], ends[l][0], ends[l][1],
                 l == DETOUR ? cost_around : 0.1);
        tiny_add(&t, TINY_SEGMENT, "s%d,%s,n%d,0,10,%d,0,1", l, links[l], ends[l][0],
                 l == FACTORY ? 0 : 10);
    }
    tiny_add(&t, TINY_DEMAND, "through,n0,n3,20");
    tiny_add(&t, TINY_PROFILE, "through,0,6");
    tiny_add(&t, TINY_DEMAND, "factory,n3,n4,20");
    tiny_add(&t, TINY_PROFILE, "factory,0,2");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,20,2");
    for (int l = 0; l <= EAST; l++) {
        tiny_add(&t, TINY_WORK, "w%d,repair,s%d,10,1,false,,,,,false,,,", l, l);
        tiny_add(&t, TINY_MODE, "w%d,blockade,3,1,0", l);
        tiny_add(&t, TINY_USAGE, "w%d,blockade,gang,1", l);
        tiny_add(&t, TINY_MODE, "w%d,window,5,2,0.5", l);
    }
    tiny_add(&t, TINY_WORK, "w4,build,s4,10,5,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "w4,m,2,1,0");
    return tiny_read(&t);
}

static bool needs(const struct ganger_series *s, int32_t link, int32_t demand, int32_t over)
{
    return s->place[link] != GANGER_NONE && ganger_series_needs(s, s->place[link], demand, over);
}

static void freight_needs_what_has_no_way_around(void)
{
    /* A tonne is worth 20; on the straight way it costs 3, around it 102 or 12. */
    static const double around[] = {10, 1};
    for (int i = 0; i < 2; i++) {
        struct ganger_problem *p = line_with_detour(around[i]);
        CU_ASSERT_FATAL(p != NULL);
        struct ganger_graph *graph = ganger_graph_create(p);
        struct ganger_series s;
        int64_t ticks = 0;
        CU_ASSERT_FATAL(graph && ganger_series_init(&s, graph, 2, &ticks));
        CU_ASSERT(ticks > 0);
        CU_ASSERT(needs(&s, WEST, 0, EAST) && needs(&s, EAST, 0, WEST));
        CU_ASSERT(needs(&s, MIDDLE, 0, MIDDLE));
        CU_ASSERT_EQUAL(needs(&s, MIDDLE, 0, WEST), i == 0);
        CU_ASSERT_EQUAL(needs(&s, MIDDLE, 0, DETOUR), i == 0); /* a way that does not pay */
        CU_ASSERT(!needs(&s, WEST, 1, FACTORY) && needs(&s, FACTORY, 1, FACTORY));
        CU_ASSERT_EQUAL(s.place[DETOUR], GANGER_NONE);
        ganger_series_clear(&s);
        ganger_graph_destroy(graph);
        ganger_problem_destroy(p);
    }
}

static void gates_have_the_works_of_their_rule(void)
{
    struct ganger_problem *p = line_with_detour(1);
    CU_ASSERT_FATAL(p != NULL);
    struct ganger_graph *graph = ganger_graph_create(p);
    struct ganger_closures c;
    int64_t ticks = 0;
    bool failed = false;
    CU_ASSERT_FATAL(graph && ganger_closures_init(&c, graph, 1, &ticks));
    int32_t gang =
        ganger_closures_add_gate(&c, (struct ganger_closures_gate){0, NULL, 0, 0, WEST}, &failed);
    CU_ASSERT_EQUAL(gang, 0);
    CU_ASSERT_EQUAL_FATAL(c.first[1] - c.first[0], 2); /* not the middle: there is a way around */
    CU_ASSERT(c.work[0] == WEST && c.work[1] == EAST);
    CU_ASSERT_EQUAL(
        ganger_closures_add_gate(&c, (struct ganger_closures_gate){0, NULL, 0, 0, EAST}, &failed),
        gang); /* the same */
    static const int32_t line[] = {MIDDLE, DETOUR, FACTORY};
    int32_t segment = ganger_closures_add_gate(
        &c, (struct ganger_closures_gate){1, line, GANGER_NONE, 0, MIDDLE}, &failed);
    int32_t opening = ganger_closures_add_gate(
        &c, (struct ganger_closures_gate){1, line + 2, GANGER_NONE, 1, FACTORY}, &failed);
    CU_ASSERT_EQUAL_FATAL(c.first[segment + 1] - c.first[segment],
                          3); /* finished, and both modes */
    CU_ASSERT_EQUAL_FATAL(c.first[opening + 1] - c.first[opening], 1);
    CU_ASSERT_EQUAL(c.first_term[gang + 1] - c.first_term[gang], 1); /* all together */
    CU_ASSERT_EQUAL(c.first_term[segment + 1] - c.first_term[segment], 3);
    CU_ASSERT(!ganger_closures_finished(&c, c.first[gang]));
    CU_ASSERT(ganger_closures_finished(&c, c.first[segment]));
    CU_ASSERT(!ganger_closures_finished(&c, c.first[segment] + 1));
    CU_ASSERT(ganger_closures_finished(&c, c.first[opening]));
    CU_ASSERT_EQUAL(
        ganger_closures_add_gate(
            &c, (struct ganger_closures_gate){1, line + 1, GANGER_NONE, 0, DETOUR}, &failed),
        GANGER_NONE); /* no work is on it */
    static const int32_t both[] = {0, 1};
    struct ganger_closures_row one = {
        .arc = 2 * MIDDLE, .gate = gang, .demands = 1, .demand = both};
    struct ganger_closures_row two = {
        .arc = 2 * MIDDLE, .gate = segment, .demands = 2, .demand = both};
    CU_ASSERT_EQUAL(ganger_closures_find(&c, one), GANGER_NONE);
    CU_ASSERT(ganger_closures_add(&c, one) && ganger_closures_add(&c, two));
    CU_ASSERT_EQUAL(ganger_closures_find(&c, two), 1);
    two.from = 1;
    CU_ASSERT_EQUAL(ganger_closures_find(&c, two), GANGER_NONE);
    two.from = 0;
    two.demands = 1;
    CU_ASSERT_EQUAL(ganger_closures_find(&c, two), GANGER_NONE);
    CU_ASSERT_EQUAL(c.crossings, 2); /* the first demand crosses once */
    CU_ASSERT_EQUAL(ganger_closures_members(&c), 3);
    CU_ASSERT_DOUBLE_EQUAL(c.volume[0], 6, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(c.volume[p->time.periods + 1], 8, 1e-9);
    /* Of the cut of both ways around the middle: all that goes through crosses it, whatever way it takes. */
    static const int32_t around[] = {2 * DETOUR}, none[] = {GANGER_NONE};
    struct ganger_closures_row cut = {.arc = 2 * MIDDLE,
                                      .gate = segment,
                                      .demands = 1,
                                      .demand = both,
                                      .besides = 1,
                                      .beside_arc = around,
                                      .beside_segment = none};
    CU_ASSERT_EQUAL(ganger_closures_find(&c, cut), GANGER_NONE);
    CU_ASSERT(ganger_closures_add(&c, cut));
    CU_ASSERT_EQUAL(ganger_closures_find(&c, cut), 2);
    CU_ASSERT_EQUAL(c.crossings, 3);
    CU_ASSERT_EQUAL(c.crossing_arc[c.crossing[c.first_demand[2]]], GANGER_NONE);
    /* 6 go through, and the detour takes 10 of them while the middle is closed; of 14 it would leave 4. */
    for (int32_t e = c.first[segment]; e < c.first[segment + 1]; e++) {
        CU_ASSERT_DOUBLE_EQUAL(ganger_closures_change(&c, 2, e, 0), 0, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(ganger_closures_change(&c, 1, e, 0),
                               c.mode[e] == GANGER_NONE          ? 0
                               : p->modes.factor[c.mode[e]] <= 0 ? -8
                                                                 : -3,
                               1e-9);
    }
    CU_ASSERT_DOUBLE_EQUAL(ganger_closures_limit(&c, 2, 0), 6, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(ganger_closures_limit(&c, 1, 0), 8, 1e-9);
    CU_ASSERT(ganger_closures_index(&c));
    CU_ASSERT_EQUAL(c.first_of[WEST + 1] - c.first_of[WEST], 1);
    CU_ASSERT_EQUAL(c.first_of[p->works.count], 5); /* the opening has no row */
    CU_ASSERT(!failed);
    ganger_closures_clear(&c);
    ganger_graph_destroy(graph);
    ganger_problem_destroy(p);
}

/* Steps of relaxations of random problems with many blockades. */
static void rows_are_found_and_prove_no_more_than_there_is(void)
{
    struct tiny_shape shape = {.periods = 8, .works = 3, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int rows = 0, gangs = 0, openings = 0, sets = 0, priced = 0, finished = 0, cuts = 0;
    ganger_rng_init(&rng, 73, 0, 0);
    for (int i = 0; i < 160; i++) {
        shape.crowded = i % 2 == 1;
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        brute_search(&brute, true);
        struct ganger_relaxation *r = ganger_relaxation_create(p, brute.graph);
        CU_ASSERT_FATAL(r != NULL);
        int64_t ticks = 0;
        for (int step = 0; step < 16; step++) {
            CU_ASSERT_FATAL(ganger_relaxation_step(r, 1, &ticks));
            CU_ASSERT(ganger_relaxation_bound(r) >= brute.best - 1e-7 * (1 + fabs(brute.best)));
        }
        struct ganger_relaxation_prices prices = ganger_relaxation_prices(r);
        rows += prices.closures;
        for (int32_t row = 0; row < prices.closures; row++) {
            int32_t gate = prices.closure_gate[row];
            const int32_t *segments = prices.gate_segment + prices.gate_first_segment[gate];
            int32_t parts = prices.gate_first_segment[gate + 1] - prices.gate_first_segment[gate];
            int32_t q = parts > 0 ? segments[0] : GANGER_NONE;
            cuts += prices.closure_first_beside[row + 1] > prices.closure_first_beside[row];
            gangs += q == GANGER_NONE;
            openings += q != GANGER_NONE && p->segments.capacity[q] <= 0;
            sets += prices.closure_first_demand[row + 1] - prices.closure_first_demand[row] > 1;
            bool any = false;
            for (int32_t t = 0; t <= p->time.periods; t++) {
                any = any || prices.closure[(int64_t)row * (p->time.periods + 1) + t] > 0;
            }
            priced += any;
            finished += prices.closure_from[row] != 0;
            int32_t works = ganger_passing_count(p, parts, segments);
            CU_ASSERT(works <= GANGER_PASSING_WORKS ? prices.closure_from[row] >> works == 0
                                                    : prices.closure_from[row] == 0);
        }
        ganger_relaxation_destroy(r);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(rows > 15 && gangs > 1 && openings > 5 && sets > 5 && priced > 5 && finished > 2 &&
              cuts > 5);
}

static const struct ganger_test tests[] = {
    {"freight needs what has no way around", freight_needs_what_has_no_way_around},
    {"gates have the works of their rule", gates_have_the_works_of_their_rule},
    {"rows are found and prove no more than there is",
     rows_are_found_and_prove_no_more_than_there_is},
    {NULL, NULL}};

const struct ganger_suite closures_suite = {"closures", "property", tests};
