#include "makespan/fill_prices.h"

#include "base/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int32_t rounds;
    double step, need_step, halving; /* first steps; rounds until they are half as long */
    double dearest;                  /* the most that all of a consumable may cost, in makespans */
} plan = {.rounds = 400, .step = 0.5, .need_step = 0.3, .halving = 15, .dearest = 10};

/* The search works with shares of capacities and limits. */
struct search {
    const struct ganger_makespan_model *model;
    const struct ganger_makespan_tables *tables;
    int32_t renewables, consumables;
    double *price,
        *best; /* [renewables + consumables] of all of a resource for a period, in periods; the former sum up to 1 */
    double
        *use; /* [renewables + consumables] by the cheapest modes, of what there is (in a period) */
    double value; /* the most so far, in periods */
};

static double share(const struct search *s, int32_t mode, int32_t resource)
{
    const struct ganger_makespan_tables *t = s->tables;
    if (resource < s->renewables) {
        double capacity = fmax(t->step_capacity[t->step_first[resource]], 1);
        return (double)s->model->duration[mode] *
               t->demand[(int64_t)mode * s->renewables + resource] / capacity;
    }
    int32_t c = resource - s->renewables;
    return t->need[(int64_t)mode * s->consumables + c] / fmax(t->limit[c], 1);
}

/* What works in their cheapest modes use; returns what they cost. */
static double add_up(struct search *s)
{
    const struct ganger_makespan_model *m = s->model;
    int32_t resources = s->renewables + s->consumables;
    double sum = 0;
    memset(s->use, 0, (size_t)resources * sizeof *s->use);
    for (int32_t w = 0; w < m->works; w++) {
        double least = INFINITY;
        int32_t best = m->first_mode[w];
        for (int32_t k = m->first_mode[w]; k < m->first_mode[w + 1]; k++) {
            double cost = 0;
            for (int32_t i = 0; i < resources; i++) {
                cost += s->price[i] * share(s, k, i);
            }
            best = cost < least ? k : best;
            least = cost < least ? cost : least;
        }
        sum += least;
        for (int32_t i = 0; i < resources; i++) {
            s->use[i] += share(s, best, i);
        }
    }
    return sum;
}

/* What is used more than the average renewable, and more of a consumable than there is, becomes dearer. */
static void step(struct search *s, double length)
{
    double mean = 0, sum = 0;
    for (int32_t r = 0; r < s->renewables; r++) {
        mean += s->use[r] / s->renewables;
    }
    for (int32_t r = 0; r < s->renewables; r++) {
        s->price[r] += length * plan.step * (s->use[r] / fmax(mean, 1e-9) - 1);
        s->price[r] = fmax(s->price[r], 0);
        sum += s->price[r];
    }
    for (int32_t r = 0; r < s->renewables; r++) {
        s->price[r] = sum > 0 ? s->price[r] / sum : 1.0 / s->renewables;
    }
    for (int32_t i = s->renewables; i < s->renewables + s->consumables; i++) {
        s->price[i] += length * plan.need_step * mean * (s->use[i] - 1);
        s->price[i] = fmin(fmax(s->price[i], 0), plan.dearest * mean);
    }
}

/* With one mode each nothing can be traded: the renewable that is used most is all that counts. */
static void choose_scarcest(struct search *s)
{
    int32_t scarcest = 0;
    add_up(s);
    for (int32_t r = 1; r < s->renewables; r++) {
        scarcest = s->use[r] > s->use[scarcest] ? r : scarcest;
    }
    s->best[scarcest] = 1;
}

static void climb(struct search *s)
{
    int32_t resources = s->renewables + s->consumables;
    for (int32_t i = 0; i < resources; i++) {
        s->price[i] = s->best[i] = i < s->renewables ? 1.0 / s->renewables : 0;
    }
    s->value = -INFINITY;
    for (int32_t k = 0; k < plan.rounds; k++) {
        double value = add_up(s);
        for (int32_t i = s->renewables; i < resources; i++) {
            value -= s->price[i];
        }
        if (value > s->value) {
            s->value = value;
            memcpy(s->best, s->price, (size_t)resources * sizeof *s->best);
        }
        step(s, plan.halving / (plan.halving + k));
    }
}

