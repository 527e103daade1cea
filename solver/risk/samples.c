#include "risk/samples.h"

#include "parallel/parallel.h"
#include "risk/replay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 32, TALLIES = 4, ON_FINISH = 1, ON_TARGET = 2 };

/* Targets count km as reports do. */
static const double km_slack = 1e-6;

/* A logical worker: what it changes is its own. */
struct worker {
    struct ganger_risk_replay *replay;
    uint8_t *marks; /* [works] ON_... */
    double *km;     /* [horizon + 1] finished at each boundary */
    int32_t *tally; /* [TALLIES * works]: finish, target, either, late */
};

struct job {
    struct ganger_risk_samples *samples;
    struct worker worker[WORKERS];
};

static void worker_clear(struct worker *worker)
{
    ganger_risk_replay_destroy(worker->replay);
    free(worker->marks);
    free(worker->km);
    free(worker->tally);
}

static bool worker_init(struct worker *worker, const struct ganger_risk_world *world)
{
    size_t works = (size_t)world->problem->works.count + 1;
    worker->replay = ganger_risk_replay_create(world);
    worker->marks = malloc(works);
    worker->km = malloc(((size_t)world->horizon + 1) * sizeof *worker->km);
    worker->tally = calloc(TALLIES * works, sizeof *worker->tally);
    return worker->replay && worker->marks && worker->km && worker->tally;
}

/* Marks a work and those that decided when it could start, and so on. */
static void mark_chain(struct worker *worker, int32_t work, uint8_t mark)
{
    while (work != GANGER_NONE && (worker->marks[work] & mark) == 0) {
        worker->marks[work] |= mark;
        work = ganger_risk_decider(worker->replay, work);
    }
}

static bool counts_for(const struct ganger_problem *p, int32_t work, int32_t target)
{
    return target == GANGER_NONE || (p->targets.kinds[target] >> p->works.kind[work] & 1U) != 0;
}

/* Marks the chains to all works that finish at the boundary and count for the target (NONE: for the programme). */
static void mark_chains(struct worker *worker, int32_t boundary, int32_t target, uint8_t mark)
{
    const struct ganger_risk_world *world = worker->replay->world;
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t work = world->order[i];
        if (worker->replay->schedule->finish[work] == boundary &&
            counts_for(world->problem, work, target)) {
            mark_chain(worker, work, mark);
        }
    }
}

static void judge_finish(struct worker *worker, struct ganger_risk_samples *samples, int32_t sample)
{
    const struct ganger_risk_world *world = samples->world;
    int32_t latest = 0;
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t finish = worker->replay->schedule->finish[world->order[i]];
        latest = finish > latest ? finish : latest;
    }
    samples->finish[sample] = latest;
    if (latest != GANGER_NEVER) {
        mark_chains(worker, latest, GANGER_NONE, ON_FINISH);
    }
}

static void judge_target(struct worker *worker, struct ganger_risk_samples *samples, int32_t sample,
                         int32_t target)
{
    const struct ganger_risk_world *world = samples->world;
    const struct ganger_problem *p = world->problem;
    double wanted = p->targets.km[target], done = 0, in_time = 0;
    int32_t reached = GANGER_NEVER;
    memset(worker->km, 0, ((size_t)world->horizon + 1) * sizeof *worker->km);
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t work = world->order[i], finish = worker->replay->schedule->finish[work];
        if (finish != GANGER_NEVER && counts_for(p, work, target)) {
            worker->km[finish] += p->works.km[work];
        }
    }
    for (int32_t t = 0; t <= world->horizon; t++) {
        done += worker->km[t];
        in_time = t <= p->targets.by[target] ? done : in_time;
        reached = reached == GANGER_NEVER && done >= wanted - km_slack ? t : reached;
    }
    int64_t at = (int64_t)target * samples->count + sample;
    samples->reached[at] = reached;
    samples->missing_km[at] = in_time >= wanted - km_slack ? 0 : wanted - in_time;
    if (reached != GANGER_NEVER) {
        mark_chains(worker, reached, target, ON_TARGET);
    }
}

