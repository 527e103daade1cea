/*
 * What a segment lets pass of some freight, at most, as the referee reads it: a plane over its works. With D the works that
 * are finished, and none at work, passes(D) = min(volume, capacity with D) is the most: what is worn counts as whole once a
 * work that renews it is finished, and gains add up. Each finished work adds
 *
 *     passes({w}) - passes({})      or      passes(N) - passes(N - w), N all works of the segment
 *
 * to the plane, and with no work done it is as high as it must be to be nowhere below passes(D). While a work is at work in a
 * mode that leaves a share f, at most min(volume, f * capacity with D) passes: what is taken off is the least by which the plane
 * is above that for any D of the other works. On a segment no two are at work at a time. All sets D are gone through.
 *
 * Of works that others wait for (facts.h), only sets are possible that hold, with each work, all that are finished whenever it
 * begins. With those, P, w adds passes(P + w) - passes(P) to the first plane; to the second passes(M) - passes(M - w), M
 * being the works that do not wait for w.
 *
 * With more works than GANGER_PLANES_WORKS there is the first plane alone, passes({}) with no work done: passes(D) never falls,
 * and what a work adds to it falls as others are there. What is taken off is passes({}) less what is left with all others
 * finished.
 *
 * All of it is in integers, rounded once: capacities and volumes up. Private to check/.
 */
#ifndef GANGER_CHECK_PLANES_H
#define GANGER_CHECK_PLANES_H

#include "check/facts.h"

enum { GANGER_PLANES_WORKS = 5, GANGER_PLANES_SETS = 1 << GANGER_PLANES_WORKS };

struct ganger_plane_of {
    const struct ganger_facts *facts;
    int32_t segment;
    bool finished; /* the second plane */
    struct ganger_wear wear;
    ganger_wide volume; /* at the boundary at hand, as the next */
    ganger_wide worn;
    ganger_wide capacity[GANGER_PLANES_SETS], height[GANGER_PLANES_SETS]; /* by set of works */
    bool lost;
};

/* May a row ask for the second plane of the segment? It takes two works or more, and not too many. */
bool ganger_planes_two(const struct ganger_problem *problem, int32_t segment);
/* A plane of a segment; then at a boundary, with the volume of the freight. */
struct ganger_plane_of ganger_planes_open(const struct ganger_facts *facts, int32_t segment,
                                          bool finished);
void ganger_planes_at(struct ganger_plane_of *plane, int32_t t, ganger_wide volume);

/* Mt/yr in unit bits, none of them below 0: the plane with no work done; what it rises by with the work finished; and what is
 * taken off it while the mode is at work. */
ganger_wide ganger_planes_untouched(struct ganger_plane_of *plane);
ganger_wide ganger_planes_more(struct ganger_plane_of *plane, int32_t work);
ganger_wide ganger_planes_less(struct ganger_plane_of *plane, int32_t mode);

#endif
