#include "relax/passing.h"

#include <math.h>

static int32_t works_on(const struct ganger_problem *p, int32_t segment)
{
    return p->segments.first_work[segment + 1] - p->segments.first_work[segment];
}

bool ganger_passing_has_two(const struct ganger_problem *problem, int32_t segment)
{
    int32_t works = works_on(problem, segment);
    return works > 1 && works <= GANGER_PASSING_WORKS;
}

static bool few(const struct ganger_passing *s)
{
    return s->works <= GANGER_PASSING_WORKS;
}

static uint32_t all(const struct ganger_passing *s)
{
    return (1U << s->works) - 1;
}

/* Finished works, added up. */
struct finished {
    double gain;
    bool renews;
};

static void finish(const struct ganger_passing *s, int32_t i, struct finished *done)
{
    const struct ganger_problem *p = s->problem;
    int32_t work = p->segments.work_list[p->segments.first_work[s->segment] + i];
    done->gain += p->works.gain[work];
    done->renews = done->renews || p->works.renews[work];
}

static double capacity_of(const struct ganger_passing *s, struct finished done)
{
    double base = fmax(s->worn, s->problem->segments.capacity[s->segment]);
    return (done.renews ? base : s->worn) + done.gain;
}

struct ganger_passing ganger_passing_of(const struct ganger_problem *problem, int32_t segment,
                                        double worn)
{
    struct ganger_passing s = {problem, segment, works_on(problem, segment), worn, {0}, {0}};
    const int32_t *on = problem->segments.work_list + problem->segments.first_work[segment];
    for (int32_t i = 0; few(&s) && i < s.works; i++) {
        for (int32_t k = 0;
             problem->works.stage_to[on[i]] > problem->works.stage_from[on[i]] && k < s.works;
             k++) {
            s.first[i] |= (uint32_t)ganger_problem_comes_first(problem, on[k], on[i]) << k;
        }
    }
    for (uint32_t set = 0; few(&s) && set <= all(&s); set++) {
        struct finished done = {0, false};
        for (int32_t i = 0; i < s.works; i++) {
            if (set >> i & 1) {
                finish(&s, i, &done);
            }
        }
        s.capacity[set] = capacity_of(&s, done);
    }
    return s;
}

/* What passes with a set of works finished. */
static double phi(const struct ganger_passing *s, double volume, uint32_t set)
{
    return fmin(volume, s->capacity[set]);
}

/* Does the set hold what comes before each of its works? */
static bool may_be(const struct ganger_passing *s, uint32_t set)
{
    bool may = true;
    for (int32_t i = 0; i < s->works; i++) {
        may = may && (!(set >> i & 1) || !(s->first[i] & ~set));
    }
    return may;
}

/* With all others finished, but for those that the work comes before. */
static double last_adds(const struct ganger_passing *s, double volume, int32_t i)
{
    uint32_t others = all(s) & ~(1U << i);
    for (int32_t k = 0; k < s->works; k++) {
        others &= ~((s->first[k] >> i & 1) << k);
    }
    return phi(s, volume, others | 1U << i) - phi(s, volume, others);
}

double ganger_passing_untouched(const struct ganger_passing *passing, struct ganger_plane plane)
{
    const struct ganger_passing *s = passing;
    if (!plane.finished) {
        return fmin(plane.volume, s->worn);
    }
    double passes = phi(s, plane.volume, all(s));
    for (int32_t i = 0; i < s->works; i++) {
        passes -= last_adds(s, plane.volume, i);
    }
    return passes;
}

double ganger_passing_more(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i)
{
    const struct ganger_passing *s = passing;
    if (plane.finished) {
        return last_adds(s, plane.volume, i);
    }
    if (few(s)) {
        return phi(s, plane.volume, s->first[i] | 1U << i) - phi(s, plane.volume, s->first[i]);
    }
    struct finished done = {0, false};
    finish(s, i, &done);
    return fmin(plane.volume, capacity_of(s, done)) - fmin(plane.volume, s->worn);
}

/* With many works: the plane with nothing done against what is left with all others finished. */
static double less_of_many(const struct ganger_passing *s, double volume, int32_t i, double left)
{
    struct finished done = {0, false};
    for (int32_t other = 0; other < s->works; other++) {
        if (other != i) {
            finish(s, other, &done);
        }
    }
    return fmin(volume, s->worn) - fmin(volume, left * capacity_of(s, done));
}

double ganger_passing_less(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i, double left)
{
    const struct ganger_passing *s = passing;
    if (!few(s)) {
        return fmax(0, less_of_many(s, plane.volume, i, left));
    }
    double height[GANGER_PASSING_SETS]; /* of the plane */
    double least = INFINITY;
    height[0] = ganger_passing_untouched(s, plane);
    for (int32_t other = 0; other < s->works; other++) {
        double more = ganger_passing_more(s, plane, other);
        for (uint32_t set = 0; set < 1U << other; set++) {
            height[set | 1U << other] = height[set] + more;
        }
    }
    for (uint32_t set = 0; set <= all(s); set++) {
        if (!(set >> i & 1) && !(s->first[i] & ~set) && may_be(s, set)) {
            least = fmin(least, height[set] - fmin(plane.volume, left * s->capacity[set]));
        }
    }
    return fmax(0, least);
}
