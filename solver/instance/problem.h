/*
 * The immutable problem: everything of MODEL that a solve or the referee needs, as plain arrays.
 *
 * Built once by a reader (instance/read.h), sealed by problem_seal() and const from then on, so that any
 * number of threads may share it. Structure of arrays; indices are int32_t, -1 means none. Ids and names
 * are NUL-terminated UTF-8, owned by the problem. "CSR" pairs: items of i are list[first[i] .. first[i+1]).
 * File order of every table is kept (the plan's prices refer to it).
 *
 * The upper part of each block is read from the tables ("given"); the part marked "derived" is computed by
 * problem_seal() and is the same for equal given parts.
 */
#ifndef GANGER_INSTANCE_PROBLEM_H
#define GANGER_INSTANCE_PROBLEM_H

#include <ganger/ganger.h>
#include <stdbool.h>
#include <stdint.h>

enum { GANGER_NONE = -1 };

enum ganger_objective { GANGER_OBJECTIVE_NPV = 0, GANGER_OBJECTIVE_MAKESPAN = 1 };

enum ganger_work_kind {
    GANGER_WORK_REPAIR = 0,
    GANGER_WORK_BUILD = 1,
    GANGER_WORK_UPGRADE = 2,
    GANGER_WORK_FACILITY = 3,
    GANGER_WORK_KINDS = 4
};

enum ganger_resource_kind { GANGER_RESOURCE_RENEWABLE = 0, GANGER_RESOURCE_CONSUMABLE = 1 };

enum ganger_precedence_type { GANGER_PRECEDENCE_FS = 0, GANGER_PRECEDENCE_SS = 1 };

/* Whom the figures are owed to: see instance/credit.h. */
enum ganger_credit_part {
    GANGER_CREDIT_ATTRIBUTION = 0,
    GANGER_CREDIT_LICENCES = 1,
    GANGER_CREDIT_SOURCES = 2,
    GANGER_CREDIT_PARTS = 3
};

/* Periods are 0 .. periods-1, boundaries 0 .. periods. */
struct ganger_time {
    int32_t periods;
    int32_t period_days;
    int64_t start_day; /* days from 1970-01-01 to start_date */
    double discount_rate;
    double terminal_years;
    /* derived */
    double years_per_period; /* yr */
    double *discount;        /* [periods+1] disc(t) */
    double *weight;          /* [periods+1] yr*disc(t), and A at the last: MODEL section 7's w_t */
};

struct ganger_nodes {
    int32_t count;
    char **id, **name, **type, **country; /* type, country: "" where absent */
    double *x, *y;                        /* lon, lat in degrees */
    bool *railhead;
};

struct ganger_links {
    int32_t count;
    char **id, **name, **facility_type, **geometry; /* "" where absent */
    int32_t *from, *to;                             /* nodes */
    bool *directed;
    double *cost_per_tkm; /* USD per tonne-km */
    /* derived */
    double *length_km;
    double *cost_per_t;     /* cost_per_tkm * length_km, USD per tonne */
    int32_t *first_segment; /* CSR [count+1] into segment_list, from the from-node to the to-node */
    int32_t *segment_list;
};

struct ganger_segments {
    int32_t count;
    char **id;
    int32_t *link;
    double *start_km, *end_km; /* from the link's from-node */
    double *capacity;          /* base, Mt/yr in each direction; 0: not built yet */
    double *decay;             /* share of base lost per year, 0 where absent */
    double *floor;             /* least health, 1 where absent */
    /* derived */
    int32_t *position;   /* along its link, from 0 */
    int32_t *first_work; /* CSR [count+1] into work_list, in file order of works */
    int32_t *work_list;
};

struct ganger_demands {
    int32_t count;
    char **id, **commodity;
    int32_t *origin, *destination;
    double *value; /* USD per tonne delivered */
    int32_t profile_rows;
    int32_t *profile_demand; /* demand_profile.csv in file order */
    int32_t *
        profile_from; /* boundary; may lie before 0 (the latest such row holds at 0) or after the end */
    double *profile_mtpa;
    /* derived */
    int32_t steps;    /* number of distinct volume vectors */
    int32_t *step_at; /* [periods+1] which vector holds at t */
    double *volume;   /* [steps * count] Mt/yr: volume[step_at[t] * count + k] = d_k(t) */
};

