/* Quantiles, ranks and rank correlation, against values worked out by hand. */
#include "risk/statistics.h"

#include "risk/suites.h"

#include <math.h>

static void quantiles(void)
{
    int32_t twenty[20], one[] = {7}, four[] = {40, 10, 30, 20};
    for (int32_t i = 0; i < 20; i++) {
        twenty[i] = (i * 7 + 3) % 20 + 1; /* 1 .. 20, mixed */
    }
    CU_ASSERT_EQUAL(ganger_risk_quantile(twenty, 20, 0.95), 19);
    CU_ASSERT_EQUAL(ganger_risk_quantile(twenty, 20, 0.5), 10);
    CU_ASSERT_EQUAL(ganger_risk_quantile(twenty, 20, 0.951), 20);
    CU_ASSERT_EQUAL(ganger_risk_quantile(twenty, 20, 1), 20);
    CU_ASSERT_EQUAL(ganger_risk_quantile(one, 1, 0.05), 7);
    CU_ASSERT_EQUAL(ganger_risk_quantile(four, 4, 0.5), 20);
    CU_ASSERT_EQUAL(ganger_risk_quantile(four, 4, 0.51), 30);
    CU_ASSERT_DOUBLE_EQUAL(ganger_risk_share_within(four, 4, 30), 0.75, 0);
    CU_ASSERT_DOUBLE_EQUAL(ganger_risk_share_within(four, 4, 9), 0, 0);
}

static void ranks(void)
{
    const int32_t values[] = {5, 1, 5, 9, 5};
    const double expected[] = {0, -2, 0, 2, 0}; /* 3, 1, 3, 5, 3 less 3 */
    double found[5];
    CU_ASSERT_FATAL(ganger_risk_ranks(values, 5, found));
    for (int i = 0; i < 5; i++) {
        CU_ASSERT_DOUBLE_EQUAL(found[i], expected[i], 0);
    }
}

static void correlation(void)
{
    const int32_t up[] = {1, 2, 3, 4, 5}, curved[] = {1, 4, 9, 16, 25}, down[] = {5, 4, 3, 2, 1},
                  mixed[] = {2, 1, 4, 3, 5}, level[] = {3, 3, 3, 3, 3};
    double a[5], b[5];
    ganger_risk_ranks(up, 5, a);
    ganger_risk_ranks(curved, 5, b);
    CU_ASSERT_DOUBLE_EQUAL(ganger_risk_correlation(a, b, 5), 1, 1e-15);
    ganger_risk_ranks(down, 5, b);
    CU_ASSERT_DOUBLE_EQUAL(ganger_risk_correlation(a, b, 5), -1, 1e-15);
    ganger_risk_ranks(mixed, 5, b); /* 1 - 6 * 4 / (5 * 24) */
    CU_ASSERT_DOUBLE_EQUAL(ganger_risk_correlation(a, b, 5), 0.8, 1e-15);
    ganger_risk_ranks(level, 5, b);
    CU_ASSERT(isnan(ganger_risk_correlation(a, b, 5)));
}

static const struct ganger_test tests[] = {
    {"quantiles", quantiles}, {"ranks", ranks}, {"correlation", correlation}, {NULL, NULL}};
const struct ganger_suite statistics_suite = {"statistics", "unit", tests};
