#include "api/replan.h"

#include "base/date.h"
#include "base/lookup.h"
#include "plan/earlier.h"
#include "schedule/reinstate.h"

#include <math.h>
#include <stdlib.h>

struct job {
    struct ganger_replanning *r;
    const struct ganger_problem *problem;
    const struct ganger_replan *replan;
    struct ganger_findings *findings;
    struct ganger_earlier earlier;
    struct ganger_lookup ids; /* of the problem's works */
    bool dated;               /* there is a date before which works are held */
    int64_t freeze_day;
};

static int64_t floor_divide(int64_t x, int64_t y)
{
    return x / y - (x % y < 0);
}

static ganger_status misuse(const struct job *job, const char *option, const char *text)
{
    return ganger_findings_add(job->findings, GANGER_STATUS_MISUSE, option, 0, NULL, "%s", text);
}

static ganger_status check(struct job *job)
{
    const struct ganger_replan *replan = job->replan;
    job->dated = replan->freeze_before != NULL;
    if (job->problem->objective != GANGER_OBJECTIVE_NPV) {
        return misuse(job, "replan",
                      "only a programme (objective npv) can be planned anew from an "
                      "earlier plan");
    }
    if (!(replan->change_cost >= 0 && replan->change_cost <= 1e6)) {
        return misuse(job, "stability", "expected M USD a work, from 0 to 1,000,000");
    }
    if (job->dated && !ganger_date_parse(replan->freeze_before, &job->freeze_day)) {
        return misuse(job, "freeze-before", "expected a date like 2026-12-31");
    }
    return GANGER_STATUS_OK;
}

static ganger_status index_works(struct job *job)
{
    const struct ganger_works *works = &job->problem->works;
    if (!ganger_lookup_init(&job->ids, works->count)) {
        return ganger_findings_out_of_memory(job->findings);
    }
    for (int32_t w = 0; w < works->count; w++) {
        ganger_lookup_add(&job->ids, works->id, w);
    }
    return GANGER_STATUS_OK;
}

static void note(const struct job *job, const char *id, int64_t day, const char *text)
{
    char date[GANGER_DATE_SIZE];
    ganger_findings_add(job->findings, GANGER_STATUS_OK, job->replan->plan_path, 0, NULL,
                        "work %s, started %s, %s", id, ganger_date_format(day, date), text);
}

/* The first period that begins on the day or later. */
static int32_t first_period(const struct job *job)
{
    const struct ganger_time *time = &job->problem->time;
    int64_t days = job->freeze_day - time->start_day + time->period_days - 1;
    int64_t period = job->dated ? floor_divide(days, time->period_days) : 0;
    return period < 0 ? 0 : period > time->periods ? time->periods : (int32_t)period;
}

/* A work that the instance fixes is where it says, whatever was planned; that is no change. */
static void keep_fixed(struct job *job, int32_t w, int32_t mode)
{
    const struct ganger_works *works = &job->problem->works;
    int32_t modes = works->first_mode[w + 1] - works->first_mode[w];
    int32_t fixed = works->fixed_mode[w];
    job->r->hold.start[w] = works->fixed_start[w];
    job->r->hold.mode[w] = fixed != GANGER_NONE ? fixed : mode < modes ? mode : 0;
}

/* One work of the earlier plan. */
static void keep(struct job *job, int32_t i)
{
    const struct ganger_problem *p = job->problem;
    struct ganger_hold *hold = &job->r->hold;
    const struct ganger_earlier *e = &job->earlier;
    int64_t day = e->start_day + (int64_t)e->start[i] * e->period_days;
    int64_t period = floor_divide(day - p->time.start_day, p->time.period_days);
    int32_t w = ganger_lookup_find(&job->ids, p->works.id, e->id[i]);
    const char *lost = NULL;
    if (w < 0) {
        lost = "is not in this instance";
    } else if (p->works.fixed_start[w] != GANGER_NONE) {
        hold->held[w] = job->dated && day < job->freeze_day;
        keep_fixed(job, w, e->mode[i]);
        return;
    } else if (period < 0) {
        lost = "lies before this instance begins";
    } else if (period >= p->time.periods) {
        lost = "lies after this instance ends";
    } else if (e->mode[i] >= p->works.first_mode[w + 1] - p->works.first_mode[w]) {
        lost = "was done in a mode that it no longer has";
    }
    if (lost) {
        job->r->unknown++;
        note(job, e->id[i], day, lost);
        return;
    }
    hold->held[w] = job->dated && day < job->freeze_day;
    /* Periods may begin on other days here. */
    bool early = !hold->held[w] && period < hold->not_before[w];
    hold->start[w] = early ? hold->not_before[w] : (int32_t)period;
    hold->mode[w] = e->mode[i];
}

/* A schedule that works are tried on. */
struct bench {
    struct ganger_schedule_frame *frame;
    struct ganger_schedule *schedule;
    struct ganger_placement *list;
};

