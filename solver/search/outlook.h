/*
 * The outlook: what the capacity of each link is worth by itself, near a given use of the network.
 *
 * For some moments the network is solved as it is expected to be, with each link closed, and with each as strong as
 * its works can make it. Between those, V is concave in the capacity u of one link, so it lies above the chord and
 * below the tangents; the outlook takes the middle below the expected capacity, and the tangent, up to the most that
 * the link can add, above it. Summed over links this is a guess of V that needs no LP: good enough to find out which
 * works fit together, never used to value a plan.
 */
#ifndef GANGER_SEARCH_OUTLOOK_H
#define GANGER_SEARCH_OUTLOOK_H

#include "freight/paths.h"
#include "search/model.h"

struct ganger_outlook {
    int32_t samples, links;
    int32_t *first;      /* [samples+1] boundaries that a sample stands for */
    double *usual;       /* [samples * links] expected capacity, Mt/yr */
    double *price;       /* M USD per year and Mt/yr at it */
    double *lost;        /* M USD per year that closing the link costs */
    double *chord;       /* of that by the expected capacity */
    double *first_price; /* of the first Mt/yr of a closed link */
    double *top;         /* M USD per year that all works on the link can add */
};

/* Expected capacity [links * boundaries]. False if memory or an LP gave out. */
bool ganger_outlook_init(struct ganger_outlook *outlook, const struct ganger_search_model *model,
                         const double *capacity, const struct ganger_path_pool *paths, int threads,
                         int64_t *ticks);
void ganger_outlook_clear(struct ganger_outlook *outlook);

/* Guessed weighted changes of V for capacities of a link, M USD: change[t] for boundaries from .. to-1. */
void ganger_outlook_changes(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, int32_t from, int32_t to, const double *capacity,
                            double *change);
/* Their sum over all boundaries; `scratch` [boundaries]. */
double ganger_outlook_worth(const struct ganger_outlook *outlook, const struct ganger_time *time,
                            int32_t link, const double *capacity, double *scratch);

#endif
