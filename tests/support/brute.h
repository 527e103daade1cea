/*
 * The best plan of a tiny problem, by trying every one: rules and money by rules.h, traffic by the
 * library's period LP. V(t) depends only on which works are under way, in which mode, or done, so
 * it is solved once for each such state.
 */
#ifndef GANGER_TESTS_SUPPORT_BRUTE_H
#define GANGER_TESTS_SUPPORT_BRUTE_H

#include "freight/traffic.h"

enum { BRUTE_WORKS = 4 };

struct brute {
    const struct ganger_problem *problem;
    struct ganger_graph *graph;
    struct ganger_path_pool paths;
    struct ganger_traffic_solver solver;
    struct ganger_traffic traffic;
    double *capacity; /* [links] scratch */
    double *known;    /* [boundaries * states] V, NaN where not needed yet */
    double best;      /* -INFINITY: no plan */
    int32_t start[BRUTE_WORKS], mode[BRUTE_WORKS]; /* of the best plan, GANGER_NONE: undone */
    int64_t plans;                                 /* tried */
};

/* At most BRUTE_WORKS works of two modes. */
bool brute_open(struct brute *brute, const struct ganger_problem *problem);
void brute_close(struct brute *brute);

/* Objective of a plan of which rules_judge() and rules_complete() approve. */
double brute_value(struct brute *brute, const int32_t *start, const int32_t *mode);

/* Fills best, start and mode. Plans that keep the rules only by rounding count if `generous`. */
void brute_search(struct brute *brute, bool generous);

#endif
