#include "base/file.h"

#include "base/suites.h"
#include "support/scratch.h"
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[SCRATCH_PATH];

static void put(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(content, file);
    fclose(file);
}

static void expect_content(const char *path, const char *content)
{
    char *data = NULL;
    size_t size = 0;
    CU_ASSERT_EQUAL_FATAL(ganger_file_load(path, "shown", &data, &size, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(size, strlen(content));
    CU_ASSERT_STRING_EQUAL(data, content);
    free(data);
}

static void replaces_whole_or_not_at_all(void)
{
    char path[SCRATCH_INSIDE];
    scratch_folder(folder);
    snprintf(path, sizeof path, "%s/plan", folder);
    put(path, "old");
    char *aside = ganger_file_aside(path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(aside);
    put(aside, "new");
    expect_content(path, "old");
    CU_ASSERT_EQUAL(ganger_file_commit(aside, path, NULL), GANGER_STATUS_OK);
    expect_content(path, "new");
    CU_ASSERT_NOT_EQUAL(access(aside, F_OK), 0);

    put(aside, "half");
    ganger_file_discard(aside);
    CU_ASSERT_NOT_EQUAL(access(aside, F_OK), 0);
    ganger_file_discard(NULL);
    expect_content(path, "new");
    free(aside);
    unlink(path);
    rmdir(folder);
}

static bool fill(FILE *file, void *context)
{
    return fputs("half", file) != EOF && *(const bool *)context;
}

static void fills_whole_or_not_at_all(void)
{
    char path[SCRATCH_INSIDE], lost[SCRATCH_INSIDE];
    bool works = false;
    scratch_folder(folder);
    snprintf(path, sizeof path, "%s/plan", folder);
    snprintf(lost, sizeof lost, "%s/no/plan", folder);
    put(path, "old");
    CU_ASSERT_EQUAL(ganger_file_write(path, fill, &works, NULL), GANGER_STATUS_OUTPUT_FAILED);
    expect_content(path, "old");
    works = true;
    CU_ASSERT_EQUAL(ganger_file_write(lost, fill, &works, NULL), GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL(ganger_file_write(path, fill, &works, NULL), GANGER_STATUS_OK);
    expect_content(path, "half");
    unlink(path);
    CU_ASSERT_EQUAL(rmdir(folder), 0); /* nothing was left aside */
}

static void a_failed_commit_leaves_nothing_aside(void)
{
    char path[SCRATCH_INSIDE];
    struct ganger_findings findings;
    scratch_folder(folder);
    ganger_findings_init(&findings);
    snprintf(path, sizeof path, "%s/taken", folder);
    CU_ASSERT_EQUAL(mkdir(path, 0700), 0);
    char *aside = ganger_file_aside(path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(aside);
    put(aside, "new");
    CU_ASSERT_EQUAL(ganger_file_commit(aside, path, &findings), GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    CU_ASSERT_STRING_EQUAL(findings.list[0].message, "cannot be written: Is a directory");
    CU_ASSERT_NOT_EQUAL(access(aside, F_OK), 0);
    ganger_findings_clear(&findings);
    free(aside);
    rmdir(path);
    rmdir(folder);
}

static void refuses_what_is_not_a_file(void)
{
    char path[SCRATCH_INSIDE];
    char *data = NULL;
    size_t size = 1;
    struct ganger_findings findings;
    scratch_folder(folder);
    snprintf(path, sizeof path, "%s/pipe", folder);
    CU_ASSERT_EQUAL(mkfifo(path, 0600), 0);
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_file_load(path, "pipe", &data, &size, &findings),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_PTR_NULL(data);
    CU_ASSERT_STRING_EQUAL(findings.list[0].message, "is not a file");
    unlink(path);
    CU_ASSERT_EQUAL(ganger_file_load(path, "pipe", &data, &size, &findings),
                    GANGER_STATUS_INPUT_INVALID);
    CU_ASSERT_STRING_EQUAL(findings.list[1].message, "cannot be read: No such file or directory");
    ganger_findings_clear(&findings);
    rmdir(folder);
}

static void names_the_last_part(void)
{
    CU_ASSERT_STRING_EQUAL(ganger_file_name("a/b/c.csv"), "c.csv");
    CU_ASSERT_STRING_EQUAL(ganger_file_name("c.csv"), "c.csv");
    CU_ASSERT_STRING_EQUAL(ganger_file_name("a/"), "");
}

static const struct ganger_test tests[] = {
    {"replaces whole or not at all", replaces_whole_or_not_at_all},
    {"fills whole or not at all", fills_whole_or_not_at_all},
    {"a failed commit leaves nothing aside", a_failed_commit_leaves_nothing_aside},
    {"refuses what is not a file", refuses_what_is_not_a_file},
    {"names the last part", names_the_last_part},
    {NULL, NULL},
};
const struct ganger_suite file_suite = {"file", "unit", tests};
