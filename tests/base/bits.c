/* Sets of bits against sets of bytes. */
#include "base/bits.h"

#include "base/rng.h"
#include "base/suites.h"

#include <stdbool.h>
#include <string.h>

enum { SIZE = 200, WORDS = SIZE / 64 + 1 };

struct pair {
    uint64_t bits[WORDS];
    bool bytes[SIZE];
};

static bool same(const struct pair *pair)
{
    for (int32_t i = 0; i < WORDS * 64; i++) {
        bool has = pair->bits[i / 64] >> i % 64 & 1U;
        if (has != (i < SIZE && pair->bytes[i])) {
            return false;
        }
    }
    return true;
}

/* The first number of [from, to) that is in the set or not; `to` if there is none. */
static int32_t first_of(const struct pair *pair, int32_t from, int32_t to, bool has)
{
    int32_t i = from;
    while (i < to && pair->bytes[i] != has) {
        i++;
    }
    return i;
}

static int32_t last_of(const struct pair *pair, int32_t from, int32_t to)
{
    int32_t i = to - 1;
    while (i >= from && !pair->bytes[i]) {
        i--;
    }
    return i;
}

static void ranges_come_and_go(void)
{
    struct pair pair = {{0}, {false}};
    struct ganger_rng rng;
    ganger_rng_init(&rng, 5, 0, 0);
    for (int i = 0; i < 20000; i++) {
        int32_t from = ganger_rng_below(&rng, SIZE), reach = 1 + ganger_rng_below(&rng, 90);
        int32_t to = from + ganger_rng_below(&rng, reach);
        to = to < SIZE ? to : SIZE;
        bool add = ganger_rng_word(&rng) & 1U;
        if (add) {
            ganger_bits_add(pair.bits, from, to);
        } else {
            ganger_bits_drop(pair.bits, from, to);
        }
        memset(pair.bytes + from, add, (size_t)(to - from));
        CU_ASSERT(same(&pair));
        from = ganger_rng_below(&rng, SIZE);
        to = from + ganger_rng_below(&rng, SIZE - from + 1);
        CU_ASSERT_EQUAL(ganger_bits_next(pair.bits, from, to), first_of(&pair, from, to, true));
        CU_ASSERT_EQUAL(ganger_bits_next_gap(pair.bits, from, to),
                        first_of(&pair, from, to, false));
        CU_ASSERT_EQUAL(ganger_bits_last(pair.bits, from, to), last_of(&pair, from, to));
    }
}

static void starts_of_long_runs_are_kept(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 6, 0, 0);
    for (int i = 0; i < 5000; i++) {
        struct pair pair = {{0}, {false}}, kept = {{0}, {false}};
        int32_t length = 1 + ganger_rng_below(&rng, i % 2 ? 12 : SIZE);
        for (int32_t from = 0, to; from < SIZE; from = to + 1) {
            to = from + ganger_rng_below(&rng, SIZE - from + 1);
            ganger_bits_add(pair.bits, from, to);
            memset(pair.bytes + from, true, (size_t)(to - from));
        }
        for (int32_t from = 0; from + length <= SIZE; from++) {
            kept.bytes[from] = first_of(&pair, from, from + length, false) == from + length;
        }
        memcpy(kept.bits, pair.bits, sizeof kept.bits);
        ganger_bits_keep_runs(kept.bits, WORDS, length);
        CU_ASSERT(same(&kept));
    }
}

static const struct ganger_test tests[] = {
    {"ranges come and go", ranges_come_and_go},
    {"starts of long runs are kept", starts_of_long_runs_are_kept},
    {NULL, NULL}};

const struct ganger_suite bits_suite = {"bits", "unit", tests};
