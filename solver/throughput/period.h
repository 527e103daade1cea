/*
 * What a single period is worth at best: works may be at work in it, each for a reward, and then their lines are closed.
 *
 * With the flow in parts this is a flow of least cost: a line that stays open loses its work's reward, by the share of it
 * that is used. Its potentials prove a bound, and the lines without flow are a set to close. Where a line is used in part,
 * two cases are told apart - the work is at rest, or at work -, the one with the highest bound first, and so on: a tree
 * whose leaves each have potentials. The highest bound of a leaf is proven.
 */
#ifndef GANGER_THROUGHPUT_PERIOD_H
#define GANGER_THROUGHPUT_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

/* Most leaves of a tree. */
enum { GANGER_PERIOD_LEAVES = 256 };
enum { GANGER_PERIOD_NODES = 2 * GANGER_PERIOD_LEAVES };
/* Sets that are told. */
enum { GANGER_PERIOD_SETS = 4 };
/* Potential of the sink; the source's is 0. */
#define GANGER_PERIOD_ONE (INT64_C(1) << 40)

struct ganger_period;

/* Arcs lead along links, one or two a link, side by side by link. The arrays are the caller's, and outlive the period. */
struct ganger_period_shape {
    int32_t nodes, arcs, links, source, sink;
    const int32_t *tail, *head, *first_arc; /* [arcs], [arcs], [links + 1] */
};

struct ganger_period_request {
    const double *capacity; /* [links] 0: closed */
    int32_t works;
    const int32_t *link;  /* [works] that the work closes */
    const double *reward; /* [works] >= 0, as capacity */
    int32_t leaves;       /* at most, of GANGER_PERIOD_LEAVES */
    int64_t ticks;        /* after which no further leaf is added */
    double known; /* worth of some set, or 0: the tree need not show that there is none better */
};

/* Nodes of the tree in preorder: a work, whose first branch is that it is at rest, or -1 for a leaf, and its potentials. */
struct ganger_period_answer {
    double bound; /* of flow and rewards together */
    double found; /* worth of the best set, one that was known included */
    int32_t sets; /* the best that were found, the best of all first */
    double flow[GANGER_PERIOD_SETS];
    const bool *closed[GANGER_PERIOD_SETS]; /* [works] */
    int32_t nodes;
    int32_t work[GANGER_PERIOD_NODES];
    const int64_t *potential[GANGER_PERIOD_NODES]; /* of a leaf [nodes], else NULL */
};

/* NULL if memory is short. `works`: the most that a request has. */
struct ganger_period *ganger_period_create(const struct ganger_period_shape *shape, int32_t works);
void ganger_period_destroy(struct ganger_period *period);

/* The answer is valid until the next call; ticks are added to. */
void ganger_period_solve(struct ganger_period *period, const struct ganger_period_request *request,
                         struct ganger_period_answer *answer, int64_t *ticks);
/* The greatest flow with these works at work. */
double ganger_period_flow(struct ganger_period *period, const struct ganger_period_request *request,
                          const bool *closed, int64_t *ticks);

#endif
