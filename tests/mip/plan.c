/* With the works of a plan put in, what is left is freight, and the programme is worth what the referee says. */
#include "check/referee.h"
#include "mip/read_mps.h"
#include "support/test.h"

#include <math.h>

static void fix_works(glp_prob *programme, const struct ganger_plan *plan)
{
    for (int c = 1; c <= glp_get_num_cols(programme); c++) {
        int w, m, s;
        if (programme_step(programme, c, &w, &m, &s)) {
            bool begun = plan->start[w] >= 0 && plan->mode[w] == m && plan->start[w] <= s;
            glp_set_col_bnds(programme, c, GLP_FX, begun, begun);
        }
    }
}

static void compare(const struct ganger_problem *problem)
{
    struct ganger_plan *plan;
    struct ganger_summary summary;
    struct ganger_options options;
    ganger_options_init(&options);
    options.tick_limit = 20000000;
    options.threads = 1;
    CU_ASSERT_EQUAL_FATAL(ganger_solve(problem, &options, &plan, &summary, NULL), GANGER_STATUS_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT(summary.works_done > 0);
    glp_prob *programme = programme_read(problem);
    glp_smcp simplex;
    glp_init_smcp(&simplex);
    simplex.presolve = GLP_ON;
    fix_works(programme, plan);
    CU_ASSERT_EQUAL(glp_simplex(programme, &simplex), 0);
    CU_ASSERT_EQUAL(glp_get_status(programme), GLP_OPT);
    CU_ASSERT_DOUBLE_EQUAL(-glp_get_obj_val(programme), summary.value,
                           1e-7 * (1 + fabs(summary.value)));
    glp_delete_prob(programme);
    ganger_plan_destroy(plan);
}

static void steppe_is_worth_the_same(void)
{
    struct ganger_problem *problem;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_read(GANGER_SOURCE "/instances/steppe", &problem, NULL),
                          GANGER_STATUS_OK);
    compare(problem);
    ganger_problem_destroy(problem);
}

static void country_is_worth_the_same(void)
{
    struct ganger_problem *problem;
    struct ganger_generate_options options;
    ganger_generate_options_init(&options);
    options.works = 40;
    options.periods = 52;
    CU_ASSERT_EQUAL_FATAL(ganger_problem_generate(&options, &problem, NULL), GANGER_STATUS_OK);
    compare(problem);
    ganger_problem_destroy(problem);
}

static const struct ganger_test tests[] = {
    {"steppe is worth the same", steppe_is_worth_the_same},
    {"a country is worth the same", country_is_worth_the_same},
    {NULL, NULL}};

const struct ganger_suite plan_suite = {"plan", "property", tests};
