/* Wrong files of the classic formats: each finding names its line and column and what was expected. */
#include "base/text.h"
#include "instance/classic_text.h"
#include "instance/fixture.h"
#include "instance/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_finding(const char *data, const char *expected)
{
    struct ganger_problem *problem = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL(fixture_read_file("f", data, strlen(data), &problem, &text),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NULL(problem);
    if (strcmp(text, expected) != 0) {
        fprintf(stderr, "\nexpected: %s\nfound:    %s\n", expected, text);
        CU_FAIL("another finding");
    }
    free(text);
}

/* In a text the first `find` becomes `replace`; what is then found. A NULL `replace` cuts the text there. */
struct slip {
    const char *find, *replace, *expected;
};

static void expect_slips(const char *text, const struct slip *slips, int count)
{
    for (int i = 0; i < count; i++) {
        char *data = NULL;
        const char *at = strstr(text, slips[i].find);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        const char *replace = slips[i].replace != NULL ? slips[i].replace : "";
        const char *rest = slips[i].replace != NULL ? at + strlen(slips[i].find) : "";
        CU_ASSERT_FATAL(asprintf(&data, "%.*s%s%s", (int)(at - text), text, replace, rest) >= 0);
        expect_finding(data, slips[i].expected);
        free(data);
    }
}

static void patterson_slips(void)
{
    static const struct slip slips[] = {
        {"5 2 0", "3x 2 0",
         "f:4:1: expected a duration, an integer from 0 to 1000000, found \"3x\""},
        {"5 2 0", "-5 2 0",
         "f:4:1: expected a duration, an integer from 0 to 1000000, found \"-5\""},
        {"5 2 0", "1000001 2 0",
         "f:4:1: expected a duration, an integer from 0 to 1000000, found \"1000001\""},
        {"5 2 0", "5 +2 0", "f:4:3: expected a demand, an integer >= 0, found \"+2\""},
        {"5 2 0", "5 2.0 0", "f:4:3: expected a demand, an integer >= 0, found \"2.0\""},
        {"5 2 0", "5 2147483648 0",
         "f:4:3: expected a demand, an integer from 0 to 2147483647, found \"2147483648\""},
        {"5 2 0", "5 99999999999999999999 0",
         "f:4:3: expected a demand, an integer from 0 to 2147483647, found "
         "\"99999999999999999999\""},
        {"5 2 0", "x y 0",
         "f:4:1: expected a duration, an integer from 0 to 1000000, found \"x\"\n"
         "f:4:3: expected a demand, an integer >= 0, found \"y\""},
        {"3 2\n", "3 1000000001\n",
         "f:2:3: expected a capacity, an integer from 0 to 1000000000, found \"1000000001\""},
        {"4 2", "4x 2", "f:1:1: expected the number of jobs, an integer >= 1, found \"4x\""},
        {"4 2", "-4 2", "f:1:1: expected the number of jobs, an integer >= 1, found \"-4\""},
        {"4 2", "0 2", "f:1:1: expected the number of jobs, an integer >= 1, found \"0\""},
        {"4 2", "4 2000000000",
         "f:1:3: expected a number of resources, an integer from 0 to 1000000, found "
         "\"2000000000\""},
        {"0 2 2 3", "0 5 2 3",
         "f:3:7: expected a number of successors, an integer from 0 to 4, found \"5\""},
        {"2 2 3", "2 2 5", "f:3:11: expected a successor, an integer from 1 to 4, found \"5\""},
        {"2 2 3", "2 0 3", "f:3:9: expected a successor, an integer from 1 to 4, found \"0\""},
        {"2 2 3", "2 2 2", "f:3:successor: the same precedence already stands in line 3"},
        {"0 1 4", "0 1 2", "f:4:successor: the works wait for each other: \"2\" -> \"2\""},
        {"0 1 4", "0 1 1", "f:4:successor: the works wait for each other: \"1\" -> \"2\" -> \"1\""},
        {"5 2 0", "5 4 0",
         "f:4:3: job 2 can never be done: it needs 4 of R1, of which there are 3"},
        {"0 0 0 0\n", "0 0 0 0 7 8\n",
         "f:6:9: expected the end of the file, since all 4 jobs are there, found \"7\""},
        {"7 1 2", NULL, "f:5: the file ends where a duration is expected"},
        {" 1 4\n7", NULL, "f:4: the file ends where a number of successors is expected"},
        {"2 3\n5", NULL, "f:3: the file ends where a successor is expected"},
        {"2\n0 0", NULL, "f:2: the file ends where a capacity is expected"},
        {" 2\n3", NULL, "f:1: the file ends where a number of resources is expected"},
    };
    expect_slips(patterson_text, slips, (int)(sizeof slips / sizeof *slips));
}

static void mplib_slips(void)
{
    static const struct slip slips[] = {
        {"2 1:3 2:2", "2 13 2:2", "f:9:18: expected a successor as project:job, found \"13\""},
        {"2 1:3 2:2", "2 :3 2:2", "f:9:18: expected a successor as project:job, found \":3\""},
        {"2 1:3 2:2", "2 1: 2:2", "f:9:18: expected a successor as project:job, found \"1:\""},
        {"2 1:3 2:2", "2 3:3 2:2",
         "f:9:18: expected a successor's project, an integer from 1 to 2, found \"3\""},
        {"2 1:3 2:2", "2 1:x 2:2", "f:9:20: expected a successor, an integer >= 1, found \"x\""},
        {"2 1:3 2:2", "2 1:3:4 2:2",
         "f:9:20: expected a successor, an integer >= 1, found \"3:4\""},
        {"2 1:3 2:2", "2 1:4 2:2",
         "f:9:20: expected a successor from 1 to 3, the jobs of project 1, found 4"},
        {"2 1:3 2:2", "3 1:3 2:2", "f:10:4: expected a successor as project:job, found \"0\""},
        {"2 1:3 2:2", "1 1:3 2:2",
         "f:9:22: expected a duration, an integer from 0 to 1000000, found \"2:2\""},
        {"   1   0\n", "   1   2\n",
         "f:13:8: expected 1 or 0 for a renewable, an integer from 0 to 1, found \"2\""},
        {"3    4", "3  100000",
         "f:12:6: expected a release date, an integer from 0 to 99999, found \"100000\""},
        {"3    4", "0    4",
         "f:12:3: expected a project's number of jobs, an integer >= 1, found \"0\""},
        {"9   5", "9   6",
         "f:9:8: job 1:2 can never be done: it needs 6 of R1, of which there are 5"},
        {"   1 2:3", "   1 1:2",
         "f:16:successor: the works wait for each other: \"1:2\" -> \"2:2\" -> \"1:2\""},
        {"  2\n", "  1\n",
         "f:9:22: expected a successor's project, an integer from 1 to 1, found \"2\"\n"
         "f:12:3: expected the end of the file, since all 3 jobs are there, found \"3\""},
        {"  2\n", "  3\n", "f:18: the file ends where a project's number of jobs is expected"},
        {" 2:2\n   0", NULL, "f:9: the file ends where a successor is expected"},
    };
    expect_slips(mplib_text, slips, (int)(sizeof slips / sizeof *slips));
}

static void psplib_slips_in_header_and_precedence(void)
{
    static const struct slip slips[] = {
        {"projects                      :  1", "projects                      :  2",
         "f:5:34: expected 1 project in a file, an integer from 1 to 1, found \"2\""},
        {"):  4", "):  four",
         "f:6:34: expected the number of jobs, an integer >= 1, found \"four\""},
        {"):  4", "):", "f:6: the line ends where the number of jobs is expected"},
        {"jobs (incl. supersource/sink ):  4\n", "",
         "f:12: the header does not say how many jobs there are"},
        {"  - nonrenewable              :  2   N\n", "",
         "f:12: the header does not say how many nonrenewable resources there are"},
        {"constrained        :  0", "constrained        :  1",
         "f:11:34: expected no doubly constrained resource (write each as a renewable and a "
         "nonrenewable one), an integer from 0 to 0, found \"1\""},
        {"RESOURCES\n", "RESORCES\n",
         "f:8:1: expected a line \"key : value\" or PRECEDENCE RELATIONS, found \"RESORCES\""},
        {"1      2      2  ", "1      2      x  ",
         "f:15:19: expected a release date, an integer from 0 to 99999, found \"x\""},
        {"PRECEDENCE RELATIONS", "REQUESTS/DURATIONS",
         "f:17: expected PRECEDENCE RELATIONS, found REQUESTS/DURATIONS"},
        {"REQUESTS/DURATIONS:", "PROJECT INFORMATION:",
         "f:24: expected REQUESTS/DURATIONS, found PROJECT INFORMATION"},
        {"           4\n   3", "           5\n   3",
         "f:20:36: expected a successor, an integer from 1 to 4, found \"5\""},
        {"2           2   3", "3           2   3",
         "f:19:24: expected 3 successors, found 2 in the line"},
        {"   3        1          1           4\n", "   2        1          1           4\n",
         "f:21:4: expected job 3, found 2: each job stands once, in order\n"
         "f:22:4: expected job 3, found 4: each job stands once, in order"},
        {"   3        1          1           4\n", "",
         "f:21:4: expected job 3, found 4: each job stands once, in order"},
        {"   4        1          0\n", "", "f:23: PRECEDENCE RELATIONS ends before job 4 of 4"},
        {"   4        1          0\n", "   5        1          0\n",
         "f:22:4: expected a job, an integer from 1 to 4, found \"5\""},
    };
    expect_slips(psplib_text, slips, (int)(sizeof slips / sizeof *slips));
}

static void psplib_slips_in_requests(void)
{
    static const struct slip slips[] = {
        {"R 1  N 1  N 2\n---", "R 1  N 1  D 1\n---",
         "f:25: expected columns for 1 R, then 2 N, and no others"},
        {"R 1  N 1  N 2\n---", "N 1  N 2  R 1\n---",
         "f:25: expected columns for 1 R, then 2 N, and no others"},
        {"         2     8       2    0    8\n", "", "f:29: mode 2 of job 2 is missing"},
        {"2     8       2    0    8\n", "3     8       2    0    8\n",
         "f:29:10: expected mode 2 of job 2, found mode 3"},
        {"  4      1     0       0    0    0\n", "         2     0       0    0    0\n",
         "f:31: one mode more than job 3 has by PRECEDENCE RELATIONS\n"
         "f:33: REQUESTS/DURATIONS ends before job 4 of 4"},
        {"  4      1     0       0    0    0\n", "",
         "f:32: REQUESTS/DURATIONS ends before job 4 of 4"},
        {"  3      1     4       0    2    5\n", "  3      1     4       0    2\n",
         "f:30: one mode more than job 2 has by PRECEDENCE RELATIONS\n"
         "f:31:3: expected job 3, found 4: each job stands once, in order"},
        {"  3      1     4       0    2    5\n", "  3      1     4       0    2    5   6\n",
         "f:30: expected 6 numbers - job, mode, duration, a demand for each of 3 resources - found "
         "7"},
        {"         2     8       2    0    8\n", "         2     8       2    0\n",
         "f:29: expected 5 numbers - mode, duration, a demand for each of 3 resources - found 4"},
        {"  3      1     4       0    2    5", "  3      1     4       0    y    z",
         "f:30:29: expected a demand, an integer >= 0, found \"y\"\n"
         "f:30:34: expected a demand, an integer >= 0, found \"z\""},
    };
    expect_slips(psplib_text, slips, (int)(sizeof slips / sizeof *slips));
}

static void psplib_slips_in_capacities(void)
{
    static const struct slip slips[] = {
        {"6   10   13", "6   10", "f:35: expected 3 capacities, found 2"},
        {"6   10   13", "6   -1   13",
         "f:35:9: expected a capacity, an integer from 0 to 1000000000, found \"-1\""},
        {"   13\n", NULL, "f:35: expected 3 capacities, found 2"},
        {"10   13\n" STARS, "10   13", "f:35: the file ends within the line of capacities"},
        {"    6   10", NULL, "f:35: the file ends before the capacities"},
        {"RESOURCEAVAIL", NULL, "f:33: the file ends before RESOURCEAVAILABILITIES"},
        {"PRECEDENCE", NULL, "f:17: the file ends before PRECEDENCE RELATIONS"},
        {"PROJECT INFO", NULL, "f:13: the file ends before PRECEDENCE RELATIONS"},
        {"6   10   13\n", "6   10   13\n 1 2 3\n",
         "f:36:2: expected the end of the file, found \"1\""},
        {"    6   10   13", "    1   10   13",
         "f:28:24: job 2 can never be done: it needs 6 of R1, of which there are 1, and no other "
         "mode fits either"},
        {"    6   10   13", "    6   10   4",
         "f:30:34: job 3 can never be done: it needs 5 of N2, of which there are 4"},
        {"   4        1          0\n", "   4        1          1           1\n",
         "f:22:successor: the works wait for each other: \"1\" -> \"2\" -> \"4\" -> \"1\""},
    };
    expect_slips(psplib_text, slips, (int)(sizeof slips / sizeof *slips));
}

static void no_more_than_twenty(void)
{
    struct ganger_problem *problem = NULL;
    struct ganger_text text;
    ganger_text_init(&text);
    ganger_text_add(&text, "30 1 9\n");
    for (int job = 0; job < 30; job++) {
        ganger_text_add(&text, "x 0 0\n");
    }
    char *data = ganger_text_take(&text), *found = NULL;
    CU_ASSERT_EQUAL(fixture_read_file("f", data, strlen(data), &problem, &found),
                    GANGER_STATUS_INPUT_INVALID);
    const char *last = strrchr(found, '\n');
    CU_ASSERT_PTR_NOT_NULL_FATAL(last);
    CU_ASSERT_STRING_EQUAL(
        last + 1, "f:21:1: expected a duration, an integer from 0 to 1000000, found \"x\"");
    free(data);
    free(found);
}

static void too_large(void)
{
    /* As many lengths as jobs, at their most periods. */
    struct ganger_problem *problem = NULL;
    struct ganger_text text;
    ganger_text_init(&text);
    ganger_text_add(&text, "3000 0\n");
    for (int job = 0; job < 3000; job++) {
        ganger_text_format(&text, "%d 0\n", job);
    }
    char *data = ganger_text_take(&text), *found = NULL;
    CU_ASSERT_EQUAL(fixture_read_file("f", data, strlen(data), &problem, &found),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_STRING_EQUAL(found, "f: 3000 durations of different length and 0 renewables over "
                                  "100000 periods take too much memory: give durations in a longer "
                                  "unit of time");
    free(data);
    free(found);
}

/* The horizon is found by a schedule, of which there is none here. */
static void a_long_circle(void)
{
    expect_finding("2 0 60000 1 2\n60000 1 1",
                   "f:2:successor: the works wait for each other: \"1\" -> \"2\" -> \"1\"");
}

static void not_text(void)
{
    static const char data[] = "4 2\n3 2\n\0 0 0";
    struct ganger_problem *problem = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL(fixture_read_file("f", data, sizeof data, &problem, &text),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_STRING_EQUAL(text, "f: is not text: it holds a NUL byte");
    free(text);
    expect_finding("hello 4 2", "f: is neither the folder of a data package, nor its "
                                "datapackage.json, nor a packed instance, nor a project in PSPLIB, "
                                "Patterson or MPLIB form");
    expect_finding("- 4 2", "f: is neither the folder of a data package, nor its datapackage.json, "
                            "nor a packed instance, nor a project in PSPLIB, Patterson or MPLIB "
                            "form");
}

static const struct ganger_test tests[] = {
    {"slips in a Patterson file", patterson_slips},
    {"slips in an MPLIB file", mplib_slips},
    {"PSPLIB slips in header and precedence", psplib_slips_in_header_and_precedence},
    {"PSPLIB slips in requests", psplib_slips_in_requests},
    {"PSPLIB slips in capacities", psplib_slips_in_capacities},
    {"no more than twenty", no_more_than_twenty},
    {"too large", too_large},
    {"a long circle", a_long_circle},
    {"not text", not_text},
    {NULL, NULL},
};
const struct ganger_suite classic_bad_suite = {"classic_bad", "unit", tests};
