/*
 * Runs tasks in processes of their own, several side by side, so that one that crashes or hangs costs no
 * other its result.
 */
#ifndef GANGER_BENCH_QUALITY_POOL_H
#define GANGER_BENCH_QUALITY_POOL_H

#include "quality/record.h"

struct quality_pool {
    int tasks, jobs;
    double watchdog_s; /* a process is killed after this much wall time */
    /* Runs in the process of the task. `answer` starts as quality_answer_init() made it. */
    void (*work)(int task, struct quality_answer *answer, const void *context);
    /* Runs in the calling process, once a task, in the order in which they end. Processor time and peak memory
     * of the answer are those that the system counted. */
    void (*on_done)(int task, const struct quality_answer *answer, void *context);
    const void *work_context;
    void *done_context;
};

/* Returns when all tasks have ended. The caller must have no threads. */
void quality_pool_run(const struct quality_pool *pool);

#endif
