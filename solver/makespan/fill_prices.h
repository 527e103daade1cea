/*
 * Prices of energy and of consumables, at which works cost as much as they can of what all there is until the makespan
 * is worth: the dual of the least makespan when works may be split, with several modes by a subgradient method.
 *
 * Works cannot cost more than there is: that weighs renewables and consumables, which modes trade for each other, against
 * one another. Prices are integers, so that sums of costs are exact.
 */
#ifndef GANGER_MAKESPAN_FILL_PRICES_H
#define GANGER_MAKESPAN_FILL_PRICES_H

#include "makespan/model.h"
#include "makespan/tables.h"

/* About what a period of all renewables is worth. */
enum { GANGER_FILL_PERIOD = 1 << 24 };

struct ganger_fill_prices {
    const struct ganger_makespan_model *model;
    const struct ganger_makespan_tables *tables;
    int64_t *energy;       /* [renewables] */
    int64_t *need;         /* [consumables] */
    int64_t period;        /* what a period is worth: capacities at their prices */
    int64_t stock;         /* what consumables are worth */
    int64_t least;         /* the least that all works can cost */
    int64_t *energy_least; /* [renewables] the least energy that all works can take */
    int64_t *need_least;   /* [consumables] the least that all works can need */
    void *block;
};

/* False if memory is short; clear() is due in any case. Capacities must not vary. */
bool ganger_fill_prices_init(struct ganger_fill_prices *prices,
                             const struct ganger_makespan_model *model,
                             const struct ganger_makespan_tables *tables);
void ganger_fill_prices_clear(struct ganger_fill_prices *prices);

int64_t ganger_fill_prices_energy(const struct ganger_fill_prices *prices, int32_t mode,
                                  int32_t renewable);
int64_t ganger_fill_prices_cost(const struct ganger_fill_prices *prices, int32_t mode);
/* The least of a work's modes. */
int64_t ganger_fill_prices_least(const struct ganger_fill_prices *prices, int32_t work);
int64_t ganger_fill_prices_least_energy(const struct ganger_fill_prices *prices, int32_t work,
                                        int32_t renewable);
int32_t ganger_fill_prices_least_need(const struct ganger_fill_prices *prices, int32_t work,
                                      int32_t consumable);

#endif
