/* The makespan model: what it refuses, which modes and arcs it keeps, and its chains, by hand. */
#include "makespan/model.h"

#include "makespan/shop.h"
#include "support/test.h"

#include <string.h>

static struct tiny t;
static struct ganger_problem *problem;
static struct ganger_makespan_model *model;

static void begin(void)
{
    tiny_init(&t, 20);
    t.makespan = true;
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\nfuel,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,20,3\nfuel,0,20,9");
}

static void open_model(void)
{
    problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    CU_ASSERT_PTR_NULL_FATAL(ganger_makespan_model_refusal(problem));
    model = ganger_makespan_model_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(model);
}

static void close_model(void)
{
    ganger_makespan_model_destroy(model);
    ganger_problem_destroy(problem);
}

/* --- refusals --- */

static bool refuses(const char *what)
{
    struct ganger_problem *p = tiny_read(&t);
    const char *refusal = p ? ganger_makespan_model_refusal(p) : NULL;
    bool same = refusal && strcmp(refusal, what) == 0;
    ganger_problem_destroy(p);
    return same;
}

static void refusals_name_what_is_in_the_way(void)
{
    static const struct {
        enum tiny_table table;
        const char *rows, *what;
    } cases[] = {
        {TINY_CAPACITY, "fuel,0,10,5", "a consumable limited over a part of the horizon"},
        {TINY_CAPACITY, "fuel,1,20,5", "a consumable limited over a part of the horizon"},
        {TINY_TARGET, "more,repair,9,1,1,false", "a target"},
        {TINY_RESOURCE, "budget,consumable", "a budget"},
        {TINY_WORK, "b,facility,,0,0,false,,,,,false,,,", "an optional work"},
        {TINY_WORK, "b,facility,,0,0,false,,,,,true,cal,,", "a work with a calendar"},
        {TINY_WORK, "b,facility,,0,0,false,,,,,true,,3,", "a work whose start is fixed"},
        {TINY_WORK, "b,facility,,0,0,false,,19,,,true,,,", "a deadline"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        shop_work(&t, "a", 2, "gang", 1);
        tiny_add(&t, cases[i].table, "%s", cases[i].rows);
        if (cases[i].table == TINY_WORK) {
            tiny_add(&t, TINY_MODE, "b,m0,1,0,1");
        }
        tiny_add(&t, TINY_CALENDAR, "cal,3,4,0");
        CU_ASSERT_TRUE(refuses(cases[i].what));
    }
    begin();
    shop_work(&t, "a", 2, "gang", 1);
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0.1");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,0,1");
    CU_ASSERT_TRUE(refuses("a network"));
}

/* --- modes --- */

static void add_mode(const char *work, const char *mode, int duration, int gang, int fuel)
{
    tiny_add(&t, TINY_MODE, "%s,%s,%d,0,1", work, mode, duration);
    if (gang > 0) {
        tiny_add(&t, TINY_USAGE, "%s,%s,gang,%d", work, mode, gang);
    }
    if (fuel > 0) {
        tiny_add(&t, TINY_USAGE, "%s,%s,fuel,%d", work, mode, fuel);
    }
}

static void useless_modes_are_left_out(void)
{
    begin();
    tiny_add(&t, TINY_WORK, "a,facility,,0,0,false,,,,,true,,,");
    add_mode("a", "crowd", 1, 4, 0); /* more gangs than there are */
    add_mode("a", "slow", 3, 2, 2);  /* worse than "best" in all */
    add_mode("a", "best", 3, 2, 1);
    add_mode("a", "same", 3, 2, 1); /* no better than it */
    add_mode("a", "fuel", 2, 1, 8);
    add_mode("a", "long", 21, 0, 0); /* longer than the horizon */
    tiny_add(&t, TINY_WORK, "b,facility,,0,0,false,,,,,true,,,fixed");
    add_mode("b", "fast", 1, 1, 0);
    add_mode("b", "fixed", 5, 3, 3);
    open_model();
    CU_ASSERT_EQUAL(model->modes, 3);
    CU_ASSERT_EQUAL(model->first_mode[0], 0);
    CU_ASSERT_EQUAL(model->first_mode[1], 2);
    CU_ASSERT_EQUAL(model->problem_mode[0], 2);
    CU_ASSERT_EQUAL(model->problem_mode[1], 4);
    CU_ASSERT_EQUAL(model->problem_mode[2], 7);
    CU_ASSERT_EQUAL(model->mode_work[2], 1);
    CU_ASSERT_EQUAL(model->duration[2], 5);
    CU_ASSERT_TRUE(model->several);
    CU_ASSERT_EQUAL(model->consumables, 1);
    CU_ASSERT_EQUAL(model->limit[0], 9);
    CU_ASSERT_EQUAL(model->need[0], 1);
    CU_ASSERT_EQUAL(model->need[1], 8);
    CU_ASSERT_EQUAL(model->need[2], 3);
    close_model();
}

