/* The packed form: read back equal, the same bytes for the same instance, nothing left when writing fails. */
#include "base/file.h"
#include "instance/fixture.h"
#include "instance/suites.h"
#include "support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect_round_trip(const struct ganger_problem *p)
{
    struct ganger_findings findings;
    struct ganger_problem *q = NULL;
    char folder[SCRATCH_PATH];
    char *first = NULL, *second = NULL;
    size_t first_size = 0, second_size = 0;
    scratch_folder(folder);
    char *path = fixture_path(folder, "a.h5"), *again = fixture_path(folder, "b.h5");
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL_FATAL(ganger_problem_pack(p, path, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_problem_read(path, &q, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(findings.total, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(q);
    CU_ASSERT_TRUE(ganger_problem_equal(p, q));
    CU_ASSERT_STRING_EQUAL(p->sha256, q->sha256);
    CU_ASSERT_EQUAL(p->resources.budget, q->resources.budget);
    /* Packed again from the copy, over an existing file: byte for byte the same. */
    fixture_put(again, "old", 3);
    CU_ASSERT_EQUAL(ganger_problem_pack(q, again, &findings), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_file_load(path, path, &first, &first_size, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL(ganger_file_load(again, again, &second, &second_size, NULL), GANGER_STATUS_OK);
    CU_ASSERT_EQUAL_FATAL(first_size, second_size);
    CU_ASSERT_EQUAL(memcmp(first, second, first_size), 0);
    free(first);
    free(second);
    free(path);
    free(again);
    ganger_problem_destroy(q);
    fixture_remove(strdup(folder));
}

static void the_small_package_comes_back(void)
{
    struct ganger_problem *p = fixture_problem();
    expect_round_trip(p);
    ganger_problem_destroy(p);
}

static void empty_tables_come_back(void)
{
    static const struct fixture_change changes[] = {
        {"target.csv", NULL, "target_id,kind,by,km,shortfall_cost\n"},
        {"precedence.csv", NULL, "predecessor,successor\n"},
        {"demand.csv", NULL, "demand_id,origin,destination,value\n"},
        {"demand_profile.csv", NULL, "demand_id,from,mt_per_year\n"},
    };
    struct ganger_problem *p = NULL;
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(fixture_read(changes, 4, &p, &text), GANGER_STATUS_OK);
    free(text);
    expect_round_trip(p);
    ganger_problem_destroy(p);
}

static void the_instances_come_back(void)
{
    static const char *const names[] = {"steppe", "kazakhstan-2030"};
    for (int i = 0; i < 2; i++) {
        struct ganger_problem *p = NULL;
        struct ganger_findings findings;
        char *path = fixture_path(GANGER_SOURCE "/instances", names[i]);
        ganger_findings_init(&findings);
        ganger_status status = ganger_problem_read(path, &p, &findings);
        char *text = fixture_lines(&findings);
        CU_ASSERT_STRING_EQUAL(text, "");
        CU_ASSERT_EQUAL_FATAL(status, GANGER_STATUS_OK);
        expect_round_trip(p);
        ganger_problem_destroy(p);
        ganger_findings_clear(&findings);
        free(text);
        free(path);
    }
}

static void a_failure_leaves_what_was_there(void)
{
    struct ganger_problem *p = fixture_problem();
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    CU_ASSERT_EQUAL(ganger_problem_pack(p, "/nowhere/at/all.h5", &findings),
                    GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL_FATAL(findings.count, 1);
    CU_ASSERT_STRING_EQUAL(findings.list[0].file, "/nowhere/at/all.h5");
    CU_ASSERT_STRING_EQUAL(findings.list[0].message,
                           "cannot be written: No such file or directory");
    ganger_findings_clear(&findings);
    char folder[SCRATCH_PATH];
    scratch_folder(folder);
    char *taken = fixture_path(folder, "taken");
    CU_ASSERT_EQUAL(mkdir(taken, 0700), 0);
    CU_ASSERT_EQUAL(ganger_problem_pack(p, taken, &findings), GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_EQUAL(rmdir(taken), 0);
    CU_ASSERT_EQUAL(rmdir(folder), 0); /* so nothing was left aside */
    ganger_findings_clear(&findings);
    free(taken);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"the small package comes back", the_small_package_comes_back},
    {"empty tables come back", empty_tables_come_back},
    {"the instances come back", the_instances_come_back},
    {"a failure leaves what was there", a_failure_leaves_what_was_there},
    {NULL, NULL},
};
const struct ganger_suite pack_suite = {"pack", "unit", tests};
