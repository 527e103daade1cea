/* The programme as a file, read and solved by GLPK, against the best of all plans. */
#include "mip/read_mps.h"
#include "support/brute.h"
#include "support/rules.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>
#include <string.h>

enum { PROBLEMS = 300 };

/* What the random programmes must show, or they test less than they seem to. */
struct seen {
    int plans, none, undone, spoilt, renewed, laid, missing, target;
};

/* False if it has no solution. */
static bool solve(glp_prob *programme)
{
    glp_iocp options;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    int failed = glp_intopt(programme, &options);
    CU_ASSERT(failed == 0 || failed == GLP_ENOPFS);
    return failed == 0 && glp_mip_status(programme) == GLP_OPT;
}

/* From the names of columns, as a reader of the file has to. */
static void take_plan(const struct ganger_problem *p, glp_prob *programme, int32_t *start,
                      int32_t *mode)
{
    for (int32_t w = 0; w < p->works.count; w++) {
        start[w] = mode[w] = GANGER_NONE;
    }
    for (int c = 1; c <= glp_get_num_cols(programme); c++) {
        int w, m, s;
        if (programme_step(programme, c, &w, &m, &s) && glp_mip_col_val(programme, c) > 0.5 &&
            (start[w] == GANGER_NONE || s < start[w])) {
            start[w] = s;
            mode[w] = p->works.first_mode[w] + m;
        }
    }
}

static int columns_of(glp_prob *programme, const char *kind)
{
    int count = 0;
    for (int c = 1; c <= glp_get_num_cols(programme); c++) {
        const char *name = glp_get_col_name(programme, c);
        count += strncmp(name, kind, strlen(kind)) == 0 && name[strlen(kind)] == '_';
    }
    return count;
}

static void look(const struct ganger_problem *p, glp_prob *programme, struct seen *seen)
{
    seen->spoilt += columns_of(programme, "spoilt") > 0;
    seen->renewed += columns_of(programme, "renewed") > 0;
    seen->laid += columns_of(programme, "laid") > 0;
    seen->missing += columns_of(programme, "missing") > 0;
    seen->target += p->targets.count > 0;
}

/* The plan of the programme is one, is worth what the programme says, and none is worth more. */
static void compare(struct brute *brute, glp_prob *programme, struct seen *seen)
{
    const struct ganger_problem *p = brute->problem;
    int32_t start[BRUTE_WORKS], mode[BRUTE_WORKS];
    double value = -glp_mip_obj_val(programme), slack = 1e-6 * (1 + fabs(value));
    take_plan(p, programme, start, mode);
    CU_ASSERT(rules_judge(p, start, mode) != RULES_BROKEN && rules_complete(p, start, mode));
    CU_ASSERT_DOUBLE_EQUAL(brute_value(brute, start, mode), value, slack);
    brute_search(brute, true);
    CU_ASSERT(value <= brute->best + slack);
    brute_search(brute, false);
    CU_ASSERT(value >= brute->best - slack);
    seen->plans++;
    for (int32_t w = 0; w < p->works.count; w++) {
        seen->undone += start[w] == GANGER_NONE;
    }
}

static void optimum_is_the_best_plan(void)
{
    static const struct tiny_shape shape = {.periods = 6, .works = 4, .longest = 3, .rails = true};
    struct ganger_rng rng;
    struct seen seen = {0};
    ganger_rng_init(&rng, 2026, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        glp_prob *programme = programme_read(p);
        look(p, programme, &seen);
        if (solve(programme)) {
            compare(&brute, programme, &seen);
        } else {
            brute_search(&brute, false);
            CU_ASSERT(isinf(brute.best));
            seen.none++;
        }
        glp_delete_prob(programme);
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(seen.plans > PROBLEMS / 2 && seen.none > 0 && seen.undone > 0);
    CU_ASSERT(seen.spoilt > 20 && seen.renewed > 2 && seen.laid > 20);
    CU_ASSERT(seen.missing > 0 && seen.target > seen.missing / 2);
}

static const struct ganger_test tests[] = {{"optimum is the best plan", optimum_is_the_best_plan},
                                           {NULL, NULL}};

const struct ganger_suite optimum_suite = {"optimum", "property", tests};
