/*
 * Rows of rails from afar: a work that builds new line waits for one of some works through which all rails to it must come,
 * and for as long as building takes from there (MODEL section 5, rule 4): the referee's own reading.
 *
 *     price_far(row, t) * (sum_k [k finished by latest(k, t)] - [j begun by t])   is never negative,
 *
 * where latest(k, t) is when k may be finished at the latest if rails come from it to j, which begins at t: each work between
 * takes its shortest time, in any mode, and its calendar's.
 */
#ifndef GANGER_CHECK_FAR_H
#define GANGER_CHECK_FAR_H

#include "check/facts.h"
#include "plan/plan.h"

struct ganger_far {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    int32_t *
        opens; /* [openers * (periods+1)] by finish: boundary from which on the waiter may begin; periods: none */
    bool bypassed; /* rails may come to a waiter past all works of a row */
};

/* The first field that is not in range or in order, NULL if there is none. */
const char *ganger_far_bad(const struct ganger_facts *facts, const struct ganger_prices *prices,
                           int64_t *index, double *value);
/* Follows rails back from each row's work. False if memory is short; close it even then. */
bool ganger_far_open(struct ganger_far *far, const struct ganger_facts *facts,
                     const struct ganger_prices *prices);
void ganger_far_close(struct ganger_far *far);

#endif
