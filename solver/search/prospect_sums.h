/* The loops over boundaries of prospects.c: without branches, in whole blocks, the same bits on every processor. */
#ifndef GANGER_SEARCH_PROSPECT_SUMS_H
#define GANGER_SEARCH_PROSPECT_SUMS_H

#include "search/lift.h"
#include "search/outlook.h"

#include <stdint.h>

/* Rows have room for so many numbers beyond their end, which say nothing. */
enum { GANGER_PROSPECT_PADDING = 16, GANGER_PROSPECT_ROWS = 11 };

/* Rows by boundary of the link and segment of one work. */
struct ganger_prospect_rows {
    const double *weight;    /* of the boundary */
    double *other;           /* capacity of the link but for the work's segment */
    double *standing;        /* of the segment, what stands without the work */
    double *factor;          /* and what works under way leave of it */
    double *lift;            /* what the finished work adds to what stands */
    double *now;             /* weighted worth of the link without the work */
    double *after, *before;  /* what the finished work adds to that; the sum before a boundary */
    double *change, *active; /* what the active work changes; the sum before a boundary */
    double *net;             /* active less before: by the finish */
};

/* What a mode brings whenever it starts, and for each start. */
struct ganger_prospect_sums {
    double cost, more;
    const double *share;   /* of the cost, discounted */
    const int32_t *finish; /* periods + 1 at most */
};

/* rows->lift. */
void ganger_prospect_lift_all(const struct ganger_lift *lift, int32_t boundaries,
                              const struct ganger_prospect_rows *rows);
/* rows->now and rows->after. */
void ganger_prospect_weigh_done(const struct ganger_outlook *outlook, int32_t link,
                                const struct ganger_prospect_rows *rows);
/* rows->change: the work leaves `left` of its segment in the periods with working[t] 1, not in those with 0. */
void ganger_prospect_weigh_active(const struct ganger_outlook *outlook, int32_t link, double left,
                                  const double *working, const struct ganger_prospect_rows *rows);
/* rows->before; returns the sum of rows->after. */
double ganger_prospect_sum_done(int32_t boundaries, const struct ganger_prospect_rows *rows);
/* rows->active and rows->net. */
void ganger_prospect_sum_active(int32_t periods, const struct ganger_prospect_rows *rows);
/* rows->net of a work that changes nothing while it is active; rows->active is 0. */
void ganger_prospect_sum_idle(int32_t periods, const struct ganger_prospect_rows *rows);
/* sum[start] for the starts up to `last`; returns the most of them. */
double ganger_prospect_add_starts(const struct ganger_prospect_sums *sums, int32_t last,
                                  const struct ganger_prospect_rows *rows, double *sum);
/* The first of those starts in [first, last] whose bit is set that have the most; GANGER_NONE if there is none. Rows have
 * room for GANGER_PROSPECT_PADDING numbers beyond their end. */
int32_t ganger_prospect_best_start(const double *sum, const uint64_t *set, int32_t first,
                                   int32_t last);
/* Of x[0] to x[count - 1], always in the same order. */
double ganger_prospect_total(const double *x, int32_t count);

#endif
