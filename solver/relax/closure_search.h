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

/* closure_sets.c: adds the row of a segment that is broken most on each arc. False if memory is short. */
bool ganger_closure_search_sets(struct ganger_closure_search *search);

#endif
