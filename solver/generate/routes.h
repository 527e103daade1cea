/*
 * Cheapest ways over the lines of a country that are open, by the weights of its lines (Dijkstra).
 */
#ifndef GANGER_GENERATE_ROUTES_H
#define GANGER_GENERATE_ROUTES_H

#include "generate/country.h"

struct ganger_route_step {
    int64_t cost;
    int32_t place;
};

struct ganger_routes {
    const struct ganger_country *country;
    int32_t *first_arm; /* [places + 1] into arm */
    int32_t *arm;       /* lines that end at a place */
    int64_t *cost;      /* [places] from the origin; -1: not known to be reached */
    int32_t *via;       /* [places] line by which a place was reached, or GANGER_NONE */
    bool *final;        /* [places] */
    bool *wanted;       /* [places] by ganger_routes_want() */
    int32_t wants;
    int32_t *touched; /* [places] what to clean up before the next search */
    int32_t touches;
    struct ganger_route_step *heap;
    int32_t waiting;
};

/* Takes the lines that are open now. False if memory is short. */
bool ganger_routes_init(struct ganger_routes *routes, const struct ganger_country *country);
void ganger_routes_clear(struct ganger_routes *routes);
/* Names a place that the next search is to reach. */
void ganger_routes_want(struct ganger_routes *routes, int32_t place);
/* Finds the ways from `origin` to the places wanted at least, which then are wanted no more. */
void ganger_routes_from(struct ganger_routes *routes, int32_t origin);
/* The place before `place` on the way that was found; GANGER_NONE at the origin. */
int32_t ganger_routes_before(const struct ganger_routes *routes, int32_t place);

#endif
