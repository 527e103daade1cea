/* Discount factors between integers; the only user of MPFR, whose functions round as they are asked to. */
#ifndef GANGER_CHECK_DISCOUNT_H
#define GANGER_CHECK_DISCOUNT_H

#include "instance/problem.h"

enum {
    GANGER_WEIGHT_BITS = 50,        /* years: the terminal years may be a thousand */
    GANGER_YEAR_QUARTER_DAYS = 1461 /* 365.25 days */
};

/* Arrays [periods+1] to fill, as in struct ganger_facts: each real between its low and its high. */
struct ganger_discount {
    int64_t *low, *high;               /* disc(t), GANGER_RATIO_BITS */
    int64_t *weight_low, *weight_high; /* w_t of MODEL section 7, GANGER_WEIGHT_BITS */
};

void ganger_discount_fill(const struct ganger_time *time, struct ganger_discount discount);

#endif
