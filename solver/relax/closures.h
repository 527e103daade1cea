/*
 * Rows of closure: the freight of some demands on an arc, together, is no more than what a segment of it lets through, and
 * no more than these demands are. With a work done in parts, spread over time, the capacity of a line only becomes a little
 * less, or more; these rows say that freight which is less than the capacity gains nothing by more of it, and that a closed
 * line stops all of it for part of the time (solver/MODEL.md, "What is proven").
 *
 * A gate tells which works let freight through, and how. It has entries, which are shares of time or of a gang, and the
 * row's limit changes with each of them:
 *
 *     of a segment   a work that makes it stronger is finished: more; a mode that makes it weaker is at work: less. The limit
 *                    is one of the planes above what passes of the row's demands (passing.h);
 *     of a gang      amount / capacity of a renewable in use by works in modes with factor 0, on any of the links that the
 *                    freight needs (series.h): what they use together is within the capacity, and each stops all of it.
 *
 * A row is an arc, some demands - of a gang one -, a gate and, of segments, which plane; rows are added where freight breaks
 * them. A row of a cut is about all freight of its demands, wherever it goes: besides the arc it has others, and no path that
 * pays goes around all of them. Its gate is of several segments, at most one of each link; a link without any lets pass what it
 * may have at most.
 *
 * A term is what the limit changes with: an entry of segments, or all entries of a gang together. A crossing is a
 * demand and an arc that have rows, or a demand that has rows of cuts. Gates, rows and crossings keep their numbers.
 */
#ifndef GANGER_RELAX_CLOSURES_H
#define GANGER_RELAX_CLOSURES_H

#include "relax/passing.h"
#include "relax/series.h"

struct ganger_closures {
    const struct ganger_problem *problem;
    struct ganger_series series;
    int32_t gates, gate_room;
    int32_t *first_part; /* CSR [gates+1]: segments, none of a gang */
    int32_t *part;
    int32_t part_room;
    int32_t *renewable;  /* [gates] of the gang, else GANGER_NONE */
    int32_t *first;      /* CSR [gates+1]: entries */
    int32_t *first_term; /* [gates+1] */
    /* Entries: of a segment a mode at work, or GANGER_NONE: the work is finished; of a gang GANGER_NONE. */
    int32_t *work, *mode, *gate_of, *term_of;
    int32_t entry_room;
    int32_t rows, row_room;
    int32_t *arc, *gate; /* [rows] */
    int32_t *from;       /* [rows] the works that the plane is drawn from, as bits (passing.h) */
    int32_t *
        first_beside; /* CSR [rows+1] of a cut: the other arcs, and their segments, GANGER_NONE where it has none */
    int32_t *beside_arc, *beside_segment;
    int32_t beside_room;
    double *volume; /* [rows * boundaries] of the row's demands */
    /* Mt/yr, [rows * boundaries]: what passes with nothing done; [boundaries] from first_change[row] on, by term of the row's
     * gate: what is added to that, or taken off it, if an entry of the term is 1. */
    double *limit, *change;
    int32_t *first_change; /* [rows+1] */
    int32_t change_room;
    int32_t *first_demand;      /* CSR [rows+1] */
    int32_t *demand, *crossing; /* of a row's demand: in order, and where it crosses */
    int32_t member_room;
    int32_t crossings;                       /* at most as many as there are demands of rows */
    int32_t *crossing_demand, *crossing_arc; /* [crossings] arc GANGER_NONE of cuts */
    int32_t *first_of, *of; /* CSR [works+1]: entries that are of the work, of gates with rows */
};

/* No rows yet. False if memory is short. Adds ticks. */
bool ganger_closures_init(struct ganger_closures *closures, const struct ganger_graph *graph,
                          int threads, int64_t *ticks);
void ganger_closures_clear(struct ganger_closures *closures);

/* The gate of segments (renewable GANGER_NONE), or of a renewable for a demand on a link (no segments). */
struct ganger_closures_gate {
    int32_t parts;
    const int32_t *segment;
    int32_t renewable, demand, link;
};
/* The number of the gate, which is added unless it is there; GANGER_NONE if no work is part of it. `failed` is set if
 * memory is short. */
int32_t ganger_closures_add_gate(struct ganger_closures *closures, struct ganger_closures_gate gate,
                                 bool *failed);
/* An arc, some demands in rising order, a gate, and which plane of its segments; of a cut the arcs besides. The gate has the
 * arc's segment first, then those of the arcs besides in their order. */
struct ganger_closures_row {
    int32_t arc, gate, demands;
    const int32_t *demand;
    int32_t from; /* the works that the plane is drawn from */
    int32_t besides;
    const int32_t *beside_arc, *beside_segment;
};
/* The row, or GANGER_NONE. */
int32_t ganger_closures_find(const struct ganger_closures *closures,
                             struct ganger_closures_row row);
/* Adds a row that is not there. False if memory is short. */
bool ganger_closures_add(struct ganger_closures *closures, struct ganger_closures_row row);
/* After rows were added: lists the entries of each work anew. False if memory is short. */
bool ganger_closures_index(struct ganger_closures *closures);

/* What an arc of the link lets pass at most at a boundary, Mt/yr. */
double ganger_closures_passes(const struct ganger_problem *problem, int32_t link, int32_t t);

/* A row at a boundary: what passes with nothing done, and what an entry of its gate changes. */
static inline double ganger_closures_limit(const struct ganger_closures *closures, int32_t row,
                                           int32_t t)
{
    return closures->limit[(int64_t)row * (closures->problem->time.periods + 1) + t];
}

static inline double ganger_closures_change(const struct ganger_closures *closures, int32_t row,
                                            int32_t entry, int32_t t)
{
    int32_t term = closures->term_of[entry] - closures->first_term[closures->gate[row]];
    return closures->change[(int64_t)(closures->first_change[row] + term) *
                                (closures->problem->time.periods + 1) +
                            t];
}

static inline int32_t ganger_closures_entries(const struct ganger_closures *closures)
{
    return closures->gates > 0 ? closures->first[closures->gates] : 0;
}

static inline int32_t ganger_closures_terms(const struct ganger_closures *closures)
{
    return closures->gates > 0 ? closures->first_term[closures->gates] : 0;
}

/* Demands of all rows. */
static inline int32_t ganger_closures_members(const struct ganger_closures *closures)
{
    return closures->rows > 0 ? closures->first_demand[closures->rows] : 0;
}

/* An entry that is of use once its work is finished. */
static inline bool ganger_closures_finished(const struct ganger_closures *closures, int32_t entry)
{
    return closures->mode[entry] == GANGER_NONE &&
           closures->renewable[closures->gate_of[entry]] == GANGER_NONE;
}

/* How much of an entry a mode is while at work: 1 of a segment, an amount of a gang; 0: nothing. */
int32_t ganger_closures_amount(const struct ganger_closures *closures, int32_t entry, int32_t mode);

#endif
