/* Plans of a few works, for which distribution and deciding works are known. */
#include "risk/samples.h"

#include "risk/cruciality.h"
#include "risk/draw.h"
#include "risk/suites.h"

#include <math.h>
#include <stdlib.h>

enum { FIRST = 20, SECOND = 30, LONGEST = 400, COUNT = 4000 };

/* What a test makes, for its end. */
struct made {
    struct ganger_problem *problem;
    struct ganger_plan *plan;
    struct ganger_risk_options options;
    struct ganger_risk_world *world;
    struct ganger_risk_samples *samples;
};

static void make(struct made *m, const struct tiny *tiny, const int32_t *starts)
{
    m->problem = tiny_read(tiny);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m->problem);
    m->plan = risk_plan(m->problem, starts);
    m->world = ganger_risk_world_create(m->problem, m->plan, &m->options);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m->world);
    m->samples = ganger_risk_samples_create(m->world);
    CU_ASSERT_PTR_NOT_NULL_FATAL(m->samples);
}

static void clear(struct made *m)
{
    ganger_risk_samples_destroy(m->samples);
    ganger_risk_world_destroy(m->world);
    ganger_plan_destroy(m->plan);
    ganger_problem_destroy(m->problem);
}

/* Probability that a duration, drawn and rounded, is at most so many periods. */
static double within(int duration, double mu, double sigma, int periods)
{
    return periods < 1 ? 0 : erfc(-(log((periods + 0.5) / duration) - mu) / (sigma * sqrt(2))) / 2;
}

/* A chain of two works that share no luck finishes at max(FIRST, A) + B, as the second waits for its planned start. */
static double chain_within(double mu, double sigma, int periods)
{
    double sum = 0;
    for (int a = 1; a < LONGEST; a++) {
        double chance = within(FIRST, mu, sigma, a) - within(FIRST, mu, sigma, a - 1);
        sum += chance * within(SECOND, mu, sigma, periods - (a > FIRST ? a : FIRST));
    }
    return sum;
}

static void chain_of_two(void)
{
    const int32_t starts[] = {0, FIRST};
    struct tiny t;
    struct made m = {.options = risk_still()};
    risk_tiny(&t, 200);
    risk_work(&t, "a", FIRST);
    risk_work(&t, "b", SECOND);
    tiny_add(&t, TINY_PRECEDENCE, "a,b,FS,0");
    risk_overrun(&m.options, 5, 60);
    m.options.samples = COUNT;
    m.options.correlation_percent = 0;
    make(&m, &t, starts);
    double mu = log(1.05), sigma = (log(1.6) - mu) / 1.2815515655446004, worst = 0;
    for (int x = 25; x < 200; x++) {
        int found = 0;
        for (int i = 0; i < COUNT; i++) {
            found += m.samples->finish[i] <= x;
        }
        worst = fmax(worst, fabs((double)found / COUNT - chain_within(mu, sigma, x)));
    }
    CU_ASSERT(worst < 1.63 / sqrt(COUNT)); /* Kolmogorov's distance, exceeded once in a hundred */
    CU_ASSERT_EQUAL(m.samples->decides_finish[1], COUNT);
    double expected = 1 - within(FIRST, mu, sigma, FIRST); /* a decides too where it is late */
    CU_ASSERT_DOUBLE_EQUAL((double)m.samples->decides_finish[0] / COUNT, expected,
                           3 * sqrt(0.25 / COUNT));
    clear(&m);
}

/* The long work decides, whatever the short ones do; the milestone after it does not count. */
static void longest_decides(void)
{
    const int32_t starts[] = {0, 0, 5, 60};
    struct tiny t;
    struct made m = {.options = risk_still()};
    risk_tiny(&t, 100);
    risk_work(&t, "long", 60);
    risk_work(&t, "short", 4);
    risk_work(&t, "shorter", 3);
    risk_work(&t, "milestone", 0);
    tiny_add(&t, TINY_PRECEDENCE, "long,milestone,FS,0\nshort,shorter,FS,0");
    risk_overrun(&m.options, 0, 30);
    m.options.samples = 500;
    make(&m, &t, starts);
    int late = 0; /* otherwise nothing decides but the planned start of the milestone */
    for (int32_t i = 0; i < 500; i++) {
        late += ganger_risk_duration(m.world, 0, i) >= 60;
    }
    CU_ASSERT(late > 200 && late < 300);
    CU_ASSERT_EQUAL(m.samples->decides_finish[0], late);
    CU_ASSERT_EQUAL(m.samples->decides[0], late);
    for (int32_t w = 1; w < 4; w++) {
        CU_ASSERT_EQUAL(m.samples->decides[w], 0);
    }
    clear(&m);
}

/* Two works of one gang of one, one after the other without any other bond: the first decides when it is late. A target
 * asks for the km of the third, which has another gang. */
