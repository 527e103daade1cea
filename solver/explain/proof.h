/*
 * Proofs that conditions cannot hold together, cheap ones first:
 *
 * dates      a work that must be done has no start left, after all that it waits for;
 * totals     the works that must be done take more of a supply than there is, or all works that count for a hard target
 *            have fewer km than it asks;
 * programme  a linear programme in which works may be done in parts, over blocks of starts, does not get all of what is
 *            asked done. Its dual prices are turned into a bound with outward rounding, as for plans: a contradiction is
 *            claimed only as far as it is proven.
 *
 * Each holds for any subset of a problem's conditions, and a proof of a subset is one of the whole.
 */
#ifndef GANGER_EXPLAIN_PROOF_H
#define GANGER_EXPLAIN_PROOF_H

#include "base/text.h"
#include "explain/openers.h"
#include "explain/supplies.h"

enum ganger_proof {
    GANGER_PROOF_NONE,
    GANGER_PROOF_DATES,
    GANGER_PROOF_TOTALS,
    GANGER_PROOF_PROGRAMME
};

struct ganger_prover {
    struct ganger_conditions *conditions;
    struct ganger_dates dates;
    struct ganger_supplies supplies;
    struct ganger_openers openers;
    int32_t block;             /* periods */
    int32_t *list;             /* scratch: supplies of a mode */
    double *need;              /* [supplies] scratch: what must be done takes at least so much */
    bool failed;               /* memory ran out */
    struct ganger_text reason; /* of the last proof, in a sentence */
};

bool ganger_prover_init(struct ganger_prover *prover, struct ganger_conditions *conditions);
void ganger_prover_clear(struct ganger_prover *prover);

/* The first proof, none beyond `last`, that the conditions that hold now contradict each other. */
enum ganger_proof ganger_prover_prove(struct ganger_prover *prover, enum ganger_proof last);

/* The last of the three; dates are those of the conditions. */
bool ganger_programme_proves(struct ganger_prover *prover);

#endif
