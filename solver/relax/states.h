/*
 * The network in a few states side by side - neighbouring boundaries under a plan -, each used nearly as well as it can be:
 * the primal-dual method of the relaxation with all capacities fixed, from where the relaxation stands. A state is a lane
 * of one vector, so that eight cost little more than one.
 *
 * Flows may exceed capacity a little, and prices are not proven: freight/carry.h makes of the flows what fits.
 */
#ifndef GANGER_RELAX_STATES_H
#define GANGER_RELAX_STATES_H

#include "relax/relaxation.h"

enum { GANGER_STATES = 8 };

/* One job's scratch. */
struct ganger_states;

struct ganger_states *ganger_states_create(const struct ganger_relaxation *relaxation);
void ganger_states_destroy(struct ganger_states *states);
/* Marks the paths that are in use; renumbers them after others were dropped. False if memory is short. */
void ganger_states_mark(const struct ganger_states *states, uint8_t *keep);
bool ganger_states_renumber(struct ganger_states *states, const int32_t *number);
/* After paths were added. False if memory is short. */
bool ganger_states_extend(struct ganger_states *states);
/* From now on only paths have a flow that carry a share of their demand in some lane, or on which a tonne gains nearly as much
 * as on the best one, less at most `slack` USD, if that is more than 0. False if memory is short. */
bool ganger_states_narrow(struct ganger_states *states, double slack);

/* Flows and prices that the relaxation has at boundaries t[GANGER_STATES] (any may be there twice); or those of a lane of
 * other states with the same paths. */
void ganger_states_open(struct ganger_states *states, const int32_t *t);
void ganger_states_copy(struct ganger_states *states, int lane, const struct ganger_states *from,
                        int from_lane);
/* Nothing flows in a lane, at prices toll[arcs] in USD per tonne; then paths get their flows one by one. */
void ganger_states_empty(struct ganger_states *states, int lane, const float *toll);
void ganger_states_put(struct ganger_states *states, int lane, int32_t path, double mtpa);
/* What a lane is of: boundary t with capacity[link * boundaries + t]; with `closes`, no freight even tries links without
 * capacity, else they find the price that keeps it away. */
struct ganger_states_at {
    int32_t t;
    const double *capacity;
    bool closes;
};
void ganger_states_set(struct ganger_states *states, int lane, struct ganger_states_at at);
struct ganger_states_run {
    int32_t iterations;
    /* The first step is so many times the relaxation's: with all capacities fixed that may be more than 1, and a step that
     * is too long is cut. */
    double longer;
    /* Asked every few iterations: true breaks off, and the states are of no use. NULL: never. */
    bool (*interrupted)(void *context);
    void *context;
};
/* Some iterations; returns ticks, less than 0 if they were broken off. */
int64_t ganger_states_run(struct ganger_states *states, struct ganger_states_run run);

/* As they are now: entries GANGER_STATES apart. */
struct ganger_states_view {
    const double *flow;    /* [paths] Mt/yr */
    const double *toll;    /* [arcs] USD per tonne */
    const int32_t *listed; /* [count] paths that may have a flow */
    int32_t count;
};
struct ganger_states_view ganger_states_view(const struct ganger_states *states);

#endif
