/* The samples are the same on any number of threads. */
#include "risk/samples.h"

#include "risk/cruciality.h"
#include "risk/suites.h"

#include <stdlib.h>
#include <string.h>

enum { COUNT = 203 };

static bool same(const void *a, const void *b, size_t bytes)
{
    return memcmp(a, b, bytes) == 0;
}

static void compare(const struct ganger_risk_samples *a, const struct ganger_risk_samples *b)
{
    const struct ganger_problem *p = a->world->problem;
    size_t works = (size_t)p->works.count, targets = (size_t)p->targets.count;
    CU_ASSERT(same(a->finish, b->finish, COUNT * sizeof *a->finish));
    CU_ASSERT(same(a->reached, b->reached, targets * COUNT * sizeof *a->reached));
    CU_ASSERT(same(a->missing_km, b->missing_km, targets * COUNT * sizeof *a->missing_km));
    CU_ASSERT(same(a->decides, b->decides, works * sizeof *a->decides));
    CU_ASSERT(same(a->decides_finish, b->decides_finish, works * sizeof *a->decides_finish));
    CU_ASSERT(same(a->decides_target, b->decides_target, works * sizeof *a->decides_target));
    CU_ASSERT(same(a->late, b->late, works * sizeof *a->late));
}

/* Returns how many different finishes there are, two at least counted. */
static int on_threads(const struct ganger_problem *problem, const struct ganger_plan *plan)
{
    const int threads[] = {1, 2, 5};
    struct ganger_risk_samples *samples[3] = {NULL};
    struct ganger_risk_world *world[3] = {NULL};
    struct ganger_risk_options options[3];
    double rho[3][2][32];
    int32_t works[32];
    for (int i = 0; i < 3; i++) {
        options[i] = risk_still();
        risk_overrun(&options[i], 10, 100);
        options[i].winter_percent = 20;
        options[i].samples = COUNT;
        options[i].threads = threads[i];
        world[i] = ganger_risk_world_create(problem, plan, &options[i]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(world[i]);
        samples[i] = ganger_risk_samples_create(world[i]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(samples[i]);
        memcpy(works, world[i]->order, (size_t)world[i]->steps * sizeof *works);
        memset(rho[i], 0, sizeof rho[i]);
        CU_ASSERT(ganger_risk_cruciality(samples[i], works, world[i]->steps, rho[i][0], rho[i][1]));
        compare(samples[0], samples[i]);
        CU_ASSERT(same(rho[0], rho[i], sizeof rho[0]));
    }
    int differ = 0;
    for (int i = 1; i < COUNT; i++) {
        differ += samples[0]->finish[i] != samples[0]->finish[0];
    }
    for (int i = 0; i < 3; i++) {
        ganger_risk_samples_destroy(samples[i]);
        ganger_risk_world_destroy(world[i]);
    }
    return differ;
}

static void same_samples(void)
{
    struct ganger_rng rng;
    int differ = 0;
    ganger_rng_init(&rng, 7, 0, 0);
    for (int i = 0; i < 6; i++) {
        struct ganger_problem *problem = tiny_random(
            &rng, (struct tiny_shape){.periods = 12, .works = 9, .longest = 4, .rails = i % 2});
        CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
        struct ganger_plan *plan = risk_drawn(problem, &rng);
        differ += plan ? on_threads(problem, plan) : 0;
        ganger_plan_destroy(plan);
        ganger_problem_destroy(problem);
    }
    CU_ASSERT(differ > COUNT);
}

static const struct ganger_test tests[] = {{"same samples", same_samples}, {NULL, NULL}};
const struct ganger_suite threads_suite = {"threads", "determinism", tests};
