#include "base/rng.h"

#include "base/suites.h"
#include <CUnit/CUnit.h>
#include <stdbool.h>

/* The known answers of Philox4x32-10 for counter 0 and key 0 (Random123's kat_vectors). */
static void gives_the_known_answers(void)
{
    static const uint32_t expected[] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    struct ganger_rng rng;
    uint32_t words[4];
    ganger_rng_init(&rng, 0, 0, 0);
    for (int i = 0; i < 4; i++) {
        words[i] = ganger_rng_word(&rng);
    }
    for (int i = 0; i < 4; i++) {
        /* The order of the words within a block is the generator's own affair. */
        bool found = false;
        for (int j = 0; j < 4; j++) {
            found = found || words[j] == expected[i];
        }
        CU_ASSERT_TRUE(found);
    }
}

static void streams_are_functions_of_their_names(void)
{
    struct ganger_rng a, b, stream, round, seed;
    int equal_stream = 0, equal_round = 0, equal_seed = 0;
    ganger_rng_init(&a, 5, 1, 9);
    ganger_rng_init(&b, 5, 1, 9);
    ganger_rng_init(&stream, 5, 2, 9);
    ganger_rng_init(&round, 5, 1, 10);
    ganger_rng_init(&seed, 6, 1, 9);
    for (int i = 0; i < 1000; i++) {
        uint32_t word = ganger_rng_word(&a);
        CU_ASSERT_EQUAL_FATAL(word, ganger_rng_word(&b));
        equal_stream += word == ganger_rng_word(&stream);
        equal_round += word == ganger_rng_word(&round);
        equal_seed += word == ganger_rng_word(&seed);
    }
    CU_ASSERT_TRUE(equal_stream < 3 && equal_round < 3 && equal_seed < 3);
}

static void draws_are_uniform(void)
{
    enum { BOUND = 7, DRAWS = 70000 };
    int hits[BOUND] = {0};
    double sum = 0;
    struct ganger_rng rng;
    ganger_rng_init(&rng, 1, 2, 3);
    for (int i = 0; i < DRAWS; i++) {
        int32_t draw = ganger_rng_below(&rng, BOUND);
        CU_ASSERT_FATAL(draw >= 0 && draw < BOUND);
        hits[draw]++;
        double unit = ganger_rng_unit(&rng);
        CU_ASSERT_FATAL(unit >= 0 && unit < 1);
        sum += unit;
    }
    /* Six standard deviations. */
    for (int i = 0; i < BOUND; i++) {
        CU_ASSERT_TRUE(hits[i] > DRAWS / BOUND - 560 && hits[i] < DRAWS / BOUND + 560);
    }
    CU_ASSERT_DOUBLE_EQUAL(sum / DRAWS, 0.5, 0.007);
    CU_ASSERT_EQUAL(ganger_rng_below(&rng, 1), 0);
}

/* The exponential distribution has mean and variance 1, and a median of ln 2. */
static void exponentials_have_their_moments(void)
{
    enum { DRAWS = 100000 };
    double sum = 0, squares = 0;
    int below = 0;
    struct ganger_rng rng;
    ganger_rng_init(&rng, 4, 2, 3);
    for (int i = 0; i < DRAWS; i++) {
        double draw = ganger_rng_exponential(&rng);
        CU_ASSERT_FATAL(draw >= 0);
        sum += draw;
        squares += draw * draw;
        below += draw < 0.69314718055994531;
    }
    /* Six standard deviations: 1, sqrt(20) and a half of each draw. */
    CU_ASSERT_DOUBLE_EQUAL(sum / DRAWS, 1, 0.019);
    CU_ASSERT_DOUBLE_EQUAL(squares / DRAWS, 2, 0.085);
    CU_ASSERT_DOUBLE_EQUAL((double)below / DRAWS, 0.5, 0.0095);
}

static const struct ganger_test tests[] = {
    {"gives the known answers", gives_the_known_answers},
    {"streams are functions of their names", streams_are_functions_of_their_names},
    {"draws are uniform", draws_are_uniform},
    {"exponentials have their moments", exponentials_have_their_moments},
    {NULL, NULL},
};
const struct ganger_suite rng_suite = {"rng", "unit", tests};
