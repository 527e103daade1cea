/* Integers for reals: rounded as asked, never wrapped. */
#include "base/fixed.h"

#include "base/rng.h"
#include "base/suites.h"

#include <float.h>
#include <math.h>

static bool same(double x, int bits, enum ganger_toward toward, int64_t right)
{
    bool lost = false;
    return ganger_wide_from(x, bits, toward, &lost) == right && !lost;
}

static void converts(void)
{
    CU_ASSERT_TRUE(same(0, 40, GANGER_UP, 0));
    CU_ASSERT_TRUE(same(-0.0, 40, GANGER_DOWN, 0));
    CU_ASSERT_TRUE(same(1.5, 1, GANGER_DOWN, 3));
    CU_ASSERT_TRUE(same(1.25, 1, GANGER_DOWN, 2));
    CU_ASSERT_TRUE(same(1.25, 1, GANGER_UP, 3));
    CU_ASSERT_TRUE(same(-1.25, 1, GANGER_DOWN, -3));
    CU_ASSERT_TRUE(same(-1.25, 1, GANGER_UP, -2));
    CU_ASSERT_TRUE(same(DBL_MIN, 60, GANGER_DOWN, 0));
    CU_ASSERT_TRUE(same(DBL_MIN, 60, GANGER_UP, 1));
    CU_ASSERT_TRUE(same(-DBL_TRUE_MIN, 60, GANGER_DOWN, -1));
    CU_ASSERT_TRUE(same(0.1, 54, GANGER_DOWN, 1801439850948198));
    CU_ASSERT_TRUE(same(0.1, 54, GANGER_UP, 1801439850948199));
}

static void too_large_is_lost(void)
{
    const double none[] = {(double)NAN, (double)INFINITY, -(double)INFINITY, 0x1p90, -DBL_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        bool lost = false;
        ganger_wide_from(none[i], 40, GANGER_DOWN, &lost);
        CU_ASSERT_TRUE(lost);
    }
    const ganger_wide most = (((ganger_wide)1 << 126) - 1) * 2 + 1;
    bool lost = false;
    CU_ASSERT_TRUE(ganger_wide_add(most, 0, &lost) == most && !lost);
    ganger_wide_add(most, 1, &lost);
    CU_ASSERT_TRUE(lost);
    lost = false;
    ganger_wide_subtract(-most, 2, &lost);
    CU_ASSERT_TRUE(lost);
    lost = false;
    ganger_wide_multiply(most / 2, 3, &lost);
    CU_ASSERT_TRUE(lost);
    lost = false;
    ganger_wide_scale((ganger_wide)1 << 64, (ganger_wide)1 << 63, 40, GANGER_UP, &lost);
    CU_ASSERT_TRUE(lost); /* what would fit after the shift is lost before it: refused, not wrong */
}

/* For random numbers: down <= exact <= up, at most one apart, and back again. */
static void brackets(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 11, 0, 0);
    int apart = 0;
    for (int i = 0; i < 20000; i++) {
        double x = ldexp(ganger_rng_unit(&rng) - 0.5, ganger_rng_below(&rng, 60) - 40);
        int bits = ganger_rng_below(&rng, 61);
        bool lost = false;
        ganger_wide down = ganger_wide_from(x, bits, GANGER_DOWN, &lost);
        ganger_wide up = ganger_wide_from(x, bits, GANGER_UP, &lost);
        CU_ASSERT_FALSE(lost);
        CU_ASSERT_TRUE(up == down || up == down + 1);
        CU_ASSERT_TRUE(ganger_wide_to(down, bits, GANGER_DOWN) <= x);
        CU_ASSERT_TRUE(ganger_wide_to(up, bits, GANGER_UP) >= x);
        apart += up != down;
        /* Products and quotients of integers with a remainder. */
        int64_t by = 1 + ganger_rng_below(&rng, 1000);
        ganger_wide low = ganger_wide_divide(down, by, GANGER_DOWN);
        ganger_wide high = ganger_wide_divide(down, by, GANGER_UP);
        CU_ASSERT_TRUE(low * by <= down && down < (low + 1) * by);
        CU_ASSERT_TRUE(high * by >= down && down > (high - 1) * by);
        ganger_wide small = ganger_wide_shift(down, 7, GANGER_DOWN);
        CU_ASSERT_TRUE(small * 128 <= down && down < (small + 1) * 128);
        small = ganger_wide_shift(down, 7, GANGER_UP);
        CU_ASSERT_TRUE(small * 128 >= down && down > (small - 1) * 128);
    }
    CU_ASSERT_TRUE(apart > 1000);
}

static void doubles_on_the_right_side(void)
{
    /* 2^80 + 1 has no double: its neighbours are 2^80 and the next. */
    ganger_wide x = ((ganger_wide)1 << 80) + 1;
    CU_ASSERT_EQUAL(ganger_wide_to(x, 40, GANGER_DOWN), 0x1p40);
    CU_ASSERT_EQUAL(ganger_wide_to(x, 40, GANGER_UP), nextafter(0x1p40, (double)INFINITY));
    CU_ASSERT_EQUAL(ganger_wide_to(-x, 40, GANGER_UP), -0x1p40);
    CU_ASSERT_EQUAL(ganger_wide_to(-x, 40, GANGER_DOWN), -nextafter(0x1p40, (double)INFINITY));
    CU_ASSERT_EQUAL(ganger_wide_to(0, 40, GANGER_UP), 0);
    CU_ASSERT_EQUAL(ganger_grid_floor(ganger_grid_value(12345)), 12345);
    CU_ASSERT_EQUAL(ganger_grid_floor(0x1p-30 * 1.75), 1);
}

static const struct ganger_test tests[] = {
    {"converts", converts}, {"too large is lost", too_large_is_lost},
    {"brackets", brackets}, {"doubles on the right side", doubles_on_the_right_side},
    {NULL, NULL},
};
const struct ganger_suite fixed_suite = {"fixed", "unit", tests};
