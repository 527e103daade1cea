/* Prices of rows of closure in the bound: a row is, of a demand with volume d on a link at t,
 *
 *     flow <= d (1 - closed)   or   flow <= d opened,
 *
 * so that the freight pays the price on the link, and w_t * price * d is the worth of the whole way, which works that close
 * pay for their part and works that open get.
 */
#include "relax/internal.h"
#include "relax/primal_dual_parts.h"

bool ganger_relax_widen_closures(struct ganger_relaxation *relaxation)
{
    struct ganger_relaxation *r = relaxation;
    int64_t rows = r->closures.rows, gates = r->closures.gates, boundaries = r->boundaries;
    if (!ganger_pd_widen(&r->now.closure, (size_t)(r->widened.rows * boundaries),
                         (size_t)(rows * boundaries)) ||
        !ganger_pd_widen(&r->best.closure, (size_t)(r->widened.rows * boundaries),
                         (size_t)(rows * boundaries)) ||
        !ganger_pd_widen(&r->gate_worth, (size_t)(r->widened.gates * boundaries),
                         (size_t)(gates * boundaries))) {
        return false;
    }
    r->widened.rows = (int32_t)rows;
    r->widened.gates = (int32_t)gates;
    return true;
}

void ganger_relax_spread_closures(struct ganger_relaxation *relaxation,
                                  const struct ganger_primal_dual_view *view)
{
    struct ganger_relaxation *r = relaxation;
    const struct ganger_problem *p = r->problem;
    const struct ganger_blocks *blocks = view->blocks;
    int64_t boundaries = r->boundaries, demands = p->demands.count;
    for (int64_t i = 0; i < r->widened.gates * boundaries; i++) {
        r->gate_worth[i] = 0;
    }
    for (int64_t row = 0; row < view->closures; row++) {
        double *worth = r->gate_worth + r->closures.gate[row] * boundaries;
        int32_t k = r->closures.demand[row];
        for (int32_t t = 0; t < r->boundaries; t++) {
            int32_t b = blocks->of[t];
            double price = view->prices->closure[row * blocks->width + b] / blocks->weight[b];
            double volume = p->demands.volume[p->demands.step_at[t] * demands + k];
            r->now.closure[row * boundaries + t] = price;
            worth[t] += p->time.weight[t] * price * volume;
        }
    }
}

double ganger_relax_closure_constant(const struct ganger_relaxation *relaxation)
{
    const struct ganger_relaxation *r = relaxation;
    double sum = 0;
    for (int32_t g = 0; g < r->widened.gates; g++) {
        bool opens = ganger_closures_opens(&r->closures, g);
        for (int64_t t = 0; !opens && t < r->boundaries; t++) {
            sum += r->gate_worth[g * (int64_t)r->boundaries + t];
        }
    }
    return sum;
}

void ganger_relax_close(const struct ganger_relaxation *relaxation, int32_t mode, double *burden)
{
    const struct ganger_relaxation *r = relaxation;
    const struct ganger_closures *c = &r->closures;
    const struct ganger_problem *p = r->problem;
    int32_t work = p->modes.work[mode], periods = p->time.periods;
    if (r->widened.gates == 0) {
        return;
    }
    for (int32_t i = c->first_of[work]; i < c->first_of[work + 1]; i++) {
        int32_t gate = c->gate_of[c->of[i]], renewable = c->renewable[gate];
        int32_t amount =
            ganger_closures_opens(c, gate) ? 0 : ganger_closures_amount(p, renewable, mode);
        const double *worth = r->gate_worth + gate * (int64_t)r->boundaries;
        for (int32_t t = 0; amount > 0 && t < periods; t++) {
            int32_t capacity = renewable == GANGER_NONE
                                   ? 1
                                   : p->resources.capacity[(int64_t)renewable * periods + t];
            burden[t + 1] += capacity > 0 ? worth[t] * amount / capacity : 0;
        }
    }
}

double ganger_relax_open(const struct ganger_relaxation *relaxation, int32_t work, int32_t t)
{
    const struct ganger_relaxation *r = relaxation;
    const struct ganger_closures *c = &r->closures;
    double sum = 0;
    for (int32_t i = r->widened.gates > 0 ? c->first_of[work] : 0;
         r->widened.gates > 0 && i < c->first_of[work + 1]; i++) {
        int32_t gate = c->gate_of[c->of[i]];
        sum +=
            ganger_closures_opens(c, gate) ? r->gate_worth[gate * (int64_t)r->boundaries + t] : 0;
    }
    return sum;
}
