/* Rows of order: no plan that keeps the rules breaks one, and they ask something of plans that do not. */
#include "relax/orders.h"
#include "support/new_lines.h"
#include "support/rules.h"
#include "support/test.h"
#include "support/tiny.h"

enum { works_at_most = 6, draws = 4000 };

/* Begun by t for which nothing has opened the way by then. */
static bool row_is_broken(const struct ganger_orders *o, const int32_t *start, const int32_t *mode,
                          int32_t row)
{
    int32_t waiter = o->waiter[row];
    bool open = start[waiter] == GANGER_NONE;
    for (int32_t k = o->first[row]; k < o->first[row + 1]; k++) {
        int32_t w = o->opener[k];
        if (start[w] != GANGER_NONE) {
            int32_t finish = ganger_problem_finish(o->problem, mode[w], start[w]);
            open = open || ganger_orders_opens(o, row, k, start[w], finish) <= start[waiter];
        }
    }
    return !open;
}

static void draw_plan(const struct ganger_problem *p, struct ganger_rng *rng, int32_t *start,
                      int32_t *mode)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t modes = p->works.first_mode[w + 1] - p->works.first_mode[w];
        mode[w] = p->works.first_mode[w] + ganger_rng_below(rng, modes);
        start[w] = ganger_rng_below(rng, p->time.periods);
        if (ganger_rng_below(rng, 3) == 0 || rules_finish(p, mode[w], start[w]) == GANGER_NONE) {
            start[w] = mode[w] = GANGER_NONE;
        }
    }
}

static void plans_that_keep_the_rules_keep_the_rows(void)
{
    const struct tiny_shape shape = {
        .periods = 12, .works = works_at_most, .longest = 3, .rails = true};
    struct ganger_rng rng;
    int64_t rails = 0, far = 0, kept = 0, broken = 0;
    ganger_rng_init(&rng, 41, 0, 0);
    for (int i = 0; i < 90; i++) {
        struct ganger_problem *p =
            i % 3 == 0 ? new_line_between(&rng, 5, shape.periods) : tiny_random(&rng, shape);
        struct ganger_orders o;
        int32_t start[works_at_most], mode[works_at_most];
        CU_ASSERT_FATAL(ganger_orders_init(&o, p));
        CU_ASSERT(p->works.count <= works_at_most);
        CU_ASSERT_EQUAL(o.precedences, p->precedences.count);
        rails += o.far - o.precedences;
        far += o.count - o.far;
        for (int n = 0; n < draws; n++) {
            draw_plan(p, &rng, start, mode);
            bool good = rules_judge(p, start, mode) == RULES_KEPT;
            for (int32_t row = 0; row < o.count; row++) {
                bool breaks = row_is_broken(&o, start, mode, row);
                CU_ASSERT(!good || !breaks);
                kept += good && start[o.waiter[row]] != GANGER_NONE && row >= o.precedences;
                broken += breaks && row >= o.precedences;
            }
        }
        ganger_orders_clear(&o);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(rails > 20);
    CU_ASSERT(far > 50);
    CU_ASSERT(kept > 20);
    CU_ASSERT(broken > 20);
}

static bool opens(const struct ganger_orders *o, int32_t row, int32_t work)
{
    bool found = false;
    for (int32_t k = o->first[row]; k < o->first[row + 1]; k++) {
        found = found || o->opener[k] == work;
    }
    return found;
}

static void rails_come_from_neighbours_and_over_nodes(void)
{
    struct ganger_problem *p = new_lines(1);
    struct ganger_orders o;
    CU_ASSERT_FATAL(p != NULL);
    CU_ASSERT_FATAL(ganger_orders_init(&o, p));
    /* The west begins at the old line. What lies beyond a segment brings no rails to it; the east and the branch, at one
     * node, may bring them to each other. */
    static const struct {
        int32_t waiter, openers, opener[2];
    } expected[] = {{NEW_WEST_1, 1, {NEW_WEST_0, NEW_WEST_0}},
                    {NEW_WEST_2, 1, {NEW_WEST_1, NEW_WEST_1}},
                    {NEW_EAST, 2, {NEW_WEST_2, NEW_BRANCH}},
                    {NEW_BRANCH, 2, {NEW_WEST_2, NEW_EAST}}};
    CU_ASSERT_EQUAL_FATAL(o.far, 4);
    for (int32_t row = 0; row < o.far; row++) {
        CU_ASSERT_EQUAL(o.waiter[row], expected[row].waiter);
        CU_ASSERT_EQUAL(o.first[row + 1] - o.first[row], expected[row].openers);
        CU_ASSERT(opens(&o, row, expected[row].opener[0]));
        CU_ASSERT(opens(&o, row, expected[row].opener[1]));
        CU_ASSERT_EQUAL(o.in[o.first_in[o.waiter[row]]], row);
    }
    CU_ASSERT_EQUAL(o.first_in[NEW_WEST_0], o.first_in[NEW_WEST_0 + 1]);
    CU_ASSERT_EQUAL(o.first_out[NEW_WEST_2 + 1] - o.first_out[NEW_WEST_2], 2);
    ganger_orders_clear(&o);
    ganger_problem_destroy(p);
}

/* What takes no time may lead rails to each other in one moment. */
static void works_without_duration_stay_openers(void)
{
    struct ganger_problem *p = new_lines(0);
    struct ganger_orders o;
    CU_ASSERT_FATAL(p != NULL);
    CU_ASSERT_FATAL(ganger_orders_init(&o, p));
    CU_ASSERT_EQUAL_FATAL(o.count, 4);
    CU_ASSERT(opens(&o, 0, NEW_WEST_2));
    CU_ASSERT(opens(&o, 1, NEW_EAST));
    CU_ASSERT(opens(&o, 1, NEW_BRANCH));
    ganger_orders_clear(&o);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"plans that keep the rules keep the rows", plans_that_keep_the_rules_keep_the_rows},
    {"rails come from neighbours and over nodes", rails_come_from_neighbours_and_over_nodes},
    {"works without duration stay openers", works_without_duration_stay_openers},
    {NULL, NULL}};

const struct ganger_suite orders_suite = {"orders", "property", tests};
