/* The search for rows of closure that a step's solution breaks: what works and freight do in it. Private to its files. */
#ifndef GANGER_RELAX_CLOSURE_SEARCH_H
#define GANGER_RELAX_CLOSURE_SEARCH_H

#include "relax/internal.h"

/* A row is wanted if what breaks it earns this share of the bound. */
static const double ganger_closure_worth_adding = 5e-6;

/* What works do, all [.. * width], shares of each block. */
struct ganger_closure_shares {
    double *finished; /* [works] */
    double *active;   /* [modes] at work */
    double *
        gang; /* [places of the series * renewables] amounts in use by what closes the link, by capacity */
    bool *used; /* [places of the series * renewables] any */
};

/* What a demand sends over an arc. */
struct ganger_closure_sent {
    int32_t demand, arc;
};

struct ganger_closure_search {
    struct ganger_relaxation *relaxation;
    struct ganger_primal_dual_view view;
    struct ganger_closure_shares shares;
    double *margin;     /* [demands] USD that a tonne earns on the cheapest path known */
    double *delivered;  /* [demands * width] on all paths */
    int32_t sent_count; /* by demand; the same arc is there once */
    struct ganger_closure_sent *sent;
    double *flow;           /* [sent * width] */
    int32_t *first_on, *on; /* CSR by arc: of `sent` */
    double *through;        /* [width] scratch */
    int32_t added;
};

/* closure_search.c: measures works and freight of the last step. False if memory is short; close it even then. */
bool ganger_closure_search_open(struct ganger_closure_search *search);
void ganger_closure_search_close(struct ganger_closure_search *search);

/* closure_sets.c: demands that the freight of some blocks breaks a row of most.
 *
 * Works of a gate's segments, in one block. */
struct ganger_closure_state {
    struct ganger_passing passing;
    int32_t count; /* of changes */
    struct ganger_closure_change {
        double share, left; /* for a share of the time the work is finished, or leaves so much */
        int32_t work;       /* of the gate */
        bool active;
    } * change;
};

struct ganger_closure_sets {
    int32_t count;       /* of demands */
    int32_t *demand;     /* [count] rising */
    const double **flow; /* [count] their freight by block */
    int32_t *order;      /* [count] by share of the volume sent in a block, the greatest first */
    double *share;       /* [count] */
    struct ganger_closure_state *state; /* [blocks] of the gate at hand */
    bool *in, *before; /* [count] the set at hand, and that of the last block that breaks one */
    uint32_t from;     /* the plane at hand */
    struct {
        bool *in; /* [count] the set that is broken most */
        double worth;
        uint32_t from;
        bool better; /* than before the last search */
    } best;
};

bool ganger_closure_sets_init(struct ganger_closure_sets *sets,
                              const struct ganger_closure_search *search);
void ganger_closure_sets_clear(struct ganger_closure_sets *sets, int32_t blocks);
/* After demands, with their freight, were listed. */
void ganger_closure_sets_begin(struct ganger_closure_sets *sets, double worth);
/* Sets that blocks from .. to-1 break of a gate: segments, and for each block what passes besides (NULL: nothing). */
struct ganger_closure_gate {
    int32_t parts;
    const int32_t *segment;
    const double *fixed; /* [blocks] */
    int32_t from, to;
};
void ganger_closure_sets_search(const struct ganger_closure_search *search,
                                struct ganger_closure_sets *sets, struct ganger_closure_gate gate);
/* The demands of the best set, in order. Returns how many. */
int32_t ganger_closure_sets_best(const struct ganger_closure_sets *sets, int32_t *list);
/* Adds the row of a segment that is broken most on each arc. False if memory is short. */
bool ganger_closure_search_sets(struct ganger_closure_search *search);

/* closure_cuts.c: adds rows of cuts. False if memory is short. */
bool ganger_closure_search_cuts(struct ganger_closure_search *search, int64_t *ticks);

#endif
