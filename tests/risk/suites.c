#include "risk/suites.h"

#include <ganger/ganger.h>

const struct ganger_suite *const ganger_suites[] = {
    &statistics_suite, &draw_suite,    &replay_suite, &samples_suite,
    &plan_suite,       &threads_suite, NULL};

struct ganger_risk_options risk_still(void)
{
    struct ganger_risk_options options;
    ganger_risk_options_init(&options);
    risk_overrun(&options, 0, 0);
    options.winter_percent = 0;
    options.threads = 1;
    return options;
}

void risk_overrun(struct ganger_risk_options *options, double median, double p90)
{
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        options->overrun[kind] = (struct ganger_overrun){median, p90};
    }
}

struct ganger_plan *risk_plan(const struct ganger_problem *problem, const int32_t *starts)
{
    struct ganger_plan *plan = ganger_plan_create(problem);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    for (int32_t w = 0; w < problem->works.count; w++) {
        if (starts[w] != GANGER_NONE) {
            plan->mode[w] = 0;
            plan->start[w] = starts[w];
            plan->finish[w] =
                ganger_problem_finish(problem, problem->works.first_mode[w], starts[w]);
        }
    }
    return plan;
}

void risk_tiny(struct tiny *tiny, int periods)
{
    tiny_init(tiny, periods);
    tiny->period_days = 7;
    tiny_add(tiny, TINY_NODE, "n0,false");
    tiny_add(tiny, TINY_NODE, "n1,false");
    tiny_add(tiny, TINY_LINK, "l0,n0,n1,false,0");
    tiny_add(tiny, TINY_SEGMENT, "q0,l0,n0,0,10,10,,");
    tiny_add(tiny, TINY_DEMAND, "d0,n0,n1,10");
    tiny_add(tiny, TINY_PROFILE, "d0,0,1");
}

void risk_work(struct tiny *tiny, const char *id, int duration)
{
    tiny_add(tiny, TINY_WORK, "%s,facility,,1,0,false,,,,,false,,,", id);
    tiny_add(tiny, TINY_MODE, "%s,only,%d,1,1", id, duration);
}

/* Places a work in a random mode where it may start; false if it may not. */
static bool place_somewhere(struct ganger_schedule *schedule, int32_t work, struct ganger_rng *rng)
{
    const struct ganger_problem *p = schedule->problem;
    uint8_t allowed[256];
    int32_t modes = p->works.first_mode[work + 1] - p->works.first_mode[work];
    int32_t mode = p->works.first_mode[work] + ganger_rng_below(rng, modes);
    CU_ASSERT_FATAL(p->time.periods <= 256);
    int32_t count = ganger_schedule_starts(schedule, mode, allowed);
    int32_t chosen = count > 0 ? ganger_rng_below(rng, count) : 0;
    for (int32_t t = 0; count > 0 && t < p->time.periods; t++) {
        if (allowed[t] && chosen-- == 0) {
            ganger_schedule_place(schedule, (struct ganger_placement){work, mode, t});
            return true;
        }
    }
    return false;
}

struct ganger_plan *risk_drawn(const struct ganger_problem *problem, struct ganger_rng *rng)
{
    struct ganger_schedule_frame *frame = ganger_schedule_frame_create(problem);
    struct ganger_schedule *schedule = frame ? ganger_schedule_create(frame) : NULL;
    struct ganger_plan *plan = ganger_plan_create(problem);
    CU_ASSERT_FATAL(schedule != NULL && plan != NULL);
    for (int pass = 0; pass < 4; pass++) { /* some wait for what others make */
        for (int32_t i = 0; i < problem->works.count; i++) {
            int32_t w = problem->precedences.topological[i];
            if (schedule->start[w] == GANGER_NONE) {
                place_somewhere(schedule, w, rng);
            }
        }
    }
    for (int32_t w = 0; w < problem->works.count; w++) {
        bool done = schedule->start[w] != GANGER_NONE;
        plan->start[w] = schedule->start[w];
        plan->finish[w] = schedule->finish[w];
        plan->mode[w] = done ? schedule->mode[w] - problem->works.first_mode[w] : GANGER_NONE;
    }
    ganger_schedule_destroy(schedule);
    ganger_schedule_frame_destroy(frame);
    return plan;
}
