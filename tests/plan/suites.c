#include "plan/sample.h"

const struct ganger_suite *const ganger_suites[] = {&file_suite, &hostile_suite, &repeat_suite,
                                                    &report_suite, NULL};
