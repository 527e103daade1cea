/* The referee's planes of what a segment lets pass, against all states of its works. */
#include "check/planes.h"

#include "base/fixed.h"
#include "support/crowded.h"
#include "support/test.h"

#include <math.h>

static const int32_t whole[] = {0}; /* the only segment */

static double real(ganger_wide x)
{
    return ganger_wide_to(x, GANGER_UNIT_BITS, GANGER_DOWN);
}

/* The plane with some works finished and a mode at work, or none. */
static double height(struct ganger_plane_of *plane, uint32_t finished, int32_t mode)
{
    const struct ganger_problem *p = plane->facts->problem;
    double at = real(ganger_planes_untouched(plane));
    for (int32_t w = 0; w < p->works.count; w++) {
        ganger_wide more = ganger_planes_more(plane, w);
        CU_ASSERT(more >= 0);
        at += finished >> w & 1 ? real(more) : 0;
    }
    if (mode != GANGER_NONE) {
        ganger_wide less = ganger_planes_less(plane, mode);
        CU_ASSERT(less >= 0);
        at -= real(less);
    }
    return at;
}

/* How far the plane is above what passes, where it is nearest, in any mode or none. */
static double nearest(struct ganger_plane_of *plane, int32_t t, double volume, int32_t mode)
{
    const struct ganger_problem *p = plane->facts->problem;
    double least = INFINITY;
    for (uint32_t set = 0; set < 1U << p->works.count; set++) {
        if (p->works.count > GANGER_PLANES_WORKS
                ? mode == GANGER_NONE || !(set >> p->modes.work[mode] & 1)
                : crowded_may_be(p, set, mode)) {
            double passes = fmin(volume, crowded_capacity(p, t, set, mode));
            least = fmin(least, height(plane, set, mode) - passes);
        }
    }
    return least;
}

static void try_plane(const struct ganger_facts *facts, int32_t from, struct ganger_rng *rng)
{
    const struct ganger_problem *p = facts->problem;
    struct ganger_plane_of plane = ganger_planes_open(facts, whole, 1, from);
    for (int32_t t = 0; t <= p->time.periods; t += 3) {
        double volume = 25 * ganger_rng_unit(rng);
        bool lost = false;
        ganger_planes_at(&plane, t, ganger_wide_from(volume, GANGER_UNIT_BITS, GANGER_UP, &lost),
                         0);
        for (int32_t mode = GANGER_NONE; mode < p->modes.count; mode++) {
            double above = nearest(&plane, t, volume, mode);
            CU_ASSERT(above >= -1e-10);
            CU_ASSERT(p->works.count > GANGER_PLANES_WORKS || above < 1e-10);
        }
        if (crowded_may_be(p, (uint32_t)from, GANGER_NONE)) {
            double passes = fmin(volume, crowded_capacity(p, t, (uint32_t)from, GANGER_NONE));
            CU_ASSERT_DOUBLE_EQUAL(height(&plane, (uint32_t)from, GANGER_NONE), passes, 1e-10);
        }
    }
    CU_ASSERT(!plane.lost);
}

static void planes_are_never_below_what_passes(void)
{
    struct ganger_rng rng;
    int two = 0, many = 0;
    ganger_rng_init(&rng, 37, 0, 0);
    for (int i = 0; i < 120; i++) {
        struct ganger_problem *p = crowded_random(&rng, GANGER_PLANES_WORKS + 2);
        CU_ASSERT_FATAL(p != NULL);
        struct ganger_facts *facts = ganger_facts_create(p);
        CU_ASSERT_FATAL(facts != NULL);
        int32_t works = ganger_planes_works(p, whole, 1);
        try_plane(facts, 0, &rng);
        try_plane(facts, (1 << works) - 1, &rng);
        try_plane(facts, ganger_rng_below(&rng, 1 << works), &rng);
        two += works > 1;
        many += p->works.count > GANGER_PLANES_WORKS;
        ganger_facts_destroy(facts);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(two > 30 && many > 10);
}

static const struct ganger_test tests[] = {
    {"planes are never below what passes", planes_are_never_below_what_passes}, {NULL, NULL}};

const struct ganger_suite planes_suite = {"planes", "property", tests};
