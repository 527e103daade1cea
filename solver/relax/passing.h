/*
 * What a segment lets pass of some freight, as planes over its works.
 *
 * With D the works that are finished and none at work, phi(D) = min(volume, capacity with D) passes. phi never falls as D
 * grows, and what a work adds to it falls as others are there (it is submodular), so that two planes are never below it
 * (Nemhauser and Wolsey, 1981):
 *
 *     from nothing done     phi({}) + sum over D of phi({w}) - phi({}): exact for no work or one;
 *     from all finished     phi(N) - sum over all but D of phi(N) - phi(N - w): exact for all works or all but one.
 *
 * Where some works come first - P, finished whenever w begins -, w adds phi(P + w) - phi(P) in the first, and in the second
 * phi(M) - phi(M - w), M being N without the works that w comes before; and only sets count that hold what comes before each
 * of their works.
 *
 * While a work is at work with a share f of the capacity left, with D of the others finished, f * capacity is what passes;
 * what may be taken off a plane then is the least by which it is above that for any D.
 */
#ifndef GANGER_RELAX_PASSING_H
#define GANGER_RELAX_PASSING_H

#include "instance/problem.h"

/* Works of a segment, at most, whose sets are gone through one by one. With more there is no plane from all finished, and
 * less is taken off the other. */
enum { GANGER_PASSING_WORKS = 5, GANGER_PASSING_SETS = 1 << GANGER_PASSING_WORKS };

struct ganger_passing {
    const struct ganger_problem *problem;
    int32_t segment, works;
    double worn; /* capacity with nothing done */
    /* Capacity with a set of works finished, which are bits by their order on the segment; if they are not too many. */
    double capacity[GANGER_PASSING_SETS];
    uint32_t first[GANGER_PASSING_WORKS]; /* the set that comes before each work */
};

/* A segment, and its capacity with nothing done. */
struct ganger_passing ganger_passing_of(const struct ganger_problem *problem, int32_t segment,
                                        double worn);
/* Has a segment two planes? With one work they are the same. */
bool ganger_passing_has_two(const struct ganger_problem *problem, int32_t segment);

/* Some freight, and one of the planes. */
struct ganger_plane {
    double volume;
    bool finished; /* from all finished; only if there are two */
};
/* The plane with no work done; what it rises by if work i of the segment is finished; and what may be taken off it while
 * that is at work with a share of the capacity left: all of them never below 0, Mt/yr. */
double ganger_passing_untouched(const struct ganger_passing *passing, struct ganger_plane plane);
double ganger_passing_more(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i);
double ganger_passing_less(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i, double left);

#endif
