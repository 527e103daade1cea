/*
 * What the kernels work on: a made-up network and programme, and a schedule for most of it.
 */
#ifndef GANGER_BENCH_KERNELS_YARD_H
#define GANGER_BENCH_KERNELS_YARD_H

#include "base/rng.h"
#include "freight/graph.h"
#include "schedule/schedule.h"

enum { KERNEL_SEED = 1, KERNEL_WORKS = 600 };

struct kernel_yard {
    struct ganger_problem *problem;
    struct ganger_schedule_frame *frame;
    struct ganger_graph *graph;
    /* A schedule that obeys every rule, and its placements in an order in which they can be placed. */
    struct ganger_schedule *schedule;
    int32_t placements;
    struct ganger_placement *placement;
    double *capacity; /* [(periods + 1) * links] Mt/yr that the schedule leaves */
};

/* False, with a message, if that failed; clear in either case. */
bool kernel_yard_init(struct kernel_yard *yard);
void kernel_yard_clear(struct kernel_yard *yard);

#endif
