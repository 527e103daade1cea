/*
 * Prices of openings, as the referee reads them. An opening names demands S, an arc and works N, each on a segment of the arc's
 * link or of one that all freight of S on the arc passes in the same direction (through.h). With volume the sum of those
 * demands at t, at most
 *
 *     u = min(volume, what the segments of N carry with all their works finished)
 *
 * goes over the arc; and while any work w of N is not finished, at most
 *
 *     b = min(u, the most, over w, that w's segment carries with all its works finished but w),
 *
 * what is worn counting as whole once a work that renews it is finished. So with `open` 1 from the boundary on at which all of N are
 * finished, and 0 before,
 *
 *     freight of S on the arc  <=  b + (u - b) * open        and        open  <=  [w is finished]   for each w of N.
 *
 * At prices of those, freight pays on the arc, works get theirs from their finish on, and an opening is worth what its best boundary
 * is worth, or nothing; what it waits for by gangs (energy.h) is taken off. Capacities and volumes are rounded up; any figures
 * of which b <= u and neither is too small prove a bound.
 */
#ifndef GANGER_CHECK_OPENINGS_H
#define GANGER_CHECK_OPENINGS_H

#include "check/energy.h"

struct ganger_openings {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    int32_t *first_at, *at; /* CSR by work: priced places of opening_work that are of it */
    ganger_wide constant;   /* what passes before they open, and what they are worth; rounded up */
    bool lost;
};

/* False if memory is short; close it even then. They are what ganger_openings_bad() lets pass. */
bool ganger_openings_open(struct ganger_openings *openings, struct ganger_energy *energy);
void ganger_openings_close(struct ganger_openings *openings);

/* Adds to after[t] what the work gets for being finished at t. */
void ganger_openings_after(struct ganger_openings *openings, int32_t work, ganger_wide *after);

/* The name of the first table that is not what it may be, and where; NULL if all are, and where memory is short. */
const char *ganger_openings_bad(const struct ganger_facts *facts,
                                const struct ganger_prices *prices, int64_t *index, double *found,
                                bool *short_of_memory);

#endif
