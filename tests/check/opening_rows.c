#include "check/opening_rows.h"

#include "support/brute.h"
#include "support/test.h"

#include <stdlib.h>

bool opening_rows_make(struct ganger_prices *prices, const struct ganger_problem *p,
                       int32_t openings, int32_t energies)
{
    size_t boundaries = (size_t)p->time.periods + 1, works = (size_t)p->works.count;
    size_t count = (size_t)openings + 1, rows = (size_t)energies + 1;
    prices->openings = openings;
    prices->energies = energies;
    free(prices->opening_first_demand); /* of a plan without openings */
    free(prices->opening_first_work);
    prices->opening_arc = calloc(count, sizeof(int32_t));
    prices->opening_first_demand = calloc(count, sizeof(int32_t));
    prices->opening_demand = calloc(count * (size_t)p->demands.count, sizeof(int32_t));
    prices->opening_first_work = calloc(count, sizeof(int32_t));
    prices->opening_work = calloc(count * works, sizeof(int32_t));
    prices->opening = calloc(count * boundaries, sizeof(double));
    prices->awaits = calloc(count * works * boundaries, sizeof(double));
    prices->energy_opening = calloc(rows, sizeof(int32_t));
    prices->energy_work = calloc(rows, sizeof(int32_t));
    prices->energy_renewable = calloc(rows, sizeof(int32_t));
    prices->energy = calloc(rows * boundaries, sizeof(double));
    return prices->opening_arc && prices->opening_first_demand && prices->opening_demand &&
           prices->opening_first_work && prices->opening_work && prices->opening &&
           prices->awaits && prices->energy_opening && prices->energy_work &&
           prices->energy_renewable && prices->energy;
}

double opening_rows_best(const struct ganger_problem *p)
{
    struct brute brute;
    CU_ASSERT_FATAL(brute_open(&brute, p));
    brute_search(&brute, true);
    double best = brute.best;
    brute_close(&brute);
    return best;
}
