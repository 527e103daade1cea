/* Price cuts: exact where they were made, from above everywhere else. */
#include "freight/cuts.h"
#include "freight/network.h"
#include "support/test.h"

#include <math.h>
#include <string.h>

enum { STATES = 24, ROOM = 32 };

struct state {
    int32_t t;
    double capacity[NETWORK_LINKS], value;
};

static double slack(double value)
{
    return 1e-6 * (1 + fabs(value));
}

static void draw_states(struct network *n, struct ganger_rng *rng, struct ganger_cuts *cuts,
                        struct state *states)
{
    for (int i = 0; i < STATES; i++) {
        states[i].t = ganger_rng_below(rng, NETWORK_STEPS);
        network_capacities(n->problem, rng, states[i].capacity);
        states[i].value = network_solve(n, states[i].t, states[i].capacity);
        CU_ASSERT_EQUAL(ganger_cuts_add(cuts, n->problem, n->price, n->worth, i), i);
    }
}

static void evaluate(const struct network *n, const struct ganger_cuts *cuts,
                     const struct state *state, double *value)
{
    ganger_cuts_evaluate(cuts, n->problem->demands.step_at[state->t], state->capacity, 1, value);
}

static void bounds_hold_and_are_tight(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 51, 0, 0);
    for (int i = 0; i < 50; i++) {
        struct network n;
        struct ganger_cuts cuts;
        struct state states[STATES];
        double value[ROOM];
        network_open(&n, network_draw(&rng));
        CU_ASSERT_FATAL(ganger_cuts_init(&cuts, n.problem, ROOM));
        draw_states(&n, &rng, &cuts, states);
        for (int j = 0; j < STATES; j++) {
            double least = INFINITY;
            evaluate(&n, &cuts, &states[j], value);
            for (int c = 0; c < STATES; c++) {
                CU_ASSERT(value[c] >= states[j].value - slack(states[j].value));
                least = fmin(least, value[c]);
            }
            CU_ASSERT_DOUBLE_EQUAL(value[j], states[j].value, slack(states[j].value));
            CU_ASSERT_DOUBLE_EQUAL(ganger_cuts_least(&cuts, 0, 0, value), least, 1e-12);
            CU_ASSERT_EQUAL(value[ganger_cuts_tight(&cuts, value)], least);
        }
        ganger_cuts_clear(&cuts);
        network_close(&n);
    }
}

static void a_change_is_a_shift(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 52, 0, 0);
    for (int i = 0; i < 50; i++) {
        struct network n;
        struct ganger_cuts cuts;
        struct state states[STATES];
        double before[ROOM], after[ROOM];
        network_open(&n, network_draw(&rng));
        CU_ASSERT_FATAL(ganger_cuts_init(&cuts, n.problem, ROOM));
        draw_states(&n, &rng, &cuts, states);
        for (int j = 0; j < STATES; j++) {
            int32_t link = ganger_rng_below(&rng, n.problem->links.count);
            double change = 5 * ganger_rng_unit(&rng) - 2;
            evaluate(&n, &cuts, &states[j], before);
            states[j].capacity[link] += change;
            evaluate(&n, &cuts, &states[j], after);
            double least = ganger_cuts_least(&cuts, link, change, before);
            CU_ASSERT_DOUBLE_EQUAL(least, ganger_cuts_least(&cuts, 0, 0, after), 1e-8);
            ganger_cuts_shift(&cuts, link, change, before);
            for (int c = 0; c < STATES; c++) {
                CU_ASSERT_DOUBLE_EQUAL(before[c], after[c], 1e-8);
            }
        }
        ganger_cuts_clear(&cuts);
        network_close(&n);
    }
}

static void empty_places_never_bind(void)
{
    struct ganger_rng rng;
    struct network n;
    struct ganger_cuts cuts;
    double value[16], capacity[NETWORK_LINKS];
    ganger_rng_init(&rng, 53, 0, 0);
    network_open(&n, network_draw(&rng));
    CU_ASSERT_FATAL(ganger_cuts_init(&cuts, n.problem, 9));
    CU_ASSERT_EQUAL(cuts.room, 16);
    network_capacities(n.problem, &rng, capacity);
    double expected = network_solve(&n, 0, capacity);
    ganger_cuts_add(&cuts, n.problem, n.price, n.worth, 1);
    ganger_cuts_evaluate(&cuts, n.problem->demands.step_at[0], capacity, 1, value);
    CU_ASSERT_DOUBLE_EQUAL(ganger_cuts_least(&cuts, 0, 0, value), expected, slack(expected));
    ganger_cuts_clear(&cuts);
    network_close(&n);
}

static void the_longest_unused_gives_way(void)
{
    struct ganger_rng rng;
    struct network n;
    struct ganger_cuts cuts, other;
    double capacity[NETWORK_LINKS];
    ganger_rng_init(&rng, 54, 0, 0);
    network_open(&n, network_draw(&rng));
    CU_ASSERT_FATAL(ganger_cuts_init(&cuts, n.problem, 8));
    CU_ASSERT_FATAL(ganger_cuts_init(&other, n.problem, 8));
    for (int i = 0; i < 8; i++) {
        network_capacities(n.problem, &rng, capacity);
        network_solve(&n, i % NETWORK_STEPS, capacity);
        CU_ASSERT_EQUAL(ganger_cuts_add(&cuts, n.problem, n.price, n.worth, 100 - i), i);
    }
    cuts.used[7] = 200;
    CU_ASSERT_EQUAL(ganger_cuts_add(&cuts, n.problem, n.price, n.worth, 150), 6);
    CU_ASSERT_EQUAL(cuts.count, 8);
    CU_ASSERT_EQUAL(cuts.used[6], 150);
    /* Another pool takes a cut over once. */
    CU_ASSERT_EQUAL(ganger_cuts_take(&other, &cuts, 3, 5), 0);
    CU_ASSERT_EQUAL(ganger_cuts_take(&other, &cuts, 3, 6), GANGER_NONE);
    CU_ASSERT_EQUAL(other.slope[0], cuts.slope[3]);
    ganger_cuts_copy(&other, &cuts);
    CU_ASSERT_EQUAL(other.count, 8);
    CU_ASSERT(memcmp(other.slope, cuts.slope,
                     (size_t)(cuts.links * cuts.room) * sizeof *cuts.slope) == 0);
    ganger_cuts_clear(&other);
    ganger_cuts_clear(&cuts);
    network_close(&n);
}

static const struct ganger_test tests[] = {
    {"bounds hold and are tight", bounds_hold_and_are_tight},
    {"a change is a shift", a_change_is_a_shift},
    {"empty places never bind", empty_places_never_bind},
    {"the longest unused gives way", the_longest_unused_gives_way},
    {NULL, NULL}};

const struct ganger_suite cuts_suite = {"cuts", "property", tests};
