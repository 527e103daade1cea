/*
 * Which works wait for rails (MODEL section 5, rule 4), for the prices of rails: the referee's own reading.
 *
 * A row for each work that builds new line, in the order of works. If rails lead to it from the first, there is
 * nothing to wait for, and its prices must be 0. Else any one of its openers may bring rails to it: works that
 * build the segment before or after it on its link, and at an end of the link the nearest segment not built yet
 * of each other link there - the whole link is needed, so that one segment of it is the least to ask. Openers that can only
 * be built once the waiter is begun are none (ways.h).
 */
#ifndef GANGER_CHECK_WAITS_H
#define GANGER_CHECK_WAITS_H

#include "instance/problem.h"

struct ganger_waits {
    int32_t rows;
    int32_t *work;           /* [rows] */
    bool *led;               /* [rows] rails lead to it from the first */
    int32_t *first, *opener; /* CSR [rows+1] */
    int32_t room;            /* of opener */
};

/* False if memory is short; clear it even then. `first_on` and `work_on` are the CSR of works by segment. */
bool ganger_waits_init(struct ganger_waits *waits, const struct ganger_problem *problem,
                       const int32_t *first_on, const int32_t *work_on);
void ganger_waits_clear(struct ganger_waits *waits);

#endif
