/*
 * What a plan would be worth with one work done otherwise, all others where they are: exact values, with the network
 * solved anew in every period in which the capacity of a link changes.
 *
 * Such a work is in each period not begun, under way in one of its modes, or done; V(t) depends on nothing else. So
 * V(t) is solved at most once for each of those, when it is first asked for, and the value of every start and mode is a
 * sum of what is known.
 *
 *     ganger_what_if_create -> ganger_what_if_choose(work) -> ganger_what_if_doing(mode, start) ... -> choose(...)
 *
 * Belongs to one thread, which afterwards calls ganger_lp_release_thread().
 */
#ifndef GANGER_EXPLAIN_WHAT_IF_H
#define GANGER_EXPLAIN_WHAT_IF_H

#include "freight/traffic.h"
#include "plan/plan.h"
#include "search/model.h"

/* A difference between two plans, term by term; value = traffic + terminal - cost - tardiness - shortfall -
 * changes, M USD. For objective makespan only the value is set: periods by which the last finish comes earlier. */
struct ganger_change {
    struct ganger_terms terms;
    double value;
    int32_t target; /* a hard target that is then missed, or GANGER_NONE */
};

struct ganger_what_if {
    const struct ganger_problem *problem;
    const struct ganger_plan *plan;
    struct ganger_search_model *model;
    struct ganger_schedule *schedule; /* the plan, without the chosen work */
    int32_t chosen;                   /* or GANGER_NONE */
    bool failed; /* an LP could not be solved or memory ran out: values are NaN */
    int64_t solves;
    /* Private. */
    bool has_traffic;
    double *capacity; /* [B * links] of the plan */
    double *as_is;    /* [B] V(t) of the plan, NaN until solved */
    struct ganger_path_pool pool;
    struct ganger_traffic_solver solver;
    struct ganger_traffic traffic;
    double *volume_at, *link_row; /* scratch: [links] */
    double *standing, *factor;    /* [B] of the chosen work's segment without it */
    double *worn;       /* [B] capacity that the chosen work would give back by renewing */
    double *rest;       /* [B] least capacity of the other segments of its link */
    double *known;      /* [states * B] V(t), NaN until solved: not begun, done, then its modes */
    int32_t known_room; /* states */
    double *target_km;  /* [targets] without the chosen work */
    int32_t others_finish; /* makespan without it */
};

/* NULL if memory is short. Plan and problem are borrowed; the plan must have passed the referee. */
struct ganger_what_if *ganger_what_if_create(const struct ganger_problem *problem,
                                             const struct ganger_plan *plan);
void ganger_what_if_destroy(struct ganger_what_if *what_if);

/* Solves boundary t of the plan as it is; flow and prices lie in the result until the next call. NULL on failure. */
const struct ganger_traffic *ganger_what_if_traffic(struct ganger_what_if *what_if, int32_t t);

/* Takes a work out of the schedule, and puts the one before it back; GANGER_NONE: only that. */
void ganger_what_if_choose(struct ganger_what_if *what_if, int32_t work);
/* The chosen work done so, against the plan without it. Any start within the horizon from which the mode can be
 * finished; what other rules say does not matter here. */
struct ganger_change ganger_what_if_doing(struct ganger_what_if *what_if, int32_t mode,
                                          int32_t start);
/* a - b. */
struct ganger_change ganger_change_between(struct ganger_change a, struct ganger_change b);

/* The plan without a work and all that depends on it, against the plan; nothing may be chosen. What goes is written
 * to `removed` (room for all works), `*count` of them. */
struct ganger_change ganger_what_if_without(struct ganger_what_if *what_if, int32_t work,
                                            struct ganger_placement *removed, int32_t *count);

#endif
