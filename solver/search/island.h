/*
 * An island: one logical worker's current plan with everything needed to judge a change of it.
 *
 * Between turns the plan's traffic is exact: V(t), flows and prices of every boundary. On top lie the price
 * cuts, evaluated at the current capacities: their least is an optimistic estimate of V(t) after a change.
 * Within a turn a change that touches many boundaries is judged by the estimate alone, and the boundaries
 * are marked as guessed; the turn ends by solving those (search/anchor.h), and falls back to where it
 * began if the truth is worse. What the LPs say becomes cuts, so the same hope does not deceive twice.
 *
 * An island belongs to one logical worker; nothing is allocated in the steady loop.
 */
#ifndef GANGER_SEARCH_ISLAND_H
#define GANGER_SEARCH_ISLAND_H

#include "base/rng.h"
#include "freight/cuts.h"
#include "freight/traffic.h"
#include "relax/relaxation.h"
#include "search/cache.h"
#include "search/model.h"
#include "search/outlook.h"

struct ganger_value {
    struct ganger_terms terms;
    double penalty; /* hard targets and mandatory works missed; 0: feasible */
    double total;   /* terms added up, less the penalty */
};

struct ganger_island {
    const struct ganger_search_model *model;
    struct ganger_schedule *schedule;
    struct ganger_value value;
    /* Another island's plan, to learn from (imitate.c); empty: none. */
    struct ganger_schedule *neighbour;
    double *segment_capacity; /* [segments * boundaries]; while it sketches, some are out of date */
    double *link_capacity;    /* [links * boundaries]; likewise */
    double *traffic;          /* [boundaries] V(t) */
    double *flow;             /* [boundaries * arcs] */
    double *price;            /* [boundaries * links] both directions together */
    uint8_t *guessed;  /* [boundaries] V(t) is the cuts' estimate, flow and price are out of date */
    int32_t guesses;   /* number of them */
    double *target_km; /* [targets] km done in time */
    struct ganger_cuts cuts;
    double *cut_value; /* [boundaries * cuts.room] */
    struct ganger_path_pool paths;
    struct ganger_traffic_solver solver; /* open only during a turn */
    struct ganger_state_cache cache;
    struct ganger_rng rng;
    int64_t round;
    int64_t ticks;    /* of this turn, the solver's not counted */
    bool stale;       /* cuts or plan were replaced: cut_value must be measured anew */
    bool interrupted; /* the turn was broken off: the plan is neither exact nor settled */
    bool failed;      /* memory or the LP gave out; the turn ends */
    double *gather;   /* [links] capacities of one boundary */
    double *standing; /* [boundaries] scratch */
    double *factor;   /* [boundaries] scratch */
    struct ganger_trial *trial;
    struct ganger_anchor *anchor;
    struct ganger_estimator *estimator;
    struct ganger_prospects *prospects; /* while it sketches */
    /* While it sketches: traffic is the outlook's guess, and nothing is solved. NULL else. */
    const struct ganger_outlook *outlook;
    double *link_worth;                        /* [links] of the outlook, M USD */
    double sketching_s, judging_s;             /* spent on moves, for the statistics alone */
    const struct ganger_relaxation_hint *hint; /* [works] of the relaxation, or NULL */
    /* The works that moves begin with and choose among; NULL: all. */
    const int32_t *own;
    int32_t own_count;
};

struct ganger_island *ganger_island_create(const struct ganger_search_model *model,
                                           int32_t cut_room);
void ganger_island_destroy(struct ganger_island *island);

/* The plan of `from` with its exact traffic; cuts, paths and random numbers stay the island's own (and are
 * stale until the next turn). */
void ganger_island_copy_plan(struct ganger_island *to, const struct ganger_island *from);

/* Begins and ends a turn on the calling thread: opens the LP on the island's paths, evaluates the cuts. */
bool ganger_island_begin(struct ganger_island *island, uint64_t seed, uint32_t stream,
                         int64_t round);
void ganger_island_end(struct ganger_island *island);
/* Ticks of the turn so far. */
int64_t ganger_island_ticks(const struct ganger_island *island);

/* Capacities of all segments and links from the schedule. */
void ganger_island_measure_capacity(struct ganger_island *island);
/* One segment, without touching its link. */
void ganger_island_measure_segment(struct ganger_island *island, int32_t segment);
/* The link's capacity at every boundary: its weakest segment. */
void ganger_island_measure_link(struct ganger_island *island, int32_t link);
/* Capacity of the links but for works under way, [links * boundaries]: what is usual with this plan. */
void ganger_island_measure_standing(struct ganger_island *island, double *capacity);
/* Evaluates every cut at every boundary. */
void ganger_island_measure_cuts(struct ganger_island *island);
/* V(t), flow and price of boundary t for the current capacities into the caller's rows; from the cache if
 * this state of the links was solved before. False (and island->failed) if the LP gave out. */
struct ganger_traffic_row {
    double *value, *flow, *price;
};
bool ganger_island_solve(struct ganger_island *island, int32_t t, struct ganger_traffic_row row);
/* Solves boundaries [from, to) into the island's own rows. */
bool ganger_island_solve_range(struct ganger_island *island, int32_t from, int32_t to);
/* Terms and total from traffic and schedule; also target_km. O(periods + works). */
void ganger_island_add_up(struct ganger_island *island);
/* The same for given V(t) instead of the island's. */
struct ganger_value ganger_island_value(struct ganger_island *island, const double *traffic);
/* While it sketches, within a trial: the value before it and what its works and links change.
 * O(works and links touched + targets). */
struct ganger_value ganger_island_change(struct ganger_island *island);

#endif
