#include "export/suites.h"

const struct ganger_suite *const ganger_suites[] = {&table_suite, &geometry_suite, &project_suite,
                                                    NULL};
