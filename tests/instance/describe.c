/* The description names what a planner asks for, and each oddity has an instance that shows it. */
#include "instance/classic_text.h"
#include "instance/fixture.h"
#include "instance/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_text(const char *text, const char *const *expected)
{
    for (int i = 0; expected[i] != NULL; i++) {
        if (strstr(text, expected[i]) == NULL) {
            fprintf(stderr, "\nnot found: %s\nin:\n%s\n", expected[i], text);
            CU_FAIL("a line is missing");
        }
    }
}

static void expect_lines(const struct fixture_change *changes, int count,
                         const char *const *expected)
{
    struct ganger_problem *problem = NULL;
    char *findings = NULL, *text = NULL;
    CU_ASSERT_EQUAL_FATAL(fixture_read(changes, count, &problem, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(ganger_problem_describe(problem, &text), GANGER_STATUS_OK);
    expect_text(text, expected);
    free(text);
    free(findings);
    ganger_problem_destroy(problem);
}

static void the_small_package(void)
{
    static const char *const expected[] = {
        "small: A small programme\nsha256 ",
        "2026-01-01 to 2026-04-30: 12 periods of 10 days\n",
        "objective: net present value in M USD, 10 % a year, 5 years of traffic after the end\n",
        "\n3 nodes, 2 links, 3 segments, 2 demands\n",
        "4 works, 7 modes, 7 uses of 3 resources (1 renewable)\n",
        "network: 100 km in use, 50 km not yet built\n",
        "repair           1          0         40          3.0          4.0\n",
        "build            1          1         50         10.0         12.5\n",
        "all              4                               14.0         18.5\n",
        "target t1: 80 km finished before 2026-05-01 (boundary 12), 110 km offered, 2 M USD a "
        "missing km\n",
        /* least: day 2*1, fast 2*3 against slow 4*2, loops without a gang */
        "gang                                  3           30            8            6    27 %\n",
        "budget: all works take at least 14.0 M USD, the mandatory ones 10.0\n"
        "    2026-01-01 to 2026-04-30: 100\n",
        "rail: all works take at least 500.0 t, the mandatory ones 500.0\n",
        "coal                                   2.00         2.00\n",
        "what looks odd\n"
        "  demands that no path of today's network carries: ore\n",
        NULL,
    };
    expect_lines(NULL, 0, expected);
}

/* Without a network and money, nothing is said of them. */
static void the_earliest_end(void)
{
    static const char *const of_psplib[] = {
        "small: 4 jobs (PSPLIB)\nsha256 ",
        "objective: the earliest end of all works\n\n4 works, 5 modes, 6 uses of 3 resources (1 "
        "renewable)\n4 precedences, 0 calendars, 2 windows, 0 targets\n\n2 works that take time, 2 "
        "milestones\na work takes 3 to 8 periods, one after the other they take 7 (in the shortest "
        "modes) to 12\nworks may start from period 2 to 2 on\nlongest chain of works that must be "
        "done: ends at boundary 6\n\nrenewable, ",
        /* least of 3 * 6 and 8 * 2 */
        "R1                                    6           90           16           16       3\n",
        "N1: all works take at least 2.0 units, the mandatory ones 2.0\n",
        "N2: all works take at least 5.0 units, the mandatory ones 5.0\n",
        NULL,
    };
    static const char *const of_mplib[] = {
        "a work takes 6 to 9 periods, one after the other they take 15\n2 projects\nworks may "
        "start "
        "from period 0 to 4 on\nlongest chain of works that must be done: ends at boundary 15\n",
        "R1                                    5          100           63           63      13\n",
        NULL,
    };
    static const struct {
        const char *data;
        const char *const *expected;
    } cases[] = {{psplib_text, of_psplib}, {mplib_text, of_mplib}};
    for (int i = 0; i < 2; i++) {
        struct ganger_problem *problem = NULL;
        char *findings = NULL, *text = NULL;
        CU_ASSERT_EQUAL_FATAL(fixture_read_file("small.mm", cases[i].data, strlen(cases[i].data),
                                                &problem, &findings),
                              GANGER_STATUS_OK);
        CU_ASSERT_EQUAL_FATAL(ganger_problem_describe(problem, &text), GANGER_STATUS_OK);
        expect_text(text, cases[i].expected);
        CU_ASSERT_PTR_NULL(strstr(text, "km"));
        CU_ASSERT_PTR_NULL(strstr(text, "odd"));
        CU_ASSERT_PTR_NULL(strstr(text, " nodes"));
        free(text);
        free(findings);
        ganger_problem_destroy(problem);
    }
}

static void each_oddity(void)
{
    static const struct {
        struct fixture_change change;
        const char *expected;
    } cases[] = {
        {{"work.csv", "ab2,60,1", "ab2,60,0"}, "what looks odd\n"},
        {{"segment.csv", "0.05,0.7", "0.05,"},
         "  segments that decay, but not below a floor of 1 (no floor given): ab1\n"},
        {{"demand_profile.csv", "ore,0,1.5", "ore,0,0"}, "  demands without any volume: ore\n"},
        {{"resource.csv", "budget,", "crane,Crane,renewable,\nbudget,"},
         "  resources that no mode uses: crane\n"},
        {{"usage.csv", "bld,fast,gang,3", "bld,fast,gang,4"},
         "  renewables of which some mode needs more than there ever is: gang\n"},
        {{"capacity.csv", "rail,0,12,1000\n", ""},
         "  consumables without any window, so without limit: rail\n"},
        {{"capacity.csv", "gang,6,12,3\n", "gang,6,12,3\ngang,2024-01-01,2025-01-01,7\n"},
         "  rows of capacity.csv without a whole period inside the horizon, of: gang\n"},
        {{"calendar.csv", "winter,2,3,50\n", "winter,2,3,50\nwinter,2026-02-12,2026-02-15,0\n"},
         "  rows of calendar.csv without a whole period inside the horizon, of: winter\n"},
        {{"target.csv", ",80,", ",800,"}, "  targets of more km than the works offer: t1\n"},
        {{"work.csv", "0.5,true", ",true"}, "  works with a due date but no tardiness cost: bld\n"},
        {{"work.csv", "2026-03-31", ""}, "  works with a tardiness cost but no due date: bld\n"},
        {{"work.csv", "true,,,,,false", "true,,1,,,false"},
         "  optional works that can never be done: rep (no mode is short enough to be done from "
         "period 0 to its deadline, boundary 1)\n"},
        {{"work.csv", "ab1,40,0,true", ",40,0,false"},
         "  optional works that bring nothing: no gain, renewal, target or successor: rep\n"},
        {{"node.csv", "50,true", "50,false"}, "what looks odd\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const expected[] = {cases[i].expected, NULL};
        expect_lines(&cases[i].change, 1, expected);
    }
}

static void rails_that_lead_nowhere(void)
{
    static const struct fixture_change changes[] = {
        {"node.csv", "50,true", "50,false"},
        {"segment.csv", "100,5", "100,0"},
        {"segment.csv", "40,5", "40,0"},
        {"work.csv", "ab1,40,0", "ab1,40,1"},
    };
    static const char *const expected[] = {
        "  build works to which no rails can ever lead: bld\n",
        "  demands that no path of today's network carries: coal, ore\n", NULL};
    expect_lines(changes, 4, expected);
    static const struct fixture_change unopened[] = {
        {"segment.csv", "a,40,100", "a,60,100"},
        {"segment.csv", "bc1,", "ab3,ab,a,40,60,0,,\nbc1,"},
        {"demand.csv", NULL, "demand_id,origin,destination,value\n"},
        {"demand_profile.csv", NULL, "demand_id,from,mt_per_year\n"},
    };
    static const char *const closed[] = {"  segments without capacity that no work opens: ab3\n",
                                         NULL};
    expect_lines(unopened, 4, closed);
}

/* Coal has a path along the arrow; ore has none before its line is built. */
static void paths_along_directed_links(void)
{
    static const struct fixture_change changes[] = {{"link.csv", "ab,a,b,false", "ab,a,b,true"}};
    static const char *const expected[] = {
        "  demands that no path of today's network carries: ore\n", NULL};
    expect_lines(changes, 1, expected);
}

static const struct ganger_test tests[] = {
    {"the small package", the_small_package},
    {"the earliest end", the_earliest_end},
    {"each oddity", each_oddity},
    {"rails that lead nowhere", rails_that_lead_nowhere},
    {"paths along directed links", paths_along_directed_links},
    {NULL, NULL},
};
const struct ganger_suite describe_suite = {"describe", "unit", tests};
