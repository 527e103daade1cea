/* Forgetting: clauses that are satisfied, and learned ones that neither tie few levels together nor
 * were needed lately (Audemard and Simon, IJCAI 2009). */
#include "cp/engine.h"

#include <string.h>

enum { KEPT_LEVELS = 3 };

static bool satisfied(const struct ganger_cp_solver *s, const struct ganger_cp_clause *clause)
{
    for (int32_t k = 0; k < clause->size; k++) {
        if (ganger_cp_is_true(s, clause->at[k])) {
            return true;
        }
    }
    return false;
}

/* Is `a` worth less than `b`? Older ones first among equals, so that the order is total. */
static bool less(const struct ganger_cp_solver *s, int32_t a, int32_t b)
{
    const struct ganger_cp_clause *x = ganger_cp_clause(s, a), *y = ganger_cp_clause(s, b);
    if (x->levels != y->levels) {
        return x->levels > y->levels;
    }
    return x->used != y->used ? x->used < y->used : a < b;
}

static void sift(const struct ganger_cp_solver *s, int32_t *heap, int32_t at, int32_t count)
{
    int32_t item = heap[at];
    for (int32_t child; (child = 2 * at + 1) < count; at = child) {
        child += child + 1 < count && less(s, heap[child], heap[child + 1]);
        if (!less(s, item, heap[child])) {
            break;
        }
        heap[at] = heap[child];
    }
    heap[at] = item;
}

/* Heapsort, least worth first. */
static void rank(const struct ganger_cp_solver *s, int32_t *at, int32_t count)
{
    for (int32_t k = count / 2 - 1; k >= 0; k--) {
        sift(s, at, k, count);
    }
    for (int32_t end = count - 1; end > 0; end--) {
        int32_t top = at[0];
        at[0] = at[end];
        at[end] = top;
        sift(s, at, 0, end);
    }
}

/* Marks what goes with size 0 less its words. */
static void condemn(struct ganger_cp_solver *s)
{
    int32_t candidates = 0;
    uint32_t recent = (uint32_t)(s->counts.conflicts > 1000 ? s->counts.conflicts - 1000 : 0);
    for (int32_t k = 0; k < s->clauses; k++) {
        struct ganger_cp_clause *clause = ganger_cp_clause(s, s->clause[k]);
        if (satisfied(s, clause)) {
            clause->size = -clause->size;
        } else if (clause->levels > KEPT_LEVELS && clause->used < recent) {
            s->clause_rank[candidates++] = s->clause[k];
        }
    }
    rank(s, s->clause_rank, candidates);
    for (int32_t k = 0; k < candidates / 2; k++) {
        struct ganger_cp_clause *clause = ganger_cp_clause(s, s->clause_rank[k]);
        clause->size = -clause->size;
    }
}

/* Moves the clauses that stay together, without literals that are false, and watches them anew. The
 * first two literals are not false: a clause of which one only is left has been propagated. */
static void compact(struct ganger_cp_solver *s)
{
    int32_t count = s->clauses, words = s->word_count;
    s->clauses = 0;
    s->learned = 0;
    s->word_count = 0;
    for (int32_t k = 0; k < s->watch_lists; k++) {
        s->watches[k].count = 0;
    }
    for (int32_t k = 0; k < count; k++) {
        struct ganger_cp_clause *from = ganger_cp_clause(s, s->clause[k]);
        if (from->size < 0) {
            continue;
        }
        int32_t size = 0, levels = from->levels;
        uint32_t used = from->used;
        for (int32_t at = 0; at < from->size; at++) {
            if (!ganger_cp_is_false(s, from->at[at])) {
                from->at[size++] = from->at[at];
            }
        }
        /* Never past where it was read from. */
        int32_t index = ganger_cp_clause_add(s, from->at, size, levels);
        if (index == GANGER_CP_NONE) {
            return;
        }
        ganger_cp_clause(s, index)->used = used;
    }
    s->counts.ticks += (uint64_t)words;
}

void ganger_cp_clauses_reduce(struct ganger_cp_solver *s)
{
    condemn(s);
    compact(s);
}
