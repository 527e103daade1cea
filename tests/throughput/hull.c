/* Bounds that close lines in whole: one period against all its sets of closed lines, and the search against all plans. */
#include "throughput/hull.h"

#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"
#include "throughput/focus.h"
#include "throughput/period.h"
#include "throughput/throughput.h"

#include <math.h>
#include <stdlib.h>

enum { NODES = 6, ARCS = 14, WORKS = 6 };

struct yard {
    struct ganger_period_shape shape;
    struct ganger_period_request request;
    int32_t tail[ARCS], head[ARCS], first_arc[ARCS + 1], link[WORKS];
    double capacity[ARCS], reward[WORKS];
};

static void draw_yard(struct ganger_rng *rng, struct yard *y)
{
    for (int32_t a = 0; a < ARCS; a++) {
        y->first_arc[a + 1] = a + 1;
        y->tail[a] = a < NODES - 1 ? a : ganger_rng_below(rng, NODES);
        y->head[a] =
            a < NODES - 1 ? a + 1 : (y->tail[a] + 1 + ganger_rng_below(rng, NODES - 1)) % NODES;
        y->capacity[a] = ganger_rng_below(rng, 8) ? 1 + ganger_rng_below(rng, 9) : 0;
    }
    for (int32_t i = 0; i < WORKS; i++) {
        y->link[i] = ganger_rng_below(rng, ARCS); /* some on one link */
        y->reward[i] = ganger_rng_below(rng, 4) ? 6 * ganger_rng_unit(rng) : 0;
    }
    y->shape = (struct ganger_period_shape){NODES,     ARCS,    ARCS,    0,
                                            NODES - 1, y->tail, y->head, y->first_arc};
    y->request =
        (struct ganger_period_request){y->capacity, WORKS, y->link, y->reward, 0, INT64_MAX, 0};
}

static double worth_of(struct ganger_period *period, const struct yard *y, const bool *closed)
{
    int64_t ticks = 0;
    double worth = ganger_period_flow(period, &y->request, closed, &ticks);
    for (int32_t i = 0; i < WORKS; i++) {
        worth += closed[i] ? y->reward[i] : 0;
    }
    return worth;
}

static double best_of_all(struct ganger_period *period, const struct yard *y)
{
    double best = 0;
    for (int set = 0; set < 1 << WORKS; set++) {
        bool closed[WORKS];
        for (int32_t i = 0; i < WORKS; i++) {
            closed[i] = set >> i & 1;
        }
        best = fmax(best, worth_of(period, y, closed));
    }
    return best;
}

/* The least cut with all works at rest. */
static double least_cut(const struct yard *y)
{
    double least = INFINITY;
    for (int side = 0; side < 1 << NODES; side++) {
        double cut = 0;
        for (int32_t a = 0; a < ARCS; a++) {
            cut += (side >> y->tail[a] & 1) && !(side >> y->head[a] & 1) ? y->capacity[a] : 0;
        }
        least = (side & 1) && !(side >> (NODES - 1) & 1) ? fmin(least, cut) : least;
    }
    return least;
}

/* A tree need not be larger than what is known asks for, nor take more than its ticks, and proves a bound in any case. */
static void cut_short(struct ganger_period *period, struct yard *y, double best)
{
    struct ganger_period_answer answer;
    int64_t ticks = 0;
    ganger_period_solve(period, &y->request, &answer, &ticks);
    int32_t nodes = answer.nodes;
    y->request.known = best;
    ganger_period_solve(period, &y->request, &answer, &ticks);
    CU_ASSERT(answer.nodes <= nodes && answer.bound >= best - 1e-6 && answer.bound <= best + 1e-5);
    CU_ASSERT_DOUBLE_EQUAL(answer.found, best, 1e-5);
    y->request.known = 0;
    y->request.ticks = 0;
    ganger_period_solve(period, &y->request, &answer, &ticks);
    CU_ASSERT(answer.nodes == 1 && answer.bound >= best - 1e-6);
}

