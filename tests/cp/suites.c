#include "support/test.h"

extern const struct ganger_suite models_suite, best_suite, clauses_suite, repeat_suite,
    memory_suite;

const struct ganger_suite *const ganger_suites[] = {&models_suite, &best_suite,   &clauses_suite,
                                                    &repeat_suite, &memory_suite, NULL};