static void tally(struct worker *worker)
{
    const struct ganger_risk_world *world = worker->replay->world;
    const struct ganger_problem *p = world->problem;
    int32_t *counts = worker->tally;
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t work = world->order[i];
        uint8_t mark = worker->marks[work];
        int32_t *of_work = counts + (int64_t)work * TALLIES;
        of_work[0] += (mark & ON_FINISH) != 0;
        of_work[1] += (mark & ON_TARGET) != 0;
        of_work[2] += mark != 0;
        of_work[3] += worker->replay->schedule->finish[work] > p->works.deadline[work];
    }
}

static void work_off(int32_t index, void *context)
{
    struct job *job = context;
    struct worker *worker = &job->worker[index];
    struct ganger_risk_samples *samples = job->samples;
    const struct ganger_problem *p = samples->world->problem;
    for (int32_t sample = index; sample < samples->count; sample += WORKERS) {
        ganger_risk_replay_run(worker->replay, sample);
        memset(worker->marks, 0, (size_t)p->works.count);
        judge_finish(worker, samples, sample);
        for (int32_t g = 0; g < p->targets.count; g++) {
            judge_target(worker, samples, sample, g);
        }
        tally(worker);
    }
}

static void add_up(struct job *job)
{
    struct ganger_risk_samples *samples = job->samples;
    int32_t *const sums[TALLIES] = {samples->decides_finish, samples->decides_target,
                                    samples->decides, samples->late};
    for (int i = 0; i < WORKERS; i++) {
        const int32_t *counts = job->worker[i].tally;
        for (int32_t w = 0; w < samples->world->problem->works.count; w++) {
            for (int k = 0; k < TALLIES; k++) {
                sums[k][w] += counts[(int64_t)w * TALLIES + k];
            }
        }
    }
}

/* Milestones decide nothing: they only tell when others are done. */
static void leave_out_milestones(struct ganger_risk_samples *samples)
{
    const struct ganger_risk_world *world = samples->world;
    for (int32_t i = 0; i < world->steps; i++) {
        int32_t work = world->order[i];
        if (world->problem->modes.duration[world->mode[work]] == 0) {
            samples->decides[work] = samples->decides_finish[work] = samples->decides_target[work] =
                0;
        }
    }
}

static bool make(struct ganger_risk_samples *samples)
{
    struct job job = {.samples = samples};
    bool ready = true;
    for (int i = 0; i < WORKERS; i++) {
        ready = worker_init(&job.worker[i], samples->world) && ready;
    }
    if (ready) {
        ganger_parallel_for(ganger_parallel_threads(samples->world->options->threads), WORKERS,
                            work_off, &job);
        add_up(&job);
        leave_out_milestones(samples);
    }
    for (int i = 0; i < WORKERS; i++) {
        worker_clear(&job.worker[i]);
    }
    return ready;
}

struct ganger_risk_samples *ganger_risk_samples_create(const struct ganger_risk_world *world)
{
    struct ganger_risk_samples *samples = calloc(1, sizeof *samples);
    if (!samples) {
        return NULL;
    }
    size_t works = (size_t)world->problem->works.count + 1;
    size_t count = (size_t)world->options->samples;
    size_t targets = (size_t)world->problem->targets.count + 1;
    samples->world = world;
    samples->count = world->options->samples;
    samples->finish = calloc(count, sizeof *samples->finish);
    samples->reached = calloc(targets * count, sizeof *samples->reached);
    samples->missing_km = calloc(targets * count, sizeof *samples->missing_km);
    samples->decides_finish = calloc(works, sizeof *samples->decides_finish);
    samples->decides_target = calloc(works, sizeof *samples->decides_target);
    samples->decides = calloc(works, sizeof *samples->decides);
    samples->late = calloc(works, sizeof *samples->late);
    if (!samples->finish || !samples->reached || !samples->missing_km || !samples->decides_finish ||
        !samples->decides_target || !samples->decides || !samples->late || !make(samples)) {
        ganger_risk_samples_destroy(samples);
        return NULL;
    }
    return samples;
}

void ganger_risk_samples_destroy(struct ganger_risk_samples *samples)
{
    if (!samples) {
        return;
    }
    free(samples->finish);
    free(samples->reached);
    free(samples->missing_km);
    free(samples->decides_finish);
    free(samples->decides_target);
    free(samples->decides);
    free(samples->late);
    free(samples);
}