static void a_period_is_solved(void)
{
    struct ganger_rng rng;
    int loose = 0, branches = 0;
    ganger_rng_init(&rng, 81, 0, 0);
    for (int i = 0; i < 300; i++) {
        struct yard y = {0};
        int64_t ticks = 0;
        draw_yard(&rng, &y);
        struct ganger_period *period = ganger_period_create(&y.shape, WORKS);
        CU_ASSERT_PTR_NOT_NULL_FATAL(period);
        const bool open[WORKS] = {false};
        CU_ASSERT_DOUBLE_EQUAL(ganger_period_flow(period, &y.request, open, &ticks), least_cut(&y),
                               1e-9);
        double best = best_of_all(period, &y);
        for (int32_t leaves = 1; leaves <= GANGER_PERIOD_LEAVES;
             leaves += GANGER_PERIOD_LEAVES - 1) {
            struct ganger_period_answer answer;
            y.request.leaves = leaves;
            ganger_period_solve(period, &y.request, &answer, &ticks);
            CU_ASSERT(answer.bound >= best - 1e-6);
            CU_ASSERT(leaves == 1 || answer.bound <= best + 1e-5);
            CU_ASSERT(answer.nodes < 2 * leaves && answer.sets > 0);
            loose += leaves == 1 && answer.bound > best + 1e-3;
            branches += answer.nodes > 1;
            double told = worth_of(period, &y, answer.closed[0]);
            CU_ASSERT(leaves == 1 || told >= best - 1e-5);
            CU_ASSERT_DOUBLE_EQUAL(answer.found, told, 1e-9);
        }
        cut_short(period, &y, best);
        ganger_period_destroy(period);
    }
    CU_ASSERT(loose > 50 && branches > 50);
}

/* Three lines for 2 beside each other lead to one for 3. Their works may be kept apart in time, so that 2 or 3 pass; closed in
 * parts they would cost next to nothing. */
static struct ganger_problem *three_beside(void)
{
    struct tiny t;
    tiny_init(&t, 12);
    t.discount_rate = t.terminal_years = 0;
    for (int v = 0; v < 3; v++) {
        tiny_add(&t, TINY_NODE, "n%d,true", v);
    }
    for (int l = 0; l < 3; l++) {
        tiny_add(&t, TINY_LINK, "l%d,n0,n1,true,0", l);
        tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n0,0,10,2,0,1", l, l);
        tiny_add(&t, TINY_WORK, "w%d,repair,s%d,10,0,false,%d,%d,,,true,,,", l, l, l, 9 + l);
        tiny_add(&t, TINY_MODE, "w%d,blockade,%d,0,0", l, 4 + l);
    }
    tiny_add(&t, TINY_LINK, "l3,n1,n2,true,0");
    tiny_add(&t, TINY_SEGMENT, "s3,l3,n1,0,10,3,0,1");
    tiny_add(&t, TINY_DEMAND, "d,n0,n2,1");
    tiny_add(&t, TINY_PROFILE, "d,0,9");
    return tiny_read(&t);
}

static void lines_are_closed_in_whole(void)
{
    struct ganger_search_result result;
    struct ganger_options options;
    struct brute brute;
    struct ganger_problem *p = three_beside();
    CU_ASSERT_FATAL(p && brute_open(&brute, p));
    brute_search(&brute, true);
    ganger_options_init(&options);
    options.threads = 1;
    options.tick_limit = 20000000;
    CU_ASSERT_EQUAL_FATAL(ganger_throughput_run(p, &options, &result, NULL), GANGER_STATUS_OK);
    CU_ASSERT_DOUBLE_EQUAL(result.value.total, brute.best, 1e-6);
    CU_ASSERT(result.bound >= brute.best - 1e-6 && result.bound <= brute.best + 0.01);
    CU_ASSERT(result.states.states >= p->time.periods);
    ganger_search_result_clear(&result);
    brute_close(&brute);
    ganger_problem_destroy(p);
}

/* Prices that prove something, and some passes of the hull. */
static struct ganger_hull *pass_some(const struct ganger_line_up *line_up,
                                     struct ganger_flow_prices *prices,
                                     const struct ganger_flow_state *state)
{
    ganger_flow_prices_step(prices, 100, NULL, NULL);
    CU_ASSERT_FATAL(ganger_flow_prices_take(prices));
    struct ganger_hull *hull = ganger_hull_create(line_up, prices, 1000000);
    CU_ASSERT_FATAL(hull != NULL);
    for (int pass = 0; pass < 4; pass++) {
        ganger_hull_step(hull, state->start, state->mode, 10000);
        ganger_hull_take(hull);
    }
    return hull;
}

