#include "freight/paths.h"

#include <stdlib.h>
#include <string.h>

/* Grows every array indexed by path. */
static bool grow_paths(struct ganger_path_pool *pool, int32_t room)
{
    int32_t *demand = realloc(pool->demand, (size_t)room * sizeof *demand);
    pool->demand = demand ? demand : pool->demand;
    double *cost = realloc(pool->cost, (size_t)room * sizeof *cost);
    pool->cost = cost ? cost : pool->cost;
    int32_t *first = realloc(pool->first_arc, ((size_t)room + 1) * sizeof *first);
    pool->first_arc = first ? first : pool->first_arc;
    int32_t *before = realloc(pool->before, (size_t)room * sizeof *before);
    pool->before = before ? before : pool->before;
    uint8_t *basis = realloc(pool->path_basis, (size_t)room);
    pool->path_basis = basis ? basis : pool->path_basis;
    if (!demand || !cost || !first || !before || !basis) {
        return false;
    }
    pool->room = room;
    return true;
}

static bool grow_arcs(struct ganger_path_pool *pool, int32_t room)
{
    int32_t *arcs = realloc(pool->arcs, (size_t)room * sizeof *arcs);
    if (!arcs) {
        return false;
    }
    pool->arcs = arcs;
    pool->arc_room = room;
    return true;
}

bool ganger_path_pool_init(struct ganger_path_pool *pool, const struct ganger_graph *graph)
{
    *pool = (struct ganger_path_pool){.graph = graph};
    size_t demands = (size_t)graph->problem->demands.count + 1;
    size_t arcs = (size_t)graph->arcs + 1;
    pool->last_of = malloc(demands * sizeof *pool->last_of);
    pool->row_arc = malloc(arcs * sizeof *pool->row_arc);
    pool->row_of = malloc(arcs * sizeof *pool->row_of);
    pool->row_basis = malloc(arcs + demands);
    if (!pool->last_of || !pool->row_arc || !pool->row_of || !pool->row_basis ||
        !grow_paths(pool, 256) || !grow_arcs(pool, 4096)) {
        ganger_path_pool_clear(pool);
        return false;
    }
    for (size_t i = 0; i < demands; i++) {
        pool->last_of[i] = GANGER_NONE;
    }
    for (size_t i = 0; i < arcs; i++) {
        pool->row_of[i] = GANGER_NONE;
    }
    pool->first_arc[0] = 0;
    return true;
}

void ganger_path_pool_clear(struct ganger_path_pool *pool)
{
    free(pool->demand);
    free(pool->cost);
    free(pool->first_arc);
    free(pool->arcs);
    free(pool->last_of);
    free(pool->before);
    free(pool->row_arc);
    free(pool->row_of);
    free(pool->row_basis);
    free(pool->path_basis);
    *pool = (struct ganger_path_pool){0};
}

bool ganger_path_pool_copy(struct ganger_path_pool *to, const struct ganger_path_pool *from)
{
    int32_t used = from->first_arc[from->count];
    if ((to->room < from->count && !grow_paths(to, from->room)) ||
        (to->arc_room < used && !grow_arcs(to, from->arc_room))) {
        return false;
    }
    size_t count = (size_t)from->count;
    size_t demands = (size_t)from->graph->problem->demands.count;
    memcpy(to->demand, from->demand, count * sizeof *to->demand);
    memcpy(to->cost, from->cost, count * sizeof *to->cost);
    memcpy(to->first_arc, from->first_arc, (count + 1) * sizeof *to->first_arc);
    memcpy(to->arcs, from->arcs, (size_t)used * sizeof *to->arcs);
    memcpy(to->before, from->before, count * sizeof *to->before);
    memcpy(to->last_of, from->last_of, demands * sizeof *to->last_of);
    memcpy(to->row_arc, from->row_arc, (size_t)from->rows * sizeof *to->row_arc);
    memcpy(to->row_of, from->row_of, (size_t)from->graph->arcs * sizeof *to->row_of);
    memcpy(to->row_basis, from->row_basis, (size_t)from->basis_rows);
    memcpy(to->path_basis, from->path_basis, (size_t)from->basis_paths);
    to->count = from->count;
    to->rows = from->rows;
    to->basis_rows = from->basis_rows;
    to->basis_paths = from->basis_paths;
    return true;
}

static int32_t find(const struct ganger_path_pool *pool, int32_t demand, const int32_t *arcs,
                    int32_t count)
{
    for (int32_t p = pool->last_of[demand]; p != GANGER_NONE; p = pool->before[p]) {
        if (pool->first_arc[p + 1] - pool->first_arc[p] == count &&
            memcmp(pool->arcs + pool->first_arc[p], arcs, (size_t)count * sizeof *arcs) == 0) {
            return p;
        }
    }
    return GANGER_NONE;
}

int32_t ganger_path_pool_add(struct ganger_path_pool *pool, int32_t demand, const int32_t *arcs,
                             int32_t count)
{
    int32_t found = find(pool, demand, arcs, count);
    if (found != GANGER_NONE) {
        return found;
    }
    int32_t used = pool->first_arc[pool->count];
    if ((pool->count == pool->room && !grow_paths(pool, 2 * pool->room)) ||
        (used + count > pool->arc_room && !grow_arcs(pool, 2 * pool->arc_room + count))) {
        return GANGER_NONE;
    }
    int32_t p = pool->count++;
    double cost = 0;
    for (int32_t i = 0; i < count; i++) {
        pool->arcs[used + i] = arcs[i];
        cost += pool->graph->cost[arcs[i]];
    }
    pool->demand[p] = demand;
    pool->cost[p] = cost;
    pool->first_arc[p + 1] = used + count;
    pool->before[p] = pool->last_of[demand];
    pool->last_of[demand] = p;
    return p;
}

int32_t ganger_path_pool_add_row(struct ganger_path_pool *pool, int32_t arc)
{
    if (pool->row_of[arc] == GANGER_NONE) {
        pool->row_of[arc] = pool->rows;
        pool->row_arc[pool->rows++] = arc;
    }
    return pool->row_of[arc];
}

bool ganger_path_pool_merge(struct ganger_path_pool *to, const struct ganger_path_pool *from,
                            int32_t paths, int32_t rows)
{
    for (int32_t i = rows; i < from->rows; i++) {
        ganger_path_pool_add_row(to, from->row_arc[i]);
    }
    for (int32_t p = paths; p < from->count; p++) {
        if (ganger_path_pool_add(to, from->demand[p], from->arcs + from->first_arc[p],
                                 from->first_arc[p + 1] - from->first_arc[p]) == GANGER_NONE) {
            return false;
        }
    }
    return true;
}
