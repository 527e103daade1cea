#include "quality/statistics.h"

#include "bench/suites.h"
#include <CUnit/CUnit.h>
#include <math.h>
#include <stdlib.h>

static const double epsilon = 1e-9;

static void signs_by_hand(void)
{
    CU_ASSERT_DOUBLE_EQUAL(quality_sign_test(0, 0), 1, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_sign_test(5, 0), 2.0 / 32, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_sign_test(0, 5), 2.0 / 32, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_sign_test(8, 2), 2.0 * (1 + 10 + 45) / 1024, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_sign_test(5, 5), 1, epsilon);
    CU_ASSERT_TRUE(quality_sign_test(1000, 10) < 1e-100);
}

static void ranks_by_hand(void)
{
    const double all_up[] = {1, 2, 3, 4, 5};
    const double smallest_down[] = {-1, 2, 3, 4};
    const double tied[] = {1, 1, -1};
    const double nothing[] = {0, NAN, 0};
    const double with_nothing[] = {0, 1, NAN, 2, 3, 0, 4, 5};
    CU_ASSERT_DOUBLE_EQUAL(quality_wilcoxon(all_up, 5), 2.0 / 32, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_wilcoxon(smallest_down, 4), 2.0 * 2 / 16, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_wilcoxon(tied, 3), 1, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_wilcoxon(nothing, 3), 1, epsilon);
    CU_ASSERT_DOUBLE_EQUAL(quality_wilcoxon(with_nothing, 8), 2.0 / 32, epsilon);
}

/* Midrank of the size of differences[i], doubled, by counting. */
static int doubled_rank(const double *differences, int count, int i)
{
    int smaller = 0, equal = 0;
    for (int j = 0; j < count; j++) {
        smaller += fabs(differences[j]) < fabs(differences[i]);
        equal += fabs(differences[j]) <= fabs(differences[i]);
    }
    return smaller + 1 + equal;
}

/* The share of all sign patterns whose rank sum is as far from the middle, or farther. */
static double by_enumeration(const double *differences, int count)
{
    int ranks[12], total = 0, plus = 0, extreme = 0;
    for (int i = 0; i < count; i++) {
        ranks[i] = doubled_rank(differences, count, i);
        total += ranks[i];
        plus += differences[i] > 0 ? ranks[i] : 0;
    }
    for (int pattern = 0; pattern < 1 << count; pattern++) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += pattern >> i & 1 ? ranks[i] : 0;
        }
        extreme += abs(2 * sum - total) >= abs(2 * plus - total);
    }
    return (double)extreme / (1 << count);
}

static void ranks_as_enumerated(void)
{
    unsigned state = 1;
    for (int round = 0; round < 200; round++) {
        double differences[12];
        int count = 1 + round % 12;
        for (int i = 0; i < count; i++) { /* few sizes, so that ties abound */
            state = state * 1664525u + 1013904223u;
            differences[i] = (1 + (int)(state >> 16) % 7) * ((state >> 28) % 3 == 0 ? -0.5 : 0.5);
        }
        CU_ASSERT_DOUBLE_EQUAL(quality_wilcoxon(differences, count),
                               by_enumeration(differences, count), epsilon);
    }
}

/* One difference more makes the normal approximation take over; p must hardly move. */
static void approximation_joins_the_exact_test(void)
{
    double differences[201];
    for (int i = 0; i < 201; i++) {
        differences[i] = (1 + i / 3) * (i % 5 < 2 ? -1.0 : 1.0); /* leans to plus, with ties */
    }
    double exact = quality_wilcoxon(differences + 1, 200),
           normal = quality_wilcoxon(differences, 201);
    CU_ASSERT_TRUE(exact > 0.001 && exact < 0.2);
    CU_ASSERT_DOUBLE_EQUAL(exact, normal, 0.05 * exact);
}

static const struct ganger_test tests[] = {
    {"signs by hand", signs_by_hand},
    {"ranks by hand", ranks_by_hand},
    {"ranks as enumerated", ranks_as_enumerated},
    {"the approximation joins the exact test", approximation_joins_the_exact_test},
    {NULL, NULL},
};
const struct ganger_suite statistics_suite = {"statistics", "unit", tests};
