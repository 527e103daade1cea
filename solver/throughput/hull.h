/*
 * A tighter bound than prices.h: works are closed in whole in every period.
 *
 * A price on each work and period in which it may be at work says what a work pays for closing its line then. No plan is
 * worth more than the periods are at best, each with the works that are at work in it for the price (period.h), less what
 * the works pay at least. At the best prices that is the linear programme in which a period's flow is the concave hull over
 * sets of closed lines, and not what lines closed in part let through.
 *
 * The best prices are found by columns (Dantzig and Wolfe, 1960): some sets of each period, and shares of them and of starts, by
 * primal-dual steps as in prices.h; each pass over the periods adds the set that is best at the prices, and proves a bound.
 */
#ifndef GANGER_THROUGHPUT_HULL_H
#define GANGER_THROUGHPUT_HULL_H

#include "search/search.h"
#include "throughput/prices.h"

struct ganger_hull;

/* True if it can be had: every work closes its line in whole. */
bool ganger_hull_applies(const struct ganger_line_up *line_up);

/* It looks at the prices, which have a bound, and take no further steps; it has about so many ticks in all. NULL if memory is
 * short. */
struct ganger_hull *ganger_hull_create(const struct ganger_line_up *line_up,
                                       const struct ganger_flow_prices *prices, int64_t budget);
void ganger_hull_destroy(struct ganger_hull *hull);

/* Goes on for about so many ticks on the calling thread, with the sets of a plan among the columns. Returns the ticks that
 * it took; 0 if it was broken off, after which it must not go on. */
int64_t ganger_hull_step(struct ganger_hull *hull, const int32_t *start, const int32_t *mode,
                         int64_t ticks);
/* Takes what was proven, if it is better than the bound so far; true if it was. */
bool ganger_hull_take(struct ganger_hull *hull);
/* True once going on has little to give. */
bool ganger_hull_settled(const struct ganger_hull *hull);
/* The proof of the best bound: states of the periods, for the caller to clear, and no prices of segments but at the end of
 * segment[boundaries * segments * 2], where those of prices.h are. There must be a bound. False, and nothing done, if memory
 * is short. */
bool ganger_hull_fill(const struct ganger_hull *hull, double *segment,
                      struct ganger_search_states *states);
/* The start and mode of each work that the shares of the last pass are most for. */
void ganger_hull_round(const struct ganger_hull *hull, int32_t *start, int32_t *mode);
/* What each start of a work pays beyond the least at the best proof's prices, so many times, M USD; by cell of the line-up,
 * the others as they were. There must be a bound. */
void ganger_hull_toll(struct ganger_hull *hull, double times, double *toll);
/* Where a plan falls short of the best bound, M USD by period: what the period is worth at most beyond what it is worth
 * with the plan's works at work, and what works pay beyond the least, in the period that they start in. The sum is the gap,
 * but for the boundary at the end. `flow` is the plan's. */
void ganger_hull_lack(struct ganger_hull *hull, const int32_t *start, const int32_t *mode,
                      const double *flow, double *lack);
/* The best bound, M USD; INFINITY before the first. */
double ganger_hull_bound(const struct ganger_hull *hull);

#endif
