/*
 * Made-up results, small enough to compute their figures by hand.
 */
#ifndef GANGER_TESTS_BENCH_MADE_UP_H
#define GANGER_TESTS_BENCH_MADE_UP_H

#include "quality/result.h"

/* An empty result for so many records, with no rivals and no curve. */
void made_up_init(struct quality_result *result, int room);

/* Adds an instance with a makespan, or without a plan if value is NaN; its critical path is 1 and all else
 * unknown. The record stays the result's. */
struct quality_record *made_up_add(struct quality_result *result, const char *set,
                                   const char *instance, double value, double best_known);

#endif
