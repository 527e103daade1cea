#include "check/planes.h"

static ganger_wide least(ganger_wide a, ganger_wide b)
{
    return a < b ? a : b;
}

static int32_t works_of(const struct ganger_problem *problem, const int32_t *segment,
                        int32_t segments)
{
    int32_t works = 0;
    for (int32_t w = 0; w < problem->works.count; w++) {
        for (int32_t i = 0; i < segments; i++) {
            works += problem->works.segment[w] == segment[i];
        }
    }
    return works;
}

int32_t ganger_planes_works(const struct ganger_problem *problem, const int32_t *segment,
                            int32_t segments)
{
    int32_t works = works_of(problem, segment, segments);
    return works <= GANGER_PLANES_WORKS ? works : 0;
}

bool ganger_planes_may(const struct ganger_problem *problem, const int32_t *segment,
                       int32_t segments)
{
    if (segments > GANGER_PLANES_SEGMENTS) {
        return false;
    }
    for (int32_t i = 0; i < segments; i++) {
        for (int32_t k = 0; k < i; k++) {
            if (segment[i] == segment[k]) {
                return false;
            }
        }
    }
    return segments == 1 || works_of(problem, segment, segments) <= GANGER_PLANES_WORKS;
}

static uint32_t bit(int32_t i)
{
    return (uint32_t)1 << i;
}

static bool many(const struct ganger_plane_of *p)
{
    return p->works > GANGER_PLANES_WORKS;
}

/* Lists the works of the i-th segment. */
static void list_works(struct ganger_plane_of *p, int32_t i, int32_t begin)
{
    const struct ganger_facts *f = p->facts;
    int32_t first = f->first_on[p->segment[i]], count = f->first_on[p->segment[i] + 1] - first;
    for (int32_t k = 0; k < count; k++) {
        p->work[begin + k] = f->work_on[first + k];
        p->gain[begin + k] = ganger_wide_from(f->problem->works.gain[f->work_on[first + k]],
                                              GANGER_UNIT_BITS, GANGER_UP, &p->lost);
        p->on[begin + k] = i;
        p->earlier[begin + k] = (uint32_t)f->earlier[f->work_on[first + k]] << begin;
    }
}

static bool is_possible(const struct ganger_plane_of *p, uint32_t set)
{
    bool may = true;
    for (int32_t i = 0; i < p->works; i++) {
        may = may && (!(set & bit(i)) || (p->earlier[i] & ~set) == 0);
    }
    return may;
}

struct ganger_plane_of ganger_planes_open(const struct ganger_facts *facts, const int32_t *segment,
                                          int32_t segments, int32_t from)
{
    struct ganger_plane_of p = {.facts = facts, .segments = segments, .from = (uint32_t)from};
    for (int32_t i = 0; i < segments; i++) {
        p.segment[i] = segment[i];
        p.wear[i] = ganger_wear_of(facts, segment[i], &p.lost);
        p.works += facts->first_on[segment[i] + 1] - facts->first_on[segment[i]];
    }
    for (int32_t i = 0, begin = 0; !many(&p) && i < segments; i++) {
        list_works(&p, i, begin);
        begin += facts->first_on[segment[i] + 1] - facts->first_on[segment[i]];
    }
    for (uint32_t set = 0; !many(&p) && set < bit(p.works); set++) {
        p.possible[set] = is_possible(&p, set);
    }
    return p;
}

/* Works of a segment that are finished, together. */
struct done {
    ganger_wide gain;
    bool renewed;
};

static void finish(const struct ganger_facts *facts, int32_t work, struct done *done, bool *lost)
{
    const struct ganger_works *works = &facts->problem->works;
    ganger_wide gain = ganger_wide_from(works->gain[work], GANGER_UNIT_BITS, GANGER_UP, lost);
    done->gain = ganger_wide_add(done->gain, gain, lost);
    done->renewed = done->renewed || works->renews[work];
}

static ganger_wide capacity_of(ganger_wide worn, const struct ganger_wear *wear, struct done done,
                               bool *lost)
{
    ganger_wide base = wear->base_high > worn ? wear->base_high : worn;
    return ganger_wide_add(done.renewed ? base : worn, done.gain, lost);
}

ganger_wide ganger_planes_most(const struct ganger_facts *facts, int32_t link, int32_t t,
                               bool *lost)
{
    const struct ganger_problem *p = facts->problem;
    bool any = false;
    ganger_wide most = 0;
    for (int32_t q = 0; q < p->segments.count; q++) {
        if (p->segments.link[q] != link) {
            continue;
        }
        struct ganger_wear wear = ganger_wear_of(facts, q, lost);
        struct done done = {0, false};
        for (int32_t i = facts->first_on[q]; i < facts->first_on[q + 1]; i++) {
            finish(facts, facts->work_on[i], &done, lost);
        }
        ganger_wide passes = capacity_of(ganger_wear_high(&wear, t), &wear, done, lost);
        most = any ? least(most, passes) : passes;
        any = true;
    }
    return most;
}

/* Of the i-th segment with a set of works finished. */
static ganger_wide capacity_on(struct ganger_plane_of *p, int32_t i, uint32_t set)
{
    struct done done = {0, false};
    for (int32_t k = 0; k < p->works; k++) {
        if (p->on[k] == i && set & bit(k)) {
            done.gain = ganger_wide_add(done.gain, p->gain[k], &p->lost);
            done.renewed = done.renewed || p->facts->problem->works.renews[p->work[k]];
        }
    }
    return capacity_of(p->worn[i], &p->wear[i], done, &p->lost);
}

