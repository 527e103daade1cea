#include "instance/read.h"
#include <string.h>
int32_t ganger_problem_find_budget(const struct ganger_problem *problem)
{
    for (int32_t i = 0; i < problem->resources.count; i++) {
        if (strcmp(problem->resources.id[i], "budget") == 0) {
            return i;
        }
    }
    return GANGER_NONE;
}
ganger_status ganger_problem_validate(const struct ganger_problem *problem,
                                      const struct ganger_locator *locator,
                                      struct ganger_findings *findings)
{
    (void)problem;
    (void)locator;
    (void)findings;
    return GANGER_STATUS_OK;
}
