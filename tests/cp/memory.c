/* Every allocation is made to fail once: nothing but a status comes of it. */
#include "cp/engine.h"
#include "cp/small.h"
#include "support/test.h"

#include <stdlib.h>

/* Builds with the k-th allocation failing; true if it got so far. */
static bool build_fails(const struct small *small, int64_t k)
{
    struct ganger_cp_solver *s = calloc(1, sizeof *s);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    s->fail_at = k;
    ganger_cp_build(s, &small->model);
    bool failed = s->failed;
    ganger_cp_destroy(s);
    return failed;
}

static bool solve_fails(const struct small *small, int64_t k, uint32_t stream)
{
    struct ganger_cp_solver *s;
    enum ganger_cp_outcome outcome;
    CU_ASSERT_EQUAL_FATAL(ganger_cp_create(&small->model, &s), GANGER_STATUS_OK);
    struct ganger_rng rng;
    ganger_rng_init(&rng, 6, stream, 0);
    small_stir(s, &rng);
    s->fail_at = k;
    s->reduce_at = 2;
    s->restart_at = 4;
    ganger_status status = ganger_cp_minimise(s, small->model.makespan, UINT64_MAX, &outcome);
    bool failed = s->failed;
    CU_ASSERT_EQUAL(status, failed ? GANGER_STATUS_OUT_OF_MEMORY : GANGER_STATUS_OK);
    s->fail_at = 0;
    status = ganger_cp_raise(s, small->model.makespan, UINT64_MAX, &outcome);
    CU_ASSERT_EQUAL(status, failed ? GANGER_STATUS_OUT_OF_MEMORY : GANGER_STATUS_OK);
    ganger_cp_destroy(s);
    return failed;
}

static void each_once(void)
{
    int64_t built = 0, solved = 0;
    for (uint32_t k = 0; k < 40; k++) {
        struct ganger_rng rng;
        struct small small;
        ganger_rng_init(&rng, 5, k, 0);
        small_random(&small, &rng, SMALL_TASKS);
        int64_t at = 1;
        while (build_fails(&small, at)) {
            at++;
        }
        built += at - 1;
        at = 1;
        while (solve_fails(&small, at, k)) {
            at++;
        }
        solved += at - 1;
    }
    CU_ASSERT(built > 40 * 30);
    CU_ASSERT(solved > 2 * 40);
}

static const struct ganger_test tests[] = {{"each allocation fails once", each_once}, {NULL, NULL}};
const struct ganger_suite memory_suite = {"memory", "oom", tests};