/* The tightest of several rows; parts of a unit do not count; a huge limit is a limit. */
static void consumables(void)
{
    begin();
    tiny_add(&t, TINY_RESOURCE, "rails,consumable\nwater,consumable");
    tiny_add(&t, TINY_CAPACITY, "fuel,0,20,7.9\nfuel,0,20,8\nrails,0,20,1e9");
    tiny_add(&t, TINY_WORK, "a,facility,,0,0,false,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "a,m0,2,0,1");
    tiny_add(&t, TINY_USAGE, "a,m0,fuel,3\na,m0,rails,4\na,m0,water,5");
    open_model();
    CU_ASSERT_EQUAL_FATAL(model->consumables, 2); /* water is without limit */
    CU_ASSERT_EQUAL(model->limit[0], 7);
    CU_ASSERT_EQUAL(model->need[0], 3);
    CU_ASSERT_TRUE(model->limit[1] == 1000000000);
    CU_ASSERT_EQUAL(model->need[1], 4);
    close_model();
}

/* --- arcs --- */

static bool has_before(enum ganger_direction d, int32_t w, int32_t other)
{
    const struct ganger_arcs *arcs = &model->arcs[d];
    for (int32_t i = arcs->first_before[w]; i < arcs->first_before[w + 1]; i++) {
        if (arcs->before[i] == other) {
            return true;
        }
    }
    return false;
}

/* Is it the only arc with lag or by start into w? */
static bool only_arc(enum ganger_direction d, int32_t w, int32_t other, int32_t lag, int kind)
{
    const struct ganger_arcs *arcs = &model->arcs[d];
    int32_t i = arcs->first_arc[w];
    return arcs->first_arc[w + 1] == i + 1 && arcs->arc_other[i] == other &&
           arcs->arc_lag[i] == lag && arcs->arc_kind[i] == kind;
}

static void add_four(void)
{
    begin();
    shop_work(&t, "a", 2, NULL, 0);
    shop_work(&t, "b", 3, NULL, 0);
    shop_work(&t, "c", 4, NULL, 0);
    shop_work(&t, "d", 1, NULL, 0);
}

static void implied_arcs_are_left_out(void)
{
    add_four();
    tiny_add(&t, TINY_PRECEDENCE, "a,b,FS,0\nb,c,FS,0\nc,d,FS,0\na,c,FS,0\na,d,FS,0\nb,d,FS,0");
    open_model();
    for (int32_t w = 0; w < 4; w++) {
        int32_t row = model->arcs[0].first_before[w + 1] - model->arcs[0].first_before[w];
        CU_ASSERT_EQUAL(row, 4);
        for (int32_t v = 0; v < 4; v++) {
            CU_ASSERT_EQUAL(has_before(GANGER_FORWARD, w, v), v == w - 1);
            CU_ASSERT_EQUAL(has_before(GANGER_BACKWARD, w, v), v == w + 1);
        }
        CU_ASSERT_TRUE(has_before(GANGER_FORWARD, w, 4)); /* the padding */
    }
    CU_ASSERT_EQUAL(model->critical_path, 10);
    close_model();
}

/* a to c is not implied: it has a lag. b to d is not: between them is an arc by start. */
static void other_arcs_are_kept(void)
{
    add_four();
    tiny_add(&t, TINY_PRECEDENCE, "a,b,FS,0\nb,c,FS,0\na,c,FS,5\nc,d,SS,2\nb,d,FS,0");
    open_model();
    CU_ASSERT_TRUE(has_before(GANGER_FORWARD, 1, 0));
    CU_ASSERT_TRUE(has_before(GANGER_FORWARD, 2, 1));
    CU_ASSERT_TRUE(has_before(GANGER_FORWARD, 3, 1));
    CU_ASSERT_TRUE(only_arc(GANGER_FORWARD, 2, 0, 5, GANGER_SERIAL_AFTER_FINISH));
    CU_ASSERT_TRUE(only_arc(GANGER_FORWARD, 3, 2, 2, GANGER_SERIAL_AFTER_START));
    CU_ASSERT_TRUE(only_arc(GANGER_BACKWARD, 0, 2, 5, GANGER_SERIAL_AFTER_FINISH));
    CU_ASSERT_TRUE(only_arc(GANGER_BACKWARD, 2, 3, 2, GANGER_SERIAL_FINISH_AFTER));
    /* a 0-2, b 2-5, c 7-11, d from 9. */
    CU_ASSERT_EQUAL(model->head[2], 7);
    CU_ASSERT_EQUAL(model->head[3], 9);
    CU_ASSERT_EQUAL(model->critical_path, 11);
    /* After a: the lag and c. After b: c. After c, nothing: d may end with it or before. */
    CU_ASSERT_EQUAL(model->tail[0], 9);
    CU_ASSERT_EQUAL(model->tail[1], 4);
    CU_ASSERT_EQUAL(model->tail[2], 0);
    CU_ASSERT_EQUAL(model->tail[3], 0);
    close_model();
}

/* Without lag, too, an arc by start is none by finish, and implies none. */
static void arcs_by_start_without_lag(void)
{
    add_four();
    tiny_add(&t, TINY_PRECEDENCE, "a,b,SS,0\nb,c,FS,0\na,c,FS,0");
    open_model();
    CU_ASSERT_FALSE(has_before(GANGER_FORWARD, 1, 0));
    CU_ASSERT_TRUE(only_arc(GANGER_FORWARD, 1, 0, 0, GANGER_SERIAL_AFTER_START));
    CU_ASSERT_TRUE(only_arc(GANGER_BACKWARD, 0, 1, 0, GANGER_SERIAL_FINISH_AFTER));
    CU_ASSERT_TRUE(has_before(GANGER_FORWARD, 2, 0));
    CU_ASSERT_EQUAL(model->head[1], 0);
    close_model();
}

/* Works in the file in any order: the model's come after their predecessors. */
static void works_are_sorted(void)
{
    add_four();
    tiny_add(&t, TINY_PRECEDENCE, "d,c,FS,0\nc,b,FS,0\nb,a,FS,0");
    open_model();
    for (int32_t w = 0; w < 4; w++) {
        CU_ASSERT_EQUAL(model->problem_work[w], 3 - w);
    }
    CU_ASSERT_EQUAL(model->head[3], 8);
    CU_ASSERT_EQUAL(model->tail[0], 9);
    close_model();
}

/* --- bound and mirror --- */

static void energy_bounds(void)
{
    begin();
    shop_work(&t, "a", 3, "gang", 2);
    shop_work(&t, "b", 3, "gang", 2);
    shop_work(&t, "c", 2, "gang", 1);
    open_model();
    CU_ASSERT_EQUAL(model->critical_path, 3);
    CU_ASSERT_EQUAL(model->bound, 5); /* 14 of 3 */
    close_model();
}

/* Turned round only where dates do not matter and any list fits into the horizon. */
static void mirrors_where_it_may(void)
{
    static const struct {
        int first, earliest;
        const char *capacity;
        bool mirrors;
    } cases[] = {
        {9, 0, "gang,0,20,3", true},
        {9, 1, "gang,0,20,3", false},
        {9, 0, "gang,0,19,3", false},
        {9, 0, "gang,0,3,3\ngang,3,20,3", true},
        {9, 0, "gang,0,3,4\ngang,3,20,3", false},
        {10, 0, "gang,0,20,3", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tiny_init(&t, 20);
        t.makespan = true;
        tiny_add(&t, TINY_RESOURCE, "gang,renewable");
        tiny_add(&t, TINY_CAPACITY, "%s", cases[i].capacity);
        tiny_add(&t, TINY_WORK, "a,facility,,0,0,false,%d,,,,true,,,", cases[i].earliest);
        tiny_add(&t, TINY_MODE, "a,m0,%d,0,1", cases[i].first);
        shop_work(&t, "b", 7, "gang", 2);
        shop_work(&t, "c", 0, NULL, 0);
        tiny_add(&t, TINY_PRECEDENCE, "a,b,FS,3");
        open_model();
        CU_ASSERT_EQUAL(model->mirrors, cases[i].mirrors);
        close_model();
    }
}

static const struct ganger_test tests[] = {
    {"refusals name what is in the way", refusals_name_what_is_in_the_way},
    {"useless modes are left out", useless_modes_are_left_out},
    {"consumables", consumables},
    {"implied arcs are left out", implied_arcs_are_left_out},
    {"other arcs are kept", other_arcs_are_kept},
    {"arcs by start without lag", arcs_by_start_without_lag},
    {"works are sorted", works_are_sorted},
    {"energy bounds", energy_bounds},
    {"mirrors where it may", mirrors_where_it_may},
    {NULL, NULL}};

const struct ganger_suite model_suite = {"model", "unit", tests};
