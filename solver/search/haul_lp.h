/*
 * The traffic of a plan on a large network by linear programmes (freight/traffic.h), a boundary of each stretch in a step.
 * First come boundaries far apart, then those between them: neighbours differ by the works that begin or end, so that the
 * next LP goes on from the last one's basis, and what one boundary carries nearly fits into all of those around it
 * (freight/carry.h, freight/detours.h). The last boundary, which stands for all the years after it, is among the first.
 */
#ifndef GANGER_SEARCH_HAUL_LP_H
#define GANGER_SEARCH_HAUL_LP_H

#include "search/haulage.h"

struct ganger_haul_lp;

/* Ticks that it takes to solve all boundaries, about. */
double ganger_haul_lp_ticks(const struct ganger_problem *problem);

/* For the request's plan, which stays the caller's, in stretches of boundaries. What the moments carry is where the
 * LPs begin. NULL if memory is short. */
struct ganger_haul_lp *ganger_haul_lp_create(struct ganger_haulage_request request);
void ganger_haul_lp_destroy(struct ganger_haul_lp *lp);

enum ganger_haul_lp_end {
    GANGER_HAUL_LP_DONE,  /* all boundaries are solved */
    GANGER_HAUL_LP_AGAIN, /* there are more */
    GANGER_HAUL_LP_BROKEN_OFF,
    GANGER_HAUL_LP_FAILED /* memory is short */
};

/* Solves the next boundary of each stretch; boundaries of the haulage that carry more by it are replaced. Ticks are added.
 * What is broken off counts for nothing, and the haulage is as it was. */
enum ganger_haul_lp_end ganger_haul_lp_step(struct ganger_haul_lp *lp,
                                            struct ganger_haulage *haulage, int64_t *ticks);

#endif