struct ganger_works {
    int32_t count;
    char **id, **name, **project; /* "" where absent */
    uint8_t *kind;                /* enum ganger_work_kind */
    int32_t *segment;             /* or GANGER_NONE */
    double *km, *gain;
    bool *renews, *mandatory;
    int32_t *earliest;      /* period, 0 where absent */
    int32_t *deadline;      /* boundary, periods where absent */
    int32_t *due;           /* boundary, GANGER_NONE where absent */
    double *tardiness_cost; /* M USD per period late */
    int32_t *calendar;      /* or GANGER_NONE: 100 % always */
    int32_t *fixed_start;   /* period or GANGER_NONE */
    int32_t *fixed_mode;    /* position among the work's modes or GANGER_NONE */
    /* Of an earlier plan, what it is better to keep; no part of the tables. NULL: none. See instance/hold.h */
    int32_t *kept_start, *kept_mode; /* as fixed_start and fixed_mode */
    double *change_cost;             /* M USD if it is not done so */
    /* derived */
    int32_t *first_mode; /* CSR [count+1] into modes (modes are stored grouped by work) */
    /* Works of its segment that are finished whenever it begins: stage[stage_from[w] .. stage_to[w]-1]. */
    int32_t *stage_from, *stage_to; /* [count] */
    int32_t *stage;
    double *stage_gain;  /* [count] what they add, Mt/yr */
    bool *stage_renewed; /* [count] one of them renews the segment */
};

/* Stored grouped by work, within a work in file order. */
struct ganger_modes {
    int32_t count;
    int32_t *work;
    char **id;
    int32_t *duration; /* full-productivity periods, >= 0 */
    double *cost;      /* M USD, 0 where absent */
    double *factor;    /* capacity left while active, 1 where absent */
    int32_t
        uses; /* positive uses, grouped by mode; money is not among them: see resources.budget */
    int32_t *use_mode;
    int32_t *use_resource;
    int32_t *use_amount; /* per working period (renewable) or in all (consumable) */
    /* derived */
    int32_t *first_use; /* CSR [count+1]: uses of mode m are first_use[m] .. first_use[m+1]-1 */
    int32_t *span; /* row of struct ganger_spans: finish times for this duration and calendar */
};

struct ganger_resources {
    int32_t count;
    char **id, **name, **unit;
    uint8_t *kind;         /* enum ganger_resource_kind */
    int32_t budget;        /* index of the consumable whose id is "budget", or GANGER_NONE */
    int32_t capacity_rows; /* capacity.csv in file order */
    int32_t *row_resource;
    int32_t *row_from, *row_to; /* [from, to) */
    double *row_limit;
    /* derived */
    int32_t renewables;          /* number of renewable resources */
    int32_t *renewable_index;    /* [count] 0..renewables-1, or GANGER_NONE for consumables */
    int32_t *renewable_resource; /* [renewables] back again */
    int32_t *capacity;           /* [renewables * periods] */
    int32_t windows; /* rows of capacity.csv that are windows of a consumable, in file order */
    int32_t *window_resource, *window_from, *window_to;
    double *window_limit;
    int32_t *first_window; /* CSR [count+1] into window_list, by resource */
    int32_t *window_list;
};

struct ganger_precedences {
    int32_t count;
    int32_t *predecessor, *successor; /* works, file order */
    uint8_t *type;                    /* enum ganger_precedence_type */
    int32_t *lag;                     /* periods >= 0 */
    /* derived: CSR [works+1] of rows by successor and by predecessor */
    int32_t *first_in, *in_list;   /* rows whose successor is w */
    int32_t *first_out, *out_list; /* rows whose predecessor is w */
    int32_t *topological;          /* [works] works, predecessors first, ties by index */
};

struct ganger_calendars {
    int32_t count;
    char **id;
    int32_t rows;
    int32_t *row_calendar, *row_from, *row_to; /* calendar.csv in file order, [from, to) */
    int32_t *row_productivity;
    /* derived: row 0 is "always 100 %", row c+1 is calendar c */
    uint8_t *productivity; /* [(count+1) * periods] percent */
    int32_t *cumulative;   /* [(count+1) * (periods+1)] sum of productivity before each boundary */
};

/* Finish boundaries, one row for each distinct (calendar, duration) of a mode: derived. */
struct ganger_spans {
    int32_t count;
    int32_t *calendar_row; /* row of calendars.productivity */
    int32_t *duration;
    int32_t *
        finish; /* [count * periods] least f for a start in s; periods+1 where it does not fit or s is
                        not a working period (duration 0: f = s always) */
};

