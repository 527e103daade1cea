/*
 * The anchor of a turn: the exact plan with which it began. Rows of boundaries are kept when they are first
 * overwritten, so that holding and falling back cost only what changed.
 */
#ifndef GANGER_SEARCH_ANCHOR_H
#define GANGER_SEARCH_ANCHOR_H

#include "search/island.h"

struct ganger_anchor {
    struct ganger_schedule *schedule;
    struct ganger_value value;
    uint8_t *kept;        /* [boundaries] */
    double *traffic;      /* [boundaries] */
    double *flow;         /* [boundaries * arcs] */
    double *price;        /* [boundaries * links] */
    int64_t held, fallen; /* statistics: turns that stood, turns that fell back */
};

struct ganger_anchor *ganger_anchor_create(const struct ganger_search_model *model);
void ganger_anchor_destroy(struct ganger_anchor *anchor);

/* Takes the island's plan, which must be exact, as the anchor. */
void ganger_anchor_drop(struct ganger_island *island);
/* Keeps the exact row of a boundary before it is overwritten for the first time. */
void ganger_anchor_keep(struct ganger_island *island, int32_t t);
/* Solves the boundary if it is guessed. False (and island->failed) if the LP gave out. */
bool ganger_anchor_solve(struct ganger_island *island, int32_t t);
/* With nothing guessed any more: the plan stands if it is worth at least the anchor's value less `loss`,
 * else the anchor comes back. */
void ganger_anchor_decide(struct ganger_island *island, double loss);

#endif
