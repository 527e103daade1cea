/*
 * Places in square cells, to find those near a point. The places stay with their owner.
 */
#ifndef GANGER_GENERATE_GRID_H
#define GANGER_GENERATE_GRID_H

#include "generate/country.h"

struct ganger_grid {
    const struct ganger_place *place;
    int32_t side;  /* of a cell, hm */
    int32_t cells; /* a power of two: cells are hashed, so that no bounds are needed */
    int32_t *head; /* [cells] */
    int32_t *next; /* [places] */
};

/* False if memory is short. */
bool ganger_grid_init(struct ganger_grid *grid, const struct ganger_place *place, int32_t places,
                      int32_t side);
void ganger_grid_clear(struct ganger_grid *grid);
void ganger_grid_add(struct ganger_grid *grid, int32_t number);
/* Whether any place added lies nearer to `place` than `distance`. */
bool ganger_grid_any(const struct ganger_grid *grid, const struct ganger_place *place,
                     int32_t distance);
/* Numbers of the places within `distance` of `place`, itself among them, in the order of cells; `list` has room for
 * all places. */
int32_t ganger_grid_near(const struct ganger_grid *grid, const struct ganger_place *place,
                         int32_t distance, int32_t *list);

#endif
