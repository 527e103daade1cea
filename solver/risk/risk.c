/* ganger_plan_risk: reads and referees a plan, replays it many times, and says what came of it. */
#include "check/referee.h"
#include "parallel/parallel.h"
#include "risk/report.h"

#include <math.h>
#include <stdlib.h>

/*
 * Lognormal, since logarithms of actual over planned durations scatter evenly (Vazquez, "Emerge of scaling in project
 * schedules", arXiv:2312.12906, 2023), and a median of no overrun, since works do not end late on average and
 * programmes are late by the width of the scatter (Ballesteros-Perez et al., "Duration and cost variability of
 * construction activities", J. Constr. Eng. Manage. 146(1), 2020: 5,000 works of 101 projects). How wide by kind, how far
 * works of a gang go together and how much winters vary are assumptions, to be replaced by a railway's own records.
 */
void ganger_risk_options_init(struct ganger_risk_options *options)
{
    *options = (struct ganger_risk_options){
        .samples = 1000,
        .overrun = {[GANGER_WORK_REPAIR] = {0, 25},
                    [GANGER_WORK_BUILD] = {0, 50},
                    [GANGER_WORK_UPGRADE] = {0, 40},
                    [GANGER_WORK_FACILITY] = {0, 40}},
        .correlation_percent = 30,
        .winter_percent = 10,
        .rows = 10,
    };
}

static bool within(double value, double low, double high)
{
    return value >= low && value <= high; /* false for NaN */
}

static ganger_status refuse(struct ganger_findings *findings, const char *what,
                            const char *expected)
{
    return ganger_findings_add(findings, GANGER_STATUS_MISUSE, "risk", 0, what, "expected %s",
                               expected);
}

static ganger_status check_options(const struct ganger_risk_options *options,
                                   struct ganger_findings *findings)
{
    if (!within(options->samples, 1, GANGER_RISK_SAMPLES_MAX)) {
        return refuse(findings, "samples", "an integer in 1..1000000");
    }
    if (!within(options->correlation_percent, 0, 100)) {
        return refuse(findings, "correlation_percent", "a number in 0..100");
    }
    if (!within(options->winter_percent, 0, 100)) {
        return refuse(findings, "winter_percent", "a number in 0..100");
    }
    for (int kind = 0; kind < GANGER_WORK_KINDS; kind++) {
        const struct ganger_overrun *overrun = &options->overrun[kind];
        if (!within(overrun->median_percent, -90, 900) ||
            !within(overrun->p90_percent, overrun->median_percent, 900)) {
            return refuse(findings, "overrun",
                          "a median in -90..900 %, and a 90th percentile from there to 900 %");
        }
    }
    return GANGER_STATUS_OK;
}

static ganger_status sample(const struct ganger_problem *problem, const struct ganger_plan *plan,
                            const struct ganger_risk_options *options, char **text,
                            struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_risk_samples *samples = NULL;
    struct ganger_risk_world *world = ganger_risk_world_create(problem, plan, options);
    samples = world ? ganger_risk_samples_create(world) : NULL;
    *text = samples ? ganger_risk_report(samples) : NULL;
    if (!*text) {
        status = ganger_findings_out_of_memory(findings);
    } else if (options->samples_path) {
        status = ganger_risk_write(samples, options->samples_path, findings);
    }
    if (status != GANGER_STATUS_OK) {
        free(*text);
        *text = NULL;
    }
    ganger_risk_samples_destroy(samples);
    ganger_risk_world_destroy(world);
    return status;
}

ganger_status ganger_plan_risk(const struct ganger_problem *problem, const char *plan_path,
                               const struct ganger_risk_options *options, char **text,
                               struct ganger_findings *findings)
{
    ganger_status status = GANGER_STATUS_OK;
    struct ganger_plan *plan = NULL;
    *text = NULL;
    GANGER_TRY(check_options(options, findings));
    GANGER_TRY(ganger_plan_read(problem, plan_path, &plan, findings));
    GANGER_TRY(ganger_referee_check(problem, plan, plan_path, NULL, findings));
    GANGER_TRY(sample(problem, plan, options, text, findings));
out:
    ganger_plan_destroy(plan);
    return status;
}
