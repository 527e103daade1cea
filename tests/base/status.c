#include "base/status.h"

#include "base/suites.h"
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>

static void formats_only_the_places_given(void)
{
    struct ganger_findings findings;
    char text[200];
    ganger_findings_init(&findings);
    ganger_status status = ganger_findings_add(&findings, GANGER_STATUS_INPUT_INVALID, "work.csv",
                                               417, "duration", "found %d", 3);
    CU_ASSERT_EQUAL(status, GANGER_STATUS_INPUT_INVALID);
    ganger_findings_add(&findings, GANGER_STATUS_INPUT_INVALID, "work.csv", 417, NULL, "found");
    ganger_findings_add(&findings, GANGER_STATUS_INPUT_INVALID, "work.csv", 0, "km", "found");
    ganger_findings_add(&findings, GANGER_STATUS_INPUT_INVALID, "work.csv", 0, NULL, "found");
    ganger_findings_add(&findings, GANGER_STATUS_MISUSE, NULL, 0, NULL, "found");
    static const char *const expected[] = {"work.csv:417:duration: found 3", "work.csv:417: found",
                                           "work.csv:km: found", "work.csv: found", "found"};
    CU_ASSERT_EQUAL_FATAL(findings.count, 5);
    for (int i = 0; i < 5; i++) {
        int length = ganger_finding_format(&findings.list[i], text, sizeof text);
        CU_ASSERT_STRING_EQUAL(text, expected[i]);
        CU_ASSERT_EQUAL(length, (int)strlen(expected[i]));
    }
    ganger_findings_clear(&findings);
    CU_ASSERT_EQUAL(findings.count, 0);
}

static void a_short_buffer_is_filled_and_terminated(void)
{
    struct ganger_findings findings;
    char text[8];
    ganger_findings_init(&findings);
    ganger_findings_add(&findings, GANGER_STATUS_MISUSE, "file", 1, "column", "message");
    CU_ASSERT_EQUAL(ganger_finding_format(&findings.list[0], text, sizeof text), 22);
    CU_ASSERT_STRING_EQUAL(text, "file:1:");
    ganger_findings_clear(&findings);
}

static void counts_what_it_cannot_keep(void)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    for (int i = 0; i < GANGER_FINDINGS_MAX + 7; i++) {
        CU_ASSERT_EQUAL(ganger_findings_have_room(&findings), i < GANGER_FINDINGS_MAX);
        ganger_findings_add(&findings, GANGER_STATUS_MISUSE, "f", i, NULL, "m");
    }
    CU_ASSERT_EQUAL(findings.count, GANGER_FINDINGS_MAX);
    CU_ASSERT_EQUAL(findings.total, GANGER_FINDINGS_MAX + 7);
    CU_ASSERT_EQUAL(findings.list[GANGER_FINDINGS_MAX - 1].line, GANGER_FINDINGS_MAX - 1);
    ganger_findings_clear(&findings);
    CU_ASSERT_EQUAL(findings.total, 0);
}

static void works_without_a_record(void)
{
    CU_ASSERT_EQUAL(ganger_findings_add(NULL, GANGER_STATUS_REFUSED, "f", 1, NULL, "m"),
                    GANGER_STATUS_REFUSED);
    CU_ASSERT_EQUAL(ganger_findings_out_of_memory(NULL), GANGER_STATUS_OUT_OF_MEMORY);
    CU_ASSERT_FALSE(ganger_findings_have_room(NULL));
    ganger_findings_clear(NULL);
}

static void moves_behind_what_is_there(void)
{
    struct ganger_findings from, to;
    ganger_findings_init(&from);
    ganger_findings_init(&to);
    for (int i = 0; i < 15; i++) {
        ganger_findings_add(&to, GANGER_STATUS_MISUSE, "to", i, NULL, "m");
        ganger_findings_add(&from, GANGER_STATUS_MISUSE, "from", i, NULL, "m");
    }
    ganger_findings_move(&from, &to);
    CU_ASSERT_EQUAL(from.count, 0);
    CU_ASSERT_EQUAL(from.total, 0);
    CU_ASSERT_EQUAL(to.count, GANGER_FINDINGS_MAX);
    CU_ASSERT_EQUAL(to.total, 30);
    CU_ASSERT_STRING_EQUAL(to.list[14].file, "to");
    CU_ASSERT_STRING_EQUAL(to.list[15].file, "from");
    CU_ASSERT_EQUAL(to.list[19].line, 4);
    ganger_findings_clear(&to);
}

static const struct ganger_test tests[] = {
    {"formats only the places given", formats_only_the_places_given},
    {"a short buffer is filled and terminated", a_short_buffer_is_filled_and_terminated},
    {"counts what it cannot keep", counts_what_it_cannot_keep},
    {"works without a record", works_without_a_record},
    {"moves behind what is there", moves_behind_what_is_there},
    {NULL, NULL},
};
const struct ganger_suite status_suite = {"status", "unit", tests};
