/*
 * Two results compared, instance by instance.
 */
#ifndef GANGER_BENCH_QUALITY_PAIRS_H
#define GANGER_BENCH_QUALITY_PAIRS_H

#include "quality/result.h"
#include "quality/summary.h"

/* An instance that both results have. */
struct quality_pair {
    const struct quality_record *a, *b;
    /* By how much B is worse, in % of the best known value, or of A's where none is known; so it is the
     * difference of the gaps. NaN unless both have a value. */
    double worse_percent;
};

/* The pairs of one set, seen from B. */
struct quality_set_pairs {
    const char *set;
    int first, count;          /* in the list of pairs */
    int wins, losses, ties;    /* where both have a value */
    int gained, lost;          /* a value in B only, in A only */
    struct quality_mean worse; /* mean of worse_percent */
    struct quality_mean gap_a, gap_b;
    double sign_p, wilcoxon_p;
};

struct quality_comparison {
    int pairs, sets, only_a, only_b;
    struct quality_pair *pair; /* set by set */
    struct quality_set_pairs *set;
};

/* Borrows the records. Clear it. */
void quality_comparison_make(struct quality_comparison *comparison, const struct quality_result *a,
                             const struct quality_result *b);
void quality_comparison_clear(struct quality_comparison *comparison);

/* True if in some set B is worse on average by more than `tolerance` percentage points, or lost a value. */
bool quality_comparison_is_worse(const struct quality_comparison *comparison, double tolerance);

#endif
