/*
 * The only place that knows OpenMP. Work is cut into jobs whose number and content never depend on the
 * number of threads; each job writes only what belongs to it, so results do not depend on threads either.
 */
#ifndef GANGER_PARALLEL_PARALLEL_H
#define GANGER_PARALLEL_PARALLEL_H

#include <stdint.h>

/* The number of threads to use: `requested` if positive, else what OMP_NUM_THREADS, affinity and the
 * cgroup (v2 cpu.max, v1 cfs quota) allow; at least 1. */
int ganger_parallel_threads(int requested);

/* Runs job(index, context) for index 0 .. jobs-1 on `threads` threads, in any order; returns when all are
 * done. */
void ganger_parallel_for(int threads, int32_t jobs, void (*job)(int32_t index, void *context),
                         void *context);

/* Runs job(index, context) for index 0 .. jobs-1, `abreast` of them at a time in the order of their numbers, each on a
 * thread of its own that may use this floor itself. If no thread can be had, jobs run one after another. Returns when all
 * are done. */
void ganger_parallel_abreast(int abreast, int32_t jobs, void (*job)(int32_t index, void *context),
                             void *context);

/* Runs release() once on each of `threads` threads: lets libraries drop what they keep per thread. */
void ganger_parallel_each_thread(int threads, void (*release)(void));

#endif
