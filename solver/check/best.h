/* What the parts of the npv bound share: see bound.c. Private to check/. */
#ifndef GANGER_CHECK_BEST_H
#define GANGER_CHECK_BEST_H

#include "check/bound.h"
#include "check/energy.h"
#include "check/far.h"
#include "check/gates.h"
#include "check/trees.h"

struct ganger_best {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    ganger_wide *toll; /* [resources * periods] window prices on a unit consumed, ratio bits */
    bool *tolled;      /* [resources] any of them */
    int64_t *rent;     /* [renewables * periods] prices, grid bits */
    bool *rented;      /* [renewables] any of them */
    int32_t *paid_row; /* [segments] row of `paid`, GANGER_NONE where capacity costs nothing */
    int64_t *paid;     /* [rows * (periods+1)] price in both directions, grid bits */
    int32_t *first_at,
        *row_at; /* CSR by work: priced rows of precedence, after them of rails, then from afar, that it is part of */
    struct ganger_gates gates;
    struct ganger_trees trees;
    struct ganger_energy energy;
    struct ganger_far far;
    /* Of the work at hand. */
    ganger_wide *before, *after; /* [periods+1] what its start and its finish are worth */
    ganger_wide *later;          /* [periods+1] prices of a row of order from a period on */
    ganger_wide *standing;       /* [periods] price of all that its segment can carry, 0 at rest */
    /* Of the mode at hand, sums before t. */
    ganger_wide *burden, *spent; /* [periods+1] */
    ganger_wide *credited;       /* [periods+1] `after` and what the mode gets for energy */
    const ganger_wide
        *finished; /* what a finish is worth: credited, or `after` where there is no such price */
    ganger_wide sum;
    bool lost;
};

/* Prepares what works are judged by, and adds to `sum` what the prices leave as constants. False if memory is
 * short; close it even then. */
bool ganger_best_open(struct ganger_best *best, const struct ganger_facts *facts,
                      const struct ganger_prices *prices);
void ganger_best_close(struct ganger_best *best);

/* Who is part of a row of order: any of the openers opens the way to the waiter. */
struct ganger_order {
    int32_t waiter, openers;
    const int32_t *opener; /* [openers] */
};
struct ganger_order ganger_best_order(const struct ganger_best *best, int32_t row);

/* Prices [periods] of a row of order: the precedences, after them the works that wait for rails, then rows from afar. */
const double *ganger_best_order_price(const struct ganger_best *best, int32_t row);

/* Adds a term to the bound. */
void ganger_best_add(struct ganger_best *best, ganger_wide term);

/* A real of the instance in units. */
static inline ganger_wide ganger_best_units(struct ganger_best *best, double x,
                                            enum ganger_toward toward)
{
    return ganger_wide_from(x, GANGER_UNIT_BITS, toward, &best->lost);
}

#endif
