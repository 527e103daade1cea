#include "report/suites.h"

#include "support/scratch.h"

#include <ganger/ganger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct ganger_suite *const ganger_suites[] = {&column_suite, &data_suite, &page_suite,
                                                    &risk_suite, NULL};

static char *read_all(const char *path)
{
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = calloc(size + 1, 1);
    CU_ASSERT_EQUAL(fread(text, 1, size, file), size);
    fclose(file);
    return text;
}

char *report_page(struct ganger_problem *problem, const char *risk_path)
{
    struct ganger_options options;
    struct ganger_summary summary;
    struct ganger_report_options wanted;
    struct ganger_plan *plan = NULL;
    char plan_path[SCRATCH_PATH], page_path[SCRATCH_PATH];
    scratch_file(plan_path);
    scratch_file(page_path);
    ganger_options_init(&options);
    options.tick_limit = 200000;
    options.threads = 1;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_write(plan, problem, plan_path, NULL), GANGER_STATUS_OK);
    ganger_report_options_init(&wanted);
    wanted.risk_path = risk_path;
    CU_ASSERT_EQUAL_FATAL(ganger_plan_report(problem, plan_path, &wanted, page_path, NULL),
                          GANGER_STATUS_OK);
    char *page = read_all(page_path);
    unlink(plan_path);
    unlink(page_path);
    ganger_plan_destroy(plan);
    return page;
}

char *report_between(const char **at, const char *open, const char *close)
{
    const char *begin = strstr(*at, open);
    const char *end = begin ? strstr(begin + strlen(open), close) : NULL;
    if (!end) {
        return NULL;
    }
    *at = end + strlen(close);
    begin += strlen(open);
    return strndup(begin, (size_t)(end - begin));
}

json_t *report_data(const char *page)
{
    char *text =
        report_between(&page, "<script type=\"application/json\" id=\"data\">", "</script>");
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    json_t *data = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(data);
    free(text);
    return data;
}
