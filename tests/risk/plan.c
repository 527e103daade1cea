/* The public function: what it says of a plan file, and what it refuses. */
#include "risk/suites.h"
#include "support/scratch.h"

#include <ganger/ganger.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A mandatory repair of 8 km that a target asks for, in the folder's plan file. */
static struct ganger_problem *repair(const char *path)
{
    struct tiny t;
    struct ganger_options search;
    struct ganger_summary summary;
    struct ganger_plan *plan = NULL;
    risk_tiny(&t, 60);
    tiny_add(&t, TINY_WORK, "fix,repair,q0,8,0,true,,,,,true,,0,");
    tiny_add(&t, TINY_MODE, "fix,only,20,1,1");
    tiny_add(&t, TINY_TARGET, "repaired,repair,30,8,1,false");
    struct ganger_problem *problem = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    ganger_options_init(&search);
    search.tick_limit = 20000;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &search, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_EQUAL_FATAL(ganger_plan_write(plan, problem, path, NULL), GANGER_STATUS_OK);
    ganger_plan_destroy(plan);
    return problem;
}

static const char *text_in(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "(none)";
}

static double number_in(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    CU_ASSERT(json_is_number(value));
    return json_number_value(value);
}

static json_t *risk_of(const struct ganger_problem *problem, const char *path,
                       struct ganger_risk_options options)
{
    char *text = NULL;
    options.json = true;
    CU_ASSERT_EQUAL_FATAL(ganger_plan_risk(problem, path, &options, &text, NULL), GANGER_STATUS_OK);
    json_t *tree = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(tree);
    free(text);
    return tree;
}

static void says_the_plan(void)
{
    char path[SCRATCH_PATH];
    scratch_file(path);
    struct ganger_problem *problem = repair(path);
    json_t *tree = risk_of(problem, path, risk_still());
    const json_t *target = json_array_get(json_object_get(tree, "targets"), 0);
    const json_t *finish = json_object_get(tree, "finish");
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(tree, "samples")), 1000);
    CU_ASSERT_EQUAL(json_integer_value(json_object_get(tree, "seed")), 0);
    CU_ASSERT_STRING_EQUAL(text_in(target, "target"), "repaired");
    CU_ASSERT_DOUBLE_EQUAL(number_in(target, "probability"), 1, 0);
    CU_ASSERT_DOUBLE_EQUAL(number_in(target, "shortfall_km"), 0, 0);
    for (const char *const *key = (const char *const[]){"planned", "p50", "p80", "p95", NULL}; *key;
         key++) {
        CU_ASSERT_STRING_EQUAL(text_in(target, *key), text_in(finish, "planned"));
        CU_ASSERT_STRING_EQUAL(text_in(finish, *key), text_in(finish, "planned"));
    }
    const json_t *work = json_array_get(json_object_get(tree, "works"), 0);
    CU_ASSERT_STRING_EQUAL(text_in(work, "work"), "fix");
    CU_ASSERT_STRING_EQUAL(text_in(work, "finish"), text_in(finish, "planned"));
    CU_ASSERT_DOUBLE_EQUAL(number_in(work, "share"), 1, 0);
    CU_ASSERT(json_is_null(json_object_get(work, "cruciality_finish"))); /* nothing varies */
    json_decref(tree);
    ganger_problem_destroy(problem);
    unlink(path);
}

