#include "risk/cruciality.h"

#include "parallel/parallel.h"
#include "risk/draw.h"
#include "risk/statistics.h"

#include <math.h>
#include <stdlib.h>

struct job {
    const struct ganger_risk_samples *samples;
    const int32_t *works;
    double *outcome; /* [(1 + targets) * samples] ranks of the finish, then of each target */
    double *with_finish, *with_target;
    bool *failed; /* [works] */
};

static void correlate(int32_t index, void *context)
{
    const struct job *job = context;
    const struct ganger_risk_samples *samples = job->samples;
    int32_t count = samples->count, work = job->works[index];
    int32_t *durations = malloc((size_t)count * sizeof *durations);
    double *ranks = malloc((size_t)count * sizeof *ranks);
    for (int32_t i = 0; durations && i < count; i++) {
        durations[i] = ganger_risk_duration(samples->world, work, i);
    }
    job->failed[index] = !durations || !ranks || !ganger_risk_ranks(durations, count, ranks);
    job->with_target[index] = job->with_finish[index] = NAN;
    for (int32_t i = 0; !job->failed[index] && i <= samples->world->problem->targets.count; i++) {
        const double *outcome = job->outcome + (int64_t)i * count;
        double rho = ganger_risk_correlation(ranks, outcome, count);
        if (i == 0) {
            job->with_finish[index] = rho;
        } else if (!(fabs(rho) <= fabs(job->with_target[index])) && !isnan(rho)) {
            job->with_target[index] = rho;
        }
    }
    free(durations);
    free(ranks);
}

static bool rank_outcomes(struct job *job)
{
    const struct ganger_risk_samples *samples = job->samples;
    int32_t count = samples->count;
    bool ready = ganger_risk_ranks(samples->finish, count, job->outcome);
    for (int32_t g = 0; ready && g < samples->world->problem->targets.count; g++) {
        ready = ganger_risk_ranks(samples->reached + (int64_t)g * count, count,
                                  job->outcome + (int64_t)(g + 1) * count);
    }
    return ready;
}

bool ganger_risk_cruciality(const struct ganger_risk_samples *samples, const int32_t *works,
                            int32_t count, double *with_finish, double *with_target)
{
    size_t outcomes = (size_t)samples->world->problem->targets.count + 1;
    struct job job = {samples, works, NULL, with_finish, with_target, NULL};
    job.outcome = malloc(outcomes * (size_t)samples->count * sizeof *job.outcome);
    job.failed = calloc((size_t)count + 1, sizeof *job.failed);
    bool ready = job.outcome && job.failed && rank_outcomes(&job);
    if (ready) {
        ganger_parallel_for(ganger_parallel_threads(samples->world->options->threads), count,
                            correlate, &job);
    }
    for (int32_t i = 0; ready && i < count; i++) {
        ready = !job.failed[i];
    }
    free(job.outcome);
    free(job.failed);
    return ready;
}
