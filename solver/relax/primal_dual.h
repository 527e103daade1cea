/*
 * The linear relaxation over blocks of time, solved by the primal-dual hybrid gradient method with averaging and
 * restarts (Applegate et al., "Practical large-scale linear programming using primal-dual hybrid gradient", 2021), its steps
 * over-relaxed.
 *
 * Primal: how much of each column every work takes (at most one in all, exactly one if it is mandatory), and flows on
 * paths within the volume of their demand; both are kept by projection. Dual: prices of what is shared - capacity of
 * segments, renewables, windows, targets. Any prices prove a bound, so the method may stop anywhere.
 */
#ifndef GANGER_RELAX_PRIMAL_DUAL_H
#define GANGER_RELAX_PRIMAL_DUAL_H

#include "relax/columns.h"
#include "relax/flows.h"

struct ganger_primal_dual;

/* Starts from prices that are 0, no works but the mandatory ones and no freight. NULL if memory is short. */
struct ganger_primal_dual *
ganger_primal_dual_create(const struct ganger_problem *problem, const struct ganger_graph *graph,
                          const struct ganger_path_pool *paths, const struct ganger_orders *orders,
                          const struct ganger_energies *energies,
                          const struct ganger_closures *closures, int32_t blocks);
void ganger_primal_dual_destroy(struct ganger_primal_dual *solver);
/* Goes on from where another one stands, over coarser or finer blocks. */
void ganger_primal_dual_inherit(struct ganger_primal_dual *solver,
                                const struct ganger_primal_dual *from);
/* After that, where the bound is what counts: prices move in shorter steps, works and freight in longer ones. */
void ganger_primal_dual_keep_prices(struct ganger_primal_dual *solver);
/* From the next extension on, rows of closure hold too, and rows of energy, as they do in a solver that is created with
 * closures. */
void ganger_primal_dual_close(struct ganger_primal_dual *solver,
                              const struct ganger_closures *closures);
/* After paths were added to the pool, rows of closure, or the first rows of energy. False if memory is short. */
bool ganger_primal_dual_extend(struct ganger_primal_dual *solver);

/* Offers a way to do the work at a place: a spare column that nothing uses takes it, if there is one and the start is
 * new. */
void ganger_primal_dual_offer(struct ganger_primal_dual *solver, int32_t place, int32_t mode,
                              int32_t start);

/* Some iterations. Returns ticks, or -1 if memory is short. `interrupted` is asked now and then; true breaks off. */
int64_t ganger_primal_dual_run(struct ganger_primal_dual *solver, int32_t iterations, int threads,
                               bool (*interrupted)(void *context), void *context);

/* Ticks of one iteration. */
int64_t ganger_primal_dual_ticks(const struct ganger_primal_dual *solver);

/* Where it stands: prices, what was reached with them, and how far from each other the two sides are. */
struct ganger_primal_dual_view {
    const struct ganger_blocks *blocks;
    const struct ganger_columns *columns;
    const struct ganger_row_prices *prices;
    int32_t closures; /* rows of closure that have prices */
    const double *x;  /* [columns] */
    const struct ganger_flows *flows;
    const double *flow;            /* [paths * width] */
    const double *worn, *capacity; /* [segments * width] untouched, and what x changes, Mt/yr */
    double primal, dual;           /* M USD; the dual over these columns and paths only */
    double violation;              /* of shared rows, relative */
    int64_t iterations;
};
struct ganger_primal_dual_view ganger_primal_dual_view(const struct ganger_primal_dual *solver);

#endif
