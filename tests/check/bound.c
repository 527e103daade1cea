/* The bound against every schedule of small random instances, and the referee against MODEL read literally. */
#include "check/bound.h"
#include "check/naive.h"
#include "check/package.h"
#include "check/random_instance.h"
#include "check/referee.h"
#include "check/suites.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { INSTANCES = 200, STEPS = 2000, WORKS = 3 };

/* Walks through all schedules whose works fit into the horizon. */
struct walk {
    const struct ganger_problem *problem;
    int32_t start[WORKS], mode[WORKS];
    double best; /* value of the best feasible one */
    int count, feasible, judged, mistaken;
};

static void judge(struct walk *walk)
{
    struct ganger_plan *plan = naive_plan(walk->problem, walk->start, walk->mode);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    bool feasible = naive_feasible(walk->problem, plan);
    walk->feasible += feasible;
    walk->best = feasible ? fmax(walk->best, plan->summary.value) : walk->best;
    if (walk->count++ % 11 == 0) {
        struct ganger_verdict verdict;
        ganger_status status = ganger_referee_prove(walk->problem, plan, "p", &verdict, NULL);
        bool agree =
            verdict.feasible == feasible && fabs(verdict.value - plan->summary.value) < 1e-6 &&
            verdict.value <= plan->summary.value + 1e-9 && (status == GANGER_STATUS_OK) == feasible;
        if (!agree) {
            printf("referee: feasible %d, value %.9g; should be %d, %.9g\n", verdict.feasible,
                   verdict.value, feasible, plan->summary.value);
        }
        walk->mistaken += !agree;
        walk->judged++;
    }
    ganger_plan_destroy(plan);
}

static void place(struct walk *walk, int32_t w)
{
    const struct ganger_problem *p = walk->problem;
    if (w >= p->works.count || w >= (int32_t)(sizeof walk->start / sizeof *walk->start)) {
        judge(walk);
        return;
    }
    walk->start[w] = walk->mode[w] = GANGER_NONE;
    place(walk, w + 1);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t s = 0; s < p->time.periods; s++) {
            if (ganger_problem_finish(p, m, s) <= p->time.periods) {
                walk->start[w] = s;
                walk->mode[w] = m - p->works.first_mode[w];
                place(walk, w + 1);
            }
        }
    }
}

/* A run of `count` prices in `stride`, as a descent step moves them together; `most` is their limit. */
struct run {
    double *price;
    int32_t count, stride;
    double most;
};

static struct run draw_run(struct ganger_rng *rng, const struct ganger_problem *p,
                           struct ganger_prices *prices)
{
    int32_t periods = p->time.periods, g;
    switch (ganger_rng_below(rng, 8)) {
    case 0:
        return (struct run){prices->renewable, p->resources.renewables * periods, 1, 1e9};
    case 1:
        return (struct run){prices->window + ganger_rng_below(rng, p->resources.windows), 1, 1,
                            1e9};
    case 2:
        return (struct run){prices->precedence, p->precedences.count * periods, 1, 1e9};
    case 3:
        g = ganger_rng_below(rng, p->targets.count);
        return (struct run){prices->target + g, 1, 1,
                            p->targets.hard[g] ? 1e9 : p->targets.shortfall_cost[g]};
    default:
        g = ganger_rng_below(rng, 2 * p->segments.count);
        return (struct run){prices->segment + g, periods + 1, 2 * p->segments.count, 1e9};
    }
}

static double draw_price(struct ganger_rng *rng, double old, double most)
{
    static const double factors[] = {0, 0.5, 0.9, 1.1, 2};
    int32_t how = ganger_rng_below(rng, 8);
    return fmin(most, how < 5 ? factors[how] * old : 20 * ganger_rng_unit(rng));
}

/* Tries one change of prices: part of a run, all to one price or each for itself; kept if the bound falls,
 * and now and then anyway. Bad prices prove nothing about the bound's formulas: only good ones do. */
static double step(struct ganger_rng *rng, const struct ganger_problem *p,
                   struct ganger_prices *prices, double bound)
{
    double saved[64];
    struct run run = draw_run(rng, p, prices);
    if (run.count == 0) {
        return bound;
    }
    int32_t from = ganger_rng_below(rng, run.count);
    int32_t to = ganger_rng_below(rng, 2) ? from + 1 : run.count;
    double common = draw_price(rng, run.price[(int64_t)from * run.stride], run.most);
    for (int32_t i = from; i < to; i++) {
        double *price = &run.price[(int64_t)i * run.stride];
        saved[i - from] = *price;
        *price = common;
    }
    double moved = ganger_referee_bound(p, prices);
    if (moved <= bound || ganger_rng_below(rng, 50) == 0) {
        return moved;
    }
    for (int32_t i = from; i < to; i++) {
        run.price[(int64_t)i * run.stride] = saved[i - from];
    }
    return bound;
}

