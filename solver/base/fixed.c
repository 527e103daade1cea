#include "base/fixed.h"

#include <math.h>

enum { DOUBLE_BITS = 53, MOST_BITS = 120 };

ganger_wide ganger_wide_from(double x, int bits, enum ganger_toward toward, bool *lost)
{
    int exponent;
    if (!isfinite(x)) {
        *lost = true;
        return 0;
    }
    ganger_wide mantissa = (int64_t)ldexp(frexp(x, &exponent), DOUBLE_BITS);
    int left = exponent - DOUBLE_BITS + bits;
    if (left > MOST_BITS - DOUBLE_BITS) {
        *lost |= mantissa != 0;
        return 0;
    }
    if (left >= 0) {
        return mantissa * ((ganger_wide)1 << left);
    }
    return ganger_wide_shift(mantissa, -left < 64 ? -left : 64, toward);
}

double ganger_wide_to(ganger_wide x, int bits, enum ganger_toward toward)
{
    int shift = 0;
    if (toward == GANGER_UP) {
        return x == 0 ? 0 : -ganger_wide_to(-x, bits, GANGER_DOWN);
    }
    while ((x >> shift) >= (ganger_wide)1 << DOUBLE_BITS ||
           (x >> shift) < -((ganger_wide)1 << DOUBLE_BITS)) {
        shift++;
    }
    return ldexp((double)(int64_t)(x >> shift), shift - bits);
}
