/* The data of the page of a plan that is known by hand. */
#include "report/suites.h"

#include <stdlib.h>
#include <string.h>

/*
 * Three periods of four years. A link of 10 Mt a year in two segments is asked for 20 at 10 USD a tonne. "widen" adds 5 on
 * one, must start in period 1 and takes one period, in which the line is closed; "idle" only costs, so it is left out;
 * the calendar rests in period 0.
 */
static struct ganger_problem *small(void)
{
    struct tiny t;
    tiny_init(&t, 3);
    t.period_days = 1461;
    t.terminal_years = 40;
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,10,,\nq1,l0,n0,10,40,50,,");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,20");
    tiny_add(&t, TINY_WORK, "widen,upgrade,q0,10,5,false,1,,,,true,rest,1,");
    tiny_add(&t, TINY_WORK, "idle,facility,,0,0,false,1,,,,false,,,");
    tiny_add(&t, TINY_MODE, "widen,fast,1,7,0\nidle,only,1,3,1");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\nbudget,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,3,2\nbudget,0,3,50");
    tiny_add(&t, TINY_USAGE, "widen,fast,gang,1\nidle,only,gang,1");
    tiny_add(&t, TINY_CALENDAR, "rest,0,1,0");
    tiny_add(&t, TINY_TARGET, "km,upgrade,2,10,3,false");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static void check_array(const json_t *data, const char *path, const double *expected, size_t count)
{
    const json_t *array = tree_at(data, path);
    CU_ASSERT_EQUAL_FATAL(json_array_size(array), count);
    for (size_t i = 0; i < count; i++) {
        CU_ASSERT_DOUBLE_EQUAL(json_number_value(json_array_get(array, i)), expected[i], 1e-6);
    }
}

#define CHECK(path, ...)                                                                           \
    check_array(data, path, (const double[]){__VA_ARGS__},                                         \
                sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static json_t *data_of_small(void)
{
    struct ganger_problem *problem = small();
    char *page = report_page(problem, NULL);
    json_t *data = report_data(page);
    free(page);
    ganger_problem_destroy(problem);
    return data;
}

static void programme(void)
{
    json_t *data = data_of_small();
    CU_ASSERT_STRING_EQUAL(tree_text(data, "programme/start"), "2025-01-01");
    CU_ASSERT_STRING_EQUAL(tree_text(data, "programme/end"), "2036-12-31");
    CU_ASSERT_EQUAL(tree_real(data, "programme/periods"), 3);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "programme/terms/traffic"), 400 + 0 + 600, 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "programme/terms/terminal"), 40 * 150, 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "programme/terms/cost"), 7, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "programme/value"), 6993, 1e-3);
    CU_ASSERT(tree_real(data, "programme/bound") >= tree_real(data, "programme/value"));
    CU_ASSERT_EQUAL(tree_real(data, "programme/works_done"), 1);
    CU_ASSERT(json_is_true(tree_at(data, "programme/feasible")));
    CU_ASSERT_PTR_NULL(json_object_get(data, "risk"));
    json_decref(data);
}

static void over_time(void)
{
    json_t *data = data_of_small();
    CHECK("works/start", 1, -1);
    CHECK("works/finish", 2, -1);
    CHECK("works/cost", 7, 3);
    CHECK("works/factor", 0, 1);
    CHECK("works/uses/0", 0, 1);
    CHECK("calendars/productivity", 0);
    CHECK("states/capacity/0", 10, 1, 0, 1, 15, 2);
    CHECK("states/there/0", 10, 1, 0, 1, 15, 2);
    CHECK("states/back/0", 0, 4);
    CHECK("states/full/0", 1, 1, 0, 1, 1, 2); /* a closed line is no bottleneck */
    CHECK("gangs/0/use", 0, 1, 1, 1, 0, 1);
    CHECK("gangs/0/capacity", 2, 3);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "gangs/0/use_percent"), 100.0 / 6, 1e-6);
    CU_ASSERT_EQUAL(tree_real(data, "windows/0/used"), 7);
    CU_ASSERT_EQUAL(tree_real(data, "windows/0/limit"), 50);
    CHECK("freight/0/wanted", 20, 3);
    CHECK("freight/0/delivered", 10, 1, 0, 1, 15, 1);
    CHECK("money/cash", 0, 7, 0);
    CHECK("money/traffic_value", 100, 0, 150, 150);
    json_decref(data);
}

static void targets_and_years(void)
{
    json_t *data = data_of_small();
    CU_ASSERT_EQUAL(tree_real(data, "targets/0/km"), 10);
    CU_ASSERT_STRING_EQUAL(tree_text(data, "targets/0/reached"), "2032-12-31");
    CHECK("targets/0/km_by_boundary", 0, 2, 10, 2);
    CHECK("targets/0/kinds", 2);
    /* Years in which no period begins are not there. */
    CU_ASSERT_EQUAL(json_array_size(tree_at(data, "years")), 3);
    CU_ASSERT_EQUAL(tree_real(data, "years/1/year"), 2029);
    CU_ASSERT_EQUAL(tree_real(data, "years/1/paid"), 7);
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "years/0/delivered"), 40, 1e-6);
    CHECK("demands/delivered_mt/0", 40, 0, 60);
    CHECK("demands/wanted_mt/0", 80, 80, 80);
    CU_ASSERT_STRING_EQUAL(tree_text(data, "explain/left_out/0/id"), "idle");
    CU_ASSERT_DOUBLE_EQUAL(tree_real(data, "explain/binding/links/0/at_home_mt"), 40 + 80 + 20,
                           1e-6);
    json_decref(data);
}

/* A problem without network, freight or money. */
static void makespan(void)
{
    struct tiny t;
    tiny_init(&t, 20);
    t.makespan = true;
    tiny_add(&t, TINY_WORK, "a,facility,,,,,,,,,true,,,\nb,facility,,,,,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "a,only,3,,\nb,only,4,,");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,20,1");
    tiny_add(&t, TINY_USAGE, "a,only,gang,1\nb,only,gang,1");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    char *page = report_page(problem, NULL);
    json_t *data = report_data(page);
    CU_ASSERT_STRING_EQUAL(tree_text(data, "programme/objective"), "makespan");
    CU_ASSERT_EQUAL(tree_real(data, "programme/value"), 7);
    CU_ASSERT_EQUAL(json_array_size(tree_at(data, "links/id")), 0);
    CU_ASSERT_EQUAL(json_array_size(tree_at(data, "works/start")), 2);
    json_decref(data);
    free(page);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {{"programme", programme},
                                           {"over time", over_time},
                                           {"targets and years", targets_and_years},
                                           {"makespan", makespan},
                                           {NULL, NULL}};
const struct ganger_suite data_suite = {"data", "unit", tests};
