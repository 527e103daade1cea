/*
 * An outlook without an LP, for networks whose periods are too large for one: freight settled on the capacities asked about
 * (moments.h) tells what a link is worth. A tonne that loses a link loses the link's price,
 * and what its best other way is worse; a tonne that may take it gains the price, less what its way over it is worse.
 * Other links keep their prices, and have no more room than what is left of them (spare.h).
 */
#ifndef GANGER_SEARCH_OUTLOOK_PRICES_H
#define GANGER_SEARCH_OUTLOOK_PRICES_H

#include "search/moments.h"
#include "search/outlook.h"

/* What an outlook is drawn from. */
struct ganger_outlook_prices {
    const struct ganger_moments *moments; /* settled on */
    const double *capacity;               /* [links * boundaries] */
    double
        trust; /* share of what more capacity gains that is believed: links gain from the same freight */
    int threads;
};

/* False if memory is short. */
bool ganger_outlook_of_prices(struct ganger_outlook *outlook, struct ganger_outlook_prices prices,
                              int64_t *ticks);
/* An outlook that knows nothing: no link is worth anything. */
bool ganger_outlook_of_nothing(struct ganger_outlook *outlook,
                               const struct ganger_moments *moments);

#endif
