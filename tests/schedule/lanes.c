/* Renewables packed into lanes: widths, planes, use, and the bit that says "too much". */
#include "schedule/yard.h"
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

static struct yard y;

/* One work with a mode of `amounts` (and one of nothing), constant capacities. */
static void open_yard(int32_t renewables, const int32_t *capacity, const int32_t *amounts)
{
    memset(&y, 0, sizeof y);
    y.works = 1;
    y.modes = 2;
    y.renewables = renewables;
    y.periods = 7;
    for (int32_t r = 0; r < renewables; r++) {
        y.amount[0][r] = amounts[r];
        for (int32_t t = 0; t < y.periods; t++) {
            y.capacity[r][t] = capacity[r];
        }
    }
    CU_ASSERT_TRUE_FATAL(yard_seal(&y));
}

static bool crowded(uint32_t mode, const uint32_t *cells, int32_t t)
{
    for (int32_t k = 0; k < y.lanes->planes; k++) {
        uint32_t demand = y.lanes->demand[mode * (uint32_t)y.lanes->planes + (uint32_t)k];
        if (((cells[(int64_t)k * y.lanes->stride + t] + demand) & y.lanes->guard[k]) != 0) {
            return true;
        }
    }
    return false;
}

static void widths_follow_capacities(void)
{
    const int32_t capacity[] = {127, 128, 32767, 32768, 0, 1000000000};
    const int32_t width[] = {8, 16, 16, 32, 8, 32};
    open_yard(6, capacity, (const int32_t[6]){0});
    for (int32_t r = 0; r < 6; r++) {
        CU_ASSERT_EQUAL(y.lanes->width[r], width[r]);
        CU_ASSERT_TRUE(y.lanes->shift[r] + width[r] <= 32);
        for (int32_t s = 0; s < r; s++) {
            bool apart = y.lanes->plane[r] != y.lanes->plane[s] ||
                         y.lanes->shift[r] >= y.lanes->shift[s] + width[s] ||
                         y.lanes->shift[s] >= y.lanes->shift[r] + width[r];
            CU_ASSERT_TRUE(apart);
        }
    }
    CU_ASSERT_EQUAL(y.lanes->planes, 4); /* 8 8 16 | 16 | 32 | 32 */
    yard_close(&y);
}

static void five_narrow_lanes_need_two_planes(void)
{
    open_yard(5, (const int32_t[]){3, 3, 3, 3, 3}, (const int32_t[]){1, 1, 1, 1, 1});
    CU_ASSERT_EQUAL(y.lanes->planes, 2);
    CU_ASSERT_EQUAL(y.lanes->guard[0], 0x80808080U);
    CU_ASSERT_EQUAL(y.lanes->guard[1], 0x80U);
    yard_close(&y);
}

/* Up to its capacity, and not one more. */
static void the_guard_speaks_just_beyond(void)
{
    static const int32_t capacities[] = {1, 126, 127, 128, 32767, 32768, 1000000000};
    for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
        int32_t c = capacities[i];
        open_yard(1, &c, &c);
        CU_ASSERT_FALSE(crowded(0, y.lanes->empty, 0));
        CU_ASSERT_FALSE(crowded(1, y.lanes->empty, 0));
        CU_ASSERT_FALSE(y.lanes->hopeless[0]);
        /* Beyond the horizon everything is full, and takes nothing only. */
        CU_ASSERT_TRUE(crowded(0, y.lanes->empty, y.periods));
        CU_ASSERT_TRUE(crowded(0, y.lanes->empty, y.lanes->stride - 1));
        CU_ASSERT_FALSE(crowded(1, y.lanes->empty, y.periods));
        yard_close(&y);
        open_yard(1, &c, &(int32_t){c + 1});
        CU_ASSERT_TRUE(crowded(0, y.lanes->empty, 0));
        CU_ASSERT_TRUE(y.lanes->hopeless[0]);
        CU_ASSERT_FALSE(y.lanes->hopeless[1]);
        yard_close(&y);
    }
}

/* An amount that no lane could hold does not spill into the next lane. */
static void hopeless_amounts_stay_in_their_lane(void)
{
    open_yard(2, (const int32_t[]){5, 5}, (const int32_t[]){1000000000, 2});
    CU_ASSERT_TRUE(y.lanes->hopeless[0]);
    CU_ASSERT_EQUAL(y.lanes->demand[0], 0x0280U);
    yard_close(&y);
}

static void nothing_scarce(void)
{
    open_yard(0, NULL, NULL);
    CU_ASSERT_EQUAL(y.lanes->planes, 1);
    CU_ASSERT_EQUAL(y.lanes->guard[0], 0);
    for (int32_t t = 0; t < y.lanes->stride; t++) {
        CU_ASSERT_EQUAL(y.lanes->empty[t], 0);
    }
    CU_ASSERT_FALSE(crowded(0, y.lanes->empty, 0));
    yard_close(&y);
}

