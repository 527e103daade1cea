/*
 * ganger: plans a railway programme - which works to do, when and in which mode - so that most freight
 * value flows while the network is repaired and built.
 *
 * Use:  ganger_problem_read -> ganger_solve -> ganger_plan_write; ganger_plan_check referees any plan file, and
 *       ganger_plan_explain says why it is as it is.
 * Money is M USD, freight Mt/yr, length km, time a period or boundary number of the instance.
 * Objects are opaque, belong to the caller once returned, and are freed by their destroy function
 * (NULL is fine). A problem is immutable and may be shared by threads. The library prints nothing,
 * installs no signal handler and never exits. Functions that can fail return a ganger_status and describe
 * what went wrong in a struct ganger_findings (which may be NULL).
 */
#ifndef GANGER_GANGER_H
#define GANGER_GANGER_H

#include <ganger/export.h>
#include <ganger/version.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What went wrong, apart from how a solve ended. */
typedef enum ganger_status {
    GANGER_STATUS_OK = 0,
    GANGER_STATUS_INTERNAL = 1,      /* a bug: please report it */
    GANGER_STATUS_MISUSE = 2,        /* an argument out of range */
    GANGER_STATUS_INPUT_INVALID = 3, /* the instance or plan is wrong; the findings say where */
    GANGER_STATUS_OUT_OF_MEMORY = 6,
    GANGER_STATUS_OUTPUT_FAILED =
        7,                    /* a file could not be written; what was there before is untouched */
    GANGER_STATUS_REFUSED = 8 /* the referee found that a plan breaks a rule or claims too much */
} ganger_status;

#define GANGER_FINDINGS_MAX 20

/* One finding: where (file, 1-based line or 0, column name or "") and what, expected and found. */
struct ganger_finding {
    ganger_status status;
    char *file;
    long line;
    char *column;
    char *message;
};

/* Up to GANGER_FINDINGS_MAX findings in the order found; `total` counts those not kept too. */
struct ganger_findings {
    int count;
    long total;
    struct ganger_finding list[GANGER_FINDINGS_MAX];
};

GANGER_EXPORT void ganger_findings_init(struct ganger_findings *findings);
GANGER_EXPORT void ganger_findings_clear(struct ganger_findings *findings);
/* "file:line:column: message" of one finding, written to buffer (at most size bytes); returns the length
 * that the whole text has, as snprintf does. */
GANGER_EXPORT int ganger_finding_format(const struct ganger_finding *finding, char *buffer,
                                        size_t size);

/* ---- instances -------------------------------------------------------------------------------- */

struct ganger_problem;

/* Reads an instance: a data package folder, its datapackage.json, a packed HDF5 file, or a project in one of
 * the classic formats - PSPLIB .sm and .mm, Patterson .rcp, MPLIB - told apart by content. Of a classic
 * project each job is a mandatory work named by its number ("project:number" if there are several projects),
 * the objective is makespan, and a period is a day from 2000-01-01.
 * All or nothing: on failure *problem is NULL and findings say what to mend. */
GANGER_EXPORT ganger_status ganger_problem_read(const char *path, struct ganger_problem **problem,
                                                struct ganger_findings *findings);
/* Writes the instance as one HDF5 file (aside, synced, renamed). Read back it is identical. */
GANGER_EXPORT ganger_status ganger_problem_pack(const struct ganger_problem *problem,
                                                const char *path, struct ganger_findings *findings);
/* Writes the instance as the folder of a data package (aside, synced, renamed). Read back it is identical.
 * Nothing, or an empty folder, may be at `path`; with `replace` also a folder that holds nothing but the tables and
 * the datapackage.json of another package. */
GANGER_EXPORT ganger_status ganger_problem_write_package(const struct ganger_problem *problem,
                                                         const char *path, bool replace,
                                                         struct ganger_findings *findings);
/* Writes the instance as a mixed-integer programme in free MPS form, for other solvers: solver/mip/README.md. */
GANGER_EXPORT ganger_status ganger_problem_write_mps(const struct ganger_problem *problem,
                                                     const char *path,
                                                     struct ganger_findings *findings);
