/*
 * GANGER_WIDE before an inner loop's function: each processor gets its widest vectors. Without contraction into fused
 * operations all variants give the same bits.
 */
#ifndef GANGER_BASE_WIDE_H
#define GANGER_BASE_WIDE_H

_Static_assert(sizeof(double) == 8, "the same bits on every machine take doubles of 64 bits");

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) &&                             \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define GANGER_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define GANGER_WIDE
#endif

#endif
