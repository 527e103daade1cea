/* Prices of rows of closure in the bound: a row is, of some demands on an arc at t,
 *
 *     flow <= limit + sum over entries of the gate (change * entry),
 *
 * so that the freight pays the price on the arc, w_t * price * limit is added to the bound, and works get - or pay - their
 * part of w_t * price * change.
 */
#include "relax/internal.h"
#include "relax/primal_dual_parts.h"

bool ganger_relax_widen_closures(struct ganger_relaxation *relaxation)
{
    struct ganger_relaxation *r = relaxation;
    int64_t rows = r->closures.rows, entries = ganger_closures_entries(&r->closures);
    int64_t boundaries = r->boundaries;
    if (!ganger_pd_widen(&r->now.closure, (size_t)(r->widened.rows * boundaries),
                         (size_t)(rows * boundaries)) ||
        !ganger_pd_widen(&r->best.closure, (size_t)(r->widened.rows * boundaries),
                         (size_t)(rows * boundaries)) ||
        !ganger_pd_widen(&r->entry_worth, (size_t)(r->widened.entries * boundaries),
                         (size_t)(entries * boundaries))) {
        return false;
    }
    r->widened.rows = (int32_t)rows;
    r->widened.entries = (int32_t)entries;
    return true;
}

/* Adds a row's price at t to what its entries are worth. */
static void spread_row(struct ganger_relaxation *r, int64_t row, int32_t t, double worth)
{
    const struct ganger_closures *c = &r->closures;
    int64_t boundaries = r->boundaries;
    int32_t gate = c->gate[row];
    r->closure_constant += worth * ganger_closures_limit(c, (int32_t)row, t);
    for (int32_t e = c->first[gate]; e < c->first[gate + 1]; e++) {
        r->entry_worth[e * boundaries + t] += worth * ganger_closures_change(c, (int32_t)row, e, t);
    }
}

void ganger_relax_spread_closures(struct ganger_relaxation *relaxation,
                                  const struct ganger_primal_dual_view *view)
{
    struct ganger_relaxation *r = relaxation;
    const struct ganger_blocks *blocks = view->blocks;
    int64_t boundaries = r->boundaries;
    r->closure_constant = 0;
    for (int64_t i = 0; i < r->widened.entries * boundaries; i++) {
        r->entry_worth[i] = 0;
    }
    for (int64_t row = 0; row < view->closures; row++) {
        for (int32_t t = 0; t < r->boundaries; t++) {
            int32_t b = blocks->of[t];
            double price = view->prices->closure[row * blocks->width + b] / blocks->weight[b];
            r->now.closure[row * boundaries + t] = price;
            if (price > 0) {
                spread_row(r, row, t, r->problem->time.weight[t] * price);
            }
        }
    }
}

void ganger_relax_close(const struct ganger_relaxation *relaxation, int32_t mode, double *burden)
{
    const struct ganger_relaxation *r = relaxation;
    const struct ganger_closures *c = &r->closures;
    const struct ganger_problem *p = r->problem;
    int32_t work = p->modes.work[mode], periods = p->time.periods;
    if (r->widened.entries == 0) {
        return;
    }
    for (int32_t i = c->first_of[work]; i < c->first_of[work + 1]; i++) {
        int32_t entry = c->of[i], renewable = c->renewable[c->gate_of[entry]];
        int32_t amount =
            ganger_closures_finished(c, entry) ? 0 : ganger_closures_amount(c, entry, mode);
        const double *worth = r->entry_worth + entry * (int64_t)r->boundaries;
        for (int32_t t = 0; amount > 0 && t < periods; t++) {
            int32_t capacity = renewable == GANGER_NONE
                                   ? 1
                                   : p->resources.capacity[(int64_t)renewable * periods + t];
            burden[t + 1] -= capacity > 0 ? worth[t] * amount / capacity : 0;
        }
    }
}

double ganger_relax_open(const struct ganger_relaxation *relaxation, int32_t work, int32_t t)
{
    const struct ganger_relaxation *r = relaxation;
    const struct ganger_closures *c = &r->closures;
    double sum = 0;
    for (int32_t i = r->widened.entries > 0 ? c->first_of[work] : 0;
         r->widened.entries > 0 && i < c->first_of[work + 1]; i++) {
        int32_t entry = c->of[i];
        sum += ganger_closures_finished(c, entry)
                   ? r->entry_worth[entry * (int64_t)r->boundaries + t]
                   : 0;
    }
    return sum;
}
