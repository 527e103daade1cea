/*
 * The pool of paths: columns of the period's LP that column generation has found so far, and the arcs
 * whose capacity has ever been short (rows). A path is kept once; order of arrival is its number.
 */
#ifndef GANGER_FREIGHT_PATHS_H
#define GANGER_FREIGHT_PATHS_H

#include "freight/graph.h"

struct ganger_path_pool {
    const struct ganger_graph *graph;
    int32_t count, room;
    int32_t *demand;    /* [count] */
    double *cost;       /* [count] USD per tonne */
    int32_t *first_arc; /* [count+1] CSR into arcs */
    int32_t *arcs;
    int32_t arc_room;
    int32_t *last_of; /* [demands] latest path of the demand, GANGER_NONE if none */
    int64_t *used;    /* [count] round in which the path last carried freight */
    int32_t *before;  /* [count] the path of the same demand before this one */
    int32_t rows;     /* arcs with a capacity row, in order of arrival */
    int32_t *row_arc;
    int32_t *row_of;   /* [arcs] or GANGER_NONE */
    int64_t *row_used; /* [rows] round in which the row last had a price */
    /* The basis that workers begin from: of the first basis_rows (demands, then arcs) and paths. */
    int32_t basis_rows, basis_paths;
    uint8_t *row_basis, *path_basis;
};

bool ganger_path_pool_init(struct ganger_path_pool *pool, const struct ganger_graph *graph);
void ganger_path_pool_clear(struct ganger_path_pool *pool);
/* `to` becomes equal to `from`; both of one graph. False if memory is short. */
bool ganger_path_pool_copy(struct ganger_path_pool *to, const struct ganger_path_pool *from);

/* Drops the paths that have carried nothing and the rows that have had no price since round `since`, but for
 * those that the basis needs; so the basis is kept. */
void ganger_path_pool_prune(struct ganger_path_pool *pool, int64_t since);

/* Keeps the paths that are marked; number[paths] becomes their new numbers, in the same order, GANGER_NONE for the others.
 * For pools without a basis. */
void ganger_path_pool_keep(struct ganger_path_pool *pool, const uint8_t *keep, int32_t *number);

/* The number of a path; GANGER_NONE if it is not there. */
int32_t ganger_path_pool_find(const struct ganger_path_pool *pool, int32_t demand,
                              const int32_t *arcs, int32_t count);
/* Adds a path unless it is there; returns its number, or GANGER_NONE if memory is short. */
int32_t ganger_path_pool_add(struct ganger_path_pool *pool, int32_t demand, const int32_t *arcs,
                             int32_t count);
/* Adds a capacity row unless it is there; returns its number. */
int32_t ganger_path_pool_add_row(struct ganger_path_pool *pool, int32_t arc);

#endif
