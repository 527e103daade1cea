/* Each proof that there is no plan, with an instance just beyond and one just within what is
 * possible. */
#include "relax/infeasible.h"

#include "support/brute.h"
#include "support/test.h"
#include "support/tiny.h"

#include <ganger/ganger.h>
#include <math.h>
#include <string.h>

/* Two works of three periods without a segment, both mandatory, 10 km each. */
static void draft(struct tiny *t, int periods)
{
    tiny_init(t, periods);
    tiny_add(t, TINY_NODE, "n0,false");
    tiny_add(t, TINY_NODE, "n1,false");
    tiny_add(t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(t, TINY_SEGMENT, "q0,l0,n0,0,10,5,,");
    tiny_add(t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(t, TINY_PROFILE, "d0,0,3");
    tiny_add(t, TINY_WORK, "v,facility,,10,0,false,,,,,true,,,");
    tiny_add(t, TINY_WORK, "w,facility,,10,0,false,,,,,true,,,");
    tiny_add(t, TINY_MODE, "v,m,3,4,1\nw,m,3,4,1");
}

static struct ganger_problem *read(const struct tiny *t)
{
    struct ganger_problem *problem = tiny_read(t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

/* Frees the problem. `about` is part of the one finding, NULL if there is to be none. */
static void expect(struct ganger_problem *problem, const char *about)
{
    struct ganger_findings findings;
    ganger_findings_init(&findings);
    bool proven = ganger_infeasible_prove(problem, &findings);
    CU_ASSERT_EQUAL(proven, about != NULL);
    CU_ASSERT_EQUAL_FATAL(findings.total, about != NULL ? 1 : 0);
    if (about != NULL) {
        CU_ASSERT_PTR_NOT_NULL(strstr(findings.list[0].message, about));
        CU_ASSERT_EQUAL(findings.list[0].status, GANGER_STATUS_OK);
    }
    ganger_findings_clear(&findings);
    ganger_problem_destroy(problem);
}

static void a_hard_target(void)
{
    struct tiny t;
    draft(&t, 6);
    tiny_add(&t, TINY_TARGET, "far,facility,6,20.5,1,true");
    expect(read(&t), "\"far\"");
    draft(&t, 6);
    tiny_add(&t, TINY_TARGET, "far,facility,6,20,1,true");
    expect(read(&t), NULL);
    draft(&t, 6);
    tiny_add(&t, TINY_TARGET, "far,facility,6,20.5,1,false"); /* a soft one only costs */
    expect(read(&t), NULL);
    draft(&t, 6);
    tiny_add(&t, TINY_TARGET, "early,facility,2,10,1,true"); /* nothing is done so soon */
    expect(read(&t), "\"early\"");
    draft(&t, 6);
    tiny_add(&t, TINY_TARGET, "early,facility,3,10,1,true");
    expect(read(&t), NULL);
}

static void one_after_the_other(void)
{
    struct tiny t;
    draft(&t, 7);
    tiny_add(&t, TINY_PRECEDENCE, "v,w,FS,1");
    expect(read(&t), NULL);
    struct ganger_problem *problem = read(&t);
    problem->works.deadline[1] = 6; /* which the reader would have refused */
    expect(problem, "\"w\"");
}

static void a_gang(void)
{
    struct tiny t;
    draft(&t, 6);
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_USAGE, "v,m,gang,1\nw,m,gang,1");
    struct tiny enough = t;
    tiny_add(&enough, TINY_CAPACITY, "gang,0,6,1");
    expect(read(&enough), NULL);
    tiny_add(&t, TINY_CAPACITY, "gang,0,5,1");
    expect(read(&t), "\"gang\"");
}

static void a_supply(void)
{
    struct tiny t;
    draft(&t, 6);
    tiny_add(&t, TINY_RESOURCE, "rails,consumable");
    tiny_add(&t, TINY_USAGE, "v,m,rails,7\nw,m,rails,7");
    struct tiny enough = t;
    struct tiny window = t;
    tiny_add(&t, TINY_CAPACITY, "rails,0,6,13");
    expect(read(&t), "\"rails\"");
    tiny_add(&enough, TINY_CAPACITY, "rails,0,6,14");
    expect(read(&enough), NULL);
    tiny_add(&window, TINY_CAPACITY, "rails,1,6,13"); /* period 0 has no limit */
    expect(read(&window), NULL);
}

static void a_budget_of_years(void)
{
    struct tiny t;
    draft(&t, 6);
    tiny_add(&t, TINY_RESOURCE, "budget,consumable");
    struct tiny enough = t;
    tiny_add(&t, TINY_CAPACITY, "budget,0,3,4\nbudget,3,6,3.9");
    expect(read(&t), "\"budget\"");
    tiny_add(&enough, TINY_CAPACITY, "budget,0,3,4\nbudget,3,6,4");
    expect(read(&enough), NULL);
}

static void optional_works_need_nothing(void)
{
    struct tiny t;
    draft(&t, 6);
    tiny_add(&t, TINY_RESOURCE, "gang,renewable");
    tiny_add(&t, TINY_USAGE, "v,m,gang,1\nw,m,gang,1");
    tiny_add(&t, TINY_CAPACITY, "gang,0,5,1");
    struct ganger_problem *problem = read(&t);
    problem->works.mandatory[0] = false;
    expect(problem, NULL);
    tiny_add(&t, TINY_PRECEDENCE, "v,w,SS,0"); /* but what a needed work waits for is needed */
    problem = read(&t);
    problem->works.mandatory[0] = false;
    expect(problem, "\"gang\"");
}

/* Never wrong: where there is a proof, no plan of all keeps the rules. */
static void proofs_are_true(void)
{
    static const struct tiny_shape shape = {.periods = 6, .works = 3, .longest = 3};
    struct ganger_rng rng;
    int proofs = 0;
    ganger_rng_init(&rng, 73, 0, 0);
    for (int i = 0; i < 250; i++) {
        struct ganger_problem *p = tiny_random(&rng, shape);
        struct brute brute;
        CU_ASSERT_FATAL(p && brute_open(&brute, p));
        for (int32_t w = 0; w < p->works.count; w++) {
            p->works.mandatory[w] = p->works.mandatory[w] || ganger_rng_below(&rng, 2);
        }
        if (ganger_infeasible_prove(p, NULL)) {
            proofs++;
            brute_search(&brute, true);
            CU_ASSERT(isinf(brute.best));
        }
        brute_close(&brute);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(proofs >= 20);
}

static const struct ganger_test tests[] = {
    {"a hard target", a_hard_target},
    {"one after the other", one_after_the_other},
    {"a gang", a_gang},
    {"a supply", a_supply},
    {"a budget of years", a_budget_of_years},
    {"optional works need nothing", optional_works_need_nothing},
    {"proofs are true", proofs_are_true},
    {NULL, NULL}};

const struct ganger_suite infeasible_suite = {"infeasible", "unit", tests};
