/* An irreducible set of conditions that cannot hold together. */
#ifndef GANGER_EXPLAIN_CONFLICT_H
#define GANGER_EXPLAIN_CONFLICT_H

#include "explain/proof.h"

/* Drops conditions as long as a proof of contradiction remains, larger lots first, then one by one. What is left, in
 * conditions->list, is proven to contradict itself, and no proof of ours is left without any one of it. GANGER_PROOF_NONE,
 * and nothing dropped, if there is no proof of the whole. The prover's reason is that of the last proof. */
enum ganger_proof ganger_conflict_find(struct ganger_prover *prover);

#endif
