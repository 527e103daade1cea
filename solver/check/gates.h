/*
 * Prices of closures, as the referee reads them: a row asks of the freight of a demand on a link, at each boundary,
 *
 *     flow <= volume * (1 - closed)    or    flow <= volume * opened.
 *
 * It names a segment of the link or a renewable. A segment without capacity is opened by works on it that have a gain:
 * until one of them is finished nothing passes. Any other is closed by each work on it that is at work in a mode with
 * factor 0, and these never overlap. A renewable closes by what such works use of it, as a share of its capacity: on the
 * link, and on all links that a path over the link cannot do without, if it is to cost less than the demand's value. The
 * use of all together is within the capacity, and what works at all closes such a path.
 */
#ifndef GANGER_CHECK_GATES_H
#define GANGER_CHECK_GATES_H

#include "check/facts.h"
#include "plan/plan.h"

struct ganger_gates {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    /* [rows * (periods+1)] w_t * price * volume in unit bits, rounded against the plan: up if the row opens */
    ganger_wide *worth;
    ganger_wide constant;       /* what rows that close are worth together, rounded up */
    int32_t *first_at, *row_at; /* CSR by work: rows that it is part of */
    bool lost;
};

/* False if memory is short; close it even then. The rows are those that ganger_gates_bad() lets pass. */
bool ganger_gates_open(struct ganger_gates *gates, const struct ganger_facts *facts,
                       const struct ganger_prices *prices);
void ganger_gates_close(struct ganger_gates *gates);

/* The first row that names no gate, else -1. */
int32_t ganger_gates_bad(const struct ganger_problem *problem, const struct ganger_prices *prices);

/* Adds to burden[t+1] what a mode pays for being at work in period t; to after[t] what the work gets for being finished
 * at t. */
void ganger_gates_burden(struct ganger_gates *gates, int32_t mode, ganger_wide *burden);
void ganger_gates_after(struct ganger_gates *gates, int32_t work, ganger_wide *after);

#endif