GANGER_EXPORT void ganger_problem_destroy(struct ganger_problem *problem);
/* What is in the instance, in a planner's words: sizes, km, money, load of each gang, oddities.
 * The text is NUL-terminated and freed with free(). */
GANGER_EXPORT ganger_status ganger_problem_describe(const struct ganger_problem *problem,
                                                    char **text);
/* Writes a small instance to begin with (aside, synced, renamed): every table with every column, and a README that says
 * what each is. Nothing, or an empty folder, may be at `path`. */
GANGER_EXPORT ganger_status ganger_template_write(const char *path,
                                                  struct ganger_findings *findings);
/* The tables of an instance and their columns as a Frictionless data package: types, limits, keys and what each is for.
 * The text is NUL-terminated and freed with free(). */
GANGER_EXPORT ganger_status ganger_schema_describe(char **text);
/* True if both hold the same instance (every table equal, in order). */
GANGER_EXPORT bool ganger_problem_equal(const struct ganger_problem *a,
                                        const struct ganger_problem *b);

/* ---- made-up instances ------------------------------------------------------------------------- */

/* What a made-up national network is made from. The same options give the same instance on every machine. */
struct ganger_generate_options {
    uint64_t seed;
    int32_t works;    /* 20 to 1,000,000; default 1000 */
    int32_t links;    /* 10 or more, a twentieth to twice of the works; 0: a fifth of the works */
    int32_t periods;  /* weeks, 52 to 2,600; default 365 */
    const char *name; /* a-z, 0-9, '.', '_', '-'; NULL: "generated-<works>-<seed>" */
};

GANGER_EXPORT void ganger_generate_options_init(struct ganger_generate_options *options);
/* Makes up a railway and a programme for it: a planar network with main lines, border crossings, ports and dry ports,
 * freight by gravity, works of all kinds with gangs, money and supplies for some of them. GANGER_STATUS_MISUSE, with a
 * finding, if an option is out of range. On failure *problem is NULL. */
GANGER_EXPORT ganger_status ganger_problem_generate(const struct ganger_generate_options *options,
                                                    struct ganger_problem **problem,
                                                    struct ganger_findings *findings);

/* ---- solving ---------------------------------------------------------------------------------- */

/* How a solve ended. */
typedef enum ganger_outcome {
    GANGER_OUTCOME_OPTIMAL = 0,    /* the bound proves the plan best */
    GANGER_OUTCOME_FEASIBLE = 1,   /* a plan, not proven best */
    GANGER_OUTCOME_INFEASIBLE = 2, /* proven: no plan exists */
    GANGER_OUTCOME_LIMIT = 3       /* a limit came before any plan was found */
} ganger_outcome;

GANGER_EXPORT const char *ganger_outcome_name(ganger_outcome outcome);

/* A row of the log: sent for each new incumbent and bound, and at least every few seconds. */
struct ganger_progress {
    char source;   /* 'C' constructed, 'S' search, 'B' bound, ' ' sign of life */
    double time_s; /* wall time since the solve began */
    int64_t ticks; /* deterministic work done so far */
    int64_t rounds;
    double value;       /* best plan so far, NaN before the first */
    double bound;       /* proven dual bound, NaN before the first */
    double gap_percent; /* NaN unless both are known */
    double km_repaired, km_built;
    int works_done, works;
};

/* A new plan from an earlier one: changes as few works as pays. Objective npv only. */
struct ganger_replan {
    const char *
        plan_path; /* of the earlier plan, made for this instance or another version of it: works are the same by
                              their ids, starts by their dates, modes by their position in mode.csv */
    /* ISO date, or NULL. Works that start before it in the earlier plan stay where they are, in their mode; no other work
     * starts before it unless the instance fixes its start. */
    const char *freeze_before;
    double
        change_cost; /* M USD for each work of the earlier plan that is moved, done in another mode or left out */
};

