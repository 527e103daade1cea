#include "quality/summary.h"

#include "bench/made_up.h"
#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>

static const double epsilon = 1e-9;

static void set_effort(struct quality_record *record, double wall_s, int64_t schedules)
{
    record->answer.wall_s = wall_s;
    record->answer.schedules = schedules;
}

/* Set "a": 10 % above, equal, 5 % below the best known, one without best known, one without a plan, one
 * failed. Set "b": one proven optimal. */
static void make(struct quality_result *result)
{
    made_up_init(result, 8);
    struct quality_record *above = made_up_add(result, "a", "above", 110, 100);
    set_effort(above, 2, 1000);
    above->answer.critical_path = 88;
    above->rivals[0] = 102;
    above->answer.curve[0] = 150;
    above->answer.curve[1] = 110;
    struct quality_record *equal = made_up_add(result, "a", "equal", 50, 50);
    set_effort(equal, 4, 5000);
    equal->answer.critical_path = 40;
    equal->answer.curve[1] = 60;
    set_effort(made_up_add(result, "b", "optimal", 7, 7), 1, 0);
    result->record[2].answer.outcome = GANGER_OUTCOME_OPTIMAL;
    struct quality_record *below = made_up_add(result, "a", "below", 190, 200);
    set_effort(below, 3, 0);
    below->answer.critical_path = 152;
    below->rivals[0] = 200;
    struct quality_record *unknown = made_up_add(result, "a", "unknown", 30, NAN);
    unknown->answer.critical_path = 30;
    unknown->rivals[0] = 29;
    set_effort(made_up_add(result, "a", "without plan", NAN, 10), 7, 400);
    struct quality_record *failed = made_up_add(result, "a", "failed", 10, 10);
    set_effort(failed, 1000, 1000000);
    failed->answer.failed = true;
}

static void check_a(const struct quality_summary *a)
{
    CU_ASSERT_STRING_EQUAL(a->set, "a");
    CU_ASSERT_EQUAL(a->instances, 6);
    CU_ASSERT_EQUAL(a->failed, 1);
    CU_ASSERT_EQUAL(a->without_plan, 1);
    CU_ASSERT_EQUAL(a->equal, 1);
    CU_ASSERT_EQUAL(a->better, 1);
    CU_ASSERT_EQUAL(a->optimal, 0);
    CU_ASSERT_EQUAL(a->gap.count, 3);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&a->gap), (10 + 0 - 5) / 3.0, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(a->gap_max, 10, epsilon);
    CU_ASSERT_EQUAL(a->cpm_deviation.count, 4);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&a->cpm_deviation), (25 + 25 + 25 + 0) / 4.0,
                           epsilon);
    CU_ASSERT_EQUAL(a->wall_s.count, 4);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&a->wall_s), (2 + 4 + 3 + 7) / 4.0, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_summary_speed(a), (1000 + 5000 + 400) / (2.0 + 4 + 7), epsilon);
    /* The others' gap, only where there is one of ours; the curve, only where there was a plan. */
    CU_ASSERT_EQUAL(a->rivals[0].count, 2);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&a->rivals[0]), (2 + 0) / 2.0, epsilon);
    CU_ASSERT_EQUAL(a->curve[0].count, 1);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&a->curve[0]), 50, epsilon);
    CU_ASSERT_EQUAL(a->curve[1].count, 2);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&a->curve[1]), (10 + 20) / 2.0, epsilon);
}

static void figures_by_hand(void)
{
    struct quality_result result;
    int sets;
    make(&result);
    struct quality_summary *summaries =
        quality_summaries_make(result.record, result.records, &sets);
    CU_ASSERT_EQUAL_FATAL(sets, 2);
    check_a(&summaries[0]);
    CU_ASSERT_STRING_EQUAL(summaries[1].set, "b");
    CU_ASSERT_EQUAL(summaries[1].optimal, 1);
    CU_ASSERT_EQUAL(summaries[1].equal, 1);
    CU_ASSERT_TRUE(isnan(quality_summary_speed(&summaries[1])));
    CU_ASSERT_TRUE(isnan(quality_mean_value(&summaries[1].rivals[0])));
    free(summaries);
    quality_result_clear(&result);
}

/* Of a programme's value more is better: 10 % less than the best known, as much, 5 % more. */
static void programmes_by_hand(void)
{
    static const double values[] = {90, 100, 105}, bounds[] = {108, 100, NAN};
    struct quality_result result;
    int sets;
    made_up_init(&result, 3);
    for (int i = 0; i < 3; i++) {
        struct quality_record *record = made_up_add(&result, "p", "x", values[i], 100);
        record->answer.critical_path = NAN;
        record->answer.bound = bounds[i];
        record->answer.curve[0] = 80;
    }
    struct quality_summary *set = quality_summaries_make(result.record, result.records, &sets);
    CU_ASSERT_EQUAL(sets, 1);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&set->gap), (10 + 0 - 5) / 3.0, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(set->gap_max, 10, epsilon);
    CU_ASSERT_EQUAL(set->equal, 1);
    CU_ASSERT_EQUAL(set->better, 1);
    CU_ASSERT_EQUAL(set->bound_gap.count, 2);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&set->bound_gap), (20 + 0) / 2.0, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(set->bound_gap_max, 20, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&set->curve[0]), 20, epsilon);
    CU_ASSERT_FALSE(quality_record_is_impossible(&result.record[0]));
    result.record[0].answer.bound = 99; /* others reached 100 */
    CU_ASSERT_TRUE(quality_record_is_impossible(&result.record[0]));
    free(set);
    quality_result_clear(&result);
}

static void tells_the_impossible(void)
{
    struct quality_result result;
    made_up_init(&result, 1);
    struct quality_record *record = made_up_add(&result, "a", "x", 40, 42);
    CU_ASSERT_FALSE(quality_record_is_impossible(record)); /* better than known is possible */
    record->lower_bound = 40;
    record->answer.bound = 40;
    record->answer.critical_path = 40;
    CU_ASSERT_FALSE(quality_record_is_impossible(record));
    record->lower_bound = 41;
    CU_ASSERT_TRUE(quality_record_is_impossible(record));
    record->lower_bound = NAN;
    record->answer.bound = 41;
    CU_ASSERT_TRUE(quality_record_is_impossible(record));
    record->answer.value = 50;
    CU_ASSERT_FALSE(quality_record_is_impossible(record));
    record->answer.bound = 43;
    CU_ASSERT_TRUE(quality_record_is_impossible(record));
    record->answer.bound = NAN;
    record->answer.critical_path = 51;
    CU_ASSERT_TRUE(quality_record_is_impossible(record));
    quality_result_clear(&result);
}

static const struct ganger_test tests[] = {
    {"figures by hand", figures_by_hand},
    {"programmes by hand", programmes_by_hand},
    {"tells the impossible", tells_the_impossible},
    {NULL, NULL},
};
const struct ganger_suite summary_suite = {"summary", "unit", tests};
