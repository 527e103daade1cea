#include "base/date.h"

#include "base/suites.h"
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <time.h>

static void agrees_with_the_c_library(void)
{
    char text[GANGER_DATE_SIZE], expected[40];
    for (int64_t day = -200000; day <= 200000; day += 17) {
        time_t seconds = (time_t)(day * 86400);
        struct tm parts;
        int64_t back = 0;
        gmtime_r(&seconds, &parts);
        snprintf(expected, sizeof expected, "%04d-%02d-%02d", parts.tm_year + 1900,
                 parts.tm_mon + 1, parts.tm_mday);
        CU_ASSERT_STRING_EQUAL_FATAL(ganger_date_format(day, text), expected);
        CU_ASSERT_TRUE(ganger_date_parse(text, &back));
        CU_ASSERT_EQUAL_FATAL(back, day);
    }
}

static void refuses_what_is_no_date(void)
{
    static const char *const bad[] = {"",           "2026",       "2026-3-01",  "2026-03-01 ",
                                      "01.03.2026", "2026-13-01", "2026-00-01", "2026-02-29",
                                      "2100-02-29", "2026-04-31", "2026-03-00", "0000-01-01",
                                      "2026/03/01", "-026-03-01", "2026-03-0x", "20260-3-01"};
    int64_t day = 0;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CU_ASSERT_FALSE(ganger_date_parse(bad[i], &day));
    }
    CU_ASSERT_TRUE(ganger_date_parse("2024-02-29", &day));
    CU_ASSERT_EQUAL(day, 19782);
    CU_ASSERT_TRUE(ganger_date_parse("2000-02-29", &day));
    CU_ASSERT_TRUE(ganger_date_parse("1970-01-01", &day));
    CU_ASSERT_EQUAL(day, 0);
}

static const struct ganger_test tests[] = {
    {"agrees with the C library", agrees_with_the_c_library},
    {"refuses what is no date", refuses_what_is_no_date},
    {NULL, NULL},
};
const struct ganger_suite date_suite = {"date", "unit", tests};
