/*
 * A bound on the makespan: longest chains of works that must be done, at their shortest, and for each
 * renewable the energy (amount x duration) of those works against its capacity, after the earliest start
 * of any of them and before the shortest chain that must follow any of them.
 */
#include "check/bound.h"

#include <stdlib.h>

struct chains {
    const struct ganger_facts *facts;
    bool *needed;    /* mandatory, or before something mandatory */
    int32_t *start;  /* earliest possible */
    int32_t *finish; /* earliest possible, periods+1: never */
    int32_t *tail;   /* least periods between the finish and the makespan */
};

static bool mode_allowed(const struct ganger_works *works, int32_t w, int32_t m)
{
    return works->fixed_mode[w] == GANGER_NONE || works->first_mode[w] + works->fixed_mode[w] == m;
}

/* Earliest finish of any mode started at `from` or later; finishes never decrease with the start. */
static int32_t earliest_finish(const struct ganger_facts *f, int32_t w, int32_t from)
{
    const struct ganger_problem *p = f->problem;
    int32_t best = f->periods + 1;
    const int32_t *productivity =
        f->productivity + (int64_t)ganger_facts_calendar(f, w) * f->periods;
    int32_t working = from;
    while (working < f->periods && productivity[working] == 0) {
        working++;
    }
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        int32_t start = p->modes.duration[m] == 0 ? from : working;
        if (start < f->periods && mode_allowed(&p->works, w, m)) {
            int32_t finish = ganger_facts_finish(f, w, p->modes.duration[m], start);
            best = finish < best ? finish : best;
        }
    }
    return best;
}

static int32_t shortest(const struct ganger_problem *p, int32_t w)
{
    int32_t least = INT32_MAX;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        if (mode_allowed(&p->works, w, m) && p->modes.duration[m] < least) {
            least = p->modes.duration[m];
        }
    }
    return least == INT32_MAX ? 0 : least;
}

static void init_chains(struct chains *c)
{
    const struct ganger_works *works = &c->facts->problem->works;
    for (int32_t w = 0; w < works->count; w++) {
        c->needed[w] = works->mandatory[w];
        c->start[w] = works->earliest[w] > 0 ? works->earliest[w] : 0;
        if (works->fixed_start[w] > c->start[w]) {
            c->start[w] = works->fixed_start[w];
        }
        c->finish[w] = earliest_finish(c->facts, w, c->start[w]);
        c->tail[w] = 0;
    }
}

/* One pass over the precedence rows; true if something moved. Later than the horizon is never. */
static bool pass(struct chains *c)
{
    const struct ganger_problem *p = c->facts->problem;
    const struct ganger_precedences *rows = &p->precedences;
    bool moved = false;
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t a = rows->predecessor[i], b = rows->successor[i];
        bool fs = rows->type[i] == GANGER_PRECEDENCE_FS;
        int64_t from = (int64_t)(fs ? c->finish[a] : c->start[a]) + rows->lag[i];
        from = from > c->facts->periods ? c->facts->periods : from;
        if (from > c->start[b]) {
            c->start[b] = (int32_t)from;
            c->finish[b] = earliest_finish(c->facts, b, c->start[b]);
            moved = true;
        }
        if (c->needed[b] && !c->needed[a]) {
            c->needed[a] = moved = true;
        }
        int64_t tail = (int64_t)rows->lag[i] + shortest(p, b) + c->tail[b];
        if (fs && c->needed[b] && tail > c->tail[a] && tail <= c->facts->periods) {
            c->tail[a] = (int32_t)tail;
            moved = true;
        }
    }
    return moved;
}

/* Least amount x duration of a needed work on a renewable. */
static int64_t least_energy(const struct ganger_facts *f, int32_t w, int32_t renewable)
{
    const struct ganger_problem *p = f->problem;
    int64_t least = INT64_MAX;
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        int64_t energy = 0;
        for (int32_t i = p->modes.first_use[m]; i < p->modes.first_use[m + 1]; i++) {
            if (f->renewable_of[p->modes.use_resource[i]] == renewable) {
                energy += (int64_t)p->modes.use_amount[i] * p->modes.duration[m];
            }
        }
        if (mode_allowed(&p->works, w, m) && energy < least) {
            least = energy;
        }
    }
    return least == INT64_MAX ? 0 : least;
}

/* Periods; later than the horizon is never. */
static int64_t energy_bound(const struct chains *c, int32_t renewable)
{
    const struct ganger_facts *f = c->facts;
    int32_t head = f->periods, tail = f->periods;
    ganger_wide energy = 0;
    for (int32_t w = 0; w < f->problem->works.count; w++) {
        int64_t needs = c->needed[w] ? least_energy(f, w, renewable) : 0;
        if (needs > 0) {
            energy += needs;
            head = c->start[w] < head ? c->start[w] : head;
            tail = c->tail[w] < tail ? c->tail[w] : tail;
        }
    }
    if (energy == 0) {
        return 0;
    }
    const int64_t *limit = f->limit + (int64_t)renewable * f->periods;
    int32_t t = head;
    while (t < f->periods && energy > 0) {
        energy -= limit[t++];
    }
    return energy > 0 ? INT64_MAX : (int64_t)t + tail;
}

static int64_t longest(struct chains *c)
{
    int32_t works = c->facts->problem->works.count;
    int64_t bound = 0;
    init_chains(c);
    /* Precedence has no cycles, so a chain is settled after as many passes as it has works. */
    for (int32_t i = 0; i <= 2 * works && pass(c); i++) {
    }
    for (int32_t w = 0; w < works; w++) {
        if (c->needed[w] && c->finish[w] > bound) {
            bound = c->finish[w];
        }
    }
    for (int32_t r = 0; r < c->facts->renewables; r++) {
        int64_t energy = energy_bound(c, r);
        bound = energy > bound ? energy : bound;
    }
    return bound;
}

enum ganger_proof ganger_bound_makespan(const struct ganger_facts *facts, int32_t *bound)
{
    size_t room = (size_t)facts->problem->works.count + 1;
    struct chains c = {.facts = facts,
                       .needed = calloc(room, sizeof *c.needed),
                       .start = calloc(room, sizeof *c.start),
                       .finish = calloc(room, sizeof *c.finish),
                       .tail = calloc(room, sizeof *c.tail)};
    enum ganger_proof proof = GANGER_PROOF_NO_MEMORY;
    if (facts->lost) {
        proof = GANGER_PROOF_LOST;
    } else if (c.needed && c.start && c.finish && c.tail) {
        int64_t least = longest(&c);
        proof = least > facts->periods ? GANGER_PROOF_IMPOSSIBLE : GANGER_PROOF_HOLDS;
        *bound = least > facts->periods ? 0 : (int32_t)least;
    }
    free(c.needed);
    free(c.start);
    free(c.finish);
    free(c.tail);
    return proof;
}
