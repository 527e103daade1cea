#include "freight/paths.h"

#include "lp/lp.h"

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
    int64_t *used = realloc(pool->used, (size_t)room * sizeof *used);
    pool->used = used ? used : pool->used;
    uint8_t *basis = realloc(pool->path_basis, (size_t)room);
    pool->path_basis = basis ? basis : pool->path_basis;
    if (!demand || !cost || !first || !before || !used || !basis) {
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
    pool->row_used = calloc(arcs, sizeof *pool->row_used);
    pool->row_basis = malloc(arcs + demands);
    if (!pool->last_of || !pool->row_arc || !pool->row_of || !pool->row_used || !pool->row_basis ||
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
    free(pool->used);
    free(pool->row_arc);
    free(pool->row_of);
    free(pool->row_used);
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
    memcpy(to->used, from->used, count * sizeof *to->used);
    memcpy(to->last_of, from->last_of, demands * sizeof *to->last_of);
    memcpy(to->row_arc, from->row_arc, (size_t)from->rows * sizeof *to->row_arc);
    memcpy(to->row_used, from->row_used, (size_t)from->rows * sizeof *to->row_used);
    memcpy(to->row_of, from->row_of, (size_t)from->graph->arcs * sizeof *to->row_of);
    memcpy(to->row_basis, from->row_basis, (size_t)from->basis_rows);
    memcpy(to->path_basis, from->path_basis, (size_t)from->basis_paths);
    to->count = from->count;
    to->rows = from->rows;
    to->basis_rows = from->basis_rows;
    to->basis_paths = from->basis_paths;
    return true;
}

int32_t ganger_path_pool_find(const struct ganger_path_pool *pool, int32_t demand,
                              const int32_t *arcs, int32_t count)
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
    int32_t found = ganger_path_pool_find(pool, demand, arcs, count);
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
    pool->used[p] = 0;
    pool->first_arc[p + 1] = used + count;
    pool->before[p] = pool->last_of[demand];
    pool->last_of[demand] = p;
    return p;
}

int32_t ganger_path_pool_add_row(struct ganger_path_pool *pool, int32_t arc)
{
    if (pool->row_of[arc] == GANGER_NONE) {
        pool->row_of[arc] = pool->rows;
        pool->row_used[pool->rows] = 0;
        pool->row_arc[pool->rows++] = arc;
    }
    return pool->row_of[arc];
}

/* A row is left out only if it is basic: then the basis loses a row and a basic variable together. */
static void prune_rows(struct ganger_path_pool *pool, int64_t since)
{
    int32_t demands = pool->graph->problem->demands.count;
    int32_t kept = 0;
    int32_t kept_in_basis = 0;
    for (int32_t row = 0; row < pool->rows; row++) {
        int32_t arc = pool->row_arc[row];
        bool known = demands + row < pool->basis_rows;
        bool needed = known && !ganger_lp_is_basic(pool->row_basis[demands + row]);
        if (!needed && pool->row_used[row] < since) {
            pool->row_of[arc] = GANGER_NONE;
            continue;
        }
        if (known) {
            pool->row_basis[demands + kept] = pool->row_basis[demands + row];
            kept_in_basis++;
        }
        pool->row_used[kept] = pool->row_used[row];
        pool->row_of[arc] = kept;
        pool->row_arc[kept++] = arc;
    }
    pool->rows = kept;
    pool->basis_rows = pool->basis_rows > 0 ? demands + kept_in_basis : 0;
}

static void move_path(struct ganger_path_pool *pool, int32_t from, int32_t to)
{
    int32_t first = pool->first_arc[from];
    int32_t count = pool->first_arc[from + 1] - first;
    int32_t place = pool->first_arc[to];
    for (int32_t i = 0; i < count; i++) {
        pool->arcs[place + i] = pool->arcs[first + i];
    }
    pool->demand[to] = pool->demand[from];
    pool->cost[to] = pool->cost[from];
    pool->used[to] = pool->used[from];
    pool->before[to] = pool->last_of[pool->demand[from]];
    pool->last_of[pool->demand[from]] = to;
}

void ganger_path_pool_prune(struct ganger_path_pool *pool, int64_t since)
{
    int32_t kept = 0;
    int32_t kept_in_basis = 0;
    for (int32_t k = 0; k < pool->graph->problem->demands.count; k++) {
        pool->last_of[k] = GANGER_NONE;
    }
    for (int32_t p = 0; p < pool->count; p++) {
        bool known = p < pool->basis_paths;
        bool needed = known && ganger_lp_is_basic(pool->path_basis[p]);
        if (!needed && pool->used[p] < since) {
            continue;
        }
        if (known) {
            pool->path_basis[kept_in_basis++] = pool->path_basis[p];
        }
        int32_t end = pool->first_arc[kept] + pool->first_arc[p + 1] - pool->first_arc[p];
        move_path(pool, p, kept);
        pool->first_arc[++kept] = end;
    }
    pool->count = kept;
    pool->basis_paths = kept_in_basis;
    prune_rows(pool, since);
}

void ganger_path_pool_keep(struct ganger_path_pool *pool, const uint8_t *keep, int32_t *number)
{
    int32_t kept = 0;
    for (int32_t p = 0; p < pool->count; p++) {
        pool->used[p] = keep[p];
        number[p] = keep[p] ? kept++ : GANGER_NONE;
    }
    ganger_path_pool_prune(pool, 1);
}
