/* Works on one segment that come one after another: what the referee makes of it in the bound. */
#include "check/bound.h"
#include "check/referee.h"
#include "check/suites.h"
#include "plan/plan.h"
#include "support/crowded.h"
#include "support/rules.h"
#include "support/tiny.h"

#include <math.h>

enum { CROWD = 3 };

/* A line of 10 Mt/yr, a first stage that adds 6 and closes half, a second that adds 4 and closes half; both take two of
 * the ten periods. One Mt/yr of it costs 1 USD/t, everywhere and always. */
static struct ganger_problem *two_stages(const char *order)
{
    struct tiny t;
    tiny_init(&t, 10);
    tiny_add(&t, TINY_NODE, "a,false");
    tiny_add(&t, TINY_NODE, "b,false");
    tiny_add(&t, TINY_LINK, "l,a,b,true,0.01");
    tiny_add(&t, TINY_SEGMENT, "q,l,a,0,10,10,0,1");
    tiny_add(&t, TINY_DEMAND, "d,a,b,5");
    tiny_add(&t, TINY_PROFILE, "d,0,3");
    tiny_add(&t, TINY_WORK, "one,upgrade,q,10,6,false,,,,,true,,,");
    tiny_add(&t, TINY_WORK, "two,upgrade,q,10,4,false,,,,,true,,,");
    tiny_add(&t, TINY_MODE, "one,m,2,0,0.5");
    tiny_add(&t, TINY_MODE, "two,m,2,0,0.5");
    tiny_add(&t, TINY_PRECEDENCE, "one,two,%s,0", order);
    return tiny_read(&t);
}

static double bound_at_one(const struct ganger_problem *p)
{
    struct ganger_plan *plan = ganger_plan_create(p);
    CU_ASSERT_FATAL(plan != NULL);
    for (int32_t t = 0; t <= p->time.periods; t++) {
        plan->prices.segment[2 * t] = 1;
    }
    double bound = ganger_referee_bound(p, &plan->prices);
    ganger_plan_destroy(plan);
    return bound;
}

/* The second stage, at its best in the last two periods, loses half of what stands then: 16, not 10. */
static void what_came_first_is_closed_too(void)
{
    struct ganger_problem *after = two_stages("FS"), *beside = two_stages("SS");
    CU_ASSERT_FATAL(after && beside);
    double loss = 0.5 * 6 *
                  fmin(after->time.weight[0] + after->time.weight[1],
                       after->time.weight[8] + after->time.weight[9]);
    double less = bound_at_one(beside) - bound_at_one(after);
    CU_ASSERT(less > 0.9 * loss && less < 1.2 * loss);
    ganger_problem_destroy(after);
    ganger_problem_destroy(beside);
}

/* A schedule of all works of a crowded segment, by number; GANGER_NONE: undone. */
struct schedule {
    const struct ganger_problem *problem;
    const struct ganger_prices *prices;
    int32_t start[CROWD], mode[CROWD];
    double best;
};

/* What the segment carries at its prices, less what the works cost. */
static double worth_of(const struct schedule *s)
{
    const struct ganger_problem *p = s->problem;
    double worth = 0;
    for (int32_t t = 0; t <= p->time.periods; t++) {
        uint32_t finished = 0;
        int32_t active = GANGER_NONE;
        for (int32_t w = 0; w < p->works.count; w++) {
            int32_t finish = s->start[w] == GANGER_NONE
                                 ? INT32_MAX
                                 : ganger_problem_finish(p, s->mode[w], s->start[w]);
            finished |= (uint32_t)(t >= finish) << w;
            if (s->start[w] != GANGER_NONE && t >= s->start[w] && t < finish) {
                active = s->mode[w];
                worth -= p->modes.cost[active] * p->time.discount[t] / (finish - s->start[w]);
            }
        }
        worth += p->time.weight[t] * (s->prices->segment[2 * t] + s->prices->segment[2 * t + 1]) *
                 crowded_capacity(p, t, finished, active);
    }
    return worth;
}

static void try_all(struct schedule *s, int32_t w)
{
    const struct ganger_problem *p = s->problem;
    if (w >= CROWD || w == p->works.count) {
        if (rules_judge(p, s->start, s->mode) == RULES_KEPT) {
            s->best = fmax(s->best, worth_of(s));
        }
        return;
    }
    s->start[w] = s->mode[w] = GANGER_NONE;
    try_all(s, w + 1);
    for (int32_t m = p->works.first_mode[w]; m < p->works.first_mode[w + 1]; m++) {
        for (int32_t t = 0; t < p->time.periods; t++) {
            if (ganger_problem_finish(p, m, t) <= p->time.periods) {
                s->mode[w] = m;
                s->start[w] = t;
                try_all(s, w + 1);
            }
        }
    }
}

/* At prices above what freight is worth, all of the bound is what the segment carries, and what its works cost. */
static void no_schedule_carries_more_than_the_bound(void)
{
    struct ganger_rng rng;
    int32_t stages = 0, near = 0;
    ganger_rng_init(&rng, 23, 0, 0);
    for (int i = 0; i < 60; i++) {
        struct ganger_problem *p = crowded_random(&rng, CROWD);
        struct ganger_plan *plan = ganger_plan_create(p);
        CU_ASSERT_FATAL(p && plan);
        for (int32_t t = 0; t <= p->time.periods; t++) {
            plan->prices.segment[2 * t] = 20 + 20 * ganger_rng_unit(&rng);
            plan->prices.segment[2 * t + 1] = 20 + 20 * ganger_rng_unit(&rng);
        }
        struct schedule s = {.problem = p, .prices = &plan->prices, .best = -INFINITY};
        try_all(&s, 0);
        double bound = ganger_referee_bound(p, &plan->prices);
        CU_ASSERT(bound >= s.best - 1e-7 * fabs(s.best));
        near += bound <= s.best + 1e-3 * fabs(s.best);
        for (int32_t w = 0; w < p->works.count; w++) {
            stages += p->works.stage_to[w] - p->works.stage_from[w];
        }
        ganger_plan_destroy(plan);
        ganger_problem_destroy(p);
    }
    CU_ASSERT(stages > 10);
    CU_ASSERT(near > 20);
}

static const struct ganger_test tests[] = {
    {"what came first is closed too", what_came_first_is_closed_too},
    {"no schedule carries more than the bound", no_schedule_carries_more_than_the_bound},
    {NULL, NULL}};

const struct ganger_suite stages_suite = {"stages", "property", tests};