struct ganger_options {
    double time_limit_s; /* wall seconds for the solve; <= 0 means none */
    int64_t
        tick_limit; /* deterministic work; <= 0 means none. With all limits 0 a default time applies */
    int64_t schedule_limit; /* full schedules generated, objective makespan only; <= 0 means none */
    /* Work, in ticks, that the search plans for: how long it sketches, or when it has cooled down. <= 0: from the
     * limits; with a time limit, from the speed seen at its beginning. To repeat a solve that a time limit ended,
     * give its ticks as tick_limit and its pace. */
    int64_t pace;
    int threads; /* 0: what OpenMP, affinity and the cgroup quota allow */
    /* npv: plans that are searched side by side, 1 .. 256, on as many threads at most; another number leads to another
     * plan. 0: up to 8, fewer for longer in a short solve. */
    int islands;
    uint64_t seed;
    const struct ganger_replan *replan; /* NULL: there is no earlier plan */
    /* Called on the solving thread; may be NULL. */
    void (*on_progress)(const struct ganger_progress *progress, void *context);
    void *progress_context;
    /* Polled all the time, from any thread of the solve: returning true ends it soon with the best plan so
     * far. */
    bool (*should_stop)(void *context);
    void *stop_context;
};

GANGER_EXPORT void ganger_options_init(struct ganger_options *options);

/* The objective of a plan, term by term; value = traffic + terminal - cost - tardiness - shortfall - changes. */
struct ganger_terms {
    double traffic;  /* discounted traffic value within the horizon */
    double terminal; /* traffic value of the years after it */
    double cost;     /* discounted cost of works */
    double tardiness;
    double shortfall;
    double changes; /* of a plan made from an earlier one: what it costs to change that */
};

/* What a plan changes in the earlier one that it was made from; all 0 where there was none. */
struct ganger_replan_summary {
    bool replanned;
    double change_cost; /* M USD a work */
    int not_before;     /* period before which nothing starts but what is held or fixed */
    int works;          /* of the earlier plan that could be kept; of those: */
    int held;           /* had to stay */
    int moved, mode_changed, dropped; /* a work in another mode may have moved too */
    /* Known of a solve, not of a file. The findings say which works, as notes: findings of status OK. */
    int unknown; /* works of the earlier plan that the instance does not have, or not at that time or in that mode */
    int misfits; /* that no longer fit where they were, all else of that plan as it was */
};

/* The result's figures. For objective makespan value and bound are periods and the terms are 0. */
struct ganger_summary {
    ganger_outcome outcome;
    double value, bound;
    double gap_percent; /* of terms.cost, or of the value where works cost nothing */
    struct ganger_terms terms;
    double first_value; /* of the first constructed plan */
    double first_time_s;
    double km_repaired, km_built, km_upgraded;
    int works_done, works;
    int64_t ticks, rounds;
    int64_t pace;         /* ticks that the search was planned for: see ganger_options; 0: none */
    int64_t schedules;    /* full schedules generated by the search; 0 for npv */
    double critical_path; /* periods: makespan if resources had no limits; NaN for npv */
    double wall_s;
    int threads;
    int islands; /* as in ganger_options; 0: the usual number, or a method that has none */
    uint64_t seed;
    struct ganger_replan_summary replan;
};

struct ganger_plan;

/* Searches for the best plan within the limits. *plan is NULL if the outcome is infeasible or limit; then findings say
 * why, or what the best attempt lacks.
 * The plan has passed the referee. The result depends on problem, seed, ticks and earlier plan, not on threads.
 * With options.replan the earlier plan, as far as it fits, is where the search begins: the result is never worse. Its
 * value and bound include the cost of changes, and the bound is that of plans which keep what is held. */
GANGER_EXPORT ganger_status ganger_solve(const struct ganger_problem *problem,
                                         const struct ganger_options *options,
                                         struct ganger_plan **plan, struct ganger_summary *summary,
                                         struct ganger_findings *findings);
GANGER_EXPORT void ganger_plan_destroy(struct ganger_plan *plan);
/* Writes the plan file (aside, synced, renamed): complete or not there. */
GANGER_EXPORT ganger_status ganger_plan_write(const struct ganger_plan *plan,
                                              const struct ganger_problem *problem,
                                              const char *path, struct ganger_findings *findings);
