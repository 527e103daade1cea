/* Everything derived, against definitions computed the slow way. */
#include "instance/seal.h"

#include "base/rng.h"
#include "instance/fits.h"
#include "instance/fixture.h"
#include "instance/suites.h"
#include "support/tiny.h"
#include <math.h>
#include <stdlib.h>

static void discounts_follow_the_definition(void)
{
    struct ganger_problem *p = fixture_problem();
    double yr = 10 / 365.25;
    CU_ASSERT_DOUBLE_EQUAL(p->time.years_per_period, yr, 1e-15);
    for (int32_t t = 0; t <= 12; t++) {
        double disc = 1 / pow(1.1, t * yr);
        CU_ASSERT_DOUBLE_EQUAL(p->time.discount[t], disc, 1e-14);
        if (t < 12) {
            CU_ASSERT_DOUBLE_EQUAL(p->time.weight[t], yr * disc, 1e-15);
        }
    }
    /* A is the integral of the discounted years after the end. */
    double sum = 0;
    for (int i = 0; i < 500000; i++) {
        sum += 1e-5 * pow(1.1, -(12 * yr + (i + 0.5) * 1e-5));
    }
    CU_ASSERT_DOUBLE_EQUAL(p->time.weight[12], sum, 1e-8);
    ganger_problem_destroy(p);
    static const struct fixture_change free_money = {"datapackage.json", "0.1", "0"};
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(fixture_read(&free_money, 1, &p, &text), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(p->time.weight[12], 5);
    CU_ASSERT_EQUAL(p->time.discount[12], 1);
    free(text);
    ganger_problem_destroy(p);
}

static void chains_run_from_the_from_node(void)
{
    struct ganger_problem *p = fixture_problem();
    CU_ASSERT_EQUAL(p->links.length_km[0], 100);
    CU_ASSERT_EQUAL(p->links.length_km[1], 50.5);
    CU_ASSERT_DOUBLE_EQUAL(p->links.cost_per_t[1], 1.01, 1e-15);
    CU_ASSERT_EQUAL(p->links.first_segment[1], 2);
    CU_ASSERT_EQUAL(p->links.segment_list[0], 1);
    CU_ASSERT_EQUAL(p->links.segment_list[1], 0);
    CU_ASSERT_EQUAL(p->segments.position[0], 1);
    CU_ASSERT_EQUAL(p->segments.position[1], 0);
    CU_ASSERT_EQUAL(p->segments.first_work[3], 3);
    CU_ASSERT_EQUAL(p->segments.work_list[p->segments.first_work[1]], 0);
    ganger_problem_destroy(p);
}

static void profiles_hold_from_their_dates(void)
{
    static const double coal[] = {2, 2, 2, 2, 2, 3, 3, 3, 2, 2, 2, 2, 2};
    struct ganger_problem *p = fixture_problem();
    for (int32_t t = 0; t <= 12; t++) {
        CU_ASSERT_EQUAL(ganger_problem_volume(p, 0, t), coal[t]);
        CU_ASSERT_EQUAL(ganger_problem_volume(p, 1, t), 1.5);
    }
    CU_ASSERT_EQUAL(p->demands.steps, 2); /* the last stretch is like the first */
    CU_ASSERT_EQUAL(p->demands.step_at[12], p->demands.step_at[0]);
    ganger_problem_destroy(p);
    static const struct fixture_change late = {"demand_profile.csv", "ore,0,", "ore,2026-12-01,"};
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(fixture_read(&late, 1, &p, &text), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_problem_volume(p, 1, 12), 0);
    free(text);
    ganger_problem_destroy(p);
}

static void resources_are_dense_where_renewable(void)
{
    struct ganger_problem *p = fixture_problem();
    const struct ganger_resources *r = &p->resources;
    CU_ASSERT_EQUAL(r->renewables, 1);
    CU_ASSERT_EQUAL(r->renewable_index[0], 0);
    CU_ASSERT_EQUAL(r->renewable_index[1], GANGER_NONE);
    CU_ASSERT_EQUAL(r->renewable_resource[0], 0);
    for (int32_t t = 0; t < 12; t++) {
        CU_ASSERT_EQUAL(r->capacity[t], t < 6 ? 2 : 3);
    }
    CU_ASSERT_EQUAL_FATAL(r->windows, 2);
    CU_ASSERT_EQUAL(r->window_resource[0], 1);
    CU_ASSERT_EQUAL(r->window_limit[0], 1000);
    CU_ASSERT_EQUAL(r->window_resource[1], 2);
    CU_ASSERT_EQUAL(r->window_list[r->first_window[2]], 1);
    ganger_problem_destroy(p);
    static const struct fixture_change gap = {"capacity.csv", "gang,6,12,3", "gang,7,12,3"};
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(fixture_read(&gap, 1, &p, &text), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(p->resources.capacity[6], 0);
    free(text);
    ganger_problem_destroy(p);
}

static void calendars_and_spans(void)
{
    struct ganger_problem *p = fixture_problem();
    CU_ASSERT_EQUAL(ganger_problem_productivity(p, 0, 1), 0);
    CU_ASSERT_EQUAL(ganger_problem_productivity(p, 0, 2), 50);
    CU_ASSERT_EQUAL(ganger_problem_productivity(p, 0, 3), 100);
    CU_ASSERT_EQUAL(ganger_problem_productivity(p, 1, 0), 100);
    CU_ASSERT_EQUAL(ganger_problem_finish(p, 0, 0), 13);
    CU_ASSERT_EQUAL(ganger_problem_finish(p, 0, 2), 5); /* half, whole, half of the last */
    CU_ASSERT_EQUAL(ganger_problem_finish(p, 0, 3), 5);
    CU_ASSERT_EQUAL(ganger_problem_finish(p, 0, 10), 12);
    CU_ASSERT_EQUAL(ganger_problem_finish(p, 0, 11), 13);
    for (int32_t s = 0; s < 12; s++) {
        CU_ASSERT_EQUAL(ganger_problem_finish(p, 4, s), s); /* a milestone */
    }
    CU_ASSERT_EQUAL(p->modes.span[3], p->modes.span[6]); /* both 2 periods without calendar */
    CU_ASSERT_NOT_EQUAL(p->modes.span[0], p->modes.span[3]);
    ganger_problem_destroy(p);
}

/* The least f with sum(productivity over [s, f)) >= 100 * duration, by trying all. */
static int32_t slow_finish(const uint8_t *productivity, int32_t periods, int32_t duration,
                           int32_t start)
{
    int32_t sum = 0;
    if (duration == 0) {
        return start;
    }
    if (productivity[start] == 0) {
        return periods + 1;
    }
    for (int32_t f = start; f <= periods; f++) {
        if (sum >= 100 * duration) {
            return f;
        }
        sum += f < periods ? productivity[f] : 0;
    }
    return periods + 1;
}

static void random_spans_match_the_definition(void)
{
    enum { MOST = 40 };
    struct ganger_rng rng;
    ganger_rng_init(&rng, 11, 0, 0);
    for (int round = 0; round < 3000; round++) {
        uint8_t productivity[MOST];
        int32_t sum[MOST + 1] = {0}, finish[MOST];
        int32_t periods = 1 + ganger_rng_below(&rng, MOST);
        for (int32_t t = 0; t < periods; t++) {
            static const uint8_t levels[] = {0, 0, 1, 30, 50, 99, 100, 100};
            productivity[t] = levels[ganger_rng_below(&rng, 8)];
            sum[t + 1] = sum[t] + productivity[t];
        }
        int32_t duration = ganger_rng_below(&rng, periods + 2);
        ganger_span_finishes(productivity, sum, periods, duration, finish);
        for (int32_t s = 0; s < periods; s++) {
            CU_ASSERT_EQUAL_FATAL(finish[s], slow_finish(productivity, periods, duration, s));
        }
    }
}

static void orders_put_predecessors_first(void)
{
    static const struct fixture_change changes[] = {
        {"precedence.csv", NULL,
         "predecessor,successor,type\nopen,rep,SS\nbld,open,FS\nopen,rep,FS\n"},
    };
    struct ganger_problem *p = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(fixture_read(changes, 1, &p, &text), GANGER_STATUS_OK);
    static const int32_t expected[] = {1, 2, 0, 3};
    for (int i = 0; i < 4; i++) {
        CU_ASSERT_EQUAL(p->precedences.topological[i], expected[i]);
    }
    CU_ASSERT_EQUAL(p->precedences.first_in[1] - p->precedences.first_in[0], 2);
    CU_ASSERT_EQUAL(p->precedences.in_list[0], 0);
    CU_ASSERT_EQUAL(p->precedences.in_list[1], 2);
    CU_ASSERT_EQUAL(p->precedences.out_list[p->precedences.first_out[1]], 1);
    free(text);
    ganger_problem_destroy(p);
}

static void earliest_times_see_resources_and_order(void)
{
    struct ganger_problem *p = fixture_problem();
    struct ganger_fits fits;
    CU_ASSERT_TRUE_FATAL(ganger_fits_init(&fits, p));
    CU_ASSERT_EQUAL(fits.start[0], 2); /* after winter */
    CU_ASSERT_EQUAL(fits.finish[0], 5);
    CU_ASSERT_EQUAL(fits.start[1], 1); /* slow: the third gang comes in period 6 */
    CU_ASSERT_EQUAL(fits.finish[1], 5);
    CU_ASSERT_EQUAL(fits.start[2], 6); /* finish and a lag of 1 */
    CU_ASSERT_EQUAL(fits.start[3], 3); /* fixed */
    CU_ASSERT_EQUAL(fits.finish[3], 5);
    bool needed[4], reachable[2], openable[3];
    ganger_fits_needed(p, needed);
    CU_ASSERT_TRUE(!needed[0] && needed[1] && needed[2] && !needed[3]);
    CU_ASSERT_TRUE_FATAL(ganger_fits_paths(p, false, reachable));
    CU_ASSERT_TRUE(reachable[0] && !reachable[1]);
    CU_ASSERT_TRUE_FATAL(ganger_fits_paths(p, true, reachable));
    CU_ASSERT_TRUE(reachable[0] && reachable[1]);
    CU_ASSERT_TRUE_FATAL(ganger_fits_rails(p, openable));
    CU_ASSERT_TRUE(openable[0] && openable[1] && openable[2]);
    ganger_fits_clear(&fits);
    ganger_problem_destroy(p);
}

/* Along precedences from a finish, on one segment, through what lies between. */
static void stages_are_what_is_finished_before(void)
{
    struct tiny t;
    tiny_init(&t, 20);
    tiny_add(&t, TINY_NODE, "a,false");
    tiny_add(&t, TINY_NODE, "b,false");
    tiny_add(&t, TINY_LINK, "l,a,b,true,0.01");
    tiny_add(&t, TINY_SEGMENT, "q,l,a,0,10,10,0.1,0.5");
    tiny_add(&t, TINY_SEGMENT, "r,l,a,10,20,10,0,1");
    tiny_add(&t, TINY_DEMAND, "d,a,b,5");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    tiny_add(&t, TINY_WORK, "w1,repair,q,10,0,true,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "w2,upgrade,q,10,6,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "w3,upgrade,q,10,4,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "w4,upgrade,q,10,1,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "w5,upgrade,r,10,7,false,,,,,false,,,");
    for (int w = 1; w <= 5; w++) {
        tiny_add(&t, TINY_MODE, "w%d,m,2,0,0.5", w);
    }
    /* 1 and 2 before 3, 2 before 3 twice over; 4 only begins after 3 has begun, and 5 lies elsewhere. */
    tiny_add(&t, TINY_PRECEDENCE, "w1,w2,FS,1");
    tiny_add(&t, TINY_PRECEDENCE, "w2,w3,FS,0");
    tiny_add(&t, TINY_PRECEDENCE, "w1,w3,FS,0");
    tiny_add(&t, TINY_PRECEDENCE, "w3,w4,SS,2");
    tiny_add(&t, TINY_PRECEDENCE, "w3,w5,FS,0");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_FATAL(p != NULL);
    static const int stages[] = {0, 1, 2, 0, 0};
    for (int32_t w = 0; w < 5; w++) {
        CU_ASSERT_EQUAL(p->works.stage_to[w] - p->works.stage_from[w], stages[w]);
    }
    CU_ASSERT(ganger_problem_comes_first(p, 0, 2) && ganger_problem_comes_first(p, 1, 2));
    CU_ASSERT(!ganger_problem_comes_first(p, 2, 1) && !ganger_problem_comes_first(p, 2, 4));
    CU_ASSERT(p->works.stage_renewed[2] && !p->works.stage_renewed[0]);
    CU_ASSERT_EQUAL(p->works.stage_gain[2], 6);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"discounts follow the definition", discounts_follow_the_definition},
    {"chains run from the from node", chains_run_from_the_from_node},
    {"profiles hold from their dates", profiles_hold_from_their_dates},
    {"resources are dense where renewable", resources_are_dense_where_renewable},
    {"calendars and spans", calendars_and_spans},
    {"random spans match the definition", random_spans_match_the_definition},
    {"orders put predecessors first", orders_put_predecessors_first},
    {"earliest times see resources and order", earliest_times_see_resources_and_order},
    {"stages are what is finished before", stages_are_what_is_finished_before},
    {NULL, NULL},
};
const struct ganger_suite seal_suite = {"seal", "unit", tests};
