/*
 * Prices, and the dual bound of MODEL section 7 that they prove, where works only close lines for a while.
 *
 * Put a potential on every node and period, from 0 at the origin to 1 at the destination: what a link gains, if it
 * gains, is its price, and then every route costs what its freight earns. No plan is worth more than the lines are at
 * these prices, each work done where it costs least. The best potentials are those of a linear programme in which works
 * may be done in parts; it is solved by primal-dual hybrid gradient steps with averaging and restarts (Chambolle and
 * Pock, 2011; Applegate et al., 2021) on flows and shares of starts, prices and potentials. A step costs a pass over
 * the network in all periods and over all starts. Any potentials prove a bound; the best are kept.
 */
#ifndef GANGER_THROUGHPUT_PRICES_H
#define GANGER_THROUGHPUT_PRICES_H

#include "throughput/line_up.h"

struct ganger_flow_prices;

/* NULL if memory is short. */
struct ganger_flow_prices *ganger_flow_prices_create(const struct ganger_line_up *line_up);
void ganger_flow_prices_destroy(struct ganger_flow_prices *prices);

/* So many steps on the calling thread, and the bound that they prove; it counts once it is taken. Returns ticks; 0 if it
 * was broken off, after which no further step must be made. */
int64_t ganger_flow_prices_step(struct ganger_flow_prices *prices, int32_t steps,
                                bool (*interrupted)(void *context), void *context);
/* Takes what the last steps proved, if it is better than the bound so far; true if it was. */
bool ganger_flow_prices_take(struct ganger_flow_prices *prices);
/* True once further steps have little to give. */
bool ganger_flow_prices_settled(const struct ganger_flow_prices *prices);
/* Starts of all works and modes that have a share. */
int32_t ganger_flow_prices_starts(const struct ganger_flow_prices *prices);

/* The best bound, M USD, boundary at the end included; INFINITY before the first. */
double ganger_flow_prices_bound(const struct ganger_flow_prices *prices);
/* The prices that prove it, USD/t, into segment[boundaries * segments * 2], which is 0 elsewhere. */
void ganger_flow_prices_fill(const struct ganger_flow_prices *prices, double *segment);

#endif
