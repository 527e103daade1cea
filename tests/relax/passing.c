/* Planes of what a segment lets pass, against all states of its works. */
#include "relax/passing.h"

#include "relax/worn.h"
#include "support/crowded.h"
#include "support/test.h"
#include "support/tiny.h"

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
            uint32_t others = set ^ plane.from;
            bool touches = (others & plane.from) == 0 && __builtin_popcount(others) < 2;
            touches =
                touches || (plane.from == (1U << works) - 1 && __builtin_popcount(others) < 2);
            if (mode == GANGER_NONE && touches) {
                CU_ASSERT_DOUBLE_EQUAL(above, 0, exact);
                touched->planes++;
            }
        }
        CU_ASSERT(nearest >= -exact);
        if (works <= GANGER_PASSING_WORKS && crowded_may_be(p, plane.from, GANGER_NONE)) {
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
        static const int32_t whole[] = {0};
        bool few = p->works.count <= GANGER_PASSING_WORKS, two = few && p->works.count > 1;
        for (int32_t t = 0; t <= p->time.periods; t += 3) {
            struct ganger_passing_parts parts = {1, whole, {ganger_relax_worn(p, 0, t)}, 0};
            struct ganger_passing s = ganger_passing_of(p, &parts);
            struct ganger_plane plane = {25 * ganger_rng_unit(&rng), 0};
            hold_against_states(&s, plane, t, &touched);
            double all = height(&s, plane, (1U << p->works.count) - 1, GANGER_NONE);
            if (two) {
                plane.from = (uint32_t)ganger_rng_below(&rng, 1 << p->works.count);
                hold_against_states(&s, plane, t, &touched);
                plane.from = (1U << p->works.count) - 1;
                hold_against_states(&s, plane, t, &touched);
                touched.twice +=
                    height(&s, plane, (1U << p->works.count) - 1, GANGER_NONE) < all - exact;
            }
        }
        ganger_problem_destroy(p);
    }
    CU_ASSERT(touched.planes > 1000 && touched.modes > 1000 && touched.twice > 100);
}

/* Two or three lines beside each other with up to three works each, some of them in stages. */
static struct ganger_problem *side_by_side(struct ganger_rng *rng, int lines)
{
    struct tiny t;
    tiny_init(&t, 10);
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,true");
    tiny_add(&t, TINY_DEMAND, "d,n0,n1,20");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    for (int l = 0, w = 0; l < lines; l++) {
        int works = 1 + ganger_rng_below(rng, lines == 2 ? 3 : 2);
        tiny_add(&t, TINY_LINK, "l%d,n0,n1,false,0.1", l);
        tiny_add(&t, TINY_SEGMENT, "s%d,l%d,n0,0,10,%d,0.1,0.3", l, l, ganger_rng_below(rng, 9));
        for (int i = 0; i < works; i++, w++) {
            tiny_add(&t, TINY_WORK, "w%d,repair,s%d,1,%d,%s,,,,,false,,,", w, l,
                     ganger_rng_below(rng, 6), ganger_rng_below(rng, 2) ? "true" : "false");
            tiny_add(&t, TINY_MODE, "w%d,a,1,1,0", w);
            tiny_add(&t, TINY_MODE, "w%d,b,2,1,0.%d", w, 1 + ganger_rng_below(rng, 9));
            if (i > 0 && ganger_rng_below(rng, 3) == 0) {
                tiny_add(&t, TINY_PRECEDENCE, "w%d,w%d,FS,0", w - 1, w);
            }
        }
    }
    return tiny_read(&t);
}

/* What works do: 0: nothing yet, 1: finished, 2 ..: at work in that mode. */
enum { IDLE, DONE, AT_WORK };

static int32_t mode_of(const struct ganger_problem *p, int32_t work, int doing)
{
    return doing >= AT_WORK ? p->works.first_mode[work] + doing - AT_WORK : GANGER_NONE;
}

