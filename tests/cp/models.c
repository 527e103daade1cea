/* Models by hand: the edges of what may be asked, and what is refused. */
#include "cp/cp.h"
#include "support/test.h"

static const uint64_t plenty = UINT64_MAX;
static const int32_t zero[4] = {0}, nine[4] = {9, 9, 9, 9}, one_mode[5] = {0, 1, 2, 3, 4};
static const int32_t two[4] = {2, 2, 2, 2}, one_step[2] = {0, 1}, one[1] = {1};

/* Four tasks of two periods, with nothing between them. */
static struct ganger_cp_model four(void)
{
    return (struct ganger_cp_model){.tasks = 4,
                                    .earliest = zero,
                                    .latest = nine,
                                    .makespan = 11,
                                    .mode_first = one_mode,
                                    .duration = two};
}

static int32_t best_of(const struct ganger_cp_model *model)
{
    struct ganger_cp_solver *solver;
    enum ganger_cp_outcome outcome;
    CU_ASSERT_EQUAL_FATAL(ganger_cp_create(model, &solver), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_cp_minimise(solver, model->makespan, plenty, &outcome),
                    GANGER_STATUS_OK);
    int32_t best = outcome == GANGER_CP_OPTIMAL ? ganger_cp_best(solver).makespan : -1;
    ganger_cp_destroy(solver);
    return best;
}

static void nothing_between(void)
{
    struct ganger_cp_model model = four();
    CU_ASSERT_EQUAL(best_of(&model), 2);
    model.makespan = 1;
    CU_ASSERT_EQUAL(best_of(&model), -1);
}

static void one_gang(void)
{
    static const int32_t demand[4] = {1, 1, 1, 1};
    struct ganger_cp_model model = four();
    model.renewables = 1;
    model.demand = demand;
    model.step_first = one_step;
    model.step_capacity = one;
    CU_ASSERT_EQUAL(best_of(&model), 8);
    model.makespan = 7;
    CU_ASSERT_EQUAL(best_of(&model), -1);
    model.step_capacity = zero;
    CU_ASSERT_EQUAL(best_of(&model), -1);
}

/* Three tasks, each either all four gangs for two periods or two of them for four: five periods have too little for
 * them, whatever their modes, and that is known before anything is decided. */
static void energy_of_modes(void)
{
    static const int32_t modes[4] = {0, 2, 4, 6}, demand[6] = {4, 2, 4, 2, 4, 2};
    static const int32_t duration[6] = {2, 4, 2, 4, 2, 4}, capacity[1] = {4};
    struct ganger_cp_model model = four();
    model.tasks = 3;
    model.mode_first = modes;
    model.duration = duration;
    model.renewables = 1;
    model.demand = demand;
    model.step_first = one_step;
    model.step_capacity = capacity;
    CU_ASSERT_EQUAL(best_of(&model), 6);
    struct ganger_cp_solver *solver;
    enum ganger_cp_outcome outcome;
    CU_ASSERT_EQUAL_FATAL(ganger_cp_create(&model, &solver), GANGER_STATUS_OK);
    ganger_cp_raise(solver, 6, plenty, &outcome);
    CU_ASSERT_EQUAL(ganger_cp_lower(solver), 6);
    CU_ASSERT_EQUAL(ganger_cp_counts(solver).decisions, 0);
    ganger_cp_destroy(solver);
}

/* The gang is away in [1, 4) and comes back double. */
static void gang_with_leave(void)
{
    static const int32_t demand[4] = {1, 1, 1, 1}, first[2] = {0, 3};
    static const int32_t from[3] = {0, 1, 4}, capacity[3] = {1, 0, 2};
    struct ganger_cp_model model = four();
    model.renewables = 1;
    model.demand = demand;
    model.step_first = first;
    model.step_from = from;
    model.step_capacity = capacity;
    CU_ASSERT_EQUAL(best_of(&model), 8);
}

static void orders_and_lags(void)
{
    static const int32_t from[3] = {0, 1, 2}, to[3] = {1, 2, 3}, lag[3] = {1, -1, 0};
    static const enum ganger_cp_order relation[3] = {GANGER_CP_FINISH_START, GANGER_CP_FINISH_START,
                                                     GANGER_CP_START_START};
    struct ganger_cp_model model = four();
    model.orders = 3;
    model.from = from;
    model.to = to;
    model.lag = lag;
    CU_ASSERT_EQUAL(best_of(&model), 8);
    model.relation = relation;
    CU_ASSERT_EQUAL(best_of(&model), 6);
}

static void a_circle(void)
{
    static const int32_t from[2] = {0, 1}, to[2] = {1, 0};
    struct ganger_cp_model model = four();
    model.orders = 2;
    model.from = from;
    model.to = to;
    model.lag = zero;
    CU_ASSERT_EQUAL(best_of(&model), -1);
}

/* Fast modes take what there is not enough of for all. */
static void modes_and_money(void)
{
    static const int32_t first[5] = {0, 2, 4, 6, 8}, duration[8] = {1, 5, 1, 5, 1, 5, 1, 6};
    static const int32_t need[8] = {3, 0, 3, 0, 3, 0, 3, 1}, limit[1] = {9};
    struct ganger_cp_model model = four();
    model.mode_first = first;
    model.duration = duration;
    model.consumables = 1;
    model.need = need;
    model.limit = limit;
    CU_ASSERT_EQUAL(best_of(&model), 5);
    static const int32_t less[1] = {0};
    model.limit = less;
    CU_ASSERT_EQUAL(best_of(&model), -1);
}

static void expect_refused(const struct ganger_cp_model *model)
{
    struct ganger_cp_solver *solver = NULL;
    CU_ASSERT_EQUAL(ganger_cp_create(model, &solver), GANGER_STATUS_MISUSE);
    CU_ASSERT_PTR_NULL(solver);
}

static void refused(void)
{
    static const int32_t far[4] = {0, 0, 0, GANGER_CP_MOST + 1}, negative[4] = {1, 1, 1, -1};
    static const int32_t gap[5] = {0, 1, 1, 2, 3}, from[1] = {0}, to[1] = {4};
    struct ganger_cp_model model = four();
    model.latest = far;
    expect_refused(&model);
    model = four();
    model.duration = negative;
    expect_refused(&model);
    model = four();
    model.mode_first = gap;
    expect_refused(&model);
    model = four();
    model.orders = 1;
    model.from = from;
    model.to = to;
    model.lag = zero;
    expect_refused(&model);
    model = four();
    model.tasks = 0;
    expect_refused(&model);
}

/* Times far from 0 and far apart cost no more memory than near ones. */
static void long_horizon(void)
{
    static const int32_t demand[4] = {1, 1, 1, 1},
                         last[4] = {200000000, 200000000, 200000000, 200000000};
    static const int32_t long_time[4] = {10000000, 20000000, 30000000, 40000000};
    struct ganger_cp_model model = four();
    model.latest = last;
    model.makespan = 200000000;
    model.duration = long_time;
    model.renewables = 1;
    model.demand = demand;
    model.step_first = one_step;
    model.step_capacity = two;
    CU_ASSERT_EQUAL(best_of(&model), 50000000);
}

static const struct ganger_test tests[] = {
    {"nothing between", nothing_between}, {"one gang", one_gang},
    {"energy of modes", energy_of_modes}, {"a gang with leave", gang_with_leave},
    {"orders and lags", orders_and_lags}, {"a circle", a_circle},
    {"modes and money", modes_and_money}, {"refused", refused},
    {"long horizon", long_horizon},       {NULL, NULL}};
const struct ganger_suite models_suite = {"models", "unit", tests};
