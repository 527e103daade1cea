/*
 * A flow of least cost by the network simplex (Dantzig, 1951), with strongly feasible trees (Cunningham, 1976).
 *
 * Each unit from the source to the sink earns `worth`, and pays the costs of its arcs; any flow is allowed. The tree of the
 * last solve is where the next one begins: where only costs differ, a few pivots do. An arc is closed by a cost of twice
 * the worth.
 */
#ifndef GANGER_THROUGHPUT_NETWORK_SIMPLEX_H
#define GANGER_THROUGHPUT_NETWORK_SIMPLEX_H

#include <stdbool.h>
#include <stdint.h>

/* The arrays are the caller's, and outlive the simplex. */
struct ganger_network_shape {
    int32_t nodes, arcs, source, sink;
    const int32_t *tail, *head; /* [arcs] */
    int64_t worth;              /* times twice the nodes, below 2^62 */
};

struct ganger_network_simplex;

/* NULL if memory is short. */
struct ganger_network_simplex *
ganger_network_simplex_create(const struct ganger_network_shape *shape);
void ganger_network_simplex_destroy(struct ganger_network_simplex *simplex);

/* Capacities [arcs] >= 0; what flowed is forgotten if they are not those of before. */
void ganger_network_simplex_set_capacity(struct ganger_network_simplex *simplex,
                                         const double *capacity);
/* Solves for costs [arcs] >= 0, at most twice the worth; ticks are added to. */
void ganger_network_simplex_solve(struct ganger_network_simplex *simplex, const int64_t *cost,
                                  int64_t *ticks);
/* [arcs], of the last solve. */
const double *ganger_network_simplex_flow(const struct ganger_network_simplex *simplex);
/* From the source to the sink. */
double ganger_network_simplex_value(const struct ganger_network_simplex *simplex);
/* Potentials [nodes] from 0 at the source to the worth at the sink: an arc on which they rise by more than its cost is full,
 * one on which they rise by less is empty. */
void ganger_network_simplex_potential(const struct ganger_network_simplex *simplex,
                                      int64_t *potential);

#endif
