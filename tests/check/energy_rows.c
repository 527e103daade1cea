#include "check/energy_rows.h"

#include "support/brute.h"
#include "support/test.h"

#include <stdlib.h>

bool energy_rows_make(struct ganger_prices *prices, const struct ganger_problem *p,
                      int32_t energies)
{
    size_t rows = (size_t)energies + 1;
    prices->energies = energies;
    prices->energy_work = calloc(rows, sizeof(int32_t));
    prices->energy_renewable = calloc(rows, sizeof(int32_t));
    prices->energy = calloc(rows * (size_t)p->time.periods, sizeof(double));
    return prices->energy_work && prices->energy_renewable && prices->energy;
}

double energy_rows_best(const struct ganger_problem *p)
{
    struct brute brute;
    CU_ASSERT_FATAL(brute_open(&brute, p));
    brute_search(&brute, true);
    double best = brute.best;
    brute_close(&brute);
    return best;
}