/* Lowers the bound as far as `steps` random steps do; never below the best schedule. */
static double descend(struct ganger_rng *rng, const struct walk *walk, int steps)
{
    struct ganger_plan *plan = ganger_plan_create(walk->problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    double bound = ganger_referee_bound(walk->problem, &plan->prices), least = bound;
    for (int i = 0; i < steps; i++) {
        bound = step(rng, walk->problem, &plan->prices, bound);
        least = fmin(least, bound);
    }
    ganger_plan_destroy(plan);
    return least;
}

static void bound_holds_for_every_schedule(void)
{
    int accepted = 0, solvable = 0, crowded = 0, mistaken = 0, judged = 0, tight = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 7, (uint32_t)i, 0);
        struct ganger_problem *p = random_instance(&rng);
        if (!p) {
            continue;
        }
        struct walk walk = {.problem = p, .best = -(double)INFINITY};
        place(&walk, 0);
        accepted++;
        solvable += walk.feasible > 0;
        crowded += p->works.count > 1 && p->works.segment[0] >= 0 &&
                   p->works.segment[0] == p->works.segment[1];
        judged += walk.judged;
        mistaken += walk.mistaken;
        double least = descend(&rng, &walk, STEPS);
        /* The best is a sum of doubles: what is too much in it is theirs. */
        if (!(least >= walk.best - 1e-9)) {
            printf("instance %d: bound %.17g, best %.17g\n", i, least, walk.best);
        }
        CU_ASSERT_TRUE(least >= walk.best - 1e-9);
        tight += walk.feasible > 0 && least - walk.best < 0.02 * fabs(walk.best);
        ganger_problem_destroy(p);
    }
    CU_ASSERT_EQUAL(mistaken, 0);
    /* The draw must not degenerate. */
    CU_ASSERT_TRUE(accepted > INSTANCES * 3 / 4);
    CU_ASSERT_TRUE(solvable > INSTANCES / 2);
    CU_ASSERT_TRUE(crowded > INSTANCES / 10);
    CU_ASSERT_TRUE(judged > 1000);
    CU_ASSERT_TRUE(tight > INSTANCES / 8);
}

/* Making a work mandatory takes off what its best place is below zero, and all that place says is allowed. */
static void places_are_the_bounds_maxima(void)
{
    int below = 0, above = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct ganger_rng rng;
        ganger_rng_init(&rng, 8, (uint32_t)i, 0);
        struct ganger_problem *p = random_instance(&rng);
        struct ganger_plan *plan = p ? ganger_plan_create(p) : NULL;
        struct ganger_facts *facts = p ? ganger_facts_create(p) : NULL;
        struct ganger_bound_place places[16];
        if (!p) {
            continue;
        }
        CU_ASSERT_FATAL(plan && facts && p->works.count <= 16);
        double bound = ganger_referee_bound(p, &plan->prices);
        for (int k = 0; k < 20; k++) {
            bound = step(&rng, p, &plan->prices, bound);
        }
        CU_ASSERT_FATAL(ganger_bound_places(facts, &plan->prices, places));
        for (int32_t w = 0; w < p->works.count && isfinite(bound); w++) {
            bool mandatory = p->works.mandatory[w];
            if (isfinite(places[w].worth)) {
                CU_ASSERT_EQUAL(p->modes.work[places[w].mode], w);
                CU_ASSERT(places[w].start >= p->works.earliest[w]);
            }
            p->works.mandatory[w] = false;
            double optional = ganger_referee_bound(p, &plan->prices);
            p->works.mandatory[w] = true;
            double must = ganger_referee_bound(p, &plan->prices);
            p->works.mandatory[w] = mandatory;
            CU_ASSERT(isfinite(must) == isfinite(places[w].worth));
            if (isfinite(must)) {
                double slack = 1e-6 * (1 + fabs(optional));
                CU_ASSERT_DOUBLE_EQUAL(must - optional, fmin(0, places[w].worth), slack);
                below += places[w].worth < -slack;
                above += places[w].worth > slack;
            }
        }
        ganger_facts_destroy(facts);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(below > INSTANCES / 4);
    CU_ASSERT(above > INSTANCES / 4);
}

/* One segment, one work, more demand than capacity: with the margin as its price the bound is exact. */
static void bound_is_exact_for_one_work(void)
{
    static const struct package_table tables[] = {
        {"node", "node_id,x_coord,y_coord\na,0,0\nb,1,0\n"},
        {"link", "link_id,from_node_id,to_node_id,directed,cost_per_tkm\nab,a,b,false,0.1\n"},
        {"segment", "segment_id,link_id,ref_node_id,start_lr,end_lr,capacity,decay,floor\n"
                    "q,ab,a,0,10,6,0.2,0.5\n"},
        {"demand", "demand_id,origin,destination,value\nk,a,b,11\n"},
        {"demand_profile", "demand_id,from,mt_per_year\nk,0,100\n"},
        {"work", "work_id,kind,segment_id,km,gain,renews,mandatory\nw,upgrade,q,10,3,true,false\n"},
        {"mode", "work_id,mode_id,duration,cost,factor\nw,fast,1,9,0\nw,slow,3,4,0.5\n"},
        {NULL, NULL}};
    struct ganger_problem *p =
        package_problem("\"start_date\": \"2025-01-01\", \"period_days\": 60, \"periods\": 12, "
                        "\"discount_rate\": 0.1, \"terminal_years\": 1, \"objective\": \"npv\", "
                        "\"railhead\": false, \"currency\": \"USD\"",
                        tables);
    CU_ASSERT_PTR_NOT_NULL_FATAL(p);
    struct walk walk = {.problem = p, .best = -(double)INFINITY};
    place(&walk, 0);
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.segment[2 * t] = 10; /* value 11, cost 1 */
    }
    CU_ASSERT_DOUBLE_EQUAL(ganger_referee_bound(p, &plan->prices), walk.best, 1e-5);
    CU_ASSERT_TRUE(ganger_referee_bound(p, &plan->prices) >= walk.best);
    ganger_plan_destroy(plan);
    ganger_problem_destroy(p);
}

static const struct ganger_test tests[] = {
    {"holds for every schedule", bound_holds_for_every_schedule},
    {"is exact for one work", bound_is_exact_for_one_work},
    {"places are its maxima", places_are_the_bounds_maxima},
    {NULL, NULL},
};
const struct ganger_suite bound_suite = {"bound", "property", tests};
