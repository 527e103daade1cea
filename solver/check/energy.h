/*
 * Prices of energy, as the referee reads them. A work that waits for others cannot begin before their gangs have done them: a row
 * names that successor and a renewable. N are the works waited for: all that are finished whenever it begins, by precedences from
 * finish to start with no negative lag.
 *
 * A work takes at least e units of the renewable, each for a period: by its mode that takes least, with all its periods at full
 * productivity. E is the sum of e over N; works with e = 0 are left out of it, here and below. From period u on, a plan's
 * work still takes
 *
 *     rest(u) = amount * working periods from u on,
 *
 * and all of N, if they are finished by boundary f, together no more than the sum of c over the periods from u to f, where c is the
 * capacity, or less: the most that those works of N take whose calendars let them work then. So, of what is done by u,
 *
 *     sum over w in N of max(0, e - rest(u))  >=  max(0, E - sum of c from u to f),
 *
 * with f the start of the successor; 0 for a work that is not done, and on the right if the successor is not; if it begins before u
 * all of E. At prices of that, for each u, works get their share of the left side, and the successor pays the right side. All are
 * integers: nothing is rounded.
 */
#ifndef GANGER_CHECK_ENERGY_H
#define GANGER_CHECK_ENERGY_H

#include "check/facts.h"
#include "plan/plan.h"

struct ganger_energy {
    const struct ganger_facts *facts;
    const struct ganger_prices *prices;
    int32_t *first_before,
        *before;            /* CSR by work: works that are finished when it begins, directly */
    int32_t *first_of, *of; /* CSR by row: works N of the row that count, none without a price */
    int32_t *first_at, *row_at;  /* CSR by work: rows that it counts for */
    int32_t *first_due, *due_at; /* CSR by work that waits: its rows */
    /* Of the work at hand; sums before t of prices by renewable, and of price times working periods before. */
    ganger_wide *price, *worked_price; /* [renewables * (periods+1)] */
    ganger_wide *least;                /* [renewables] e; 0: no price for it */
    int64_t *working;                  /* [periods+1] working periods before t */
    /* Of the row at hand. */
    ganger_wide *sum, *spent; /* [periods+1] prices before t, and capacity */
    ganger_wide *spent_price; /* [periods+1] price times capacity before */
    bool lost;
};

/* False if memory is short; close it even then. The rows are those that ganger_energy_bad() lets pass. */
bool ganger_energy_open(struct ganger_energy *energy, const struct ganger_facts *facts,
                        const struct ganger_prices *prices);
void ganger_energy_close(struct ganger_energy *energy);

/* The name of the first table that is not what a row may be, and where; NULL if all are. */
const char *ganger_energy_bad(const struct ganger_problem *problem,
                              const struct ganger_prices *prices, int64_t *index, double *found);

/* Takes off worth[s] [periods+1] what the work owes if it begins in s; M USD, unit bits. */
void ganger_energy_work_owes(struct ganger_energy *energy, int32_t work, ganger_wide *worth);

/* Looks at a work; false if no row with a price counts it. Then, for a mode of it, fills credit[f] [periods+1]: what it gets
 * if it is finished at f. */
bool ganger_energy_look(struct ganger_energy *energy, int32_t work);
void ganger_energy_credit(struct ganger_energy *energy, int32_t mode, ganger_wide *credit);

#endif
