/* The suites of this module, and small plans that several of them use. */
#ifndef GANGER_TESTS_RISK_SUITES_H
#define GANGER_TESTS_RISK_SUITES_H

#include "risk/samples.h"
#include "support/test.h"
#include "support/tiny.h"

extern const struct ganger_suite statistics_suite, draw_suite, replay_suite, samples_suite,
    plan_suite, threads_suite;

/* Options without any variation; the winter and the overrun of all kinds are easily set then. */
struct ganger_risk_options risk_still(void);
void risk_overrun(struct ganger_risk_options *options, double median, double p90);

/* A plan that does each work in its first mode from these starts (GANGER_NONE: undone). */
struct ganger_plan *risk_plan(const struct ganger_problem *problem, const int32_t *starts);

/* Weeks, no network: works get gangs, order and calendars from rows that the test adds. */
void risk_tiny(struct tiny *tiny, int periods);
/* A facility without a segment, of this duration. */
void risk_work(struct tiny *tiny, const char *id, int duration);

/* A plan of as many works as fit, at random starts and in random modes. */
struct ganger_plan *risk_drawn(const struct ganger_problem *problem, struct ganger_rng *rng);

#endif
