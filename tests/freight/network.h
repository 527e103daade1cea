/* Random networks, and states of them: what a period LP is asked. */
#ifndef GANGER_TESTS_FREIGHT_NETWORK_H
#define GANGER_TESTS_FREIGHT_NETWORK_H

#include "freight/traffic.h"
#include "support/tiny.h"

enum { NETWORK_NODES = 8, NETWORK_LINKS = 16, NETWORK_DEMANDS = 6, NETWORK_STEPS = 3 };

/* 5 to 8 nodes on a ring with chords, some directed, some parallel; 3 to 6 demands with three
 * volumes each, at boundaries 0, 1 and 2. Stops the test if it cannot be read. */
struct ganger_problem *network_draw(struct ganger_rng *rng);

/* A solver with everything it needs. */
struct network {
    struct ganger_problem *problem;
    struct ganger_graph *graph;
    struct ganger_path_pool paths;
    struct ganger_traffic_solver solver;
    double flow[2 * NETWORK_LINKS], price[2 * NETWORK_LINKS], worth[NETWORK_DEMANDS];
    struct ganger_traffic traffic;
};

/* Takes the problem over. */
void network_open(struct network *network, struct ganger_problem *problem);
void network_close(struct network *network);

/* Link capacities; about one in four is 0. */
void network_capacities(const struct ganger_problem *problem, struct ganger_rng *rng,
                        double *capacity);
/* Solves for the volumes of boundary t; the result is in network->traffic. */
double network_solve(struct network *network, int32_t t, const double *capacity);

/* The same V by an LP over arcs, one flow a demand and arc, written against MODEL section 3. */
double arc_flow_value(const struct ganger_problem *problem, int32_t t, const double *capacity);

#endif
