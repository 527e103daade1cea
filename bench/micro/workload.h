/*
 * What is measured: instances, and lists for them such as the search makes.
 *
 * Forward, every other list is sorted by the latest finish rule with random blur, and the others are works by
 * start in schedules justified to both sides. Backward lists sort works by finish in the schedules of both.
 */
#ifndef GANGER_BENCH_MICRO_WORKLOAD_H
#define GANGER_BENCH_MICRO_WORKLOAD_H

#include "base/rng.h"
#include "makespan/model.h"
#include "micro/options.h"
#include "micro/scalar.h"

struct micro_instance {
    char *name;
    struct ganger_problem *problem;
    struct ganger_makespan_model *model;
    struct micro_scalar scalar;
    int32_t *lists[2]; /* [lists * works] by direction; NULL: not generated that way */
};

/* The instances of one argument. */
struct micro_set {
    char *name;
    int count, lists;
    struct micro_instance *instances;
};

/* False, with a message, if an instance cannot be read or is not for this generator. */
bool micro_set_read(struct micro_set *set, const char *path, const struct micro_options *options);
bool micro_set_generate(struct micro_set *set, const struct micro_options *options);
void micro_set_clear(struct micro_set *set);

/* sample.c: fills the instance's lists. */
void micro_lists_make(struct micro_instance *instance, int lists, struct ganger_rng *rng);

/* generate.c: an instance of so many works with 4 renewables; NULL, with a message, if that failed. */
struct ganger_problem *micro_problem_generate(int32_t works, uint64_t seed);

#endif
