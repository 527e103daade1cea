/*
 * Prospects: what each start of a mode would bring while an island sketches.
 *
 * By the outlook, what a work brings depends on its start and on the other works of its link alone. So it is worked out
 * for all starts of a mode at once, and remembered as long as those stay where they are: which works are placed where on
 * a link is known by a number, of 64 bits, that changes with each of them. Nothing else is kept up to date while works come
 * and go: the capacity of a segment is measured where it is asked for, and a link is worth what the last work that was
 * placed there was seen to make of it.
 *
 * An outlook is handed to an island with ganger_prospects_begin() and taken away with ganger_prospects_end().
 */
#ifndef GANGER_SEARCH_PROSPECTS_H
#define GANGER_SEARCH_PROSPECTS_H

#include "search/island.h"
#include "search/prospect_sums.h"

/* What a mode brings, the work's link being otherwise as it is. */
struct ganger_prospect {
    const double *sum; /* [periods] of a start: traffic less cost, tardiness and change; not km */
    double most;       /* of all starts */
    double worth;      /* of the link without the work */
};

struct ganger_prospects {
    /* Which works are placed where: of each segment and link, and those for which rows of capacity were measured and links
     * valued. */
    uint64_t *segment_state, *link_state, *measured, *valued;
    /* What is remembered: a slot has one mode. */
    int32_t slots, stride;
    uint64_t *key;        /* [slots] of mode and state; 0: empty */
    double *sum;          /* [slots * stride] */
    double *most, *worth; /* [slots] */
    /* Scratch: of which work on a link in which state, and of a mode that leaves how much of its segment. */
    int32_t work;
    uint64_t state;
    double now_worth, after_worth, left;
    double *working; /* [(calendars + 1) * stride] 1 in periods of work, else 0 */
    double *weight, *rows;
    struct ganger_prospect_rows row;
};

struct ganger_prospects *ganger_prospects_create(const struct ganger_search_model *model);
void ganger_prospects_destroy(struct ganger_prospects *prospects);

/* From now on the island's value is by the outlook; rows of capacity must be those of the schedule. */
void ganger_prospects_begin(struct ganger_island *island, const struct ganger_outlook *outlook);
/* The island has no outlook any more, and rows of capacity as of its schedule. */
void ganger_prospects_end(struct ganger_island *island);

/* Within a trial (search/trial.h). Before a work of the segment comes or goes: notes how it was. */
void ganger_prospects_note(struct ganger_island *island, int32_t segment);
/* Values the links whose state has changed. */
void ganger_prospects_settle(struct ganger_island *island);
/* All states as they were when they were noted. */
void ganger_prospects_undo(struct ganger_island *island);

/* Changes the state of the work's segment and link, as it is placed there or removed. */
void ganger_prospects_turn(struct ganger_island *island, struct ganger_placement placement);
/* The same for a work placed just now; if it was looked at, its link is known to be worth so much. */
void ganger_prospects_place(struct ganger_island *island, struct ganger_placement placement);

/* Of a mode whose work is not placed. */
struct ganger_prospect ganger_prospects_look(struct ganger_island *island, int32_t mode);
/* What is remembered of it; false if nothing. */
bool ganger_prospects_recall(const struct ganger_island *island, int32_t mode,
                             struct ganger_prospect *prospect);
#endif
