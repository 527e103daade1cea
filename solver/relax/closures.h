/*
 * Rows of closure: no freight of a demand on a link beyond the demand's volume times the share of time that the way is
 * open. With a work done in parts, spread over time, the capacity of a line only becomes a little less; these rows
 * say that all of its freight stops for part of the time.
 *
 * A gate is a set of works that tells when the way is open:
 *
 *     closed by a segment   1 - sum of works on it that are at work in a mode with factor 0: they never overlap;
 *     closed by a gang      1 - sum of amount / capacity of a renewable in use by such works, on any of the links that the
 *                           freight needs (series.h): what they use together is within the capacity;
 *     opened on a segment   sum of works with a gain finished on a segment that has no capacity before.
 *
 * A row is a demand, a link and a gate; rows are added where freight breaks them. A crossing is a demand and a link
 * that has rows. Gates, rows and crossings keep their numbers.
 */
#ifndef GANGER_RELAX_CLOSURES_H
#define GANGER_RELAX_CLOSURES_H

#include "relax/series.h"

struct ganger_closures {
    const struct ganger_problem *problem;
    struct ganger_series series;
    int32_t gates, gate_room;
    int32_t *segment;   /* [gates] GANGER_NONE if closed by a gang */
    int32_t *renewable; /* [gates] of the gang, else GANGER_NONE */
    int32_t *first;     /* CSR [gates+1]: its works; an entry is a place in `work` */
    int32_t *work, *gate_of;
    int32_t entry_room;
    int32_t rows, row_room;
    int32_t *demand, *link, *gate, *crossing; /* [rows] */
    int32_t crossings;                        /* at most rows */
    int32_t *crossing_demand, *crossing_link; /* [crossings] */
    int32_t *first_of, *of; /* CSR [works+1]: entries that are the work, of gates with rows */
};

/* No rows yet. False if memory is short. Adds ticks. */
bool ganger_closures_init(struct ganger_closures *closures, const struct ganger_graph *graph,
                          int threads, int64_t *ticks);
void ganger_closures_clear(struct ganger_closures *closures);

/* The gate of a segment (renewable GANGER_NONE), or of a renewable for a demand on a link (segment GANGER_NONE). */
struct ganger_closures_gate {
    int32_t segment, renewable, demand, link;
};
/* The number of the gate, which is added unless it is there; GANGER_NONE if no work is part of it. `failed` is set if
 * memory is short. */
int32_t ganger_closures_add_gate(struct ganger_closures *closures, struct ganger_closures_gate gate,
                                 bool *failed);
/* The row of demand, link and gate, or GANGER_NONE. */
int32_t ganger_closures_find(const struct ganger_closures *closures, int32_t demand, int32_t link,
                             int32_t gate);
/* Adds a row that is not there. False if memory is short. */
bool ganger_closures_add(struct ganger_closures *closures, int32_t demand, int32_t link,
                         int32_t gate);
/* After rows were added: lists the entries of each work anew. False if memory is short. */
bool ganger_closures_index(struct ganger_closures *closures);

static inline int32_t ganger_closures_entries(const struct ganger_closures *closures)
{
    return closures->gates > 0 ? closures->first[closures->gates] : 0;
}

/* A gate that works open, not close. */
static inline bool ganger_closures_opens(const struct ganger_closures *closures, int32_t gate)
{
    int32_t q = closures->segment[gate];
    return q != GANGER_NONE && closures->problem->segments.capacity[q] <= 0;
}

/* How much of a gate a mode closes while at work: 1 of a segment, an amount of a gang; 0: it does not. */
int32_t ganger_closures_amount(const struct ganger_problem *problem, int32_t renewable,
                               int32_t mode);

#endif
