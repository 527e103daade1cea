/*
 * What must be done before what: rows that say of a work that it may only have begun as far as others are done.
 *
 * First the problem's precedences, one work waiting for another; then rails: a build work on a line not built yet, all
 * of whose neighbours are not built either, waits for any one of the works that would bring rails to it. Where a
 * neighbour is a whole link, its nearest segment stands for it, so that the rows ask no more than MODEL section 5 does. Rows
 * of rails from afar come last.
 */
#ifndef GANGER_RELAX_ORDERS_H
#define GANGER_RELAX_ORDERS_H

#include "instance/problem.h"

struct ganger_orders {
    const struct ganger_problem *problem;
    int32_t count,
        precedences; /* rows; the first are those of the problem's precedences, in order */
    int32_t far,
        far_entry;   /* from here on rows, and their entries in `opener`, from afar (rails.h) */
    int32_t *waiter; /* [count] the work that waits */
    int32_t *first, *opener; /* CSR [count+1]: works any one of which opens the way */
    int32_t *
        opens; /* [entries from afar * (T+2)] by finish, boundary from which the waiter may begin */
    int32_t *row_of;          /* [entries of opener] */
    int32_t *first_in, *in;   /* CSR [works+1]: rows in which a work waits */
    int32_t *first_out, *out; /* CSR [works+1]: entries of `opener` that are the work */
};

/* False if memory is short. */
bool ganger_orders_init(struct ganger_orders *orders, const struct ganger_problem *problem);
void ganger_orders_clear(struct ganger_orders *orders);

/* From which boundary on the waiter of a row may begin when one of its openers, at an entry, occupies [start, finish). */
static inline int64_t ganger_orders_opens(const struct ganger_orders *orders, int32_t row,
                                          int32_t entry, int32_t start, int32_t finish)
{
    const struct ganger_precedences *rows = &orders->problem->precedences;
    if (row >= orders->far) {
        int64_t width = orders->problem->time.periods + 2;
        return orders->opens[(entry - orders->far_entry) * width + finish];
    }
    if (row >= orders->precedences) {
        return finish;
    }
    return (int64_t)(rows->type[row] == GANGER_PRECEDENCE_FS ? finish : start) + rows->lag[row];
}

#endif
