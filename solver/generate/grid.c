#include "generate/grid.h"

#include <stdlib.h>

bool ganger_grid_init(struct ganger_grid *grid, const struct ganger_place *place, int32_t places,
                      int32_t side)
{
    *grid = (struct ganger_grid){.place = place, .side = side > 0 ? side : 1, .cells = 16};
    while (grid->cells < 2 * places) {
        grid->cells *= 2;
    }
    grid->head = calloc((size_t)grid->cells, sizeof *grid->head);
    grid->next = calloc((size_t)places, sizeof *grid->next);
    for (int32_t i = 0; grid->head != NULL && i < grid->cells; i++) {
        grid->head[i] = GANGER_NONE;
    }
    return grid->head != NULL && grid->next != NULL;
}

void ganger_grid_clear(struct ganger_grid *grid)
{
    free(grid->head);
    free(grid->next);
    *grid = (struct ganger_grid){0};
}

static int32_t cell_of(const struct ganger_grid *grid, int32_t column, int32_t row)
{
    uint32_t hash = (uint32_t)column * 0x9e3779b1u ^ (uint32_t)row * 0x85ebca77u;
    hash ^= hash >> 15;
    return (int32_t)(hash & (uint32_t)(grid->cells - 1));
}

void ganger_grid_add(struct ganger_grid *grid, int32_t number)
{
    const struct ganger_place *place = &grid->place[number];
    int32_t cell = cell_of(grid, place->x / grid->side, place->y / grid->side);
    grid->next[number] = grid->head[cell];
    grid->head[cell] = number;
}

/* Several squares may share a cell, so a place counts only for the square that it lies in. */
static bool lies_in(const struct ganger_grid *grid, int32_t number, int32_t column, int32_t row)
{
    return grid->place[number].x / grid->side == column &&
           grid->place[number].y / grid->side == row;
}

bool ganger_grid_any(const struct ganger_grid *grid, const struct ganger_place *place,
                     int32_t distance)
{
    int32_t column = place->x / grid->side, row = place->y / grid->side;
    int32_t reach = distance / grid->side + 1;
    for (int32_t r = row - reach; r <= row + reach; r++) {
        for (int32_t c = column - reach; c <= column + reach; c++) {
            int32_t i = grid->head[cell_of(grid, c, r)];
            for (; i != GANGER_NONE; i = grid->next[i]) {
                if (ganger_place_distance2(place, &grid->place[i]) < (int64_t)distance * distance) {
                    return true;
                }
            }
        }
    }
    return false;
}

int32_t ganger_grid_near(const struct ganger_grid *grid, const struct ganger_place *place,
                         int32_t distance, int32_t *list)
{
    int32_t column = place->x / grid->side, row = place->y / grid->side, count = 0;
    int32_t reach = distance / grid->side + 1;
    for (int32_t r = row - reach; r <= row + reach; r++) {
        for (int32_t c = column - reach; c <= column + reach; c++) {
            int32_t i = grid->head[cell_of(grid, c, r)];
            for (; i != GANGER_NONE; i = grid->next[i]) {
                if (lies_in(grid, i, c, r) && ganger_place_distance2(place, &grid->place[i]) <=
                                                  (int64_t)distance * distance) {
                    list[count++] = i;
                }
            }
        }
    }
    return count;
}
