/*
 * The search on networks whose periods are too large for an LP. The relaxation comes first; an outlook from its prices
 * (outlook_prices.h) leads to a first plan and to better ones by annealing, each island in a region of its own; what the
 * islands changed is put together (merge.h), and the plan's traffic is fitted into its capacities (haulage.h). At the end
 * the freight of the best plan is solved by LPs (haul_lp.h), or settled more and more closely where they would take too long.
 */
#ifndef GANGER_SEARCH_LARGE_H
#define GANGER_SEARCH_LARGE_H

#include "search/run.h"

/* From an archipelago as created until a limit. False if memory is short. */
bool ganger_large_run(struct ganger_run *run);

#endif
