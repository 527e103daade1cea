#include "explain/conflict.h"

/* Conditions of which the strongest proof is still tried on each. */
enum { FEW = 200 };

static void set_lot(struct ganger_conditions *c, int32_t from, int32_t count, bool on)
{
    for (int32_t i = from; i < from + count && i < c->count; i++) {
        ganger_conditions_set(c, i, on);
    }
}

/* One pass over lots of this size: drops those without which a proof remains. */
static void drop_lots(struct ganger_prover *prover, enum ganger_proof last, int32_t size)
{
    struct ganger_conditions *c = prover->conditions;
    for (int32_t from = 0; from < c->count; from += size) {
        set_lot(c, from, size, false);
        if (ganger_prover_prove(prover, last) == GANGER_PROOF_NONE) {
            set_lot(c, from, size, true);
        }
    }
    ganger_conditions_keep(c);
}

/* Drops whole kinds first, in their order: a contradiction in fewer words is the better one. */
static void drop_kinds(struct ganger_prover *prover, enum ganger_proof last)
{
    struct ganger_conditions *c = prover->conditions;
    for (int32_t from = 0, to = 0; from < c->count; from = to) {
        while (to < c->count && c->list[to].kind == c->list[from].kind) {
            to++;
        }
        set_lot(c, from, to - from, false);
        if (ganger_prover_prove(prover, last) == GANGER_PROOF_NONE) {
            set_lot(c, from, to - from, true);
        }
    }
    ganger_conditions_keep(c);
}

/* A deletion filter: what is left is irreducible, because less is proven of fewer conditions. */
static void filter(struct ganger_prover *prover, enum ganger_proof last)
{
    drop_kinds(prover, last);
    int32_t size = prover->conditions->count / 2;
    for (; size > 1; size /= 2) {
        drop_lots(prover, last, size);
        size = size > prover->conditions->count ? prover->conditions->count : size;
    }
    drop_lots(prover, last, 1);
}

enum ganger_proof ganger_conflict_find(struct ganger_prover *prover)
{
    enum ganger_proof proof = ganger_prover_prove(prover, GANGER_PROOF_PROGRAMME);
    if (proof == GANGER_PROOF_NONE) {
        return proof;
    }
    filter(prover, proof); /* by the cheapest proof that does */
    if (proof < GANGER_PROOF_PROGRAMME && prover->conditions->count <= FEW) {
        filter(prover, GANGER_PROOF_PROGRAMME);
    }
    return ganger_prover_prove(prover, GANGER_PROOF_PROGRAMME);
}
