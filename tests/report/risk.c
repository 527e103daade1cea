/* What is taken from the file of ganger risk, and what is refused and how. */
#include "report/parts.h"
#include "report/suites.h"
#include "support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ganger_status read_risk(const char *text, struct ganger_sheet *sheet,
                               struct ganger_findings *findings)
{
    struct ganger_paging paging = {0};
    char path[SCRATCH_PATH];
    scratch_file(path);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
    ganger_sheet_open(&paging.sheet);
    ganger_status status = ganger_page_risk(&paging, path, findings);
    unlink(path);
    *sheet = paging.sheet;
    return status;
}

static void takes(void)
{
    struct ganger_sheet sheet;
    CU_ASSERT_EQUAL_FATAL(
        read_risk("{\"samples\": 200, \"new\": {\"a\": 1}, \"finish\": {\"p50\": \"2030-12-31\", "
                  "\"p95\": null}, \"targets\": [{\"target\": \"t\", \"date\": \"2030-06-30\", "
                  "\"probability\": 0.25, \"p80\": null, \"more\": []}], \"works\": [{\"work\": "
                  "\"w\", \"share\": 1, \"name\": \"</script>\"}]}",
                  &sheet, NULL),
        GANGER_STATUS_OK);
    char *text = json_dumps(sheet.root, JSON_COMPACT | JSON_SORT_KEYS);
    CU_ASSERT_STRING_EQUAL(
        text, "{\"risk\":{\"finish\":{\"p50\":\"2030-12-31\"},\"samples\":200,\"targets\":[{"
              "\"date\":\"2030-06-30\",\"probability\":0.25,\"target\":\"t\"}],\"works\":[{"
              "\"name\":\"</script>\",\"share\":1,\"work\":\"w\"}]}}");
    free(text);
    ganger_sheet_clear(&sheet);
}

static void refuses(void)
{
    static const struct {
        const char *text, *column;
    } wrong[] = {
        {"", ""},
        {"[]", ""},
        {"{\"samples\": 1,", ""},
        {"{\"samples\": 1, \"samples\": 2, \"targets\": [], \"works\": []}", ""},
        {"{\"targets\": [], \"works\": []}", "samples"},
        {"{\"samples\": 0, \"targets\": [], \"works\": []}", "samples"},
        {"{\"samples\": \"9\", \"targets\": [], \"works\": []}", "samples"},
        {"{\"samples\": 9, \"works\": []}", "targets"},
        {"{\"samples\": 9, \"targets\": {}, \"works\": []}", "targets"},
        {"{\"samples\": 9, \"targets\": [3], \"works\": []}", "targets[0]"},
        {"{\"samples\": 9, \"targets\": [{\"target\": \"t\"}, {}], \"works\": []}",
         "targets[1].target"},
        {"{\"samples\": 9, \"targets\": [{\"target\": \"t\", \"probability\": 1.5}], \"works\": "
         "[]}",
         "targets[0].probability"},
        {"{\"samples\": 9, \"targets\": [{\"target\": \"t\", \"p50\": \"soon\"}], \"works\": []}",
         "targets[0].p50"},
        {"{\"samples\": 9, \"targets\": [], \"finish\": 3, \"works\": []}", "finish"},
        {"{\"samples\": 9, \"targets\": [], \"finish\": {\"p80\": 2030}, \"works\": []}", "p80"},
        {"{\"samples\": 9, \"targets\": [], \"works\": [{\"work\": \"w\"}]}", "works[0].share"},
        {"{\"samples\": 9, \"targets\": []}", "works"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct ganger_sheet sheet;
        struct ganger_findings findings;
        ganger_findings_init(&findings);
        CU_ASSERT_EQUAL(read_risk(wrong[i].text, &sheet, &findings), GANGER_STATUS_INPUT_INVALID);
        CU_ASSERT_EQUAL_FATAL(findings.count, 1);
        const char *column = findings.list[0].column ? findings.list[0].column : "";
        CU_ASSERT_STRING_EQUAL(column, wrong[i].column);
        CU_ASSERT(findings.list[0].line > 0 || column[0]);
        ganger_findings_clear(&findings);
        ganger_sheet_clear(&sheet);
    }
}

static const struct ganger_test tests[] = {{"takes", takes}, {"refuses", refuses}, {NULL, NULL}};
const struct ganger_suite risk_suite = {"risk", "unit", tests};
