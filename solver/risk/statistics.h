/* Quantiles, shares and rank correlation of whole numbers, such as boundaries. */
#ifndef GANGER_RISK_STATISTICS_H
#define GANGER_RISK_STATISTICS_H

#include <stdbool.h>
#include <stdint.h>

/* The least value that at least this share of the values does not exceed (nearest rank); 0 < share <= 1. Sorts the
 * values. */
int32_t ganger_risk_quantile(int32_t *values, int32_t count, double share);

/* Share of the values that are at most this. */
double ganger_risk_share_within(const int32_t *values, int32_t count, int32_t most);

/* Ranks from 1, equal values sharing the mean of theirs, less the mean of all ranks. False if memory is short. */
bool ganger_risk_ranks(const int32_t *values, int32_t count, double *ranks);

/* Spearman's rho of two lists of such ranks; NaN where one of them does not vary. */
double ganger_risk_correlation(const double *a, const double *b, int32_t count);

#endif