/* What the plan does, in a planner's words; freed with free(). */
GANGER_EXPORT ganger_status ganger_plan_describe(const struct ganger_plan *plan,
                                                 const struct ganger_problem *problem, char **text);

/* How a kind of move fared, for objective npv: judged on sketches, by what the capacity of each link is worth by
 * itself, or exactly. */
struct ganger_technique {
    const char *name; /* static text */
    bool exact;
    int64_t tried, judged,
        accepted; /* begun; of those, that changed something; of those, that were kept */
    double gain;  /* M USD, of all that made a plan better; on a sketch, what it promised */
    int64_t ticks;
};

enum { GANGER_TECHNIQUES_MAX = 32 };

/* What the search did; times are processor time of its threads, so that rates are for one thread. */
struct ganger_statistics {
    int techniques;
    struct ganger_technique technique[GANGER_TECHNIQUES_MAX];
    double sketching_s, judging_s; /* trying moves on sketches, and exactly */
    int64_t placements;            /* starts of modes that were estimated to place works */
    int64_t refused; /* moves to be judged exactly that the price cuts alone refused */
    /* Boundaries that moves touched: proven unchanged by their old flow and prices, left as the cuts guess, and
     * looked up: in the cache of solved states, or solved. */
    int64_t unchanged, guessed, cached, solved;
};

/* Of a plan that ganger_solve() made; belongs to the plan. NULL if there are none: a plan that was read, or a
 * makespan. */
GANGER_EXPORT const struct ganger_statistics *
ganger_plan_statistics(const struct ganger_plan *plan);

/* ---- referee ---------------------------------------------------------------------------------- */

/* What the referee proved about a plan file, from instance and file alone. */
struct ganger_verdict {
    bool feasible; /* every rule holds */
    /* From sums of integers, rounded against the plan: no plan is worth more than the bound, and this one no
     * less than the value. */
    double value; /* value that the stored flows and schedule reach */
    double bound; /* bound that the stored prices prove */
    double gap_percent;
    struct ganger_terms terms;
    double km_repaired, km_built, km_upgraded;
    int works_done, works;
    struct ganger_replan_summary
        replan; /* as the file says; rules, value and bound are under its conditions */
};

/* Re-verifies every rule, the value and the bound of a plan file. Returns GANGER_STATUS_REFUSED, with
 * findings, when something does not hold. */
GANGER_EXPORT ganger_status ganger_plan_check(const struct ganger_problem *problem,
                                              const char *plan_path, struct ganger_verdict *verdict,
                                              struct ganger_findings *findings);

/* ---- explaining ------------------------------------------------------------------------------- */

struct ganger_explain_options {
    int rows;                 /* printed of each list; the JSON has all. 10 by default */
    const char *const *works; /* ids of works to be explained one by one */
    int work_count;
    bool json; /* one JSON object instead of text */
};

GANGER_EXPORT void ganger_explain_options_init(struct ganger_explain_options *options);

/* Why a plan is as it is, in a planner's words: what one more of everything is worth at the prices of the bound, what
 * binds, which works are left out and how close they are to paying, and, for each work asked for, why it is where it
 * is and what moving it would cost. The plan file is refereed first: GANGER_STATUS_REFUSED if it does not hold.
 * GANGER_STATUS_MISUSE for an unknown work. The text ends with a line break and is freed with free(). */
GANGER_EXPORT ganger_status ganger_plan_explain(const struct ganger_problem *problem,
                                                const char *plan_path,
                                                const struct ganger_explain_options *options,
                                                char **text, struct ganger_findings *findings);
/* Why an instance has no plan: a set of conditions - mandatory works, deadlines, earliest and fixed starts, precedence,
 * hard targets, gangs, budgets and supplies, one work at a time on a segment, rails - that is proven to contradict
 * itself, and of which none can be left out without losing the proof. *contradiction is false, and the text says so, if
 * no proof was found: there may be a plan, or not. Works in the options are refused. */
