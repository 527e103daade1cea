/* Chains and bounds of random small problems against the optimum, found by trying every schedule. */
#include "makespan/model.h"
#include "makespan/shop.h"
#include "support/test.h"

enum { PROBLEMS = 120 };

static int32_t shortest(const struct ganger_makespan_model *m, int32_t w)
{
    int32_t least = INT32_MAX;
    for (int32_t i = m->first_mode[w]; i < m->first_mode[w + 1]; i++) {
        least = m->duration[i] < least ? m->duration[i] : least;
    }
    return least;
}

/* No work's chain is longer than the critical path, and one is as long. */
static bool chains_fit(const struct ganger_makespan_model *m)
{
    int32_t longest = 0;
    for (int32_t w = 0; w < m->works; w++) {
        int32_t through = m->head[w] + shortest(m, w) + m->tail[w];
        longest = through > longest ? through : longest;
    }
    return longest == m->critical_path;
}

static void bounds_hold(void)
{
    int wrong = 0, exact = 0, solved = 0;
    for (uint32_t i = 0; i < PROBLEMS; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 41, i, 0);
        enum shop_kind kind = (enum shop_kind)(i % SHOP_KINDS);
        struct ganger_problem *p = shop_random(&rng, kind);
        CU_ASSERT_PTR_NOT_NULL_FATAL(p);
        struct ganger_makespan_model *m = ganger_makespan_model_create(p);
        CU_ASSERT_PTR_NOT_NULL_FATAL(m);
        int32_t best = shop_best(p);
        wrong += m->bound > best || m->bound < m->critical_path || !chains_fit(m);
        wrong += kind == SHOP_FREE && m->critical_path != best;
        solved += best < INT32_MAX;
        exact += m->bound == best;
        ganger_makespan_model_destroy(m);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(exact > solved / 3 && exact < solved);
}

static const struct ganger_test tests[] = {{"bounds hold", bounds_hold}, {NULL, NULL}};

const struct ganger_suite chains_suite = {"chains", "property", tests};