static void gang_decides(void)
{
    const int32_t starts[] = {0, 20, 0};
    struct tiny t;
    struct made m = {.options = risk_still()};
    risk_tiny(&t, 100);
    risk_work(&t, "a", 20);
    risk_work(&t, "b", 20);
    tiny_add(&t, TINY_WORK, "c,repair,q0,8,0,true,,12,,,false,,,");
    tiny_add(&t, TINY_MODE, "c,only,10,1,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,100,1");
    tiny_add(&t, TINY_USAGE, "a,only,gang,1\nb,only,gang,1");
    tiny_add(&t, TINY_TARGET, "repaired,repair,12,8,1,false\nmore,repair,12,9,1,false");
    risk_overrun(&m.options, 0, 40);
    m.options.samples = 800;
    m.options.correlation_percent = 0;
    make(&m, &t, starts);
    int late = 0, missed = 0;
    for (int i = 0; i < 800; i++) {
        bool in_time = m.samples->reached[i] <= 12;
        CU_ASSERT_DOUBLE_EQUAL(m.samples->missing_km[i], in_time ? 0 : 8, 1e-9);
        CU_ASSERT_EQUAL(m.samples->reached[800 + i], GANGER_NEVER);
        CU_ASSERT_DOUBLE_EQUAL(m.samples->missing_km[800 + i], in_time ? 1 : 9, 1e-9);
        missed += !in_time;
        late += m.samples->finish[i] > 40;
    }
    CU_ASSERT_EQUAL(m.samples->late[2], missed);
    CU_ASSERT(missed > 50 && late > 200);
    CU_ASSERT_EQUAL(m.samples->decides_finish[1], 800);
    CU_ASSERT(m.samples->decides_finish[0] > 200 && m.samples->decides_finish[0] < 600);
    CU_ASSERT_EQUAL(m.samples->decides_target[2], 800);
    CU_ASSERT_EQUAL(m.samples->decides_finish[2], 0);
    CU_ASSERT_EQUAL(m.samples->decides_target[0] + m.samples->decides_target[1], 0);
    double with_finish[2], with_target[2];
    CU_ASSERT(
        ganger_risk_cruciality(m.samples, (const int32_t[]){1, 2}, 2, with_finish, with_target));
    CU_ASSERT(with_finish[0] > 0.5 && fabs(with_target[0]) < 0.15);
    CU_ASSERT(fabs(with_finish[1]) < 0.15 && with_target[1] > 0.999);
    clear(&m);
}

/* A gang of two: whoever waits for one of them waits for the work that ends first. */
static void first_to_end_frees_the_gang(void)
{
    const int32_t starts[] = {0, 0, 20};
    struct tiny t;
    struct made m = {.options = risk_still()};
    risk_tiny(&t, 120);
    risk_work(&t, "long", 40);
    risk_work(&t, "short", 20);
    risk_work(&t, "next", 40);
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,120,2");
    tiny_add(&t, TINY_USAGE, "long,only,gang,1\nshort,only,gang,1\nnext,only,gang,1");
    risk_overrun(&m.options, 50, 50);
    m.options.samples = 1;
    make(&m, &t, starts);
    CU_ASSERT_EQUAL(m.samples->finish[0], 90);
    CU_ASSERT_EQUAL(m.samples->decides[0], 0);
    CU_ASSERT_EQUAL(m.samples->decides[1], 1);
    CU_ASSERT_EQUAL(m.samples->decides[2], 1);
    clear(&m);
}

/* Line of three segments that takes no time, all in one period: each leads rails to the next, against the order of the
 * table. */
static void at_once_in_order(void)
{
    const int32_t starts[] = {5, 5, 5};
    struct tiny t;
    struct made m = {.options = risk_still()};
    risk_tiny(&t, 20);
    tiny_add(&t, TINY_NODE, "n2,false");
    tiny_add(&t, TINY_LINK, "l1,n1,n2,false,0");
    tiny_add(&t, TINY_SEGMENT, "s1,l1,n1,0,5,0,,\ns2,l1,n1,5,10,0,,\ns3,l1,n1,10,15,0,,");
    for (int i = 3; i > 0; i--) {
        tiny_add(&t, TINY_WORK, "w%d,build,s%d,5,1,false,,,,,false,,,", i, i);
        tiny_add(&t, TINY_MODE, "w%d,only,0,1,1", i);
    }
    m.options.samples = 1;
    make(&m, &t, starts);
    CU_ASSERT_EQUAL(m.samples->finish[0], 5);
    clear(&m);
}

/* A new line of two segments, and another behind its end: each waits for rails, and nothing else. */
static void rails_decide(void)
{
    const int32_t starts[] = {40, 20, 0};
    struct tiny t;
    struct made m = {.options = risk_still()};
    risk_tiny(&t, 120);
    tiny_add(&t, TINY_NODE, "n2,false");
    tiny_add(&t, TINY_NODE, "n3,false");
    tiny_add(&t, TINY_LINK, "l1,n1,n2,false,0\nl2,n3,n2,false,0");
    tiny_add(&t, TINY_SEGMENT, "near,l1,n1,0,5,0,,\nfar,l1,n1,5,10,0,,\nbeyond,l2,n3,0,5,0,,");
    tiny_add(&t, TINY_WORK, "c,build,beyond,5,1,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "b,build,far,5,1,false,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "a,build,near,5,1,false,,,,,false,,,");
    tiny_add(&t, TINY_MODE, "c,only,20,1,1\nb,only,20,1,1\na,only,20,1,1");
    risk_overrun(&m.options, 30, 30); /* all take 26 weeks */
    m.options.samples = 3;
    make(&m, &t, starts);
    CU_ASSERT_EQUAL(m.samples->finish[0], 78);
    for (int32_t w = 0; w < 3; w++) {
        CU_ASSERT_EQUAL(m.samples->decides_finish[w], 3);
    }
    clear(&m);
}

static const struct ganger_test tests[] = {{"chain of two", chain_of_two},
                                           {"longest decides", longest_decides},
                                           {"gang decides", gang_decides},
                                           {"first to end", first_to_end_frees_the_gang},
                                           {"at once in order", at_once_in_order},
                                           {"rails decide", rails_decide},
                                           {NULL, NULL}};
const struct ganger_suite samples_suite = {"samples", "unit", tests};
