#include "check/planes.h"

static ganger_wide least(ganger_wide a, ganger_wide b)
{
    return a < b ? a : b;
}

bool ganger_planes_two(const struct ganger_problem *problem, int32_t segment)
{
    int32_t works = 0;
    for (int32_t w = 0; w < problem->works.count; w++) {
        works += problem->works.segment[w] == segment;
    }
    return works > 1 && works <= GANGER_PLANES_WORKS;
}

struct ganger_plane_of ganger_planes_open(const struct ganger_facts *facts, int32_t segment,
                                          bool finished)
{
    struct ganger_plane_of p = {.facts = facts, .segment = segment, .finished = finished};
    p.wear = ganger_wear_of(facts, segment, &p.lost);
    return p;
}

static int32_t count(const struct ganger_plane_of *p)
{
    return p->facts->first_on[p->segment + 1] - p->facts->first_on[p->segment];
}

static int32_t work_at(const struct ganger_plane_of *p, int32_t i)
{
    return p->facts->work_on[p->facts->first_on[p->segment] + i];
}

static uint32_t bit(int32_t i)
{
    return (uint32_t)1 << i;
}

/* Works that are finished, together. */
struct done {
    ganger_wide gain;
    bool renewed;
};

static void finish(struct ganger_plane_of *p, int32_t work, struct done *done)
{
    const struct ganger_works *works = &p->facts->problem->works;
    ganger_wide gain = ganger_wide_from(works->gain[work], GANGER_UNIT_BITS, GANGER_UP, &p->lost);
    done->gain = ganger_wide_add(done->gain, gain, &p->lost);
    done->renewed = done->renewed || works->renews[work];
}

static ganger_wide capacity_of(struct ganger_plane_of *p, struct done done)
{
    ganger_wide base = p->wear.base_high > p->worn ? p->wear.base_high : p->worn;
    return ganger_wide_add(done.renewed ? base : p->worn, done.gain, &p->lost);
}

static ganger_wide capacity_after(struct ganger_plane_of *p, int32_t work)
{
    struct done done = {0, false};
    finish(p, work, &done);
    return capacity_of(p, done);
}

static ganger_wide passes(struct ganger_plane_of *p, uint32_t set)
{
    return least(p->volume, p->capacity[set]);
}

/* Works of the segment that are finished whenever the i-th begins. */
static uint32_t earlier_than(const struct ganger_plane_of *p, int32_t i)
{
    return (uint32_t)p->facts->earlier[work_at(p, i)];
}

static bool possible(const struct ganger_plane_of *p, uint32_t set)
{
    bool may = true;
    for (int32_t i = 0; i < count(p); i++) {
        may = may && (!(set & bit(i)) || (earlier_than(p, i) & ~set) == 0);
    }
    return may;
}

static int32_t place_of(const struct ganger_plane_of *p, int32_t work)
{
    int32_t place = 0;
    while (work_at(p, place) != work) {
        place++;
    }
    return place;
}

/* With all works of the segment finished but one. */
static ganger_wide capacity_without(struct ganger_plane_of *p, int32_t work)
{
    struct done done = {0, false};
    for (int32_t i = 0; i < count(p); i++) {
        if (work_at(p, i) != work) {
            finish(p, work_at(p, i), &done);
        }
    }
    return capacity_of(p, done);
}

ganger_wide ganger_planes_more(struct ganger_plane_of *plane, int32_t work)
{
    struct ganger_plane_of *p = plane;
    if (count(p) > GANGER_PLANES_WORKS) {
        return least(p->volume, capacity_after(p, work)) - least(p->volume, p->worn);
    }
    int32_t own = place_of(p, work);
    uint32_t others = earlier_than(p, own);
    if (p->finished) {
        others = bit(count(p)) - 1 - bit(own);
        for (int32_t i = 0; i < count(p); i++) {
            others &= earlier_than(p, i) & bit(own) ? ~bit(i) : UINT32_MAX;
        }
    }
    return passes(p, others | bit(own)) - passes(p, others);
}

/* First what the works of each set add; then, with no work done, so much that no set lets more pass. */
static void raise(struct ganger_plane_of *p)
{
    ganger_wide untouched = 0;
    p->height[0] = 0;
    for (int32_t i = 0; i < count(p); i++) {
        ganger_wide more = ganger_planes_more(p, work_at(p, i));
        for (uint32_t set = 0; set < bit(i); set++) {
            p->height[set | bit(i)] = ganger_wide_add(p->height[set], more, &p->lost);
        }
    }
    for (uint32_t set = 0; set < bit(count(p)); set++) {
        ganger_wide lacking = passes(p, set) - p->height[set];
        untouched = possible(p, set) && lacking > untouched ? lacking : untouched;
    }
    for (uint32_t set = 0; set < bit(count(p)); set++) {
        p->height[set] = ganger_wide_add(p->height[set], untouched, &p->lost);
    }
}

void ganger_planes_at(struct ganger_plane_of *plane, int32_t t, ganger_wide volume)
{
    struct ganger_plane_of *p = plane;
    p->volume = volume;
    p->worn = ganger_wear_high(&p->wear, t);
    if (count(p) > GANGER_PLANES_WORKS) {
        return;
    }
    for (uint32_t set = 0; set < bit(count(p)); set++) {
        struct done done = {0, false};
        for (int32_t i = 0; i < count(p); i++) {
            if (set & bit(i)) {
                finish(p, work_at(p, i), &done);
            }
        }
        p->capacity[set] = capacity_of(p, done);
    }
    raise(p);
}

ganger_wide ganger_planes_untouched(struct ganger_plane_of *plane)
{
    return count(plane) > GANGER_PLANES_WORKS ? least(plane->volume, plane->worn)
                                              : plane->height[0];
}

/* What passes of a capacity while the mode is at work. */
static ganger_wide left_of(struct ganger_plane_of *p, int32_t mode, ganger_wide capacity)
{
    ganger_wide factor = ganger_wide_from(p->facts->problem->modes.factor[mode], GANGER_RATIO_BITS,
                                          GANGER_UP, &p->lost);
    return least(p->volume,
                 ganger_wide_scale(capacity, factor, GANGER_RATIO_BITS, GANGER_UP, &p->lost));
}

ganger_wide ganger_planes_less(struct ganger_plane_of *plane, int32_t mode)
{
    struct ganger_plane_of *p = plane;
    int32_t work = p->facts->problem->modes.work[mode];
    if (count(p) > GANGER_PLANES_WORKS) {
        ganger_wide less = ganger_planes_untouched(p) - left_of(p, mode, capacity_without(p, work));
        return less > 0 ? less : 0;
    }
    int32_t own = place_of(p, work);
    uint32_t earlier = earlier_than(p, own);
    ganger_wide less = p->height[earlier];
    for (uint32_t set = 0; set < bit(count(p)); set++) {
        if (!(set & bit(own)) && (earlier & ~set) == 0 && possible(p, set)) {
            less = least(less, p->height[set] - left_of(p, mode, p->capacity[set]));
        }
    }
    return less > 0 ? less : 0;
}
