/* The planner's summary. */
#include "plan/report.h"

#include "plan/sample.h"

#include <stdlib.h>
#include <string.h>

static struct sample s;

static void numbers(void)
{
    char text[GANGER_REPORT_NUMBER];
    CU_ASSERT_STRING_EQUAL(ganger_report_number(text, 1234567.84, 1), "1,234,567.8");
    CU_ASSERT_STRING_EQUAL(ganger_report_number(text, -123456, 0), "-123,456");
    CU_ASSERT_STRING_EQUAL(ganger_report_number(text, -0.01, 1), "0.0");
    CU_ASSERT_STRING_EQUAL(ganger_report_number(text, 999, 0), "999");
    CU_ASSERT_STRING_EQUAL(ganger_report_number(text, 1e30, 0), "1e+30");
}

static int lines_of(const char *text)
{
    int lines = 0;
    for (const char *c = text; *c; c++) {
        lines += *c == '\n';
    }
    return lines;
}

static void describes(void)
{
    char *text = NULL;
    sample_open(&s);
    CU_ASSERT_EQUAL(ganger_plan_describe(s.plan, s.problem, &text), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_TRUE(lines_of(text) <= 50);
    static const char *const said[] = {"1,234,567.1 M USD",
                                       "at most 33.4 M USD, 0.25 %",
                                       "of 150 km by 2026-12-29",
                                       "2025",
                                       "repair",
                                       "budget"};
    for (size_t i = 0; i + 1 < sizeof said / sizeof *said; i++) {
        CU_ASSERT_PTR_NOT_NULL(strstr(text, said[i]));
    }
    free(text);
    sample_close(&s);
}

/* A plan that does nothing is described too. */
static void describes_nothing(void)
{
    char *text = NULL;
    sample_open(&s);
    struct ganger_plan *empty = ganger_plan_create(s.problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(empty);
    CU_ASSERT_EQUAL(ganger_plan_describe(empty, s.problem, &text), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "not reached"));
    free(text);
    ganger_plan_destroy(empty);
    sample_close(&s);
}

static const struct ganger_test tests[] = {
    {"numbers", numbers},
    {"describes", describes},
    {"describes nothing", describes_nothing},
    {NULL, NULL},
};
const struct ganger_suite report_suite = {"report", "unit", tests};
