/* Samples of random plans: without variation they are the plan, and with it they keep every rule that they should. */
#include "risk/replay.h"

#include "risk/suites.h"

enum { PROBLEMS = 40, SAMPLES = 6 };

static struct ganger_problem *draw(struct ganger_rng *rng, int i)
{
    struct ganger_problem *problem = tiny_random(
        rng, (struct tiny_shape){.periods = 14, .works = 9, .longest = 4, .rails = i % 2 == 0});
    CU_ASSERT_PTR_NOT_NULL_FATAL(problem);
    return problem;
}

static void nothing_varies(void)
{
    struct ganger_rng rng;
    struct ganger_risk_options options = risk_still();
    int works = 0;
    ganger_rng_init(&rng, 5, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct ganger_problem *problem = draw(&rng, i);
        struct ganger_plan *plan = risk_drawn(problem, &rng);
        for (int32_t w = 0; plan && w < problem->works.count; w++) {
            works += plan->start[w] >= 0;
        }
        struct ganger_risk_world *world =
            plan ? ganger_risk_world_create(problem, plan, &options) : NULL;
        struct ganger_risk_replay *replay = world ? ganger_risk_replay_create(world) : NULL;
        for (int32_t sample = 0; replay && sample < 2; sample++) {
            ganger_risk_replay_run(replay, sample);
            for (int32_t w = 0; w < problem->works.count; w++) {
                CU_ASSERT_EQUAL(replay->schedule->start[w], plan->start[w]);
                CU_ASSERT_EQUAL(replay->schedule->finish[w], plan->finish[w]);
            }
        }
        CU_ASSERT_EQUAL(replay != NULL, plan != NULL);
        ganger_risk_replay_destroy(replay);
        ganger_risk_world_destroy(world);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(problem);
    }
    CU_ASSERT(works > 100);
}

/* Whether a work is done within what is looked at. */
static bool done(const struct ganger_risk_replay *replay, int32_t work)
{
    return replay->schedule->finish[work] != GANGER_NONE &&
           replay->schedule->finish[work] != GANGER_NEVER;
}

static const uint8_t *calendar_of(const struct ganger_risk_replay *replay, int32_t work)
{
    const struct ganger_risk_world *world = replay->world;
    return replay->productivity +
           (int64_t)(world->problem->works.calendar[work] + 1) * world->horizon;
}

static void look_at_dates(const struct ganger_risk_replay *replay, int32_t work)
{
    const struct ganger_problem *p = replay->world->problem;
    const struct ganger_schedule *s = replay->schedule;
    int64_t before_last = 0, total = 0;
    for (int32_t t = s->start[work]; t < s->finish[work]; t++) {
        before_last = total;
        total += calendar_of(replay, work)[t];
    }
    CU_ASSERT(s->start[work] >= replay->world->plan->start[work]);
    CU_ASSERT(total >= 100 * (int64_t)replay->duration[work]);
    CU_ASSERT(total == 0 || before_last < 100 * (int64_t)replay->duration[work]);
    for (int32_t i = 0; i < p->precedences.count; i++) {
        int32_t other = p->precedences.predecessor[i];
        if (p->precedences.successor[i] == work) {
            bool fs = p->precedences.type[i] == GANGER_PRECEDENCE_FS;
            CU_ASSERT(done(replay, other));
            CU_ASSERT(s->start[work] >=
                      (fs ? s->finish[other] : s->start[other]) + p->precedences.lag[i]);
        }
    }
    for (int32_t other = 0; other < p->works.count; other++) {
        if (other != work && done(replay, other) && p->works.segment[work] != GANGER_NONE &&
            p->works.segment[other] == p->works.segment[work] && replay->duration[work] > 0 &&
            replay->duration[other] > 0) {
            CU_ASSERT(s->finish[other] <= s->start[work] || s->finish[work] <= s->start[other]);
        }
    }
}

/* By the rails of the schedule, which tests/schedule proves. */
static void look_at_rails(const struct ganger_risk_replay *replay, int32_t work)
{
    const struct ganger_problem *p = replay->world->problem;
    if (ganger_risk_waits_for_rails(p, work)) {
        CU_ASSERT(ganger_schedule_rails_at(replay->schedule, p->works.segment[work]) <=
                  replay->schedule->start[work]);
    }
}

static int look_at_gangs(const struct ganger_risk_replay *replay)
{
    const struct ganger_problem *p = replay->world->problem;
    int full = 0;
    for (int32_t r = 0; r < p->resources.renewables; r++) {
        for (int32_t t = 0; t < replay->world->horizon; t++) {
            int32_t used = 0;
            for (int32_t i = 0; i < p->modes.uses; i++) {
                int32_t mode = p->modes.use_mode[i], work = p->modes.work[mode];
                bool now = replay->world->mode[work] == mode && done(replay, work) &&
                           replay->schedule->start[work] <= t &&
                           t < replay->schedule->finish[work] && calendar_of(replay, work)[t] > 0;
                used += now && p->modes.use_resource[i] == p->resources.renewable_resource[r]
                            ? p->modes.use_amount[i]
                            : 0;
            }
            int32_t capacity = replay->world->capacity[(int64_t)r * replay->world->horizon + t];
            CU_ASSERT(used <= capacity);
            full += used > 0 && used == capacity;
        }
    }
    return full;
}

/* A work that is late is late for a reason, which the chain tells. */
static int look_at_decider(const struct ganger_risk_replay *replay, int32_t work)
{
    int32_t decider = ganger_risk_decider(replay, work);
    bool late = replay->schedule->start[work] > replay->world->plan->start[work];
    CU_ASSERT(decider == GANGER_NONE || late);
    CU_ASSERT(replay->cause[work].reason == GANGER_RISK_PLANNED || replay->cause[work].what >= 0);
    CU_ASSERT(decider == GANGER_NONE || replay->world->place[decider] < replay->world->place[work]);
    return decider != GANGER_NONE;
}

static void rules_hold(void)
{
    struct ganger_rng rng;
    struct ganger_risk_options options = risk_still();
    risk_overrun(&options, 20, 150);
    options.winter_percent = 30;
    int late = 0, full = 0, decided = 0;
    ganger_rng_init(&rng, 6, 0, 0);
    for (int i = 0; i < PROBLEMS; i++) {
        struct ganger_problem *problem = draw(&rng, i);
        struct ganger_plan *plan = risk_drawn(problem, &rng);
        struct ganger_risk_world *world =
            plan ? ganger_risk_world_create(problem, plan, &options) : NULL;
        struct ganger_risk_replay *replay = world ? ganger_risk_replay_create(world) : NULL;
        for (int32_t sample = 0; replay && sample < SAMPLES; sample++) {
            ganger_risk_replay_run(replay, sample);
            full += look_at_gangs(replay);
            for (int32_t w = 0; w < problem->works.count; w++) {
                if (done(replay, w)) {
                    look_at_dates(replay, w);
                    look_at_rails(replay, w);
                    decided += look_at_decider(replay, w);
                    late += replay->schedule->start[w] > plan->start[w];
                }
            }
        }
        ganger_risk_replay_destroy(replay);
        ganger_risk_world_destroy(world);
        ganger_plan_destroy(plan);
        ganger_problem_destroy(problem);
    }
    CU_ASSERT(late > 100);
    CU_ASSERT(full > 100);
    CU_ASSERT(decided > 50);
}

static const struct ganger_test tests[] = {
    {"nothing varies", nothing_varies}, {"rules hold", rules_hold}, {NULL, NULL}};
const struct ganger_suite replay_suite = {"replay", "property", tests};