GANGER_EXPORT ganger_status ganger_problem_explain(const struct ganger_problem *problem,
                                                   const struct ganger_explain_options *options,
                                                   char **text, bool *contradiction,
                                                   struct ganger_findings *findings);

/* ---- taking a plan away ----------------------------------------------------------------------- */

/* What a plan is written as: see solver/export/README.md. */
typedef enum ganger_format {
    GANGER_FORMAT_CSV =
        0, /* a folder of tables: works, years, links, demands, resources, targets */
    GANGER_FORMAT_GEOJSON = 1,       /* a file: the works that have a place, as lines with dates */
    GANGER_FORMAT_GEOJSON_LINKS = 2, /* a file: links with capacity and flow, year by year */
    GANGER_FORMAT_MSPDI = 3          /* a file: Microsoft Project XML */
} ganger_format;

struct ganger_export_options {
    ganger_format format; /* GANGER_FORMAT_CSV by default */
    bool replace;         /* a folder that holds nothing but the tables of an exported plan */
    bool mark;            /* tables begin with the mark by which spreadsheets know UTF-8 (a BOM) */
};

GANGER_EXPORT void ganger_export_options_init(struct ganger_export_options *options);

/* Writes what a plan says in a form for other programs (aside, synced, renamed: complete or not there). The plan file is
 * refereed first: GANGER_STATUS_REFUSED if it does not hold. */
GANGER_EXPORT ganger_status ganger_plan_export(const struct ganger_problem *problem,
                                               const char *plan_path,
                                               const struct ganger_export_options *options,
                                               const char *path, struct ganger_findings *findings);

/* Makes a plan of a CSV table of starts, with the columns of works.csv as exported: work_id, and mode_id or mode, and
 * start_period or start (a date); done and finish_boundary may be there, others are ignored. Works without a row or a start
 * are left out. Freight is solved exactly; the bound is that of the relaxation after one step or, if that is more, as
 * many as take options->tick_limit or time_limit_s. GANGER_STATUS_INPUT_INVALID or GANGER_STATUS_REFUSED, with line and
 * reason, where the table is wrong or breaks a rule. On failure *plan is NULL. */
GANGER_EXPORT ganger_status ganger_plan_import(const struct ganger_problem *problem,
                                               const char *table_path,
                                               const struct ganger_options *options,
                                               struct ganger_plan **plan,
                                               struct ganger_summary *summary,
                                               struct ganger_findings *findings);

struct ganger_report_options {
    const char *risk_path; /* a file with what ganger risk --json printed of the plan; NULL: none */
};

GANGER_EXPORT void ganger_report_options_init(struct ganger_report_options *options);

/* Writes the plan as one page of HTML for people (aside, synced, renamed: complete or not there): map over time, works,
 * gangs, money, freight, prices, what is left out. It needs no network and no other file. The plan file is refereed first:
 * GANGER_STATUS_REFUSED if it does not hold. */
GANGER_EXPORT ganger_status ganger_plan_report(const struct ganger_problem *problem,
                                               const char *plan_path,
                                               const struct ganger_report_options *options,
                                               const char *path, struct ganger_findings *findings);

struct ganger_diff_options {
    int rows;  /* printed of each list; the JSON has all. 10 by default */
    bool json; /* one JSON object instead of text */
};

GANGER_EXPORT void ganger_diff_options_init(struct ganger_diff_options *options);

/* What changes from one plan of an instance to another: value term by term, km and money by year, works that are added,
 * dropped, moved or done in another mode, those that matter most first. Both files are refereed. The text ends with a line
 * break and is freed with free(). */
GANGER_EXPORT ganger_status ganger_plan_diff(const struct ganger_problem *problem,
                                             const char *const plan_paths[2],
                                             const struct ganger_diff_options *options, char **text,
                                             struct ganger_findings *findings);
/* The same for plans of two instances, such as two scenarios: works and modes are the same by id, starts by date. */
GANGER_EXPORT ganger_status ganger_plan_diff_between(const struct ganger_problem *const problems[2],
                                                     const char *const plan_paths[2],
                                                     const struct ganger_diff_options *options,
                                                     char **text, struct ganger_findings *findings);