static void place(void *context, struct ganger_placement placement)
{
    ganger_schedule_place(context, placement);
}

static void bench_clear(struct bench *bench)
{
    ganger_schedule_destroy(bench->schedule);
    ganger_schedule_frame_destroy(bench->frame);
    free(bench->list);
}

/* Places what of these starts and modes fits into the problem. False if memory is short. */
static bool bench_init(struct bench *bench, const struct ganger_problem *problem,
                       const int32_t *start, const int32_t *mode)
{
    *bench = (struct bench){.frame = ganger_schedule_frame_create(problem)};
    bench->schedule = bench->frame ? ganger_schedule_create(bench->frame) : NULL;
    bench->list = malloc(((size_t)problem->works.count + 1) * sizeof *bench->list);
    if (!bench->schedule || !bench->list) {
        return false;
    }
    int32_t count = ganger_reinstate_list(problem, start, mode, bench->list);
    if (count == GANGER_NONE) {
        return false;
    }
    ganger_reinstate(bench->schedule, bench->list, count, place, bench->schedule);
    return true;
}

static int64_t day_of(const struct job *job, int32_t period)
{
    return job->problem->time.start_day + (int64_t)period * job->problem->time.period_days;
}

/* Held works must fit together with those that the instance fixes; those that do not are let go. */
static ganger_status release_misfits(struct job *job)
{
    const struct ganger_problem *p = job->problem;
    struct ganger_hold *hold = &job->r->hold;
    struct bench bench = {0};
    int32_t *start = malloc(((size_t)p->works.count + 1) * sizeof *start);
    for (int32_t w = 0; start && w < p->works.count; w++) {
        start[w] = hold->held[w] ? hold->start[w] : GANGER_NONE;
    }
    bool ready = start && bench_init(&bench, p, start, hold->mode);
    for (int32_t w = 0; ready && w < p->works.count; w++) {
        if (hold->held[w] && bench.schedule->start[w] == GANGER_NONE) {
            note(job, p->works.id[w], day_of(job, hold->start[w]),
                 "cannot be held: it no longer fits there");
            hold->held[w] = 0;
            hold->start[w] = hold->mode[w] = GANGER_NONE;
            job->r->misfits++;
        }
    }
    bench_clear(&bench);
    free(start);
    return ready ? GANGER_STATUS_OK : ganger_findings_out_of_memory(job->findings);
}

/* What the search will have to mend; it places works in the same way. */
static ganger_status note_misfits(struct job *job)
{
    const struct ganger_hold *hold = &job->r->hold;
    const struct ganger_problem *held = job->r->held;
    struct bench bench;
    bool ready = bench_init(&bench, held, hold->start, hold->mode);
    for (int32_t w = 0; ready && w < held->works.count; w++) {
        if (hold->start[w] != GANGER_NONE && bench.schedule->start[w] == GANGER_NONE) {
            note(job, held->works.id[w], day_of(job, hold->start[w]), "no longer fits there");
            job->r->misfits++;
        }
    }
    bench_clear(&bench);
    return ready ? GANGER_STATUS_OK : ganger_findings_out_of_memory(job->findings);
}

ganger_status ganger_replanning_init(struct ganger_replanning *replanning,
                                     const struct ganger_problem *problem,
                                     const struct ganger_replan *replan,
                                     struct ganger_findings *findings)
{
    struct job job = {.r = replanning, .problem = problem, .replan = replan, .findings = findings};
    *replanning = (struct ganger_replanning){0};
    ganger_status status = check(&job);
    if (status != GANGER_STATUS_OK) {
        return status;
    }
    GANGER_TRY(ganger_earlier_read(replan->plan_path, &job.earlier, findings));
    GANGER_TRY(index_works(&job));
    if (!ganger_hold_init(&replanning->hold, problem->works.count)) {
        status = ganger_findings_out_of_memory(findings);
        goto out;
    }
    int32_t first = first_period(&job);
    for (int32_t w = 0; w < problem->works.count; w++) {
        replanning->hold.change_cost[w] = replan->change_cost;
        replanning->hold.not_before[w] = first;
    }
    for (int32_t i = 0; i < job.earlier.works; i++) {
        if (job.earlier.start[i] >= 0) {
            keep(&job, i);
        }
    }
    GANGER_TRY(release_misfits(&job));
    GANGER_TRY(ganger_problem_hold(problem, &replanning->hold, &replanning->held, findings));
    GANGER_TRY(note_misfits(&job));
out:
    ganger_earlier_clear(&job.earlier);
    ganger_lookup_clear(&job.ids);
    if (status != GANGER_STATUS_OK) {
        ganger_replanning_clear(replanning);
    }
    return status;
}

void ganger_replanning_clear(struct ganger_replanning *replanning)
{
    ganger_hold_clear(&replanning->hold);
    ganger_problem_destroy(replanning->held);
    *replanning = (struct ganger_replanning){0};
}
