/*
 * A plan in memory: the arrays of the plan file (MODEL section 9), shared by the writer, the reader, the
 * referee and the reports. Plain data; no logic of the search.
 *
 * Shapes use T = periods, B = T + 1 boundaries; arrays are row-major, owned by the plan.
 */
#ifndef GANGER_PLAN_PLAN_H
#define GANGER_PLAN_PLAN_H

#include "base/status.h"
#include "instance/hold.h"
#include "instance/problem.h"

/* Prices of MODEL section 7, all >= 0. Doubles, each exactly an integer times 2^-30 (windows: times the power of
 * two that layout.h's ganger_plan_grid() gives), so that nothing is lost on the way to a file and back;
 * ganger_plan_round() makes them so, and the referee rounds down what is not. */
struct ganger_prices {
    double *renewable;  /* [renewables * T] M USD per unit and period */
    double *window;     /* [windows] M USD per unit */
    double *segment;    /* [B * segments * 2] USD per tonne; direction 0 is from -> to */
    double *precedence; /* [precedence rows * T] M USD */
    double *rails;      /* [works that build new line, in their order * T] M USD */
    double *target;     /* [targets] M USD per km */
    /* Rows of rails from afar: works, any of which may bring rails to one that builds new line and all rails to it come by. */
    int32_t fars;
    int32_t *far_work;         /* [fars] the work that waits, rising */
    int32_t *far_first_opener; /* CSR [fars+1] into far_opener */
    int32_t *far_opener;       /* works of each row, rising */
    double *far;               /* [fars * T] M USD */
    /* Rows of closure: some demands, an arc (2*link + direction), and a segment of it or a renewable, the other
     * GANGER_NONE. A row of a cut has other arcs besides, and a segment of each of their links or GANGER_NONE. */
    int32_t closures;
    int32_t *closure_first_demand; /* CSR [closures+1] into closure_demand */
    int32_t *closure_demand;       /* of each row in rising order */
    int32_t *closure_arc, *closure_segment, *closure_renewable; /* [closures] */
    int32_t
        *closure_from; /* [closures] works of the segments that the plane is drawn from, as bits */
    int32_t *closure_first_beside; /* CSR [closures+1] into the next two */
    int32_t *closure_beside_arc, *closure_beside_segment;
    double *closure; /* [closures * B] USD per tonne */
    /* What a work pays for being at work in a period; entries rise by period, then work. */
    int32_t pays;
    int32_t *pay_work, *pay_period; /* [pays] */
    double *work;                   /* [pays] M USD a year */
    /* Trees of states, one for each period that has any: nodes rise by period, and are in preorder. The branches of a node
     * are that its work is at rest, and that it is at work; a leaf (GANGER_NONE) prices arcs (2*link + direction). */
    int32_t states;
    int32_t *state_period, *state_work;   /* [states] */
    int32_t *state_first_arc, *state_arc; /* CSR [states+1] into arcs, rising in each leaf */
    double *passage;                      /* [arcs] USD per tonne */
    /* Rows of energy: what a work waits for takes the periods of a renewable. */
    int32_t energies;
    int32_t *energy_work;      /* [energies] the work that waits */
    int32_t *energy_renewable; /* [energies] */
    double *energy;            /* [energies * T] M USD per unit and period */
};

/* How the freight goes: each path is a chain of arcs (2*link + direction) from a demand's origin to its
 * destination; path_flow rows say how much of it in which boundary. They let the referee add up the
 * traffic value without solving anything. */
struct ganger_paths {
    int32_t count;
    int32_t *demand;    /* [count] */
    int32_t *first_arc; /* CSR [count+1] into arc */
    int32_t *arc;
    int64_t flows; /* number of rows below, sorted by (boundary, path) */
    int32_t *flow_boundary;
    int32_t *flow_path;
    double *flow_mtpa; /* multiples of 2^-30, as prices are */
};

/* One row of the trace of a solve. */
struct ganger_trace_row {
    double time_s, value, bound; /* NaN where unknown */
    int64_t ticks, rounds;
};

struct ganger_plan {
    int32_t *start, *finish, *mode; /* [works]; -1: undone */
    double *capacity;               /* [B * links] Mt/yr */
    double *flow;                   /* [B * links * 2] Mt/yr */
    double *delivered;              /* [B * demands] Mt/yr */
    double *traffic_value;          /* [B] V(t), M USD per year */
    double *usage; /* [T * resources] units in use (renewable) or consumed in the period */
    double *cash;  /* [T] undiscounted cost paid, M USD */
    double *km_repaired, *km_built; /* [B] km finished by the boundary */
    struct ganger_paths paths;
    struct ganger_prices prices;
    /* The conditions of a plan made from an earlier one, and the problem under them; NULL both: there was none. Whoever
     * judges the plan takes ganger_plan_problem(). */
    struct ganger_hold hold;
    struct ganger_problem *held;
    int32_t trace_rows;
    struct ganger_trace_row *trace;
    /* What the reader found changed in a file that can be read all the same; the referee refuses the plan for it. */
    struct ganger_findings doubts;
    struct ganger_summary summary; /* value, bound, gap, terms, outcome, ticks, seed ... */
    /* The solve was stopped by ticks alone, so that the same problem, seed and ticks give this plan again:
     * the writer then leaves out whatever is not the same again (see README.md). */
    bool reproducible;
    struct ganger_statistics statistics; /* not in the file; without techniques: unknown */
};

/* An all-zero plan with every array of the problem's shape allocated, except paths, rows of closure, of energy and from afar, states and trace
 * (empty). start, finish and mode are -1. NULL if memory is short. */
struct ganger_plan *ganger_plan_create(const struct ganger_problem *problem);

/* The problem that the plan is a plan of: with its conditions, if it was made from an earlier one. */
const struct ganger_problem *ganger_plan_problem(const struct ganger_plan *plan,
                                                 const struct ganger_problem *problem);
/* Counts what the plan keeps and changes into summary.replan. */
void ganger_plan_count_changes(struct ganger_plan *plan);

/* Reads a plan file against its problem. Ids, shapes and types are checked; nothing is believed. */
ganger_status ganger_plan_read(const struct ganger_problem *problem, const char *path,
                               struct ganger_plan **plan, struct ganger_findings *findings);

#endif
