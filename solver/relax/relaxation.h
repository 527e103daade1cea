/*
 * The relaxation: prices, and the dual bound of MODEL section 7 that they prove.
 *
 * Capacity of segments is priced by the period LPs at the average plan of the relaxation (so the traffic
 * term is the LP's own), gangs, windows and targets by a volume-like subgradient method (Barahona and
 * Anbil 2000: step along the violation of the averaged primal). Any prices prove a bound, so stopping
 * anywhere is safe; the best seen are kept. Deterministic: jobs are fixed blocks of boundaries and works.
 */
#ifndef GANGER_RELAX_RELAXATION_H
#define GANGER_RELAX_RELAXATION_H

#include "freight/traffic.h"
#include "schedule/schedule.h"

struct ganger_relaxation;

/* The prices of MODEL section 7 (precedence is relaxed: its prices are 0). */
struct ganger_relaxation_prices {
    const double *renewable; /* [renewables * periods] */
    const double *window;    /* [windows] */
    const double *segment;   /* [boundaries * segments * 2] */
    const double *target;    /* [targets] */
};

/* NULL if memory is short. */
struct ganger_relaxation *ganger_relaxation_create(const struct ganger_problem *problem,
                                                   const struct ganger_graph *graph);
void ganger_relaxation_destroy(struct ganger_relaxation *relaxation);

/* Starts from a schedule's capacities (segments * boundaries) as the average plan. */
bool ganger_relaxation_start(struct ganger_relaxation *relaxation, const double *segment_capacity,
                             const struct ganger_path_pool *paths, int threads);
/* Asked now and then, from any thread of a step: true breaks the step off before it has changed the best
 * bound; no further step can be made then. NULL: never. */
void ganger_relaxation_set_interrupt(struct ganger_relaxation *relaxation,
                                     bool (*interrupted)(void *context), void *context);
/* One step: some price updates, then the period LPs at the new average. `value` is the best plan's, or
 * NaN. False if memory or the LP gave out: the best prices so far stay valid. Returns ticks by reference. */
bool ganger_relaxation_step(struct ganger_relaxation *relaxation, double value, int threads,
                            int64_t *ticks);
/* The best bound proven so far, INFINITY before the first; and its prices. */
double ganger_relaxation_bound(const struct ganger_relaxation *relaxation);
struct ganger_relaxation_prices
ganger_relaxation_prices(const struct ganger_relaxation *relaxation);

#endif