/* May they be so? One at a time on a segment, and none begun before what comes first is finished. */
static bool may_be_so(const struct ganger_problem *p, const int *doing)
{
    bool may = true;
    for (int32_t w = 0; w < p->works.count; w++) {
        for (int32_t v = 0; v < p->works.count; v++) {
            bool together = v != w && p->works.segment[v] == p->works.segment[w];
            may = may && !(together && doing[v] >= AT_WORK && doing[w] >= AT_WORK);
            may = may && !(doing[w] != IDLE && doing[v] != DONE && together &&
                           ganger_problem_comes_first(p, v, w));
        }
    }
    return may;
}

static double capacity_so(const struct ganger_problem *p, int32_t t, const int *doing)
{
    double sum = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        double capacity = ganger_relax_worn(p, q, t), left = 1, gain = 0;
        for (int32_t w = 0; w < p->works.count; w++) {
            if (p->works.segment[w] != q) {
                continue;
            }
            gain += doing[w] == DONE ? p->works.gain[w] : 0;
            capacity = doing[w] == DONE && p->works.renews[w] ? p->segments.capacity[q] : capacity;
            left = doing[w] >= AT_WORK ? p->modes.factor[mode_of(p, w, doing[w])] : left;
        }
        sum += left * (capacity + gain);
    }
    return sum;
}

/* How far the plane is above what passes; `at_work`: of the works that are. */
static double above_so(const struct ganger_passing *s, struct ganger_plane plane, int32_t t,
                       const int *doing, int *at_work)
{
    const struct ganger_problem *p = s->problem;
    double height = ganger_passing_untouched(s, plane);
    *at_work = 0;
    for (int32_t i = 0; i < s->works; i++) {
        int now = doing[s->work[i]];
        if (now == DONE) {
            height += ganger_passing_more(s, plane, i);
        } else if (now >= AT_WORK) {
            int32_t mode = mode_of(p, s->work[i], now);
            height -= ganger_passing_less(s, plane, i, p->modes.factor[mode]);
            ++*at_work;
        }
    }
    return height - fmin(plane.volume, capacity_so(p, t, doing));
}

static void lines_side_by_side_pass_what_they_do_together(void)
{
    static const int32_t segments[] = {0, 1, 2};
    struct ganger_rng rng;
    int looked = 0, together = 0, touched = 0;
    ganger_rng_init(&rng, 57, 0, 0);
    for (int i = 0; i < 200; i++) {
        int lines = 2 + i % 2;
        struct ganger_problem *p = side_by_side(&rng, lines);
        CU_ASSERT_FATAL(p != NULL && p->works.count <= GANGER_PASSING_WORKS);
        int32_t t = ganger_rng_below(&rng, p->time.periods);
        struct ganger_passing_parts parts = {lines, segments, {0}, 0};
        for (int32_t q = 0; q < lines; q++) {
            parts.worn[q] = ganger_relax_worn(p, q, t);
        }
        struct ganger_passing s = ganger_passing_of(p, &parts);
        struct ganger_plane plane = {1 + 25 * ganger_rng_unit(&rng),
                                     (uint32_t)ganger_rng_below(&rng, 1 << p->works.count)};
        int doing[GANGER_PASSING_WORKS] = {0}, states = 1, at_work;
        for (int32_t w = 0; w < p->works.count; w++) {
            states *= AT_WORK + 2;
        }
        for (int state = 0; state < states; state++) {
            for (int32_t w = 0, rest = state; w < p->works.count; w++, rest /= AT_WORK + 2) {
                doing[w] = rest % (AT_WORK + 2);
            }
            if (may_be_so(p, doing)) {
                double above = above_so(&s, plane, t, doing, &at_work);
                CU_ASSERT(above >= -exact);
                looked++;
                together += at_work > 1;
                touched += at_work > 1 && above < exact;
            }
        }
        ganger_problem_destroy(p);
    }
    CU_ASSERT(looked > 10000 && together > 3000 && touched > 300);
}

static const struct ganger_test tests[] = {
    {"planes are never below what passes", planes_are_never_below_what_passes},
    {"lines side by side pass what they do together",
     lines_side_by_side_pass_what_they_do_together},
    {NULL, NULL}};

const struct ganger_suite passing_suite = {"passing", "property", tests};
