/*
 * The result of a run, in memory and as a JSON file in Google Benchmark's schema: "context", and in
 * "benchmarks" one entry an instance (its time is that of the solve; the rest are user counters, left out
 * where unknown) and one aggregate a set.
 */
#ifndef GANGER_BENCH_QUALITY_RESULT_H
#define GANGER_BENCH_QUALITY_RESULT_H

#include "quality/measure.h"
#include "quality/record.h"

#include <jansson.h>

struct quality_result {
    json_t *context;
    int records;
    struct quality_record *record;
    int rivals;
    char *rival_names[QUALITY_RIVALS_MAX];
    struct quality_curve curve;
};

/* Written aside and renamed. False, with a message, if that fails. */
bool quality_result_write(const struct quality_result *result, const char *path);
/* False, with a message, if the file cannot be read or is no such result. Clear in either case. */
bool quality_result_read(struct quality_result *result, const char *path);
void quality_result_clear(struct quality_result *result);

/* A counter of struct quality_record. */
struct quality_counter {
    const char *name;
    size_t offset;
    bool integer; /* int64_t, else double */
};
/* Ends with a name NULL. */
extern const struct quality_counter quality_counters[];

/* Names of the counters of one rival and of one time of the curve; freed by the caller. */
char *quality_rival_counter(const char *rival);
char *quality_curve_counter(double time_s);

#endif