static double worth_of_state(const struct ganger_flow_state *state)
{
    const struct ganger_line_up *u = state->line_up;
    double sum = 0;
    for (int32_t t = 0; t < u->periods; t++) {
        sum += u->problem->time.weight[t] * u->value * state->flow[t].value;
    }
    for (int32_t w = 0; w < u->works; w++) {
        sum -= ganger_search_cost(u->model, state->mode[w], state->start[w]);
    }
    return sum;
}

/* What starts pay beyond the least is nothing for one start of each work, and never more than the plan lacks in all. */
static void check_tolls(struct ganger_hull *hull, const struct ganger_flow_state *state, double gap)
{
    enum { TIMES = 3 };
    const struct ganger_line_up *u = state->line_up;
    double *toll = malloc((size_t)(u->cells + 1) * sizeof *toll), sum = 0;
    CU_ASSERT_FATAL(toll != NULL);
    for (int64_t c = 0; c < u->cells; c++) {
        toll[c] = INFINITY;
    }
    ganger_hull_toll(hull, TIMES, toll);
    for (int32_t w = 0; w < u->works; w++) {
        const double *row = toll + u->cell[w] - u->from[w]; /* each work has one mode */
        double least = INFINITY;
        for (int32_t s = u->from[w]; s < u->to[w]; s++) {
            bool may = ganger_line_up_finish(u->problem, w, s) != GANGER_NONE;
            CU_ASSERT_EQUAL(may, isfinite(row[s]));
            least = fmin(least, row[s]);
        }
        CU_ASSERT_EQUAL(least, 0);
        sum += row[state->start[w]];
    }
    CU_ASSERT(sum <= TIMES * gap + 1e-6);
    free(toll);
}

/* What a plan lacks, period by period, is never less than nothing and adds up to the gap. */
static void what_is_lacking_is_the_gap(void)
{
    struct ganger_problem *p = three_beside();
    struct ganger_search_model *model = p ? ganger_search_model_create(p) : NULL;
    struct ganger_line_up *line_up = model ? ganger_line_up_create(model) : NULL;
    struct ganger_flow_prices *prices = line_up ? ganger_flow_prices_create(line_up) : NULL;
    struct ganger_slices *slices = line_up ? ganger_slices_create(line_up, 0, 1) : NULL;
    struct ganger_focus focus;
    int64_t ticks = 0;
    CU_ASSERT_FATAL(prices && slices && ganger_focus_init(&focus, line_up));
    CU_ASSERT_FATAL(ganger_slices_begin(slices, &ticks));
    struct ganger_hull *hull = pass_some(line_up, prices, slices->state);
    for (int round = 0; round < 5; round++) {
        double sum = 0;
        ganger_focus_set(&focus, hull, slices, round);
        for (int32_t t = 0; t < line_up->periods; t++) {
            CU_ASSERT(focus.lack[t] >= -1e-6);
            sum += focus.lack[t];
        }
        double gap = ganger_hull_bound(hull) - worth_of_state(slices->state);
        CU_ASSERT_DOUBLE_EQUAL(sum, gap, 1e-6);
        check_tolls(hull, slices->state, gap);
        CU_ASSERT(gap < 1e-6 || !slices->left[0] || !slices->left[1] || !slices->left[2]);
        slices->bath.temperature = INFINITY;
        CU_ASSERT_FATAL(ganger_slices_round(slices, &ticks));
    }
    ganger_hull_destroy(hull);
    ganger_focus_clear(&focus);
    ganger_slices_destroy(slices);
    ganger_flow_prices_destroy(prices);
    ganger_line_up_destroy(line_up);
    ganger_search_model_destroy(model);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"a period is solved", a_period_is_solved},
    {"lines are closed in whole", lines_are_closed_in_whole},
    {"what is lacking is the gap", what_is_lacking_is_the_gap},
    {NULL, NULL}};
const struct ganger_suite hull_suite = {"hull", "property", tests};
