/*
 * Spare room: what freight loses that has to leave a link, and how much may take one, as far as there is room on its other
 * links. Where a link has a price it is full, and whoever comes pays the price, for which others make room; where it has
 * none it takes as much as is left of it, and no more. What is asked one after another shares the room.
 */
#ifndef GANGER_SEARCH_SPARE_H
#define GANGER_SEARCH_SPARE_H

#include "relax/states.h"

/* One worker's scratch, for the states of a view. */
struct ganger_spare {
    const struct ganger_path_pool *paths;
    struct ganger_states_view view;
    const double *profit; /* [paths] of a tonne at the prices, USD: the caller's */
    double *room;         /* [arcs] left, Mt/yr; infinite with a price */
    double *taken;        /* [arcs] of it */
    int32_t *touched;     /* [touches] arcs of which some is taken */
    int32_t touches;
    int64_t looked; /* arcs so far */
};

/* Freight of a demand on a link. */
struct ganger_spare_freight {
    int32_t link, first; /* first: place of the demand's first path in the view's list */
    double worth;        /* of a tonne there, more than if it stays at home, USD */
};

bool ganger_spare_init(struct ganger_spare *spare, const struct ganger_path_pool *paths,
                       struct ganger_states_view view, const double *profit);
void ganger_spare_clear(struct ganger_spare *spare);
/* What is left in a lane, of capacity[link * apart]. */
void ganger_spare_measure(struct ganger_spare *spare, int lane, const double *capacity,
                          int64_t apart);

/* What `volume` Mt/yr lose that leave the link, on the best other paths with room or at home, M USD per year. O(arcs of the
 * demand's paths). */
double ganger_spare_leave(struct ganger_spare *spare, struct ganger_spare_freight freight,
                          double volume);
/* How much of `volume` Mt/yr finds room on a path. */
double ganger_spare_join(struct ganger_spare *spare, int32_t path, double volume);
/* All room is as it was measured. */
void ganger_spare_forget(struct ganger_spare *spare);

#endif