struct ganger_targets {
    int32_t count;
    char **id;
    uint32_t *kinds; /* bit (1u << enum ganger_work_kind) set for each kind that counts */
    int32_t *by;     /* boundary */
    double *km;
    double *shortfall_cost; /* M USD per km */
    bool *hard;
};

struct ganger_problem {
    char *name, *title, *currency;
    char *credit[GANGER_CREDIT_PARTS]; /* NULL where absent; not in the hash */
    char sha256[65]; /* of the instance's canonical form, lower-case hex: see instance/hash.c */
    enum ganger_objective objective;
    bool railhead; /* rule 4 of MODEL section 5 applies */
    struct ganger_time time;
    struct ganger_nodes nodes;
    struct ganger_links links;
    struct ganger_segments segments;
    struct ganger_demands demands;
    struct ganger_works works;
    struct ganger_modes modes;
    struct ganger_resources resources;
    struct ganger_precedences precedences;
    struct ganger_calendars calendars;
    struct ganger_spans spans;
    struct ganger_targets targets;
};

/* d_k(t) in Mt/yr, t = 0 .. periods. */
static inline double ganger_problem_volume(const struct ganger_problem *p, int32_t demand,
                                           int32_t t)
{
    return p->demands.volume[(int64_t)p->demands.step_at[t] * p->demands.count + demand];
}

/* Productivity in percent of a work's calendar in period t. */
static inline int32_t ganger_problem_productivity(const struct ganger_problem *p, int32_t work,
                                                  int32_t t)
{
    int64_t row = p->works.calendar[work] + 1;
    return p->calendars.productivity[row * p->time.periods + t];
}

/* What a mode takes of a resource, as a whole or in each working period: its cost of the budget, besides what it uses. */
static inline double ganger_problem_amount(const struct ganger_problem *p, int32_t mode,
                                           int32_t resource)
{
    double amount = resource == p->resources.budget ? p->modes.cost[mode] : 0;
    for (int32_t i = p->modes.first_use[mode]; i < p->modes.first_use[mode + 1]; i++) {
        amount += p->modes.use_resource[i] == resource ? p->modes.use_amount[i] : 0;
    }
    return amount;
}

/* Least finish boundary of mode m (index into modes) started in s; periods+1 if it cannot start there. */
static inline int32_t ganger_problem_finish(const struct ganger_problem *p, int32_t mode,
                                            int32_t start)
{
    return p->spans.finish[(int64_t)p->modes.span[mode] * p->time.periods + start];
}

/* True if a work of the same segment is known to be finished whenever this one begins. */
bool ganger_problem_comes_first(const struct ganger_problem *problem, int32_t first, int32_t work);

/* True if a work in this mode, started then, is as an earlier plan has it; false if there is none. */
static inline bool ganger_problem_keeps(const struct ganger_problem *p, int32_t mode, int32_t start)
{
    int32_t work = p->modes.work[mode];
    return p->works.kept_start && p->works.kept_start[work] == start &&
           p->works.first_mode[work] + p->works.kept_mode[work] == mode;
}

/* What that saves, M USD; and all that changing an earlier plan could cost. */
static inline double ganger_problem_kept(const struct ganger_problem *p, int32_t mode,
                                         int32_t start)
{
    return ganger_problem_keeps(p, mode, start) ? p->works.change_cost[p->modes.work[mode]] : 0;
}

static inline double ganger_problem_change_cost(const struct ganger_problem *p)
{
    double cost = 0;
    for (int32_t w = 0; p->works.kept_start && w < p->works.count; w++) {
        cost += p->works.kept_start[w] != GANGER_NONE ? p->works.change_cost[w] : 0;
    }
    return cost;
}

/* True if the work builds line where there is none; and how many such works there are. */
static inline bool ganger_problem_builds_new_line(const struct ganger_problem *p, int32_t work)
{
    int32_t q = p->works.segment[work];
    return p->works.kind[work] == GANGER_WORK_BUILD && q != GANGER_NONE &&
           !(p->segments.capacity[q] > 0);
}

static inline int32_t ganger_problem_new_line_works(const struct ganger_problem *p)
{
    int32_t count = 0;
    for (int32_t w = 0; w < p->works.count; w++) {
        count += ganger_problem_builds_new_line(p, w);
    }
    return count;
}

#endif
