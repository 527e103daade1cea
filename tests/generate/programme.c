/* The works of a made-up programme: as many as asked for, none impossible, and more than there is room for. */
#include "generate/suites.h"
#include "instance/fits.h"

#include <stdlib.h>
#include <string.h>

static void expect_counts(int32_t works, int32_t links, uint64_t seed)
{
    struct ganger_problem *p = made_up(works, links, seed);
    int32_t kinds[GANGER_WORK_KINDS] = {0};
    for (int32_t w = 0; w < p->works.count; w++) {
        kinds[p->works.kind[w]]++;
    }
    CU_ASSERT_EQUAL(p->works.count, works);
    CU_ASSERT_TRUE(links == 0 || p->links.count == links);
    for (int i = 0; i < GANGER_WORK_KINDS; i++) {
        CU_ASSERT_TRUE(kinds[i] > 0);
    }
    ganger_problem_destroy(p);
}

static void as_many_works_as_asked_for(void)
{
    static const int32_t sizes[][2] = {{20, 10},  {21, 42},  {99, 0},    {100, 200},
                                       {200, 10}, {1234, 0}, {2000, 100}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (uint64_t seed = 0; seed < 3; seed++) {
            expect_counts(sizes[i][0], sizes[i][1], seed);
        }
    }
}

static void every_work_can_be_done(void)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct ganger_problem *p = made_up(seed < 3 ? 20 : 500, 0, seed);
        struct ganger_fits fits;
        CU_ASSERT_TRUE_FATAL(ganger_fits_init(&fits, p));
        for (int32_t w = 0; w < p->works.count; w++) {
            CU_ASSERT_NOT_EQUAL(fits.start[w], GANGER_NONE);
        }
        ganger_fits_clear(&fits);
        ganger_problem_destroy(p);
    }
}

static void nothing_looks_odd(void)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        struct ganger_problem *p = made_up(seed < 2 ? 100 : 1000, 0, seed);
        char *text = NULL;
        CU_ASSERT_EQUAL_FATAL(ganger_problem_describe(p, &text), GANGER_STATUS_OK);
        CU_ASSERT_PTR_NULL(strstr(text, "what looks odd"));
        free(text);
        ganger_problem_destroy(p);
    }
}

/* Least cost over modes, of all works and of those that must be done. */
static void add_costs(const struct ganger_problem *p, double *all, double *mandatory)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        double least = p->modes.cost[p->works.first_mode[w]];
        for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
            least = p->modes.cost[m] < least ? p->modes.cost[m] : least;
        }
        *all += least;
        *mandatory += p->works.mandatory[w] ? least : 0;
    }
}

static double yearly_budget(const struct ganger_problem *p)
{
    double sum = 0;
    for (int32_t i = 0; i < p->resources.windows; i++) {
        bool year = p->resources.window_to[i] - p->resources.window_from[i] < 60;
        sum += p->resources.window_resource[i] == p->resources.budget && year
                   ? p->resources.window_limit[i]
                   : 0;
    }
    return sum;
}

static void money_binds_but_is_enough_for_what_must_be(void)
{
    for (uint64_t seed = 0; seed < 4; seed++) {
        struct ganger_problem *p = made_up(1000, 0, seed);
        double all = 0, mandatory = 0, budget = yearly_budget(p);
        add_costs(p, &all, &mandatory);
        CU_ASSERT_TRUE(mandatory > 0);
        CU_ASSERT_TRUE(3 * mandatory < budget);
        CU_ASSERT_TRUE(budget < 0.7 * all);
        for (int32_t g = 0; g < p->targets.count; g++) {
            CU_ASSERT_TRUE(p->targets.km[g] > 0);
        }
        ganger_problem_destroy(p);
    }
}

/* Each part of the model is there to be exercised. */
static void all_rules_occur(void)
{
    struct ganger_problem *p = made_up(1000, 0, 0);
    int32_t types[2] = {0}, deadlines = 0, due = 0, rules = 0, modes = 0;
    for (int32_t i = 0; i < p->precedences.count; i++) {
        types[p->precedences.type[i]]++;
    }
    for (int32_t w = 0; w < p->works.count; w++) {
        int32_t count = p->works.first_mode[w + 1] - p->works.first_mode[w];
        deadlines += p->works.deadline[w] < p->time.periods;
        due += p->works.due[w] != GANGER_NONE && p->works.tardiness_cost[w] > 0;
        modes = count > modes ? count : modes;
    }
    for (int32_t r = 0; r < p->resources.count; r++) {
        rules += strncmp(p->resources.id[r], "rule-", 5) == 0;
    }
    CU_ASSERT_TRUE(types[GANGER_PRECEDENCE_FS] > 0 && types[GANGER_PRECEDENCE_SS] > 0);
    CU_ASSERT_TRUE(deadlines > 0 && due > 0 && rules > 0 && modes >= 4);
    CU_ASSERT_EQUAL(p->calendars.count, 4);
    CU_ASSERT_EQUAL(p->targets.count, 3);
    CU_ASSERT_TRUE(p->railhead);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"as many works as asked for", as_many_works_as_asked_for},
    {"every work can be done", every_work_can_be_done},
    {"nothing looks odd", nothing_looks_odd},
    {"money binds, but is enough for what must be", money_binds_but_is_enough_for_what_must_be},
    {"all rules occur", all_rules_occur},
    {NULL, NULL}};

const struct ganger_suite programme_suite = {"programme", "property", tests};