/* ---- risk -------------------------------------------------------------------------------------- */

/* How much longer works take than planned: half of them at most the median (below 0: they take less), nine of ten at
 * most the 90th percentile. -90 <= median <= p90 <= 900. */
struct ganger_overrun {
    double median_percent, p90_percent;
};

enum { GANGER_RISK_SAMPLES_MAX = 1000000 };

struct ganger_risk_options {
    int32_t samples; /* 1 to GANGER_RISK_SAMPLES_MAX; default 1000 */
    uint64_t seed;
    int threads;                      /* as in ganger_options; the result does not depend on it */
    struct ganger_overrun overrun[4]; /* of repair, build, upgrade, facility */
    double correlation_percent; /* 0 to 100: the share of their luck that works of a gang share */
    double winter_percent;      /* 0 to 100: standard deviation of a winter's length */
    int rows;                   /* printed of each list; the JSON has all. 10 by default */
    bool json;                  /* one JSON object instead of text */
    const char *samples_path;   /* a CSV file to write, a row a sample, or NULL */
};

GANGER_EXPORT void ganger_risk_options_init(struct ganger_risk_options *options);

/* How far a plan bears works that take longer and winters that last longer: it is carried out in many samples, its order
 * and modes kept and no work begun before its planned start; when targets are reached and all is done in half, four of
 * five and nineteen of twenty of them, how probable it is to be in time, and which works decide it. What is assumed is in
 * solver/risk/README.md. The plan file is refereed first: GANGER_STATUS_REFUSED if it does not hold. GANGER_STATUS_MISUSE
 * for options out of range. The text ends with a line break and is freed with free(). */
GANGER_EXPORT ganger_status ganger_plan_risk(const struct ganger_problem *problem,
                                             const char *plan_path,
                                             const struct ganger_risk_options *options, char **text,
                                             struct ganger_findings *findings);

/* ---- scenarios -------------------------------------------------------------------------------- */

/* The instance of one scenario of a table: see solver/scenario/README.md for its columns. GANGER_STATUS_MISUSE if no
 * scenario has that name. On failure *problem is NULL, and the findings name file, line and column. */
GANGER_EXPORT ganger_status ganger_problem_vary(const struct ganger_problem *base,
                                                const char *scenarios_path, const char *name,
                                                struct ganger_problem **problem,
                                                struct ganger_findings *findings);

/* How a scenario of a batch ended. */
typedef enum ganger_batch_end {
    GANGER_BATCH_SOLVED = 0, /* there is a plan */
    GANGER_BATCH_KEPT =
        1, /* it was there already, made for the same instance with the same options */
    GANGER_BATCH_NO_PLAN = 2, /* infeasible, or a limit came before a plan: see the outcome */
    GANGER_BATCH_CUT = 3      /* the batch was stopped before it, or while it was solved */
} ganger_batch_end;

struct ganger_batch_options {
    struct ganger_options
        solve; /* of each scenario, but for threads, which is the total of all; progress is not called */
    bool json; /* the comparison as one JSON object instead of text */
    /* Called whenever a scenario ends, from the thread that solved it, never twice at a time; may be NULL. */
    void (*on_scenario)(const char *name, ganger_batch_end end,
                        const struct ganger_summary *summary, void *context);
    void *scenario_context;
};

GANGER_EXPORT void ganger_batch_options_init(struct ganger_batch_options *options);

/* Solves every scenario of a table, side by side within the threads, into the folder OUT: OUT/NAME/instance.h5 and
 * OUT/NAME/plan.h5, and OUT/comparison.csv in the end. A scenario whose plan is there, complete, and made for the same
 * instance with the same options is not solved again, so that a batch that was cut goes on. All instances are made before
 * anything is solved. *text compares the plans with that of the first scenario; freed with free(). */
GANGER_EXPORT ganger_status ganger_batch_run(const struct ganger_problem *base,
                                             const char *scenarios_path, const char *folder,
                                             const struct ganger_batch_options *options,
                                             char **text, struct ganger_findings *findings);

#ifdef __cplusplus
}
#endif
#endif