/* One work of 20 weeks against a date after 30: late where its factor is above 1.5 (a duration of 30 rounds from 30.5). */
static void says_the_risk(void)
{
    char path[SCRATCH_PATH];
    scratch_file(path);
    struct ganger_problem *problem = repair(path);
    struct ganger_risk_options options = risk_still();
    options.samples = 4000;
    risk_overrun(&options, 25, 52.5);
    json_t *tree = risk_of(problem, path, options);
    const json_t *target = json_array_get(json_object_get(tree, "targets"), 0);
    CU_ASSERT_DOUBLE_EQUAL(number_in(target, "probability"), 0.9, 0.015);
    CU_ASSERT_DOUBLE_EQUAL(number_in(target, "shortfall_km"), 0.8, 0.12);
    const json_t *work = json_array_get(json_object_get(tree, "works"), 0);
    CU_ASSERT_DOUBLE_EQUAL(number_in(work, "cruciality_finish"), 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(number_in(work, "cruciality_targets"), 1, 1e-9);
    CU_ASSERT_STRING_EQUAL(text_in(target, "p50"), text_in(json_object_get(tree, "finish"), "p50"));
    CU_ASSERT(strcmp(text_in(target, "p50"), text_in(target, "p80")) < 0);
    CU_ASSERT(strcmp(text_in(target, "p80"), text_in(target, "p95")) < 0);
    json_decref(tree);
    risk_overrun(&options, 800,
                 900); /* two and a half times the five years and more after the horizon */
    tree = risk_of(problem, path, options);
    CU_ASSERT_DOUBLE_EQUAL(
        number_in(json_array_get(json_object_get(tree, "targets"), 0), "probability"), 0, 0);
    json_decref(tree);
    ganger_problem_destroy(problem);
    unlink(path);
}

static void writes_samples(void)
{
    char path[SCRATCH_PATH], folder[SCRATCH_PATH], table[SCRATCH_INSIDE], line[256];
    scratch_file(path);
    scratch_folder(folder);
    snprintf(table, sizeof table, "%s/samples.csv", folder);
    struct ganger_problem *problem = repair(path);
    struct ganger_risk_options options = risk_still();
    options.samples = 7;
    options.samples_path = table;
    json_decref(risk_of(problem, path, options));
    FILE *file = fopen(table, "re");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_PTR_NOT_NULL_FATAL(fgets(line, sizeof line, file));
    CU_ASSERT_STRING_EQUAL(line, "sample,finished,repaired reached,repaired km short\n");
    int rows = 0;
    while (fgets(line, sizeof line, file)) {
        CU_ASSERT_EQUAL(strtol(line, NULL, 10), rows++);
        CU_ASSERT_PTR_NOT_NULL(strstr(line, ",0\n"));
    }
    CU_ASSERT_EQUAL(rows, 7);
    fclose(file);
    struct ganger_findings findings;
    char *text = NULL;
    ganger_findings_init(&findings);
    snprintf(table, sizeof table, "%s/no/such/folder.csv", folder);
    CU_ASSERT_EQUAL(ganger_plan_risk(problem, path, &options, &text, &findings),
                    GANGER_STATUS_OUTPUT_FAILED);
    CU_ASSERT_PTR_NULL(text);
    CU_ASSERT_EQUAL(findings.count, 1);
    ganger_findings_clear(&findings);
    ganger_problem_destroy(problem);
    snprintf(table, sizeof table, "%s/samples.csv", folder);
    unlink(table);
    rmdir(folder);
    unlink(path);
}

static bool refused(const struct ganger_problem *problem, const char *path,
                    const struct ganger_risk_options *options, const char *what)
{
    struct ganger_findings findings;
    char *text = NULL;
    ganger_findings_init(&findings);
    bool misuse =
        ganger_plan_risk(problem, path, options, &text, &findings) == GANGER_STATUS_MISUSE &&
        findings.count == 1 && strcmp(findings.list[0].column, what) == 0 && !text;
    ganger_findings_clear(&findings);
    return misuse;
}

static void refuses(void)
{
    char path[SCRATCH_PATH];
    scratch_file(path);
    struct ganger_problem *problem = repair(path);
    struct ganger_risk_options options = risk_still();
    options.samples = 0;
    CU_ASSERT(refused(problem, path, &options, "samples"));
    options = risk_still();
    options.correlation_percent = 101;
    CU_ASSERT(refused(problem, path, &options, "correlation_percent"));
    options = risk_still();
    options.winter_percent = -1;
    CU_ASSERT(refused(problem, path, &options, "winter_percent"));
    options = risk_still();
    options.overrun[1] = (struct ganger_overrun){10, 5};
    CU_ASSERT(refused(problem, path, &options, "overrun"));
    options = risk_still();
    char *text = NULL;
    CU_ASSERT_EQUAL_FATAL(truncate(path, 0), 0);
    CU_ASSERT_EQUAL(ganger_plan_risk(problem, path, &options, &text, NULL),
                    GANGER_STATUS_INPUT_INVALID);
    ganger_problem_destroy(problem);
    unlink(path);
}

static const struct ganger_test tests[] = {{"says the plan", says_the_plan},
                                           {"says the risk", says_the_risk},
                                           {"writes samples", writes_samples},
                                           {"refuses", refuses},
                                           {NULL, NULL}};
const struct ganger_suite plan_suite = {"plan", "unit", tests};
