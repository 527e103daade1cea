/* One island in the middle of a turn, with its traffic exact. */
#ifndef GANGER_TESTS_SEARCH_WORKSHOP_H
#define GANGER_TESTS_SEARCH_WORKSHOP_H

#include "search/anchor.h"
#include "search/moves.h"
#include "search/trial.h"

enum { WORKSHOP_CUTS = 256 };

struct workshop {
    struct ganger_problem *problem;
    struct ganger_search_model *model;
    struct ganger_island *island;
    struct ganger_moves *moves;
};

/* Takes the problem over; the plan is empty. Stops the test if memory is short. */
void workshop_open(struct workshop *w, struct ganger_problem *problem, uint64_t seed);
void workshop_close(struct workshop *w);
/* The plan was changed behind the island's back: everything is measured and solved anew. */
void workshop_refresh(struct workshop *w);
/* Total of the island's plan, evaluated from nothing on an island of its own. */
double workshop_value(const struct workshop *w);

#endif
