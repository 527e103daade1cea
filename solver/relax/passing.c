#include "relax/passing.h"

#include <math.h>

int32_t ganger_passing_count(const struct ganger_problem *problem, int32_t parts,
                             const int32_t *segment)
{
    int32_t works = 0;
    for (int32_t i = 0; i < parts; i++) {
        works +=
            problem->segments.first_work[segment[i] + 1] - problem->segments.first_work[segment[i]];
    }
    return works;
}

static bool few(const struct ganger_passing *s)
{
    return s->works <= GANGER_PASSING_WORKS;
}

static uint32_t all(const struct ganger_passing *s)
{
    return (1U << s->works) - 1;
}

/* Finished works of a segment, added up. */
struct finished {
    double gain;
    bool renews;
};

static void finish(const struct ganger_problem *p, int32_t work, struct finished *done)
{
    done->gain += p->works.gain[work];
    done->renews = done->renews || p->works.renews[work];
}

static double capacity_of(const struct ganger_problem *p, int32_t segment, double worn,
                          struct finished done)
{
    double base = fmax(worn, p->segments.capacity[segment]);
    return (done.renews ? base : worn) + done.gain;
}

double ganger_passing_most(const struct ganger_problem *problem, int32_t segment, double worn)
{
    const struct ganger_segments *segments = &problem->segments;
    struct finished done = {0, false};
    for (int32_t i = segments->first_work[segment]; i < segments->first_work[segment + 1]; i++) {
        finish(problem, segments->work_list[i], &done);
    }
    return capacity_of(problem, segment, worn, done);
}

static double capacity_of_part(const struct ganger_passing *s, int32_t part, uint32_t set)
{
    struct finished done = {0, false};
    for (int32_t i = 0; i < s->works; i++) {
        if (s->part[i] == part && set >> i & 1) {
            finish(s->problem, s->work[i], &done);
        }
    }
    return capacity_of(s->problem, s->segment[part], s->worn[part], done);
}

static void list_works(struct ganger_passing *s)
{
    const struct ganger_problem *p = s->problem;
    int32_t count = 0;
    for (int32_t part = 0; part < s->parts; part++) {
        int32_t q = s->segment[part], begin = count;
        for (int32_t i = p->segments.first_work[q]; i < p->segments.first_work[q + 1]; i++) {
            s->work[count] = p->segments.work_list[i];
            s->part[count++] = part;
        }
        for (int32_t i = begin; i < count; i++) {
            bool staged = p->works.stage_to[s->work[i]] > p->works.stage_from[s->work[i]];
            for (int32_t k = begin; staged && k < count; k++) {
                s->first[i] |= (uint32_t)ganger_problem_comes_first(p, s->work[k], s->work[i]) << k;
            }
        }
    }
}

struct ganger_passing ganger_passing_of(const struct ganger_problem *problem,
                                        const struct ganger_passing_parts *parts)
{
    struct ganger_passing s = {.problem = problem, .parts = parts->parts};
    s.works = ganger_passing_count(problem, parts->parts, parts->segment);
    s.untouched = parts->fixed;
    for (int32_t i = 0; i < s.parts; i++) {
        s.segment[i] = parts->segment[i];
        s.worn[i] = parts->worn[i];
        s.untouched += s.worn[i];
    }
    if (few(&s)) {
        list_works(&s);
    }
    for (uint32_t set = 0; few(&s) && set <= all(&s); set++) {
        s.capacity[set] = parts->fixed;
        for (int32_t part = 0; part < s.parts; part++) {
            s.capacity[set] += capacity_of_part(&s, part, set);
        }
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
    if (!few(s)) {
        return fmin(plane.volume, s->untouched);
    }
    double passes = phi(s, plane.volume, plane.from);
    for (int32_t i = 0; i < s->works; i++) {
        passes -= plane.from >> i & 1 ? last_adds(s, plane.volume, i) : 0;
    }
    return passes;
}

/* Where there are too many to list: of the one segment. */
static int32_t work_of_many(const struct ganger_passing *s, int32_t i)
{
    return s->problem->segments.work_list[s->problem->segments.first_work[s->segment[0]] + i];
}

double ganger_passing_more(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i)
{
    const struct ganger_passing *s = passing;
    if (few(s) && plane.from >> i & 1) {
        return last_adds(s, plane.volume, i);
    }
    if (few(s)) {
        uint32_t before = plane.from | s->first[i];
        return phi(s, plane.volume, before | 1U << i) - phi(s, plane.volume, before);
    }
    struct finished done = {0, false};
    finish(s->problem, work_of_many(s, i), &done);
    return fmin(plane.volume, capacity_of(s->problem, s->segment[0], s->worn[0], done)) -
           fmin(plane.volume, s->worn[0]);
}

/* With many works: the plane with nothing done against what is left with all others finished. */
static double less_of_many(const struct ganger_passing *s, double volume, int32_t i, double left)
{
    struct finished done = {0, false};
    for (int32_t other = 0; other < s->works; other++) {
        if (other != i) {
            finish(s->problem, work_of_many(s, other), &done);
        }
    }
    double capacity = capacity_of(s->problem, s->segment[0], s->worn[0], done);
    return fmin(volume, s->worn[0]) - fmin(volume, left * capacity);
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
            double without = s->capacity[set] - (1 - left) * capacity_of_part(s, s->part[i], set);
            double passes = phi(s, plane.volume, set), loss = passes - fmin(plane.volume, without);
            least = fmin(least, (height[set] - passes) / s->parts + loss);
        }
    }
    return fmax(0, least);
}
