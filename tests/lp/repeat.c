/* The same calls give the same bits on any thread. */
#include "lp/random_lp.h"
#include "parallel/parallel.h"
#include "support/test.h"

#include <string.h>

enum { JOBS = 12, SOLVES = 8, FIGURES = 1 + RANDOM_ROWS + RANDOM_COLUMNS };

struct record {
    double figure[JOBS][SOLVES][FIGURES];
    int64_t iterations[JOBS];
    bool solved[JOBS];
};

static void read_figures(const struct ganger_lp *lp, double *figure)
{
    *figure++ = ganger_lp_value(lp);
    for (int32_t i = 0; i < RANDOM_ROWS; i++) {
        *figure++ = ganger_lp_price(lp, i);
    }
    for (int32_t j = 0; j < RANDOM_COLUMNS; j++) {
        *figure++ = ganger_lp_level(lp, j);
    }
}

/* Job and job + JOBS / 2 do the same. */
static void solve_some(int32_t job, void *context)
{
    struct record *record = context;
    struct ganger_rng rng;
    ganger_rng_init(&rng, 14, (uint32_t)(job % (JOBS / 2)), 0);
    struct random_lp draft = random_lp_draw(&rng);
    struct ganger_lp *lp = random_lp_load(&draft);
    record->solved[job] = lp != NULL;
    for (int i = 0; lp && i < SOLVES; i++) {
        record->solved[job] = record->solved[job] && ganger_lp_solve(lp);
        read_figures(lp, record->figure[job][i]);
        random_lp_move(&draft, &rng);
        for (int32_t row = 0; row < RANDOM_ROWS; row++) {
            ganger_lp_set_upper(lp, row, draft.upper[row]);
        }
    }
    record->iterations[job] = lp ? ganger_lp_iterations(lp) : -1;
    ganger_lp_destroy(lp);
}

static void same_bits_on_any_thread(void)
{
    static struct record one, some;
    ganger_parallel_for(1, JOBS, solve_some, &one);
    for (int job = 0; job < JOBS / 2; job++) {
        int twin = job + JOBS / 2;
        CU_ASSERT(one.solved[job]);
        CU_ASSERT(memcmp(one.figure[job], one.figure[twin], sizeof one.figure[job]) == 0);
        CU_ASSERT_EQUAL(one.iterations[job], one.iterations[twin]);
    }
    for (int threads = 2; threads <= 5; threads++) {
        memset(&some, 0, sizeof some);
        ganger_parallel_for(threads, JOBS, solve_some, &some);
        CU_ASSERT(memcmp(one.figure, some.figure, sizeof one.figure) == 0);
        CU_ASSERT(memcmp(one.iterations, some.iterations, sizeof one.iterations) == 0);
        ganger_parallel_each_thread(threads, ganger_lp_release_thread);
    }
}

static const struct ganger_test tests[] = {{"same bits on any thread", same_bits_on_any_thread},
                                           {NULL, NULL}};

const struct ganger_suite repeat_suite = {"repeat", "determinism", tests};
