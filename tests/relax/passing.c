/* Planes of what a segment lets pass, against all states of its works. */
#include "relax/passing.h"

#include "relax/worn.h"
#include "support/crowded.h"
#include "support/test.h"

#include <math.h>

static const double exact = 1e-9;

/* The plane with some works finished and a mode at work, or none. */
static double height(const struct ganger_passing *s, struct ganger_plane plane, uint32_t finished,
                     int32_t mode)
{
    const struct ganger_problem *p = s->problem;
    double at = ganger_passing_untouched(s, plane);
    for (int32_t i = 0; i < s->works; i++) {
        double more = ganger_passing_more(s, plane, i);
        CU_ASSERT(more >= 0);
        at += finished >> i & 1 ? more : 0;
    }
    if (mode != GANGER_NONE) {
        double less = ganger_passing_less(s, plane, p->modes.work[mode], p->modes.factor[mode]);
        CU_ASSERT(less >= 0);
        at -= less;
    }
    return at;
}

struct touched {
    int planes, modes, twice; /* touched where it must be; by a mode; where planes differ */
};

/* One plane: nowhere below what passes, and touching it where it begins, and for each mode somewhere. */
static void hold_against_states(const struct ganger_passing *s, struct ganger_plane plane,
                                int32_t t, struct touched *touched)
{
    const struct ganger_problem *p = s->problem;
    int32_t works = p->works.count;
    for (int32_t mode = GANGER_NONE; mode < p->modes.count; mode++) {
        double nearest = INFINITY;
        for (uint32_t set = 0; set < 1U << works; set++) {
            if (!crowded_may_be(p, set, mode)) {
                continue;
            }
            double passes = fmin(plane.volume, crowded_capacity(p, t, set, mode));
            double above = height(s, plane, set, mode) - passes;
            nearest = fmin(nearest, above);
            int32_t others =
                plane.finished ? works - __builtin_popcount(set) : __builtin_popcount(set);
            if (mode == GANGER_NONE && others < 2) {
                CU_ASSERT_DOUBLE_EQUAL(above, 0, exact);
                touched->planes++;
            }
        }
        CU_ASSERT(nearest >= -exact);
        if (works <= GANGER_PASSING_WORKS) {
            CU_ASSERT_DOUBLE_EQUAL(nearest, 0, exact);
            touched->modes += mode != GANGER_NONE;
        }
    }
}

static void planes_are_never_below_what_passes(void)
{
    struct ganger_rng rng;
    struct touched touched = {0, 0, 0};
    ganger_rng_init(&rng, 31, 0, 0);
    for (int i = 0; i < 120; i++) {
        struct ganger_problem *p = crowded_random(&rng, GANGER_PASSING_WORKS + 2);
        CU_ASSERT_FATAL(p != NULL);
        bool two = ganger_passing_has_two(p, 0);
        CU_ASSERT_EQUAL(two, p->works.count > 1 && p->works.count <= GANGER_PASSING_WORKS);
        for (int32_t t = 0; t <= p->time.periods; t += 3) {
            struct ganger_passing s = ganger_passing_of(p, 0, ganger_relax_worn(p, 0, t));
            struct ganger_plane plane = {25 * ganger_rng_unit(&rng), false};
            hold_against_states(&s, plane, t, &touched);
            double all = height(&s, plane, (1U << p->works.count) - 1, GANGER_NONE);
            if (two) {
                plane.finished = true;
                hold_against_states(&s, plane, t, &touched);
                touched.twice +=
                    height(&s, plane, (1U << p->works.count) - 1, GANGER_NONE) < all - exact;
            }
        }
        ganger_problem_destroy(p);
    }
    CU_ASSERT(touched.planes > 1000 && touched.modes > 1000 && touched.twice > 100);
}

static const struct ganger_test tests[] = {
    {"planes are never below what passes", planes_are_never_below_what_passes}, {NULL, NULL}};

const struct ganger_suite passing_suite = {"passing", "property", tests};
