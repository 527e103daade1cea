/*
 * Reals as integers: x stands for x * 2^-bits, with the bits agreed on where the number is made. Integers of
 * 128 bits, every rounding asked for by its direction, so that a sum is provably not below (or not above) the
 * real one on any compiler and processor.
 *
 * What does not fit is never wrapped: it sets *lost, and the result then means nothing. A whole computation
 * shares one flag and looks at it once, before it believes its result.
 */
#ifndef GANGER_BASE_FIXED_H
#define GANGER_BASE_FIXED_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 ganger_wide;

enum {
    GANGER_UNIT_BITS = 40,  /* money, freight, km, USD per tonne */
    GANGER_RATIO_BITS = 60, /* shares, factors, discount factors: up to 1 */
    GANGER_GRID_BITS = 30,  /* what a plan file keeps: prices and flows */
    GANGER_GRID_UNITS = 1 << (GANGER_UNIT_BITS - GANGER_GRID_BITS) /* units in a step of the grid */
};

enum ganger_toward { GANGER_DOWN, GANGER_UP };

/* x * 2^bits, rounded. Lost: NaN, or 2^120 and more. Exact where x has no finer bits. */
ganger_wide ganger_wide_from(double x, int bits, enum ganger_toward toward, bool *lost);
/* The nearest double of x * 2^-bits on that side. */
double ganger_wide_to(ganger_wide x, int bits, enum ganger_toward toward);

/* A number of the plan file's grid, in 2^-GANGER_GRID_BITS, rounded down: 0 <= x < GANGER_GRID_END. */
#define GANGER_GRID_END 0x1p22
static inline int64_t ganger_grid_floor(double x)
{
    return (int64_t)(x * (double)(INT64_C(1) << GANGER_GRID_BITS));
}

/* Back again; exact. */
static inline double ganger_grid_value(int64_t x)
{
    return (double)x / (double)(INT64_C(1) << GANGER_GRID_BITS);
}

static inline ganger_wide ganger_wide_add(ganger_wide a, ganger_wide b, bool *lost)
{
    ganger_wide sum;
    if (__builtin_add_overflow(a, b, &sum)) {
        *lost = true;
        return 0;
    }
    return sum;
}

static inline ganger_wide ganger_wide_subtract(ganger_wide a, ganger_wide b, bool *lost)
{
    ganger_wide difference;
    if (__builtin_sub_overflow(a, b, &difference)) {
        *lost = true;
        return 0;
    }
    return difference;
}

static inline ganger_wide ganger_wide_multiply(ganger_wide a, ganger_wide b, bool *lost)
{
    ganger_wide product;
    if (__builtin_mul_overflow(a, b, &product)) {
        *lost = true;
        return 0;
    }
    return product;
}

/* x / 2^bits; right shifts of negative numbers keep the sign with the compilers we build with. */
static inline ganger_wide ganger_wide_shift(ganger_wide x, int bits, enum ganger_toward toward)
{
    ganger_wide rest = x & (((ganger_wide)1 << bits) - 1);
    return (x >> bits) + (toward == GANGER_UP && rest != 0 ? 1 : 0);
}

/* a * b / 2^bits */
static inline ganger_wide ganger_wide_scale(ganger_wide a, ganger_wide b, int bits,
                                            enum ganger_toward toward, bool *lost)
{
    return ganger_wide_shift(ganger_wide_multiply(a, b, lost), bits, toward);
}

/* x / by, by > 0 */
static inline ganger_wide ganger_wide_divide(ganger_wide x, ganger_wide by,
                                             enum ganger_toward toward)
{
    ganger_wide quotient = x / by;
    ganger_wide rest = x % by;
    if (toward == GANGER_DOWN) {
        return rest < 0 ? quotient - 1 : quotient;
    }
    return rest > 0 ? quotient + 1 : quotient;
}

#endif
