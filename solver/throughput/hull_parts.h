/* What the files of the hull share. Money is in units of prices->unit M USD. */
#ifndef GANGER_THROUGHPUT_HULL_PARTS_H
#define GANGER_THROUGHPUT_HULL_PARTS_H

#include "throughput/hull.h"
#include "throughput/period.h"
#include "throughput/prices_parts.h"

/* Sets of a period that are kept as columns. */
enum { GANGER_HULL_COLUMNS = 48 };
/* Leaves of trees that a proof has room for, times periods. */
enum { GANGER_HULL_LEAVES = 64 };

/* Instead of a pair: at rest, or nobody minds; at work for sure. */
enum { GANGER_HULL_FREE = -1, GANGER_HULL_SURE = -2 };

/* An iterate, or a sum of some. */
struct ganger_hull_point {
    double *price; /* [pairs] */
    double *part;  /* [periods * GANGER_HULL_COLUMNS] of each column */
    double *share; /* [choices] of a work to each of its starts */
};

/* A proof: prices, and a tree for each period. */
struct ganger_hull_proof {
    double bound;       /* M USD */
    double *price;      /* [pairs] */
    double *worth;      /* [periods] at most */
    int32_t *nodes;     /* [periods] of its tree */
    int32_t *node_work; /* of its tree, behind those of earlier periods: work, -1: leaf */
    int64_t *potential; /* [nodes] of each leaf in order */
};

struct ganger_hull {
    const struct ganger_line_up *line_up;
    const struct ganger_flow_prices *prices;
    struct ganger_period *period;
    int32_t periods, links, pairs, words,
        most;         /* most pairs of a period, and words for their bits */
    double *weight;   /* [periods] money for a unit of flow */
    double *capacity; /* [periods * links] 0 where a work is at work for sure */
    /* Pairs of a work and a period in which it may be at work, and may be at rest; by period. */
    int32_t *first_pair, *pair_work, *pair_link;
    double *ceiling;  /* [pairs] what closing the link is worth at most */
    int64_t *row;     /* [works + 1] into pair_at, by work and period from its first on */
    int32_t *pair_at; /* pair, or one of: */
    /* Columns of period t: t * GANGER_HULL_COLUMNS + ... */
    int32_t *columns;       /* [periods] */
    int32_t *size;          /* cells of its set */
    int32_t *used, *in_use; /* [periods], and by period: columns that have a part, by place */
    double *flow;           /* Mt/yr */
    uint64_t *set;          /* [words] each: bit i is pair first_pair[t] + i */
    double weight_of_steps; /* dual ones are so much longer than primal ones */
    double *price_step, *part_step, *share_step;
    struct ganger_hull_point now, sum;
    int64_t summed, steps; /* so far, and before the next pass */
    double *covered;       /* [pairs] scratch: columns' parts less shares at work, extrapolated */
    double *old, *worth, *scratch, *before;
    double *reward; /* [most] */
    bool *closed;   /* [most] */
    /* The pass over the periods. */
    int32_t at;                                  /* period that is next; periods: steps are next */
    int32_t leaves;                              /* of a tree */
    int64_t pass_nodes, pass_leaves, pass_ticks; /* so far */
    int64_t budget, spent, whole_after; /* ticks, and those after which the next whole pass comes */
    bool want_whole;                    /* the next pass is one */
    bool
        whole; /* this pass is one: at the prices that promise most, with trees as large as they need to be */
    int64_t passes;
    double passed;     /* bound of the periods so far */
    double lacking;    /* by which it would be lower with whole trees */
    double promise;    /* the lowest bound there could have been with whole trees, and its prices */
    double *promising; /* [pairs] */
    double *asked;     /* [pairs] prices of this pass */
    struct ganger_hull_proof next, best;
    bool proven;         /* `next` is a proof */
    double settle_bound; /* bound, and pass, of the last one that brought much */
    int64_t settle_pass;
    void *block;
};

/* What each choice of a work costs, into worth, from 0. */
void ganger_hull_rate(struct ganger_hull *hull, const double *price, int32_t work);
/* One step; cells of it. */
int64_t ganger_hull_iterate(struct ganger_hull *hull);
/* Lengths of steps anew, for the columns as they are. */
void ganger_hull_measure_steps(struct ganger_hull *hull);

#endif
