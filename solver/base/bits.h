/* Sets of small numbers as bits: number i is bit i % 64 of word i / 64. Ranges are half open, and may be empty. */
#ifndef GANGER_BASE_BITS_H
#define GANGER_BASE_BITS_H

#include <stdint.h>

/* The first number of [from, to) that is in the set, or `to`. `flip`: the first that is not. */
static inline int32_t ganger_bits_find(const uint64_t *bits, int32_t from, int32_t to,
                                       uint64_t flip)
{
    uint64_t mask = UINT64_MAX << from % 64;
    for (int32_t word = from / 64; word * 64 < to; word++, mask = UINT64_MAX) {
        uint64_t found = (bits[word] ^ flip) & mask;
        if (found != 0) {
            int32_t at = word * 64 + __builtin_ctzll(found);
            return at < to ? at : to;
        }
    }
    return to;
}

static inline int32_t ganger_bits_next(const uint64_t *bits, int32_t from, int32_t to)
{
    return ganger_bits_find(bits, from, to, 0);
}

static inline int32_t ganger_bits_next_gap(const uint64_t *bits, int32_t from, int32_t to)
{
    return ganger_bits_find(bits, from, to, UINT64_MAX);
}

/* The last number of [from, to) that is in the set, or from - 1. */
static inline int32_t ganger_bits_last(const uint64_t *bits, int32_t from, int32_t to)
{
    for (int32_t end = to; end > from; end = (end - 1) / 64 * 64) {
        uint64_t found = bits[(end - 1) / 64] & UINT64_MAX >> (63 - (end - 1) % 64);
        if (found != 0) {
            int32_t at = (end - 1) / 64 * 64 + 63 - __builtin_clzll(found);
            return at >= from ? at : from - 1;
        }
    }
    return from - 1;
}

/* The bits of word `word` that belong to [from, to). */
static inline uint64_t ganger_bits_within(int32_t word, int32_t from, int32_t to)
{
    uint64_t mask = from > word * 64 ? UINT64_MAX << (from - word * 64) : UINT64_MAX;
    return to < word * 64 + 64 ? mask & ~(UINT64_MAX << (to - word * 64)) : mask;
}

static inline void ganger_bits_add(uint64_t *bits, int32_t from, int32_t to)
{
    for (int32_t word = from / 64; from < to && word <= (to - 1) / 64; word++) {
        bits[word] |= ganger_bits_within(word, from, to);
    }
}

static inline void ganger_bits_drop(uint64_t *bits, int32_t from, int32_t to)
{
    for (int32_t word = from / 64; from < to && word <= (to - 1) / 64; word++) {
        bits[word] &= ~ganger_bits_within(word, from, to);
    }
}

/* Leaves of a set in so many words those numbers with which a run of `length` of them begins. */
static inline void ganger_bits_keep_runs(uint64_t *bits, int32_t words, int32_t length)
{
    for (int32_t sure = 1, by; sure < length; sure += by) {
        by = sure < length - sure ? sure : length - sure;
        by = by < 63 ? by : 63;
        for (int32_t i = 0; i + 1 < words; i++) {
            bits[i] &= bits[i] >> by | bits[i + 1] << (64 - by);
        }
        bits[words - 1] &= bits[words - 1] >> by;
    }
}

#endif
