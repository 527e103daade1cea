/*
 * Tests of whether paired differences lean to one side. Two-sided; NaN and 0 differences do not count, and
 * with none left p is 1.
 */
#ifndef GANGER_BENCH_QUALITY_STATISTICS_H
#define GANGER_BENCH_QUALITY_STATISTICS_H

/* Exact sign test: the chance that so few of wins + losses fair throws fall to the rarer side. */
double quality_sign_test(int wins, int losses);

/* Wilcoxon's signed-rank test, midranks for ties. Exact for up to 200 differences, O(count^3); beyond, the
 * normal approximation, with corrections for ties and continuity. */
double quality_wilcoxon(const double *differences, int count);

#endif
