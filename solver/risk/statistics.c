#include "risk/statistics.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

int32_t ganger_risk_quantile(int32_t *values, int32_t count, double share)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    /* A share such as 0.95 is a little more or less in binary, and 0.95 * 20 must be 19. */
    int32_t rank = (int32_t)ceil(share * count * (1 - 1e-12));
    return values[rank > 0 ? rank - 1 : 0];
}

double ganger_risk_share_within(const int32_t *values, int32_t count, int32_t most)
{
    int32_t within = 0;
    for (int32_t i = 0; i < count; i++) {
        within += values[i] <= most;
    }
    return (double)within / count;
}

struct placed {
    int32_t value, place;
};

static int by_placed_value(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->value != y->value) {
        return x->value < y->value ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

bool ganger_risk_ranks(const int32_t *values, int32_t count, double *ranks)
{
    struct placed *sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    if (!sorted) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        sorted[i] = (struct placed){values[i], i};
    }
    qsort(sorted, (size_t)count, sizeof *sorted, by_placed_value);
    for (int32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && sorted[to].value == sorted[from].value; to++) {
        }
        for (int32_t i = from; i < to; i++) { /* ranks from + 1 ... to, less (count + 1) / 2 */
            ranks[sorted[i].place] = (from + 1.0 + to) / 2 - (count + 1.0) / 2;
        }
    }
    free(sorted);
    return true;
}

double ganger_risk_correlation(const double *a, const double *b, int32_t count)
{
    double ab = 0, aa = 0, bb = 0;
    for (int32_t i = 0; i < count; i++) {
        ab += a[i] * b[i];
        aa += a[i] * a[i];
        bb += b[i] * b[i];
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : NAN;
}
