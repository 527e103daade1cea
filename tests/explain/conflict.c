/* Contradictions: sets known by hand, and random ones against trying every plan. */
#include "explain/conflict.h"

#include "explain/suites.h"
#include "support/brute.h"
#include "support/rules.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "mandatory v, deadline v, gang 0": the conditions of a set, works by id. */
static void list_set(const struct ganger_conditions *c, char *text, size_t size)
{
    static const char *const names[GANGER_CONDITION_KINDS] = {
        "segment", "rails", "earliest", "precedence", "gang",     "window",
        "mode",    "fixed", "deadline", "target",     "mandatory"};
    size_t length = 0;
    text[0] = '\0';
    for (int32_t i = 0; i < c->count; i++) {
        bool work = c->list[i].kind >= GANGER_CONDITION_FIXED_MODE &&
                    c->list[i].kind != GANGER_CONDITION_TARGET;
        work = work || c->list[i].kind == GANGER_CONDITION_EARLIEST;
        char number[16];
        snprintf(number, sizeof number, "%d", c->list[i].index);
        length += (size_t)snprintf(text + length, size - length, "%s%s %s", i > 0 ? ", " : "",
                                   names[c->list[i].kind],
                                   work ? c->problem->works.id[c->list[i].index] : number);
    }
}

/* Finds the set of a problem and compares it, and the proof. Destroys the problem. */
static void expect_set_of(struct ganger_problem *p, enum ganger_proof proof, const char *expected)
{
    struct ganger_conditions conditions;
    struct ganger_prover prover;
    char found[512];
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    CU_ASSERT_FATAL(ganger_conditions_init(&conditions, p));
    CU_ASSERT_FATAL(ganger_prover_init(&prover, &conditions));
    CU_ASSERT_EQUAL(ganger_conflict_find(&prover), proof);
    list_set(&conditions, found, sizeof found);
    CU_ASSERT_STRING_EQUAL(found, expected);
    if (strcmp(found, expected) != 0) {
        fprintf(stderr, "found: %s\n", found);
    }
    CU_ASSERT_PTR_NOT_NULL(prover.reason.data);
    /* Each is needed: without it nothing is proven. */
    for (int32_t i = 0; i < conditions.count; i++) {
        ganger_conditions_set(&conditions, i, false);
        CU_ASSERT_EQUAL(ganger_prover_prove(&prover, GANGER_PROOF_PROGRAMME), GANGER_PROOF_NONE);
        ganger_conditions_set(&conditions, i, true);
    }
    ganger_prover_clear(&prover);
    ganger_conditions_clear(&conditions);
    ganger_problem_destroy(p);
}

static void expect_set(const struct tiny *t, enum ganger_proof proof, const char *expected)
{
    expect_set_of(tiny_read(t), proof, expected);
}

/* A line of two segments, 10 km each. */
static struct tiny line(int periods)
{
    struct tiny t;
    tiny_init(&t, periods);
    tiny_add(&t, TINY_NODE, "n0,false");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,5,,\nq1,l0,n0,10,20,5,,");
    tiny_add(&t, TINY_RESOURCE, "gang,renewable\ncrew,renewable\nbudget,consumable");
    tiny_add(&t, TINY_CAPACITY, "gang,0,%d,1\ncrew,0,%d,1\nbudget,0,%d,12\nbudget,0,3,11", periods,
             periods, periods);
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,5");
    return t;
}

static void by_dates(void)
{
    struct tiny t = line(5);
    /* w waits for v: not finished before 3 + 2. The deadlines of others do not matter, nor does u. */
    tiny_add(&t, TINY_WORK, "u,repair,q0,1,0,true,,4,,,true,,,\nv,repair,q0,1,0,true,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "w,repair,q1,1,0,true,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "u,m,1,1,1\nv,m,3,1,1\nw,m,2,1,1");
    tiny_add(&t, TINY_PRECEDENCE, "v,w,FS,0");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    p->works.deadline[2] = 4; /* the reader would refuse it */
    expect_set_of(p, GANGER_PROOF_DATES, "precedence 0, deadline w, mandatory w");
}