/* Of a single segment with many works: with one of them finished, or all but that. */
static ganger_wide capacity_of_many(struct ganger_plane_of *p, int32_t work, bool others)
{
    const struct ganger_facts *f = p->facts;
    struct done done = {0, false};
    for (int32_t i = f->first_on[p->segment[0]]; i < f->first_on[p->segment[0] + 1]; i++) {
        if ((f->work_on[i] == work) != others) {
            finish(f, f->work_on[i], &done, &p->lost);
        }
    }
    return capacity_of(p->worn[0], &p->wear[0], done, &p->lost);
}

static ganger_wide passes(const struct ganger_plane_of *p, uint32_t set)
{
    return least(p->volume, p->capacity[set]);
}

static int32_t place_of(const struct ganger_plane_of *p, int32_t work)
{
    int32_t place = 0;
    while (p->work[place] != work) {
        place++;
    }
    return place;
}

ganger_wide ganger_planes_more(struct ganger_plane_of *plane, int32_t work)
{
    struct ganger_plane_of *p = plane;
    if (many(p)) {
        return least(p->volume, capacity_of_many(p, work, false)) - least(p->volume, p->worn[0]);
    }
    int32_t own = place_of(p, work);
    uint32_t others = p->from | p->earlier[own];
    if (p->from & bit(own)) {
        others = bit(p->works) - 1 - bit(own);
        for (int32_t i = 0; i < p->works; i++) {
            others &= p->earlier[i] & bit(own) ? ~bit(i) : UINT32_MAX;
        }
    }
    return passes(p, others | bit(own)) - passes(p, others);
}

/* First what the works of each set add; then, with no work done, so much that no set lets more pass. */
static void raise(struct ganger_plane_of *p)
{
    ganger_wide untouched = 0;
    p->height[0] = 0;
    for (int32_t i = 0; i < p->works; i++) {
        ganger_wide more = ganger_planes_more(p, p->work[i]);
        for (uint32_t set = 0; set < bit(i); set++) {
            p->height[set | bit(i)] = ganger_wide_add(p->height[set], more, &p->lost);
        }
    }
    for (uint32_t set = 0; set < bit(p->works); set++) {
        ganger_wide lacking = passes(p, set) - p->height[set];
        untouched = p->possible[set] && lacking > untouched ? lacking : untouched;
    }
    for (uint32_t set = 0; set < bit(p->works); set++) {
        p->height[set] = ganger_wide_add(p->height[set], untouched, &p->lost);
    }
}

void ganger_planes_at(struct ganger_plane_of *plane, int32_t t, ganger_wide volume,
                      ganger_wide besides)
{
    struct ganger_plane_of *p = plane;
    p->volume = volume;
    p->besides = besides;
    for (int32_t i = 0; i < p->segments; i++) {
        p->worn[i] = ganger_wear_high(&p->wear[i], t);
    }
    if (many(p)) {
        return;
    }
    for (uint32_t set = 0; set < bit(p->works); set++) {
        p->capacity[set] = besides;
        for (int32_t i = 0; i < p->segments; i++) {
            p->capacity[set] = ganger_wide_add(p->capacity[set], capacity_on(p, i, set), &p->lost);
        }
    }
    raise(p);
}

ganger_wide ganger_planes_untouched(struct ganger_plane_of *plane)
{
    return many(plane) ? least(plane->volume, plane->worn[0]) : plane->height[0];
}

/* What is left of a capacity while the mode is at work. */
static ganger_wide left_of(struct ganger_plane_of *p, int32_t mode, ganger_wide capacity)
{
    ganger_wide factor = ganger_wide_from(p->facts->problem->modes.factor[mode], GANGER_RATIO_BITS,
                                          GANGER_UP, &p->lost);
    return ganger_wide_scale(capacity, factor, GANGER_RATIO_BITS, GANGER_UP, &p->lost);
}

ganger_wide ganger_planes_less(struct ganger_plane_of *plane, int32_t mode)
{
    struct ganger_plane_of *p = plane;
    int32_t work = p->facts->problem->modes.work[mode];
    if (many(p)) {
        ganger_wide left = left_of(p, mode, capacity_of_many(p, work, true));
        ganger_wide less = ganger_planes_untouched(p) - least(p->volume, left);
        return less > 0 ? less : 0;
    }
    int32_t own = place_of(p, work);
    bool first = true;
    ganger_wide less = 0;
    for (uint32_t set = 0; set < bit(p->works); set++) {
        if (set & bit(own) || (p->earlier[own] & ~set) != 0 || !p->possible[set]) {
            continue;
        }
        ganger_wide capacity = capacity_on(p, p->on[own], set);
        ganger_wide left = p->capacity[set] - capacity + left_of(p, mode, capacity);
        ganger_wide slack =
            ganger_wide_divide(p->height[set] - passes(p, set), p->segments, GANGER_DOWN);
        ganger_wide loss = passes(p, set) - least(p->volume, left);
        less = first || slack + loss < less ? slack + loss : less;
        first = false;
    }
    return less > 0 ? less : 0;
}
