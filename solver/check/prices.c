/* Which prices are prices, and the bound they prove. */
#include "check/bound.h"
#include "check/energy.h"
#include "check/far.h"
#include "check/gates.h"
#include "check/referee.h"
#include "check/trees.h"

#include <math.h>

/* Index of the first that is negative, no number or beyond the file's grid, -1 if none is. */
static int64_t first_bad(const double *price, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        if (!(price[i] >= 0) || !(price[i] < GANGER_GRID_END)) {
            return i;
        }
    }
    return -1;
}

const char *ganger_bound_bad_price(const struct ganger_facts *facts,
                                   const struct ganger_prices *prices, int64_t *index,
                                   double *price)
{
    const struct ganger_problem *p = facts->problem;
    int64_t periods = facts->periods;
    const struct {
        const char *name;
        const double *price;
        int64_t count;
    } tables[] = {
        {"price_renewable", prices->renewable, facts->renewables * periods},
        {"price_window", prices->window, facts->windows},
        {"price_segment", prices->segment, (periods + 1) * p->segments.count * 2},
        {"price_precedence", prices->precedence, p->precedences.count * periods},
        {"price_rails", prices->rails, facts->waits.rows * periods},
        {"price_far", prices->far, prices->fars * periods},
        {"price_target", prices->target, p->targets.count},
        {"price_closure", prices->closure, prices->closures * (periods + 1)},
        {"price_work", prices->work, prices->pays},
        {"price_passage", prices->passage, prices->state_first_arc[prices->states]},
        {"price_energy", prices->energy, prices->energies * periods},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        *index = first_bad(tables[i].price, tables[i].count);
        if (*index >= 0) {
            *price = tables[i].price[*index];
            return tables[i].name;
        }
    }
    for (int64_t i = 0; i < facts->waits.rows * periods; i++) {
        if (facts->waits.led[i / periods] && prices->rails[i] > 0) {
            *index = i; /* a work that waits for nothing */
            *price = prices->rails[i];
            return "price_rails";
        }
    }
    const char *bad = ganger_far_bad(facts, prices, index, price);
    bad = bad ? bad : ganger_gates_bad(p, prices, index, price);
    bad = bad ? bad : ganger_trees_bad(p, prices, index, price);
    bad = bad ? bad : ganger_energy_bad(p, prices, index, price);
    if (bad) {
        return bad;
    }
    for (int32_t g = 0; g < p->targets.count; g++) {
        double most = p->targets.shortfall_cost[g];
        /* Both are doubles: comparing them is exact. */
        if (!p->targets.hard[g] && prices->target[g] > most) {
            *index = g;
            *price = prices->target[g];
            return "price_target";
        }
    }
    return NULL;
}

static double bound_of(const struct ganger_facts *facts, const struct ganger_prices *prices)
{
    bool npv = facts->problem->objective == GANGER_OBJECTIVE_NPV;
    ganger_wide money = 0;
    int32_t periods = 0;
    enum ganger_proof proof =
        npv ? ganger_bound_npv(facts, prices, &money) : ganger_bound_makespan(facts, &periods);
    if (proof == GANGER_PROOF_HOLDS) {
        return npv ? ganger_wide_to(money, GANGER_UNIT_BITS, GANGER_UP) : periods;
    }
    if (proof == GANGER_PROOF_IMPOSSIBLE) {
        return npv ? -(double)INFINITY : (double)INFINITY;
    }
    return (double)NAN;
}

double ganger_referee_bound(const struct ganger_problem *problem,
                            const struct ganger_prices *prices)
{
    double bound = (double)NAN, price;
    int64_t index;
    struct ganger_facts *facts = ganger_facts_create(problem);
    if (facts && !ganger_bound_bad_price(facts, prices, &index, &price)) {
        bound = bound_of(facts, prices);
    }
    ganger_facts_destroy(facts);
    return bound;
}
