#include "generate/suites.h"

const struct ganger_suite *const ganger_suites[] = {&options_suite, &country_suite,
                                                    &programme_suite, &solved_suite, NULL};

struct ganger_problem *made_up(int32_t works, int32_t links, uint64_t seed)
{
    struct ganger_generate_options options;
    struct ganger_problem *problem = NULL;
    ganger_generate_options_init(&options);
    options.works = works;
    options.links = links;
    options.seed = seed;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_generate(&options, &problem, NULL), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}
