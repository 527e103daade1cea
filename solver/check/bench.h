/*
 * The referee's bench: what it looks at, what it has recomputed so far, and how it refuses. Private to
 * check/; the stages are called in this order by ganger_referee_check(), each relying on the ones before.
 */
#ifndef GANGER_CHECK_BENCH_H
#define GANGER_CHECK_BENCH_H

#include "check/bound.h"
#include "plan/plan.h"

/* Terms of the objective in M USD, unit bits: gains rounded down, costs up. */
struct ganger_exact_terms {
    ganger_wide traffic, terminal, cost, tardiness, shortfall, changes;
    ganger_wide cost_low; /* cost again, rounded down: what gaps are measured in */
};

struct ganger_bench {
    const struct ganger_problem *problem;
    const struct ganger_plan *plan;
    const char *name; /* of the plan, for findings */
    struct ganger_findings *findings;
    const long *line; /* [works] of the works in `name`; NULL: it has no lines */
    int32_t at;       /* the work that is looked at, or GANGER_NONE */
    struct ganger_facts *facts;
    int64_t breaches; /* of rules */
    int64_t lies;     /* stored figures that are not what they should be */
    bool short_of_memory;
    bool valued; /* the schedule is such that it has a value */
    bool lost;   /* some number was beyond exact arithmetic */
    int32_t *finish,
        *mode; /* [works] recomputed; mode as an index into modes; GANGER_NONE: not done */
    /* All in unit bits. */
    ganger_wide *usage;   /* [periods * resources] rounded down */
    ganger_wide *cash;    /* [periods] rounded down */
    ganger_wide *traffic; /* [boundaries] value that the stored flows reach, rounded down */
    struct ganger_exact_terms terms;
    ganger_wide km[GANGER_WORK_KINDS]; /* rounded down */
    int32_t works_done;
    ganger_wide value; /* rounded down; of a makespan, periods and no fraction, as the next */
    ganger_wide bound; /* rounded up; if proof says that there is one */
    enum ganger_proof proof;
};

/* Adds a finding about the plan's dataset `column`, on the line of the work that is looked at. A breach is of a rule; a lie is a false figure. */
void ganger_bench_breach(struct ganger_bench *bench, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void ganger_bench_lie(struct ganger_bench *bench, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What a double may be off: doubles are made from sums of doubles. */
ganger_wide ganger_bench_tolerance(ganger_wide x);
/* Is a stored real what it should be? It may be off by 2^-20 and by 2^-30 of its size: sums of doubles are. */
bool ganger_bench_near(double stored, ganger_wide right);
/* Room that a limit gives to what was rounded: 2^-30. */
enum { GANGER_ROUNDING = GANGER_GRID_UNITS };
/* A number for a message. */
double ganger_bench_real(ganger_wide x);

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
/* The bound that the stored prices prove. */
void ganger_bench_bound(struct ganger_bench *bench);
/* The gap in %, unit bits, rounded up; false if it is infinite. There must be a value and a bound. */
bool ganger_bench_gap(struct ganger_bench *bench, ganger_wide *gap);
/* What the plan claims of itself: value, bound, gap and status. */
void ganger_bench_claims(struct ganger_bench *bench);

#endif
