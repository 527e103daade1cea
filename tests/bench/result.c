#include "quality/result.h"

#include "bench/made_up.h"
#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-12 * fabs(a);
}

static void same_record(const struct quality_record *a, const struct quality_record *b)
{
    CU_ASSERT_STRING_EQUAL(a->set, b->set);
    CU_ASSERT_STRING_EQUAL(a->instance, b->instance);
    CU_ASSERT_EQUAL(a->answer.failed, b->answer.failed);
    CU_ASSERT_EQUAL(a->answer.outcome, b->answer.outcome);
    CU_ASSERT_STRING_EQUAL(a->answer.message, b->answer.message);
    CU_ASSERT_TRUE(same(a->answer.wall_s, b->answer.wall_s));
    for (const struct quality_counter *counter = quality_counters; counter->name; counter++) {
        const void *x = (const char *)a + counter->offset, *y = (const char *)b + counter->offset;
        CU_ASSERT_TRUE(counter->integer ? *(const int64_t *)x == *(const int64_t *)y
                                        : same(*(const double *)x, *(const double *)y));
    }
    for (int i = 0; i < 2; i++) {
        CU_ASSERT_TRUE(same(a->rivals[i], b->rivals[i]));
        CU_ASSERT_TRUE(same(a->answer.curve[i], b->answer.curve[i]));
    }
}

static void make(struct quality_result *result)
{
    made_up_init(result, 3);
    json_object_set_new(result->context, "rivals", json_pack("[ss]", "cp_1", "other"));
    json_object_set_new(result->context, "curve_s", json_pack("[ff]", 0.1, 10.0));
    result->rivals = 2;
    result->rival_names[0] = strdup("cp_1");
    result->rival_names[1] = strdup("other");
    result->curve = (struct quality_curve){2, {0.1, 10}};
    struct quality_record *record = made_up_add(result, "s", "a/b \"c\".txt", 110, 100);
    record->rivals[1] = 101.5;
    record->answer.curve[1] = 111;
    record->answer.wall_s = 1.0 / 3;
    record->answer.ticks = INT64_MAX;
    record->answer.schedules = 50000;
    made_up_add(result, "s", "none", NAN, NAN)->answer.wall_s = 2;
    record = made_up_add(result, "t", "failed", NAN, 7);
    record->answer.failed = true;
    record->answer.wall_s = 0; /* a schema without a time is none */
    strcpy(record->answer.message, "killed");
}

static void reads_what_it_wrote(void)
{
    struct quality_result result, again;
    make(&result);
    CU_ASSERT_TRUE(quality_result_write(&result, "result_test.json"));
    CU_ASSERT_TRUE_FATAL(quality_result_read(&again, "result_test.json"));
    CU_ASSERT_EQUAL_FATAL(again.records, 3);
    for (int i = 0; i < 3; i++) {
        same_record(&result.record[i], &again.record[i]);
    }
    CU_ASSERT_EQUAL(again.rivals, 2);
    CU_ASSERT_STRING_EQUAL(again.rival_names[1], "other");
    CU_ASSERT_EQUAL(again.curve.count, 2);
    CU_ASSERT_DOUBLE_EQUAL(again.curve.s[0], 0.1, 1e-12);
    CU_ASSERT_TRUE(json_equal(result.context, again.context));
    quality_result_clear(&again);
    quality_result_clear(&result);
    unlink("result_test.json");
}

static bool read_text(const char *text)
{
    struct quality_result result;
    FILE *file = fopen("result_test.json", "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
    bool good = quality_result_read(&result, "result_test.json");
    quality_result_clear(&result);
    unlink("result_test.json");
    return good;
}

static void refuses_other_files(void)
{
#define ENTRY(fields) "{\"context\":{},\"benchmarks\":[{\"name\":\"s/a\"" fields "}]}"
    CU_ASSERT_TRUE(read_text(ENTRY(",\"label\":\"feasible\"")));
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"context\":{}",
        "{\"context\":{}}",
        "{\"benchmarks\":[]}",
        ENTRY(""),
        ENTRY(",\"label\":\"good\""),
        ENTRY(",\"label\":\"feasible\",\"value\":\"7\""),
        ENTRY(",\"label\":\"feasible\",\"ticks\":1.5"),
        "{\"context\":{},\"benchmarks\":[{\"name\":\"a\",\"label\":\"feasible\"}]}",
        "{\"context\":{},\"benchmarks\":[7]}",
        "{\"context\":{\"curve_s\":[\"1\"]},\"benchmarks\":[]}",
        "{\"context\":{\"rivals\":[1]},\"benchmarks\":[]}",
        "{\"context\":{\"rivals\":[\"1\",\"2\",\"3\",\"4\",\"5\"]},\"benchmarks\":[]}",
    };
#undef ENTRY
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CU_ASSERT_FALSE(read_text(wrong[i]));
    }
}

static const struct ganger_test tests[] = {
    {"reads what it wrote", reads_what_it_wrote},
    {"refuses other files", refuses_other_files},
    {NULL, NULL},
};
const struct ganger_suite result_suite = {"result", "unit", tests};
