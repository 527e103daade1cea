/*
 * Rows of energy: a work that waits for others begins only once gangs have had the time for all of them. In parts, a little of
 * each at once, works would let their successor begin little by little, from the first weeks on; in truth gangs that have so much
 * to do are done at the end (solver/MODEL.md, "What is proven").
 *
 * A row is a successor and a renewable, at each period tau: what has been done by tau of all works that are finished whenever the
 * successor begins, is all that there is to do, less what the gang can do from tau to its start. An account is a work and a
 * renewable, for all rows that it is part of.
 */
#ifndef GANGER_RELAX_ENERGIES_H
#define GANGER_RELAX_ENERGIES_H

#include "instance/problem.h"

struct ganger_energies {
    const struct ganger_problem *problem;
    int32_t *worked; /* [(calendars+1) * boundaries] working periods before t */
    int32_t *nth;    /* [(calendars+1) * (boundaries+1)] the least t with n of them before it */
    int32_t count;   /* rows, those of a successor side by side */
    int32_t *successor, *renewable, *total; /* [count] total: what there is to do, gang-periods */
    int32_t *supply;                        /* [count * boundaries] what can be done before t */
    int32_t *reach; /* [count * boundaries] the least tau from which not all can be done before t */
    int32_t *first_member, *member; /* CSR [count+1]: accounts */
    int32_t accounts;
    int32_t *account_at; /* [works * renewables] or GANGER_NONE */
    int32_t *account_work, *account_renewable, *account_total; /* [accounts] */
    int32_t *first_account, *account;                          /* CSR [works+1] */
    int32_t *first_row; /* [works] rows of which it is the successor, first_row .. last_row-1 */
    int32_t *last_row;
};

/* What there is to do of a work for a renewable at least, in gang-periods. */
int32_t ganger_energies_least(const struct ganger_problem *problem, int32_t work,
                              int32_t renewable);
/* What a mode uses of it while at work. */
int32_t ganger_energies_amount(const struct ganger_problem *problem, int32_t renewable,
                               int32_t mode);

/* All rows of a problem. False if memory is short. */
bool ganger_energies_init(struct ganger_energies *energies, const struct ganger_problem *problem);
void ganger_energies_clear(struct ganger_energies *energies);

/* The least tau from which on a work that is finished at `finish` in a mode that uses so much is worth some credit. */
static inline int32_t ganger_energies_credit_from(const struct ganger_energies *energies,
                                                  int32_t account, int32_t amount, int32_t finish)
{
    const struct ganger_energies *e = energies;
    int64_t boundaries = e->problem->time.periods + 1;
    int64_t row = e->problem->works.calendar[e->account_work[account]] + 1;
    int32_t n = e->worked[row * boundaries + finish] - (e->account_total[account] - 1) / amount;
    return n > 0 ? e->nth[row * (boundaries + 1) + n] : 0;
}

#endif
