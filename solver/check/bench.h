/*
 * The referee's bench: what it looks at, what it has recomputed so far, and how it refuses. Private to
 * check/; the stages are called in this order by ganger_referee_check(), each relying on the ones before.
 */
#ifndef GANGER_CHECK_BENCH_H
#define GANGER_CHECK_BENCH_H

#include "check/facts.h"
#include "plan/plan.h"

struct ganger_bench {
    const struct ganger_problem *problem;
    const struct ganger_plan *plan;
    const char *name; /* of the plan, for findings */
    struct ganger_findings *findings;
    struct ganger_facts *facts;
    int64_t breaches; /* of rules */
    int64_t lies;     /* stored figures that are not what they should be */
    bool short_of_memory;
    int32_t *finish,
        *mode;       /* [works] recomputed; mode as an index into modes; GANGER_NONE: not done */
    double *usage;   /* [periods * resources] */
    double *traffic; /* [boundaries] value that the stored flows reach */
    struct ganger_terms terms;
    double km[GANGER_WORK_KINDS];
    int32_t works_done;
    double value;
};

/* Adds a finding about the plan's dataset `column`. A breach is of a rule; a lie is a false figure. */
void ganger_bench_breach(struct ganger_bench *bench, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void ganger_bench_lie(struct ganger_bench *bench, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* True if |a - b| is no more than rounding, here 1e-6 of the larger (and 1e-6 near 0). */
bool ganger_bench_close(double a, double b);

/* Starts, finishes and modes of works, one by one: calendars, horizon, dates, mandatory, fixed. False if
 * the schedule is such nonsense that nothing can be built on it. */
bool ganger_bench_works(struct ganger_bench *bench);
/* Precedence, disjoint works on a segment, railhead. */
void ganger_bench_order(struct ganger_bench *bench);
/* Renewables and windows, and the stored usage and cash. */
void ganger_bench_resources(struct ganger_bench *bench);
/* Capacities, paths, flows and what they are worth. */
void ganger_bench_freight(struct ganger_bench *bench);
/* Terms, targets, km and the value. */
void ganger_bench_value(struct ganger_bench *bench);

#endif
