#include "quality/measure.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

struct watch {
    const struct quality_curve *curve;
    struct quality_answer *answer;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The value holds from its time on, until a later call says otherwise. */
static void curve_set(const struct watch *watch, double time_s, double value)
{
    for (int i = 0; i < watch->curve->count; i++) {
        if (watch->curve->s[i] >= time_s) {
            watch->answer->curve[i] = value;
        }
    }
}

static void on_progress(const struct ganger_progress *progress, void *context)
{
    const struct watch *watch = context;
    if (!isfinite(progress->value)) {
        return;
    }
    if (isnan(watch->answer->first_value)) {
        watch->answer->first_value = progress->value;
        watch->answer->first_time_s = progress->time_s;
    }
    curve_set(watch, progress->time_s, progress->value);
}

static void note_summary(const struct watch *watch, const struct ganger_summary *summary,
                         bool has_plan)
{
    struct quality_answer *answer = watch->answer;
    answer->outcome = summary->outcome;
    answer->bound = summary->bound;
    answer->critical_path = summary->critical_path;
    answer->ticks = summary->ticks;
    answer->schedules = summary->schedules;
    if (!has_plan) {
        return;
    }
    answer->value = summary->value;
    if (isnan(answer->first_value)) {
        answer->first_value = summary->first_value;
        answer->first_time_s = summary->first_time_s;
    }
    curve_set(watch, answer->wall_s, summary->value);
}

static void note_failure(struct quality_answer *answer, ganger_status status,
                         const struct ganger_findings *findings)
{
    if (findings->count > 0) {
        ganger_finding_format(&findings->list[0], answer->message, sizeof answer->message);
    } else {
        snprintf(answer->message, sizeof answer->message, "status %d", (int)status);
    }
}

static ganger_status solve(const struct ganger_problem *problem,
                           const struct quality_limits *limits, struct watch *watch,
                           struct ganger_findings *findings)
{
    struct ganger_plan *plan = NULL;
    struct ganger_summary summary;
    struct ganger_options options;
    ganger_options_init(&options);
    options.time_limit_s = limits->time_limit_s;
    options.tick_limit = limits->ticks;
    options.schedule_limit = limits->schedules;
    options.threads = limits->threads;
    options.seed = limits->seed;
    options.on_progress = on_progress;
    options.progress_context = watch;
    double begin = now_s();
    ganger_status status = ganger_solve(problem, &options, &plan, &summary, findings);
    watch->answer->wall_s = now_s() - begin;
    if (status == GANGER_STATUS_OK) {
        note_summary(watch, &summary, plan != NULL);
    }
    ganger_plan_destroy(plan);
    return status;
}

void quality_measure(const char *path, const struct quality_limits *limits,
                     struct quality_answer *answer)
{
    struct ganger_problem *problem = NULL;
    struct ganger_findings findings;
    struct watch watch = {&limits->curve, answer};
    ganger_findings_init(&findings);
    double begin = now_s();
    ganger_status status = ganger_problem_read(path, &problem, &findings);
    answer->read_s = now_s() - begin;
    if (status == GANGER_STATUS_OK) {
        status = solve(problem, limits, &watch, &findings);
    }
    answer->failed = status != GANGER_STATUS_OK;
    if (answer->failed) {
        note_failure(answer, status, &findings);
    }
    ganger_problem_destroy(problem);
    ganger_findings_clear(&findings);
}
