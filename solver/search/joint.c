#include "search/joint.h"

#include "search/follow.h"
#include "search/moments.h"
#include "search/outlook_prices.h"
#include "search/prospects.h"
#include "search/sketch.h"

#include <math.h>
#include <stdlib.h>

/* Ticks for each work below which there is little. */
static const int64_t little = 900000;
/* Rounds: so many that solving their plans takes this share of the work. */
static const struct {
    double solving;
    int least, most;
} rounds = {0.4, 4, 24};
/* The least ticks of an island in a round. */
static const double least_ticks = 1e5;
/* Temperatures at the beginning and the end, in costs of a work. */
static const double hot = 0.5, cold = 0.02;
/* Iterations that settle freight for an outlook, before and after new paths are looked for. */
enum { iterations = 40 };
/* Rounds from one plan that follows the relaxation to the next. */
enum { follow_every = 2 };
/* Share of the plan in what is expected, at the end. */
static const double plan_share = 0.4;
/* How much of what an outlook promises is believed: after a round that was better, after one that was worse. */
static const struct {
    double more, less, least;
} trusts = {1.25, 0.7, 0.1};

struct joint {
    struct ganger_run *run;
    struct ganger_archipelago *archipelago;
    struct ganger_moments moments;
    struct ganger_regions regions;
    double *capacity, *relaxed; /* [links * boundaries] expected; in the relaxation */
    double trust;
    struct ganger_schedule *empty;
    int64_t begin; /* ticks */
    int64_t round;
    int rounds;
    double turn_ticks; /* of an island in a round */
};

int64_t ganger_joint_below(const struct ganger_problem *problem)
{
    return little * problem->works.count;
}

/* How much of the pace is over since the beginning, 0 .. 1. */
static double progress_of(const struct joint *joint)
{
    const struct ganger_search_result *result = joint->run->result;
    double all = (double)(result->pace - joint->begin);
    return all > 0 ? fmin(1, (double)(result->ticks - joint->begin) / all) : 1;
}

/* As a share of the programme's cost. */
static double heat_at(const struct joint *joint, double progress)
{
    double placed = fmax(1, joint->archipelago->island[0]->schedule->placed);
    return hot * pow(cold / hot, fmin(1, progress)) / placed;
}

/* What is expected lies between what the relaxation has and what the plan has, nearer and nearer to the plan. */
static void expect_capacity(struct joint *joint)
{
    struct ganger_run *run = joint->run;
    struct ganger_island *island = joint->archipelago->island[0];
    int64_t cells = (int64_t)run->problem->links.count * island->model->boundaries;
    double share = plan_share * progress_of(joint);
    ganger_island_measure_standing(island, joint->capacity);
    ganger_relaxation_capacity(run->result->relaxation, joint->relaxed);
    ganger_relaxation_hints(run->result->relaxation, run->hint);
    for (int64_t i = 0; i < cells; i++) {
        joint->capacity[i] = share * joint->capacity[i] + (1 - share) * joint->relaxed[i];
    }
}

static bool look_ahead(struct joint *joint, struct ganger_outlook *outlook)
{
    struct ganger_search_result *result = joint->run->result;
    struct ganger_moments *moments = &joint->moments;
    int threads = result->threads;
    expect_capacity(joint);
    return ganger_moments_settle(moments, joint->capacity, iterations, threads, &result->ticks) &&
           ganger_moments_find_paths(moments, 1, threads, &result->ticks) &&
           ganger_moments_settle(moments, joint->capacity, iterations, threads, &result->ticks) &&
           ganger_outlook_of_prices(
               outlook,
               (struct ganger_outlook_prices){moments, joint->capacity, joint->trust, threads},
               &result->ticks);
}

/* All islands hold the best plan that follows the relaxation, if it is better by the outlook than theirs. False if memory
 * is short. */
static bool follow_relaxation(struct joint *joint, const struct ganger_outlook *outlook)
{
    struct ganger_archipelago *a = joint->archipelago;
    int32_t best = ganger_follow_all(a, outlook, joint->empty);
    if (best == GANGER_NONE) {
        return false;
    }
    joint->run->result->ticks += ganger_archipelago_spent(a);
    ganger_prospects_end(a->island[best]);
    for (int i = 0; i < a->model->islands; i++) {
        a->island[i]->outlook = NULL;
        a->island[i]->stale = true;
        if (i != best) {
            ganger_island_copy_plan(a->island[i], a->island[best]);
        }
    }
    return true;
}

