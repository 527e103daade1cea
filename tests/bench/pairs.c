#include "quality/pairs.h"

#include "bench/made_up.h"
#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>

static const double epsilon = 1e-9;

/* Two results of one set; instance i has values a[i] and b[i] and the best known value 100. */
static void make(struct quality_result *a, struct quality_result *b, int count,
                 const double (*values)[2])
{
    made_up_init(a, count + 2);
    made_up_init(b, count + 2);
    for (int i = 0; i < count; i++) {
        char name[] = {(char)('a' + i), '\0'};
        made_up_add(a, "s", name, values[i][0], 100);
    }
    for (int i = count; i-- > 0;) { /* the order does not matter */
        char name[] = {(char)('a' + i), '\0'};
        made_up_add(b, "s", name, values[i][1], 100);
    }
}

static const double mixed[][2] = {{110, 105}, {120, 118}, {100, 100}, {103, 104},
                                  {NAN, 130}, {140, NAN}, {105, 104}, {NAN, NAN}};

static void counts_by_hand(void)
{
    struct quality_result a, b;
    struct quality_comparison comparison;
    make(&a, &b, 8, mixed);
    made_up_add(&a, "s", "only a", 1, 1);
    made_up_add(&b, "r", "a", 1, 1);
    made_up_add(&b, "t", "a", 1, 1);
    quality_comparison_make(&comparison, &a, &b);
    CU_ASSERT_EQUAL(comparison.only_a, 1);
    CU_ASSERT_EQUAL(comparison.only_b, 2);
    CU_ASSERT_EQUAL_FATAL(comparison.sets, 1);
    const struct quality_set_pairs *set = &comparison.set[0];
    CU_ASSERT_EQUAL(set->count, 8);
    CU_ASSERT_EQUAL(set->wins, 3);
    CU_ASSERT_EQUAL(set->losses, 1);
    CU_ASSERT_EQUAL(set->ties, 1);
    CU_ASSERT_EQUAL(set->gained, 1);
    CU_ASSERT_EQUAL(set->lost, 1);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&set->gap_a), (10 + 20 + 0 + 3 + 5) / 5.0, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&set->gap_b), (5 + 18 + 0 + 4 + 4) / 5.0, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_mean_value(&set->worse), (-5 - 2 + 0 + 1 - 1) / 5.0, epsilon);
    /* 1 of 4 throws: 2 * (1 + 4) / 16. Ranks 1.5, 1.5, 3, 4 with 1.5 against: 2 * (1 + 2) / 16. */
    CU_ASSERT_DOUBLE_EQUAL(set->sign_p, 10.0 / 16, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(set->wilcoxon_p, 6.0 / 16, epsilon);
    quality_comparison_clear(&comparison);
    quality_result_clear(&a);
    quality_result_clear(&b);
}

static bool is_worse(const double (*values)[2], int count, double tolerance)
{
    struct quality_result a, b;
    struct quality_comparison comparison;
    make(&a, &b, count, values);
    quality_comparison_make(&comparison, &a, &b);
    bool worse = quality_comparison_is_worse(&comparison, tolerance);
    quality_comparison_clear(&comparison);
    quality_result_clear(&a);
    quality_result_clear(&b);
    return worse;
}

static void gate_lets_through_what_is_tolerated(void)
{
    static const double half_a_point[][2] = {{100, 102}, {110, 109}};
    static const double lost[][2] = {{100, 100}, {110, NAN}};
    static const double equal[][2] = {{100, 100}};
    CU_ASSERT_TRUE(is_worse(half_a_point, 2, 0.49));
    CU_ASSERT_FALSE(is_worse(half_a_point, 2, 0.5));
    CU_ASSERT_TRUE(is_worse(half_a_point, 2, 0));
    CU_ASSERT_TRUE(is_worse(lost, 2, 100));
    CU_ASSERT_FALSE(is_worse(equal, 1, 0));
}

/* Without a critical path it is a programme's value, which is to be large. */
static void more_of_a_programme_is_better(void)
{
    struct quality_result a, b;
    struct quality_comparison comparison;
    made_up_init(&a, 1);
    made_up_init(&b, 1);
    made_up_add(&a, "s", "x", 200, NAN)->answer.critical_path = NAN;
    made_up_add(&b, "s", "x", 210, NAN)->answer.critical_path = NAN;
    quality_comparison_make(&comparison, &a, &b);
    CU_ASSERT_EQUAL(comparison.set[0].wins, 1);
    CU_ASSERT_DOUBLE_EQUAL(comparison.pair[0].worse_percent, -5, epsilon);
    CU_ASSERT_TRUE(isnan(quality_mean_value(&comparison.set[0].gap_a)));
    quality_comparison_clear(&comparison);
    quality_result_clear(&a);
    quality_result_clear(&b);
}

static const struct ganger_test tests[] = {
    {"counts by hand", counts_by_hand},
    {"the gate lets through what is tolerated", gate_lets_through_what_is_tolerated},
    {"more of a programme is better", more_of_a_programme_is_better},
    {NULL, NULL},
};
const struct ganger_suite pairs_suite = {"pairs", "unit", tests};
