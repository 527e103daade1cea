#include "quality/statistics.h"

#include "quality/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_MAX = 200 };

double quality_sign_test(int wins, int losses)
{
    int n = wins + losses, rarer = wins < losses ? wins : losses;
    double p = 0;
    for (int i = 0; i <= rarer; i++) {
        p += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) - n * log(2.0));
    }
    return fmin(1.0, 2.0 * p);
}

static int by_size(const void *a, const void *b)
{
    double x = fabs(*(const double *)a), y = fabs(*(const double *)b);
    return (x > y) - (x < y);
}

/* What the two ways to p need. Ranks are doubled, so that midranks are whole. */
struct ranks {
    int count;
    int *doubled;
    long plus, minus; /* sums of the doubled ranks of positive and of negative differences */
    double ties;      /* sum of t^3 - t over groups of t equal sizes */
};

static void rank_group(struct ranks *ranks, const double *sorted, int from, int to)
{
    double t = to - from;
    for (int i = from; i < to; i++) {
        ranks->doubled[i] = from + 1 + to;
        *(sorted[i] > 0 ? &ranks->plus : &ranks->minus) += from + 1 + to;
    }
    ranks->ties += t * t * t - t;
}

static void rank_all(struct ranks *ranks, const double *sorted)
{
    for (int from = 0; from < ranks->count;) {
        int to = from + 1;
        while (to < ranks->count && fabs(sorted[to]) <= fabs(sorted[from])) {
            to++;
        }
        rank_group(ranks, sorted, from, to);
        from = to;
    }
}

/* Chance of each sum of ranks if every sign is a fair throw, built rank by rank; then its lower tail. */
static double exact_p(const struct ranks *ranks, long smaller)
{
    long total = ranks->plus + ranks->minus, reached = 0;
    double *chance = quality_allocate((size_t)total + 1, sizeof *chance), p = 0;
    chance[0] = 1;
    for (int i = 0; i < ranks->count; i++) {
        int rank = ranks->doubled[i];
        reached += rank;
        for (long sum = reached; sum >= 0; sum--) {
            chance[sum] = 0.5 * (chance[sum] + (sum >= rank ? chance[sum - rank] : 0));
        }
    }
    for (long sum = 0; sum <= smaller; sum++) {
        p += chance[sum];
    }
    free(chance);
    return 2.0 * p;
}

static double normal_p(const struct ranks *ranks, long smaller)
{
    double n = ranks->count;
    double mean = n * (n + 1) / 4;
    double variance = n * (n + 1) * (2 * n + 1) / 24 - ranks->ties / 48;
    double distance = fmax(0.0, mean - (double)smaller / 2 - 0.5);
    return erfc(distance / sqrt(2 * variance));
}

double quality_wilcoxon(const double *differences, int count)
{
    struct ranks ranks = {0};
    double *kept = quality_allocate((size_t)count, sizeof *kept);
    for (int i = 0; i < count; i++) {
        if (differences[i] < 0 || differences[i] > 0) {
            kept[ranks.count++] = differences[i];
        }
    }
    ranks.doubled = quality_allocate((size_t)ranks.count, sizeof *ranks.doubled);
    qsort(kept, (size_t)ranks.count, sizeof *kept, by_size);
    rank_all(&ranks, kept);
    long smaller = ranks.plus < ranks.minus ? ranks.plus : ranks.minus;
    double p = ranks.count == 0           ? 1
               : ranks.count <= EXACT_MAX ? exact_p(&ranks, smaller)
                                          : normal_p(&ranks, smaller);
    free(kept);
    free(ranks.doubled);
    return fmin(1.0, p);
}