/* Into integers by unit. */
static void settle(struct ganger_fill_prices *p, const struct search *s)
{
    const struct ganger_makespan_tables *t = p->tables;
    for (int32_t r = 0; r < s->renewables; r++) {
        int32_t capacity = t->step_capacity[t->step_first[r]];
        p->energy[r] = (int64_t)(s->best[r] * GANGER_FILL_PERIOD / fmax(capacity, 1));
        p->period += p->energy[r] * capacity;
    }
    for (int32_t c = 0; c < s->consumables; c++) {
        p->need[c] =
            (int64_t)(s->best[s->renewables + c] * GANGER_FILL_PERIOD / fmax(t->limit[c], 1));
        p->stock += p->need[c] * t->limit[c];
    }
    for (int32_t w = 0; w < p->model->works; w++) {
        p->least += ganger_fill_prices_least(p, w);
        for (int32_t r = 0; r < s->renewables; r++) {
            p->energy_least[r] += ganger_fill_prices_least_energy(p, w, r);
        }
        for (int32_t c = 0; c < s->consumables; c++) {
            p->need_least[c] += ganger_fill_prices_least_need(p, w, c);
        }
    }
}

bool ganger_fill_prices_init(struct ganger_fill_prices *prices,
                             const struct ganger_makespan_model *model,
                             const struct ganger_makespan_tables *tables)
{
    struct search s = {.model = model,
                       .tables = tables,
                       .renewables = model->problem->resources.renewables,
                       .consumables = model->consumables};
    size_t renewables = (size_t)s.renewables + 1, consumables = (size_t)s.consumables + 1;
    size_t resources = (renewables + consumables) * sizeof(double);
    *prices = (struct ganger_fill_prices){.model = model, .tables = tables};
    struct ganger_block_piece kept[] = {
        {&prices->energy, renewables * sizeof *prices->energy},
        {&prices->need, consumables * sizeof *prices->need},
        {&prices->energy_least, renewables * sizeof *prices->energy_least},
        {&prices->need_least, consumables * sizeof *prices->need_least}};
    struct ganger_block_piece scratch[] = {
        {&s.price, resources}, {&s.best, resources}, {&s.use, resources}};
    prices->block = ganger_block_create(kept, 4);
    void *block = ganger_block_create(scratch, 3);
    bool ready = prices->block && block;
    if (ready) {
        if (model->several) {
            climb(&s);
        } else {
            choose_scarcest(&s);
        }
        settle(prices, &s);
    }
    free(block);
    return ready;
}

void ganger_fill_prices_clear(struct ganger_fill_prices *prices)
{
    free(prices->block);
    *prices = (struct ganger_fill_prices){0};
}

int64_t ganger_fill_prices_energy(const struct ganger_fill_prices *prices, int32_t mode,
                                  int32_t renewable)
{
    int32_t renewables = prices->model->problem->resources.renewables;
    return (int64_t)prices->model->duration[mode] *
           prices->tables->demand[(int64_t)mode * renewables + renewable];
}

/* A mode that needs more of a consumable than there is costs as if by one unit. */
int64_t ganger_fill_prices_cost(const struct ganger_fill_prices *prices, int32_t mode)
{
    const struct ganger_makespan_model *m = prices->model;
    int64_t cost = 0;
    for (int32_t r = 0; r < m->problem->resources.renewables; r++) {
        cost += prices->energy[r] * ganger_fill_prices_energy(prices, mode, r);
    }
    for (int32_t c = 0; c < m->consumables; c++) {
        int64_t need = prices->tables->need[(int64_t)mode * m->consumables + c];
        int64_t most = (int64_t)prices->tables->limit[c] + 1;
        cost += prices->need[c] * (need < most ? need : most);
    }
    return cost;
}

int64_t ganger_fill_prices_least(const struct ganger_fill_prices *prices, int32_t work)
{
    const struct ganger_makespan_model *m = prices->model;
    int64_t least = INT64_MAX;
    for (int32_t k = m->first_mode[work]; k < m->first_mode[work + 1]; k++) {
        int64_t cost = ganger_fill_prices_cost(prices, k);
        least = cost < least ? cost : least;
    }
    return least;
}

int64_t ganger_fill_prices_least_energy(const struct ganger_fill_prices *prices, int32_t work,
                                        int32_t renewable)
{
    const struct ganger_makespan_model *m = prices->model;
    int64_t least = INT64_MAX;
    for (int32_t k = m->first_mode[work]; k < m->first_mode[work + 1]; k++) {
        int64_t energy = ganger_fill_prices_energy(prices, k, renewable);
        least = energy < least ? energy : least;
    }
    return least;
}

int32_t ganger_fill_prices_least_need(const struct ganger_fill_prices *prices, int32_t work,
                                      int32_t consumable)
{
    const struct ganger_makespan_model *m = prices->model;
    int32_t least = INT32_MAX;
    for (int32_t k = m->first_mode[work]; k < m->first_mode[work + 1]; k++) {
        int32_t need = prices->tables->need[(int64_t)k * m->consumables + consumable];
        least = need < least ? need : least;
    }
    return least;
}
