#include "support/test.h"

extern const struct ganger_suite bound_suite, columns_suite, infeasible_suite, orders_suite,
    closures_suite, energies_suite, passing_suite;

const struct ganger_suite *const ganger_suites[] = {
    &bound_suite,    &columns_suite,  &infeasible_suite, &orders_suite,
    &closures_suite, &energies_suite, &passing_suite,    NULL};
