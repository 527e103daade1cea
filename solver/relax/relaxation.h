/*
 * The relaxation: prices, and the dual bound of MODEL section 7 that they prove.
 *
 * A linear programme over blocks of time (primal_dual.h), first over long blocks, then over shorter ones. What it
 * prices is proven over the periods as they are: the shortest paths at its prices, and for every work the best of all
 * its modes and starts. Any prices prove a bound, so stopping anywhere is safe; the best seen are kept.
 */
#ifndef GANGER_RELAX_RELAXATION_H
#define GANGER_RELAX_RELAXATION_H

#include "freight/paths.h"

struct ganger_relaxation;

/* The prices of MODEL section 7. */
struct ganger_relaxation_prices {
    const double *renewable;  /* [renewables * periods] */
    const double *window;     /* [windows] */
    const double *segment;    /* [boundaries * segments * 2] */
    const double *target;     /* [targets] */
    const double *precedence; /* [precedences * periods] */
    const double *rails;      /* [rows of rails * periods], see orders.h */
    int32_t rails_rows;
    const int32_t *rails_work; /* [rows of rails] that waits, in the order of works */
    const double *far;         /* [rows from afar * periods], see rails.h */
    int32_t fars;
    const int32_t *far_work;         /* [rows from afar] that waits, in the order of works */
    const int32_t *far_first_opener; /* [rows from afar + 1] into far_opener */
    const int32_t *far_opener;
    /* Rows of closure, see closures.h: an arc, some demands and a gate each, which is of a segment or of a renewable. */
    const double *closure; /* [closures * boundaries] */
    int32_t closures;
    const int32_t *closure_arc, *closure_gate; /* [closures] */
    const int32_t *closure_from; /* [closures] works that the plane is drawn from, as bits */
    const int32_t *closure_first_demand, *closure_demand; /* CSR [closures+1] */
    /* Of a cut the arcs besides, CSR [closures+1], and their segments, some of them GANGER_NONE. */
    const int32_t *closure_first_beside, *closure_beside_arc, *closure_beside_segment;
    const int32_t *gate_first_segment,
        *gate_segment;             /* CSR [gates+1]: segments, none of a renewable */
    const int32_t *gate_renewable; /* [gates] GANGER_NONE of segments */
    const double *energy;          /* [rows of energy * boundaries], see energies.h */
    int32_t energies;
    const int32_t *energy_work, *energy_renewable; /* [rows of energy] the successor */
};

/* How a work is done in the relaxation, on average. */
struct ganger_relaxation_hint {
    double done;  /* share of the work, 0 .. 1 */
    double start; /* mean start of what is done, in periods */
    int32_t mode; /* the most used one, GANGER_NONE if none */
};

/* NULL if memory is short. */
struct ganger_relaxation *ganger_relaxation_create(const struct ganger_problem *problem,
                                                   const struct ganger_graph *graph);
void ganger_relaxation_destroy(struct ganger_relaxation *relaxation);

/* Asked now and then, from the thread that calls: true breaks a step off before it has changed the best bound. NULL:
 * never. */
void ganger_relaxation_set_interrupt(struct ganger_relaxation *relaxation,
                                     bool (*interrupted)(void *context), void *context);
/* For large networks, before the first step: a step makes about so many ticks of iterations instead of the usual number,
 * if that is fewer, and at first looks only for paths that gain much. */
void ganger_relaxation_set_step(struct ganger_relaxation *relaxation, int64_t ticks);
/* For little work, before the eighth step: rows of closure, which would not pay in it, are looked for late. */
void ganger_relaxation_set_late(struct ganger_relaxation *relaxation);
/* One step: iterations, then the bound that their prices prove. False if it was broken off or memory is short: no
 * further step can be made then, and the best prices so far stay valid. Returns ticks by reference. */
bool ganger_relaxation_step(struct ganger_relaxation *relaxation, int threads, int64_t *ticks);
/* True once the first level has little more to give: what it expects of works and links is then worth looking at. */
bool ganger_relaxation_settled(const struct ganger_relaxation *relaxation);
/* The best bound proven so far, INFINITY before the first; and its prices. */
double ganger_relaxation_bound(const struct ganger_relaxation *relaxation);
struct ganger_relaxation_prices
ganger_relaxation_prices(const struct ganger_relaxation *relaxation);
/* Adds the paths that are lacking at tolls [arcs * 8], eight sets side by side, USD per tonne. False if memory is short. */
bool ganger_relaxation_find_paths(struct ganger_relaxation *relaxation, const double *toll,
                                  int threads, int64_t *ticks);
/* Capacity of the links in the relaxation, [links * boundaries], as the last step left it. */
void ganger_relaxation_capacity(const struct ganger_relaxation *relaxation, double *capacity);
/* Paths that its freight may take. */
const struct ganger_path_pool *ganger_relaxation_paths(const struct ganger_relaxation *relaxation);
/* drop_paths.c: from now on paths keep their numbers, but for what ganger_relaxation_drop_paths() does. */
void ganger_relaxation_hold_paths(struct ganger_relaxation *relaxation);
/* For large networks: marks in keep[paths] those that the relaxation needs; then drops those that nobody has marked.
 * number[paths] becomes the new numbers, GANGER_NONE for what is dropped. False if memory is short. */
void ganger_relaxation_mark_paths(const struct ganger_relaxation *relaxation, uint8_t *keep);
bool ganger_relaxation_drop_paths(struct ganger_relaxation *relaxation, const uint8_t *keep,
                                  int32_t *number);
/* hint[works] as the last step left them. */
void ganger_relaxation_hints(const struct ganger_relaxation *relaxation,
                             struct ganger_relaxation_hint *hint);

#endif