static void by_fixed_start(void)
{
    struct tiny t = line(5);
    tiny_add(&t, TINY_WORK, "v,repair,q0,1,0,true,,,,,true,,3,\nw,repair,q1,1,0,true,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "v,m,2,1,1\nw,m,2,1,1");
    tiny_add(&t, TINY_PRECEDENCE, "v,w,SS,0");
    struct ganger_problem *p = tiny_read(&t);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    p->works.fixed_start[1] = 2;
    expect_set_of(p, GANGER_PROOF_DATES, "precedence 0, fixed v, fixed w, mandatory w");
}

/* A line of two segments that leads from an open node to nowhere, and works that build it. */
static struct tiny new_line(const char *deadline, int cost)
{
    struct tiny t;
    tiny_init(&t, 5);
    tiny_add(&t, TINY_NODE, "n0,true");
    tiny_add(&t, TINY_NODE, "n1,false");
    tiny_add(&t, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(&t, TINY_SEGMENT, "q0,l0,n0,0,10,0,,\nq1,l0,n0,10,20,0,,");
    tiny_add(&t, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(&t, TINY_PROFILE, "d0,0,5");
    tiny_add(&t, TINY_WORK, "near,build,q0,1,5,true,,,,,false,,,");
    tiny_add(&t, TINY_WORK, "far,build,q1,1,5,true,,%s,,,true,,,", deadline);
    tiny_add(&t, TINY_MODE, "near,m,2,%d,1\nfar,m,2,%d,1", cost, cost);
    tiny_add(&t, TINY_RESOURCE, "budget,consumable");
    tiny_add(&t, TINY_CAPACITY, "budget,0,5,10");
    return t;
}

static void by_rails(void)
{
    struct tiny late = new_line("3", 1);
    expect_set(&late, GANGER_PROOF_DATES, "rails 0, deadline far, mandatory far");
    /* The way there costs as much again. */
    struct tiny dear = new_line("", 6);
    expect_set(&dear, GANGER_PROOF_PROGRAMME, "rails 0, window 0, mandatory far");
}

static void by_money(void)
{
    struct tiny t = line(5);
    /* 5 + 6 + 7: the two dear ones are too much for 12 together. */
    tiny_add(&t, TINY_WORK, "u,repair,q0,1,0,true,,,,,true,,,\nv,repair,q0,1,0,true,,,,,true,,,");
    tiny_add(&t, TINY_WORK, "w,repair,q1,1,0,true,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "u,m,1,5,1\nv,m,1,6,1\nw,m,1,7,1\nw,n,2,8,1");
    expect_set(&t, GANGER_PROOF_TOTALS, "window 0, mandatory v, mandatory w");
}

static void by_gang_and_segment(void)
{
    struct tiny t = line(5);
    tiny_add(&t, TINY_WORK, "v,repair,q0,1,0,true,,,,,true,,,\nw,repair,q1,1,0,true,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "v,m,3,1,1\nw,m,3,1,1");
    tiny_add(&t, TINY_USAGE, "v,m,gang,1\nw,m,gang,1\nv,m,crew,1");
    expect_set(&t, GANGER_PROOF_TOTALS, "gang 0, mandatory v, mandatory w");
    struct tiny same = line(5);
    tiny_add(&same, TINY_WORK,
             "v,repair,q0,1,0,true,,,,,true,,,\nw,repair,q0,1,0,true,,,,,true,,,");
    tiny_add(&same, TINY_MODE, "v,m,3,1,1\nw,m,3,1,1");
    expect_set(&same, GANGER_PROOF_TOTALS, "segment 0, mandatory v, mandatory w");
}

static void by_target(void)
{
    struct tiny t = line(5);
    tiny_add(&t, TINY_WORK,
             "v,repair,q0,6,0,true,,,,,false,,,\nw,repair,q1,7,0,true,3,,,,false,,,");
    tiny_add(&t, TINY_MODE, "v,m,1,1,1\nw,m,1,1,1");
    tiny_add(&t, TINY_TARGET, "km,repair,3,10,1,true\nbuilt,build,3,10,1,false");
    expect_set(&t, GANGER_PROOF_TOTALS, "earliest w, target 0");
}

/* Each work may be done by either of two gangs, so that neither alone must be used; both have room for four. */
static void by_programme(void)
{
    struct tiny t = line(4);
    for (int w = 0; w < 5; w++) {
        tiny_add(&t, TINY_WORK, "w%d,facility,,0,0,false,,,,,true,,,", w);
        tiny_add(&t, TINY_MODE, "w%d,a,2,0.%d,1\nw%d,b,2,0.%d,1", w, w, w, w);
        tiny_add(&t, TINY_USAGE, "w%d,a,gang,1\nw%d,b,crew,1", w, w);
    }
    expect_set(&t, GANGER_PROOF_PROGRAMME,
               "gang 0, gang 1, mandatory w0, mandatory w1, mandatory w2, mandatory w3, "
               "mandatory w4");
}

static void no_proof(void)
{
    struct ganger_problem *p = explain_small();
    struct ganger_conditions conditions;
    struct ganger_prover prover;
    CU_ASSERT_FATAL(ganger_conditions_init(&conditions, p));
    CU_ASSERT_FATAL(ganger_prover_init(&prover, &conditions));
    int32_t count = conditions.count;
    CU_ASSERT_EQUAL(ganger_conflict_find(&prover), GANGER_PROOF_NONE);
    CU_ASSERT_EQUAL(conditions.count, count);
    ganger_prover_clear(&prover);
    ganger_conditions_clear(&conditions);
    ganger_problem_destroy(p);
}

/* --- random problems --- */

/* Takes a condition out of the problem's given parts, by which brute force judges. */
static void drop(struct ganger_problem *p, struct ganger_condition c)
{
    int32_t i = c.index, window = 0;
    switch (c.kind) {
    case GANGER_CONDITION_RAILS:
        p->railhead = false;
        break;
    case GANGER_CONDITION_EARLIEST:
        p->works.earliest[i] = 0;
        break;
    case GANGER_CONDITION_FIXED_MODE:
        p->works.fixed_mode[i] = GANGER_NONE;
        break;
    case GANGER_CONDITION_FIXED_START:
        p->works.fixed_start[i] = GANGER_NONE;
        break;
    case GANGER_CONDITION_DEADLINE:
        p->works.deadline[i] = p->time.periods;
        break;
    case GANGER_CONDITION_TARGET:
        p->targets.hard[i] = false;
        break;
    case GANGER_CONDITION_MANDATORY:
        p->works.mandatory[i] = false;
        break;
    case GANGER_CONDITION_GANG:
    case GANGER_CONDITION_WINDOW:
        for (int32_t row = 0; row < p->resources.capacity_rows; row++) {
            int32_t renewable = p->resources.renewable_index[p->resources.row_resource[row]];
            bool own = c.kind == GANGER_CONDITION_GANG ? renewable == i
                                                       : renewable == GANGER_NONE && window++ == i;
            p->resources.row_limit[row] = own ? 1e6 : p->resources.row_limit[row];
        }
        break;
    default: /* see keep_order; more than one work at a time has no capacity to speak of */
        break;
    }
}

/* Leaves only the precedences that hold. */
static void keep_order(struct ganger_problem *p, const bool *on)
{
    struct ganger_precedences *rows = &p->precedences;
    int32_t kept = 0;
    for (int32_t i = 0; i < rows->count; i++) {
        if (on[i]) {
            rows->predecessor[kept] = rows->predecessor[i];
            rows->successor[kept] = rows->successor[i];
            rows->type[kept] = rows->type[i];
            rows->lag[kept++] = rows->lag[i];
        }
    }
    rows->count = kept;
}

/* True if no plan keeps the conditions of the set, and what else every plan keeps. Spoils the problem. */
static bool really_contradict(struct ganger_problem *p, const struct ganger_conditions *set)
{
    struct ganger_conditions all;
    struct brute brute;
    CU_ASSERT_FATAL(ganger_conditions_init(&all, p));
    for (int32_t i = 0; i < all.count; i++) {
        if (!set->on[all.list[i].kind][all.list[i].index]) {
            drop(p, all.list[i]);
        }
    }
    int32_t rows = p->precedences.count;
    keep_order(p, set->on[GANGER_CONDITION_PRECEDENCE]);
    CU_ASSERT_FATAL(brute_open(&brute, p));
    brute_search(&brute, true);
    brute_close(&brute);
    p->precedences.count = rows;
    ganger_conditions_clear(&all);
    return isinf(brute.best);
}

/* Crowded problems: most works must be done. */
static struct ganger_problem *crowded(struct ganger_rng *rng, int i)
{
    struct ganger_problem *p = tiny_random(
        rng,
        (struct tiny_shape){.periods = 5, .works = BRUTE_WORKS, .longest = 3, .rails = i % 2 == 0});
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    for (int32_t w = 0; w < p->works.count; w++) {
        p->works.mandatory[w] = ganger_rng_below(rng, 4) > 0;
    }
    p->targets.hard[0] = ganger_rng_below(rng, 3) == 0;
    return p;
}

static void really_infeasible(void)
{
    struct ganger_rng rng;
    ganger_rng_init(&rng, 13, 0, 0);
    int proven = 0, infeasible = 0, by[4] = {0};
    for (int i = 0; i < 150; i++) {
        struct ganger_problem *p = crowded(&rng, i);
        struct ganger_conditions conditions;
        struct ganger_prover prover;
        CU_ASSERT_FATAL(ganger_conditions_init(&conditions, p));
        CU_ASSERT_FATAL(ganger_prover_init(&prover, &conditions));
        enum ganger_proof proof = ganger_conflict_find(&prover);
        by[proof]++;
        bool real = really_contradict(p, &conditions);
        infeasible += real;
        proven += proof != GANGER_PROOF_NONE;
        CU_ASSERT(real || proof == GANGER_PROOF_NONE);
        ganger_prover_clear(&prover);
        ganger_conditions_clear(&conditions);
        ganger_problem_destroy(p);
    }
    /* Nearly all that are infeasible are seen to be, by each of the proofs. */
    CU_ASSERT(proven > 50 && proven < 150);
    CU_ASSERT(10 * proven >= 9 * infeasible);
    CU_ASSERT(by[GANGER_PROOF_DATES] > 10 && by[GANGER_PROOF_TOTALS] > 10 &&
              by[GANGER_PROOF_PROGRAMME] > 0);
    if (by[GANGER_PROOF_PROGRAMME] == 0 || 10 * proven < 9 * infeasible) {
        fprintf(stderr, "proven %d of %d infeasible: %d %d %d\n", proven, infeasible, by[1], by[2],
                by[3]);
    }
}

static const struct ganger_test tests[] = {{"by dates", by_dates},
                                           {"by fixed starts", by_fixed_start},
                                           {"by rails", by_rails},
                                           {"by money", by_money},
                                           {"by a gang and a segment", by_gang_and_segment},
                                           {"by a hard target", by_target},
                                           {"by a programme", by_programme},
                                           {"no proof", no_proof},
                                           {"really infeasible", really_infeasible},
                                           {NULL, NULL}};
const struct ganger_suite conflict_suite = {"conflict", "property", tests};