/* A mode is hopeless when even the best period has too little; no other period matters. */
static void hopeless_counts_the_best_period(void)
{
    memset(&y, 0, sizeof y);
    y.works = 1;
    y.modes = 2;
    y.renewables = 1;
    y.periods = 4;
    memcpy(y.capacity[0], (int32_t[]){1, 0, 6, 2}, 4 * sizeof(int32_t));
    y.amount[0][0] = 6;
    y.amount[1][0] = 7;
    CU_ASSERT_TRUE_FATAL(yard_seal(&y));
    CU_ASSERT_FALSE(y.lanes->hopeless[0]);
    CU_ASSERT_TRUE(y.lanes->hopeless[1]);
    for (int32_t t = 0; t < 4; t++) {
        CU_ASSERT_EQUAL(crowded(0, y.lanes->empty, t), t != 2);
    }
    yard_close(&y);
}

static bool exceeds(const int64_t *use, int32_t mode, int32_t t)
{
    for (int32_t r = 0; r < y.renewables; r++) {
        if (y.amount[mode][r] > 0 && use[r] + y.amount[mode][r] > y.capacity[r][t]) {
            return true;
        }
    }
    return false;
}

/* Fills a period of a random yard mode by mode as long as they fit; use and guard tell the truth. */
static int fill_period(struct ganger_rng *rng, uint32_t *cells, int32_t t)
{
    int64_t use[YARD_RENEWABLES] = {0};
    int wrong = 0;
    for (int k = 0; k < 12; k++) {
        int32_t mode = ganger_rng_below(rng, y.modes);
        bool over = exceeds(use, mode, t);
        wrong += crowded((uint32_t)mode, cells, t) != over;
        for (int32_t r = 0; !over && r < y.renewables; r++) {
            use[r] += y.amount[mode][r];
        }
        for (int32_t p = 0; !over && p < y.lanes->planes; p++) {
            cells[(int64_t)p * y.lanes->stride + t] += y.lanes->demand[mode * y.lanes->planes + p];
        }
        for (int32_t r = 0; r < y.renewables; r++) {
            wrong += ganger_lanes_use(y.lanes, cells, r, t) != use[r];
        }
    }
    return wrong;
}

/* The bits of whole words agree with what each cell says, and bits already set stay. */
static int crowded_words(struct ganger_rng *rng, const uint32_t *cells)
{
    uint64_t bits[YARD_PERIODS / 64 + 1] = {0};
    int32_t mode = ganger_rng_below(rng, y.modes), all = y.periods / 64 + 1;
    int32_t first = ganger_rng_below(rng, all), kept = ganger_rng_below(rng, 64), wrong = 0;
    bits[0] = UINT64_C(1) << kept;
    ganger_lanes_crowded(y.lanes, cells, mode, first, all - first, bits);
    for (int32_t t = 64 * first; t < y.periods; t++) {
        bool said = (bits[t / 64 - first] >> (t % 64) & 1) != 0;
        wrong += said != (crowded((uint32_t)mode, cells, t) || t == 64 * first + kept);
    }
    return wrong;
}

/* Every kernel finds the same bits. */
static int kernels_differ(struct ganger_rng *rng, const uint32_t *cells)
{
    struct ganger_serial_kernel kernels[3];
    uint64_t bits[3][YARD_PERIODS / 64 + 1] = {{0}};
    int32_t mode = ganger_rng_below(rng, y.modes), words = y.periods / 64 + 1, wrong = 0;
    int32_t count = ganger_serial_kernels(kernels);
    for (int32_t i = 0; i < count; i++) {
        for (int32_t k = 0; k < y.lanes->planes; k++) {
            kernels[i].crowd(cells + (int64_t)k * y.lanes->stride,
                             y.lanes->demand[mode * y.lanes->planes + k], y.lanes->guard[k],
                             bits[i], words);
        }
        wrong += memcmp(bits[i], bits[0], (size_t)words * sizeof **bits) != 0;
    }
    return wrong;
}

static void random_periods(void)
{
    int wrong = 0;
    for (uint32_t i = 0; i < 300; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 31, i, 0);
        yard_draw(&y, &rng, (int)(i % 3));
        CU_ASSERT_TRUE_FATAL(yard_seal(&y));
        size_t cells = (size_t)y.lanes->planes * (size_t)y.lanes->stride;
        uint32_t *copy = malloc(cells * sizeof *copy);
        CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
        memcpy(copy, y.lanes->empty, cells * sizeof *copy);
        for (int32_t t = 0; t < y.periods && t < 20; t++) {
            wrong += fill_period(&rng, copy, t);
        }
        wrong += crowded_words(&rng, copy) + kernels_differ(&rng, copy);
        free(copy);
        yard_close(&y);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static const struct ganger_test tests[] = {
    {"widths follow capacities", widths_follow_capacities},
    {"five narrow lanes need two planes", five_narrow_lanes_need_two_planes},
    {"the guard speaks just beyond", the_guard_speaks_just_beyond},
    {"hopeless amounts stay in their lane", hopeless_amounts_stay_in_their_lane},
    {"nothing scarce", nothing_scarce},
    {"hopeless counts the best period", hopeless_counts_the_best_period},
    {"random periods", random_periods},
    {NULL, NULL}};

const struct ganger_suite lanes_suite = {"lanes", "unit", tests};
