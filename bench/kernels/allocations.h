/*
 * Counting allocations: bench/allocations, loaded before the C library, does it.
 */
#ifndef GANGER_BENCH_KERNELS_ALLOCATIONS_H
#define GANGER_BENCH_KERNELS_ALLOCATIONS_H

#include <stdint.h>

/* So far in this process; -1 if nobody counts. */
int64_t kernel_allocations(void);

#endif