/* All islands hold the best plan, without its traffic. */
static void go_back(struct joint *joint)
{
    struct ganger_archipelago *a = joint->archipelago;
    ganger_schedule_copy(a->island[0]->schedule, joint->run->result->best);
    ganger_island_measure_capacity(a->island[0]);
    for (int i = 1; i < a->model->islands; i++) {
        ganger_island_copy_plan(a->island[i], a->island[0]);
    }
}

static enum ganger_round_end round_of(struct joint *joint)
{
    struct ganger_run *run = joint->run;
    struct ganger_outlook outlook = {0};
    double progress = progress_of(joint), before = run->result->value.total;
    if (!look_ahead(joint, &outlook)) {
        return GANGER_ROUND_FAILED;
    }
    if (joint->round++ % follow_every == 0 && !follow_relaxation(joint, &outlook)) {
        ganger_outlook_clear(&outlook);
        return GANGER_ROUND_FAILED;
    }
    enum ganger_round_end end = GANGER_ROUND_INTERRUPTED;
    ganger_regions_cut(&joint->regions, run->problem, run->result->rounds);
    if (!ganger_run_over(run)) {
        struct ganger_sketch_style style = {.outlook = &outlook,
                                            .ticks = (int64_t)fmax(joint->turn_ticks, least_ticks),
                                            .hot = heat_at(joint, progress),
                                            .cold = heat_at(joint, progress + 1.0 / joint->rounds),
                                            .regions = &joint->regions};
        end = ganger_run_sketch(run, style);
    }
    ganger_outlook_clear(&outlook);
    if (run->result->best && run->result->value.total <= before) {
        joint->trust = fmax(trusts.least, trusts.less * joint->trust);
        go_back(joint);
    } else {
        joint->trust = fmin(1, trusts.more * joint->trust);
    }
    return end;
}

static void plan_rounds(struct joint *joint)
{
    struct ganger_search_result *result = joint->run->result;
    double solve = (double)joint->archipelago->solve_ticks;
    joint->begin = result->ticks;
    double left = (double)(result->pace - joint->begin), many = rounds.solving * left / solve;
    joint->rounds = (int)fmin(rounds.most, fmax(rounds.least, many));
    double each = (1 - joint->run->share) * left / joint->rounds - solve;
    joint->turn_ticks = each / joint->archipelago->model->islands;
}

/* The traffic of the best plan, for rounds that go on from it. */
static enum ganger_round_end settle_best(struct joint *joint)
{
    int64_t spent = 0;
    if (!joint->run->result->best) {
        return GANGER_ROUND_DONE;
    }
    go_back(joint);
    enum ganger_round_end end = ganger_archipelago_solve(joint->archipelago, &spent);
    joint->run->result->ticks += end == GANGER_ROUND_DONE ? spent : 0;
    return end;
}

static enum ganger_round_end run_all(struct joint *joint)
{
    struct ganger_run *run = joint->run;
    enum ganger_round_end end = GANGER_ROUND_DONE;
    plan_rounds(joint);
    while (end == GANGER_ROUND_DONE && !ganger_run_over(run) && progress_of(joint) < 1) {
        ganger_run_relax_share(run);
        end = ganger_run_over(run) ? GANGER_ROUND_INTERRUPTED : round_of(joint);
    }
    return end == GANGER_ROUND_DONE && !ganger_run_over(run) ? settle_best(joint) : end;
}

enum ganger_round_end ganger_joint_run(struct ganger_run *run)
{
    const struct ganger_search_model *model = run->result->model;
    struct joint joint = {.run = run, .archipelago = run->archipelago, .trust = 1};
    size_t cells = (size_t)run->problem->links.count * (size_t)model->boundaries + 1;
    joint.capacity = malloc(cells * sizeof *joint.capacity);
    joint.relaxed = malloc(cells * sizeof *joint.relaxed);
    joint.empty = ganger_schedule_create(model->frame);
    bool ready = joint.empty && joint.capacity && joint.relaxed &&
                 ganger_regions_init(&joint.regions, run->problem) &&
                 ganger_moments_init(&joint.moments, model, run->result->relaxation);
    enum ganger_round_end end = ready ? run_all(&joint) : GANGER_ROUND_FAILED;
    ganger_moments_clear(&joint.moments);
    ganger_regions_clear(&joint.regions);
    ganger_schedule_destroy(joint.empty);
    free(joint.capacity);
    free(joint.relaxed);
    return end;
}
