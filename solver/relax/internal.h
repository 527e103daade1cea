/* The relaxation's state, shared by the files of this folder. */
#ifndef GANGER_RELAX_INTERNAL_H
#define GANGER_RELAX_INTERNAL_H

#include "relax/primal_dual.h"
#include "relax/relaxation.h"

/* A fixed number of jobs, so that nothing depends on threads. */
enum { GANGER_RELAX_WORK_BLOCKS = 32 };

/* Prices for each period and boundary: those of MODEL section 7. */
struct ganger_relax_prices {
    double *renewable; /* [renewables * periods] */
    double *window;    /* [windows] */
    double *segment;   /* [boundaries * segments * 2] */
    double *target;    /* [targets] */
    double *order;     /* [orders * periods] */
    double *closure;   /* [rows of closure * boundaries] */
    double *energy;    /* [rows of energy * boundaries] */
};

struct ganger_relaxation {
    const struct ganger_problem *problem;
    const struct ganger_graph *graph;
    int32_t boundaries;
    int32_t level; /* how fine time is */
    int32_t steps, steps_here;
    int64_t step_ticks; /* of the iterations of a step, at most; 0: the usual number of them */
    bool settled;       /* the first level is over */
    bool ripe, late;    /* for rows of closure; they wait */
    struct ganger_path_pool paths;
    int32_t tried; /* paths that have had a step since they were found */
    bool held;     /* someone keeps numbers of paths */
    struct ganger_orders orders;
    struct ganger_closures closures;
    bool closed;         /* closures are in use: after the first search, but for large networks */
    int32_t search_at;   /* step in which rows of closure are looked for again */
    double *entry_worth; /* [entries of gates * boundaries] w_t * sum of price * change over rows */
    double closure_constant; /* w_t * sum of price * limit */
    struct {
        int32_t rows, entries;
    } widened; /* how many there is room for in the prices and in entry_worth */
    struct ganger_energies energies;
    /* At the prices now: sums of those of an account before t, and by what is worked before; what a successor pays that begins
     * in t, by row. */
    double *account_sum, *account_by; /* [accounts * boundaries] */
    double *charge;                   /* [rows of energy * boundaries] */
    struct ganger_primal_dual *solver;
    struct ganger_relax_prices now, best;
    double *constant;      /* [blocks] sum_k d_k max(0, value_k - dist_k) */
    double *worth;         /* [segments * boundaries] w_t * price of both directions */
    double *later;         /* [orders * (periods+1)] sum of the prices now from a period on */
    double *profit;        /* [works] of the best way to do each at the prices now */
    int32_t *mode, *start; /* [works] that way; GANGER_NONE: it is left out */
    double bound;          /* of the best prices */
    bool failed;
    bool (*interrupted)(void *context);
    void *interrupt_context;
};

/* True if the step is to be broken off. */
static inline bool ganger_relax_interrupted(const struct ganger_relaxation *relaxation)
{
    return relaxation->interrupted && relaxation->interrupted(relaxation->interrupt_context);
}

/* closure_rows.c: adds rows of closure that the freight of the last step breaks. Sets failed if memory is short. Returns
 * ticks. */
int64_t ganger_relax_find_closures(struct ganger_relaxation *relaxation, int threads);
/* closure_prices.c: the solver's prices of rows, boundary by boundary, and what they make of gates. */
void ganger_relax_spread_closures(struct ganger_relaxation *relaxation,
                                  const struct ganger_primal_dual_view *view);
/* Adds to burden[t+1] what a mode takes off limits in period t; what its work adds to them at t once it is finished. */
void ganger_relax_close(const struct ganger_relaxation *relaxation, int32_t mode, double *burden);
double ganger_relax_open(const struct ganger_relaxation *relaxation, int32_t work, int32_t t);
/* Makes room for the prices of all rows. False if memory is short. */
bool ganger_relax_widen_closures(struct ganger_relaxation *relaxation);
/* energy_prices.c: the solver's prices of rows of energy, period by period, and what they make of works. */
bool ganger_relax_make_energies(struct ganger_relaxation *relaxation);
void ganger_relax_spread_energies(struct ganger_relaxation *relaxation,
                                  const struct ganger_primal_dual_view *view);
/* What a work gets for what is done of it in a mode, less what it pays as a successor. */
double ganger_relax_credit(const struct ganger_relaxation *relaxation, int32_t mode, int32_t start,
                           int32_t finish);
/* price_works.c: fills profit at the prices now; returns ticks. */
int64_t ganger_relax_price_works(struct ganger_relaxation *relaxation, int threads);
/* price_paths.c: shortest paths at the solver's prices: fills constant, and adds paths that are better than those
 * known. Sets failed if memory is short. Returns ticks. */
int64_t ganger_relax_price_paths(struct ganger_relaxation *relaxation, int threads);
/* drop_paths.c: drops paths that carry next to nothing, now and on average. False if memory is short. */
bool ganger_relax_drop_idle_paths(struct ganger_relaxation *relaxation);

#endif
