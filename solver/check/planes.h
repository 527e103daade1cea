/*
 * What segments side by side let pass of some freight, at most, as the referee reads it: a plane over their works. A tonne takes
 * one of the segments, or what passes besides them; with D the works that are finished, and none at work,
 * passes(D) = min(volume, besides + sum of the segments' capacities with D) is the most: what is worn counts as whole once a
 * work that renews it is finished, and gains add up. Each finished work adds
 *
 *     passes(X + w) - passes(X), or, if it is in X itself, passes(N) - passes(N - w), N all works of the segments
 *
 * to the plane, X being any set of them; and with no work done it is as high as it must be to be nowhere below passes(D). While a work is at work in a
 * mode that leaves a share f of its segment, with D of the others finished, loss(D) = passes(D) less what passes with that segment
 * at f is taken off at least. On a segment no two are at work at a time. One on each of n segments may be; together they take no
 * less than each alone, added up, since capacity that is lacking is missed the more the more is lacking. What the plane is above
 * passes(D) is theirs to share, so what is taken off for one is the least of
 *
 *     (plane(D) - passes(D)) / n + loss(D)
 *
 * for any D of the other works. All sets D are gone through.
 *
 * Of works that others wait for (facts.h), only sets are possible that hold, with each work, all that are finished whenever it
 * begins. With those, P, w adds passes(X + P + w) - passes(X + P), or passes(M) - passes(M - w), M being the works that do
 * not wait for w.
 *
 * Of one segment with more works than GANGER_PLANES_WORKS there is the plane from none alone, passes({}) with no work done: passes(D)
 * never falls, and what a work adds to it falls as others are there. What is taken off is passes({}) less what is left with all
 * others finished.
 *
 * All of it is in integers, rounded once: capacities and volumes up. Private to check/.
 */
#ifndef GANGER_CHECK_PLANES_H
#define GANGER_CHECK_PLANES_H

#include "check/facts.h"

enum { GANGER_PLANES_WORKS = 6, GANGER_PLANES_SETS = 1 << GANGER_PLANES_WORKS };
enum { GANGER_PLANES_SEGMENTS = 4 };

struct ganger_plane_of {
    const struct ganger_facts *facts;
    int32_t segments, segment[GANGER_PLANES_SEGMENTS];
    struct ganger_wear wear[GANGER_PLANES_SEGMENTS];
    uint32_t from; /* the works that it is drawn from */
    int32_t works; /* of all segments; what follows only if they are not too many */
    int32_t work[GANGER_PLANES_WORKS],
        on[GANGER_PLANES_WORKS];           /* which, on which of the segments */
    uint32_t earlier[GANGER_PLANES_WORKS]; /* those that are finished whenever it begins */
    ganger_wide gain[GANGER_PLANES_WORKS];
    bool possible[GANGER_PLANES_SETS];
    /* At the boundary at hand. */
    ganger_wide volume, besides;
    ganger_wide worn[GANGER_PLANES_SEGMENTS];
    ganger_wide capacity[GANGER_PLANES_SETS], height[GANGER_PLANES_SETS]; /* by set of works */
    bool lost;
};

/* Works of the segments if they are not too many to be gone through, else 0: planes are drawn from those. */
int32_t ganger_planes_works(const struct ganger_problem *problem, const int32_t *segment,
                            int32_t segments);
/* May it name them together? Each once, and they have not too many works; one alone always may. */
bool ganger_planes_may(const struct ganger_problem *problem, const int32_t *segment,
                       int32_t segments);
/* A plane of segments; then at a boundary, with the volume of the freight and what passes besides. */
struct ganger_plane_of ganger_planes_open(const struct ganger_facts *facts, const int32_t *segment,
                                          int32_t segments, int32_t from);
void ganger_planes_at(struct ganger_plane_of *plane, int32_t t, ganger_wide volume,
                      ganger_wide besides);
/* The most that a link lets pass at a boundary with any works finished: Mt/yr in unit bits. */
ganger_wide ganger_planes_most(const struct ganger_facts *facts, int32_t link, int32_t t,
                               bool *lost);

/* Mt/yr in unit bits, none of them below 0: the plane with no work done; what it rises by with the work finished; and what is
 * taken off it while the mode is at work. */
ganger_wide ganger_planes_untouched(struct ganger_plane_of *plane);
ganger_wide ganger_planes_more(struct ganger_plane_of *plane, int32_t work);
ganger_wide ganger_planes_less(struct ganger_plane_of *plane, int32_t mode);

#endif
