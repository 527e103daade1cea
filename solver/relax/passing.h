/*
 * What segments side by side let pass of some freight, as planes over their works.
 *
 * A tonne takes one of the parts, so that with D the works that are finished and none at work
 * phi(D) = min(volume, fixed + sum over parts of the capacity with D) passes. phi never falls as D grows, and what a work adds
 * to it falls as others are there (it is submodular), so that from any set X a plane is never below it (Nemhauser and Wolsey, 1981):
 *
 *     phi(X) + sum over D - X of (phi(X + w) - phi(X)) - sum over X - D of (phi(N) - phi(N - w))
 *
 * It is exact for X and one work more; from X = N, all works, for all but one too.
 *
 * Where some works come first - P, finished whenever w begins -, a w that is not in X adds phi(X + P + w) - phi(X + P), and one in
 * X is worth phi(M) - phi(M - w), M being N without the works that w comes before; and only sets count that hold what comes before
 * each of their works.
 *
 * While a work is at work with a share f of its part's capacity left, with D of the others finished, phi is less by
 * loss(D) = min(volume, all) - min(volume, all - (1 - f) * the part's). On a segment one is at work at a time, but one on each of
 * n parts may be. What they take together is no less than the sum of what each does, as phi is concave in capacity; and above phi
 * the plane has slack(D) to give, which all of them share. So what may be taken off for one is the least, for any D, of
 *
 *     slack(D) / n + loss(D)
 */
#ifndef GANGER_RELAX_PASSING_H
#define GANGER_RELAX_PASSING_H

#include "instance/problem.h"

/* Works, at most, whose sets are gone through one by one. With more, on a single segment, there is only the plane from none, and
 * less is taken off it; several segments have no more. */
enum { GANGER_PASSING_WORKS = 6, GANGER_PASSING_SETS = 1 << GANGER_PASSING_WORKS };
enum { GANGER_PASSING_PARTS = 4 };

struct ganger_passing {
    const struct ganger_problem *problem;
    int32_t parts, works;
    int32_t segment[GANGER_PASSING_PARTS];
    double worn[GANGER_PASSING_PARTS]; /* capacity with nothing done */
    double untouched;                  /* of all parts, and what is fixed */
    /* If they are not too many. Sets of works are bits by their order on the first segment, then on the next. */
    int32_t work[GANGER_PASSING_WORKS], part[GANGER_PASSING_WORKS];
    double capacity[GANGER_PASSING_SETS]; /* of all parts with a set of works finished */
    uint32_t first[GANGER_PASSING_WORKS]; /* the set that comes before each work */
};

/* Segments, and the capacity of each with nothing done. */
struct ganger_passing_parts {
    int32_t parts;
    const int32_t *segment;
    double worn[GANGER_PASSING_PARTS];
    double fixed; /* besides */
};
struct ganger_passing ganger_passing_of(const struct ganger_problem *problem,
                                        const struct ganger_passing_parts *parts);
/* Works of segments together. */
int32_t ganger_passing_count(const struct ganger_problem *problem, int32_t parts,
                             const int32_t *segment);
/* The most that a segment has with any works finished. */
double ganger_passing_most(const struct ganger_problem *problem, int32_t segment, double worn);

/* Some freight, and one of the planes. */
struct ganger_plane {
    double volume;
    uint32_t from; /* X: works as bits in their order; none if they are too many */
};
/* The plane with no work done; what it rises by if the i-th work is finished; and what may be taken off it while
 * that is at work with a share of its part's capacity left: all of them never below 0, Mt/yr. */
double ganger_passing_untouched(const struct ganger_passing *passing, struct ganger_plane plane);
double ganger_passing_more(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i);
double ganger_passing_less(const struct ganger_passing *passing, struct ganger_plane plane,
                           int32_t i, double left);

#endif
