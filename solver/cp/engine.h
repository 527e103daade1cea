/*
 * The state of the solver, shared by its files.
 *
 * Variables are integers with a lower and an upper bound. Variable x has two sides, 2x for x itself
 * and 2x + 1 for -x, each with a lower bound only, so that one rule serves both directions. A literal
 * says that a side has at least some value; its negation speaks of the opposite side. The trail holds
 * one event for each bound that rose, with its reason, which is put into words only when asked for.
 *
 * Variables: start of task i is i, its duration tasks + i, the makespan 2 * tasks; then the modes of
 * tasks that have several, as 0 or 1, what tasks take of each resource, in a period and in all, and what there is.
 */
#ifndef GANGER_CP_ENGINE_H
#define GANGER_CP_ENGINE_H

#include "cp/cp.h"

enum { GANGER_CP_NONE = -1 };

struct ganger_cp_literal {
    int32_t side, bound; /* value of the side >= bound */
};

enum ganger_cp_kind {
    GANGER_CP_DECISION,
    GANGER_CP_CLAUSE, /* a: clause */
    GANGER_CP_SUM,    /* a: sum */
    GANGER_CP_TABLE   /* a: table, b: the time that is overloaded otherwise */
};

struct ganger_cp_reason {
    enum ganger_cp_kind kind;
    int32_t a, b;
};

struct ganger_cp_event {
    int32_t side, bound, old;
    int32_t previous; /* the side's event before, or GANGER_CP_NONE */
    int32_t level;
    struct ganger_cp_reason reason;
};

/* A growing list of literals. */
struct ganger_cp_buffer {
    struct ganger_cp_literal *at;
    int32_t count, room;
};

/* In a list of the side `s` whose rise to `threshold` makes a watched literal false. */
struct ganger_cp_watch {
    int32_t clause, threshold;
    struct ganger_cp_literal blocker; /* if it is true, so is the clause */
};

struct ganger_cp_watches {
    struct ganger_cp_watch *at;
    int32_t count, room;
};

/* Lies in the words of the solver; a clause is known by the index of its first word. The first two
 * literals are watched; that of a clause that is a reason is the first one. */
struct ganger_cp_clause {
    int32_t size, levels; /* levels 0: not learned, stays */
    uint32_t used;        /* number of the conflict that needed it last */
    struct ganger_cp_literal at[];
};

/* A task of which the profile holds a part at most. */
struct ganger_cp_loose {
    int32_t from, latest, end, duration, use; /* earliest and latest start, latest end */
    int32_t part;                             /* periods that the profile holds */
    int64_t energy;                           /* of the whole task */
    int64_t free_from;                        /* area before `from` */
};

/* Tasks that share one renewable. */
struct ganger_cp_table {
    int32_t count;
    int32_t *task, *demand; /* [count] demand: a variable */
    int32_t *energy;        /* [count] a variable; GANGER_CP_NONE: duration times demand */
    int32_t steps;
    int32_t *from, *capacity;      /* [steps] */
    int32_t renewable;             /* column of the model's demands */
    int32_t first, supply;         /* variable: capacity from `first` to the makespan, or none */
    int32_t *by_latest, *by_end;   /* [count] positions, about sorted */
    int32_t segments;              /* of the profile of parts that every schedule contains */
    int32_t *begin, *free;         /* [2 * count + steps] */
    int32_t *hint;                 /* [2 * count] segments where each task was looked for */
    int64_t *area;                 /* likewise: free capacity times time up to each segment */
    struct ganger_cp_loose *loose; /* [count] */
    int32_t wait, interval;        /* looks at the energy left out, and to be left out next */
    int32_t *edge_time, *edge_use; /* [2 * count] scratch */
};

struct ganger_cp_solver {
    void *blocks;    /* allocations of fixed size */
    bool failed;     /* an allocation failed: nothing holds any more */
    int64_t fail_at; /* tests: the allocation that fails, counted from 1; 0: none */

    int32_t tasks, modes, renewables;
    int32_t *mode_first;    /* [tasks + 1] */
    int32_t *mode_task;     /* [modes] */
    int32_t *mode_var;      /* [modes] or GANGER_CP_NONE where a task has one mode */
    int32_t *mode_duration; /* [modes] */
    int32_t *mode_demand;   /* [modes * renewables] */
    int32_t *mode_energy;   /* [modes * renewables] */

    int32_t variables;
    int32_t *bound; /* [2 * variables] lower bound of each side */
    int32_t *root;  /* [2 * variables] proven without assumptions */
    int32_t *last;  /* [2 * variables] last event of the side */
    int32_t *owner; /* [variables] mode row of a mode variable, else GANGER_CP_NONE */

    struct ganger_cp_event *event;
    int32_t events, event_room, head; /* head: first event not yet propagated */
    int32_t level;
    int32_t *level_first; /* [levels room + 1] first event of each level */
    int32_t *level_popped;
    int32_t level_room;

    /* Sums: terms sum_first[k] to sum_first[k + 1] - 1 are sides that add up to at most sum_limit. */
    int32_t sums;
    int32_t *sum_first, *sum_side;
    int64_t *sum_limit;
    int32_t *sums_first, *sums_of; /* by side: the sums it is in */

    int32_t tables;
    struct ganger_cp_table *table;
    uint8_t *table_dirty;
    int32_t *tables_first, *tables_of; /* by variable: the tables it matters to */
    int32_t *cover, *cover_use;        /* [tasks] scratch of explanations */

    /* Clauses. */
    int32_t *words;
    int32_t word_count, word_room;
    int32_t *clause; /* all clauses in order of age */
    int32_t clauses, clause_room, learned;
    int32_t *clause_rank; /* scratch of the reduction, as long as clause */
    struct ganger_cp_watches *watches;
    int32_t watch_lists;
    int32_t *watch_first, *watch_low, *watch_shift; /* [2 * variables] */

    /* Conflict analysis. */
    struct ganger_cp_buffer conflict, why, lesson;
    int32_t *needed; /* [events] bound of a marked event that the conflict needs */
    uint8_t *mark;   /* [events] */
    int32_t *marked; /* marked events, in order of marking */
    int32_t marks;
    int32_t *level_seen; /* [levels] number of the conflict that counted it last */

    /* Decisions: a bound [x >= v] that appeared in conflicts is an atom with an activity. */
    int32_t atoms;
    int32_t *atom_first, *atom_low, *atom_shift; /* [variables] */
    int32_t *atom_var, *atom_value;
    double *activity;
    double bump;
    int32_t *heap, *heap_at, heap_count; /* heap_at GANGER_CP_NONE: not in the heap */
    int32_t *popped, popped_count;       /* atoms taken off the heap, level by level */
    int32_t *wish;                       /* [variables] value to try first */
    bool by_activity;

    int32_t lower, cut; /* proven; no schedule longer than the cut is looked for any more */
    bool refuted;       /* none within the cut */
    bool found;
    int32_t *best_start, *best_mode, best_makespan;
    int32_t
        first_need; /* needs of consumables: that of task i of the first is first_need + i, and so on */
    uint64_t reductions, reduce_at, restart_at; /* conflicts */
    struct ganger_cp_counts counts;

    /* Tests see every clause that is learned and every reason, which is put into words for them. */
    void (*audit)(void *context, const struct ganger_cp_literal *clause, int32_t size);
    void *audit_context;
};

static inline bool ganger_cp_is_true(const struct ganger_cp_solver *s, struct ganger_cp_literal l)
{
    return s->bound[l.side] >= l.bound;
}

static inline struct ganger_cp_literal ganger_cp_not(struct ganger_cp_literal l)
{
    return (struct ganger_cp_literal){l.side ^ 1, 1 - l.bound};
}

static inline bool ganger_cp_is_false(const struct ganger_cp_solver *s, struct ganger_cp_literal l)
{
    return s->bound[l.side ^ 1] > -l.bound;
}

static inline bool ganger_cp_fixed(const struct ganger_cp_solver *s, int32_t variable)
{
    return s->bound[2 * variable] == -s->bound[2 * variable + 1];
}

static inline struct ganger_cp_clause *ganger_cp_clause(const struct ganger_cp_solver *s,
                                                        int32_t clause)
{
    return (struct ganger_cp_clause *)(void *)(s->words + clause);
}

/* memory.c: zeroed blocks that live as long as the solver; growing arrays. Both set s->failed. */
void *ganger_cp_take(struct ganger_cp_solver *s, int64_t count, size_t size);
/* Makes room for `need` elements, at least doubling; false, with all as it was, if memory is short. */
bool ganger_cp_grow(struct ganger_cp_solver *s, void **array, int32_t *room, int64_t need,
                    size_t size);
void ganger_cp_push(struct ganger_cp_solver *s, struct ganger_cp_buffer *buffer,
                    struct ganger_cp_literal literal);

/* trail.c */
/* Raises a side to the literal's bound. False on a conflict, whose literals, all true, are then in
 * s->conflict; or if memory ran out. */
bool ganger_cp_set(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                   struct ganger_cp_reason reason);
void ganger_cp_decide(struct ganger_cp_solver *s, struct ganger_cp_literal literal);
void ganger_cp_backtrack(struct ganger_cp_solver *s, int32_t level);
/* Makes what holds at level 0 part of the root. */
void ganger_cp_settle(struct ganger_cp_solver *s);
/* The event that made a true literal true, GANGER_CP_NONE if it is true at the root. */
int32_t ganger_cp_event_of(const struct ganger_cp_solver *s, struct ganger_cp_literal literal);
/* The side's bound just before event `before`. */
int32_t ganger_cp_bound_at(const struct ganger_cp_solver *s, int32_t side, int32_t before);

/* propagate.c */
bool ganger_cp_propagate(struct ganger_cp_solver *s);

/* Adds to s->why literals that were true before event `before` and imply the literal. */
void ganger_cp_explain(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                       struct ganger_cp_reason reason, int32_t before);

/* Shows the tests the clause "literal, or not all of the reasons". */
void ganger_cp_audit(struct ganger_cp_solver *s, struct ganger_cp_literal literal,
                     const struct ganger_cp_literal *reasons, int32_t count);

/* sums.c */
bool ganger_cp_sum_propagate(struct ganger_cp_solver *s, int32_t sum);
void ganger_cp_sum_explain(struct ganger_cp_solver *s, int32_t sum,
                           struct ganger_cp_literal literal, int32_t before);

/* table.c, table_explain.c */
bool ganger_cp_table_propagate(struct ganger_cp_solver *s, int32_t table);
void ganger_cp_table_explain(struct ganger_cp_solver *s, struct ganger_cp_reason reason,
                             struct ganger_cp_literal literal, int32_t before);
/* Makes the overload at `time` the conflict. */
void ganger_cp_table_overload(struct ganger_cp_solver *s, int32_t table, int32_t time);

/* energy.c, energy_explain.c: on the profile that the table was propagated with. */
bool ganger_cp_energy_check(struct ganger_cp_solver *s, int32_t table);
void ganger_cp_energy_overload(struct ganger_cp_solver *s, int32_t table, int32_t from, int32_t to);
/* Capacity times time. */
int64_t ganger_cp_capacity_between(const struct ganger_cp_table *t, int32_t from, int32_t to);

/* clauses.c */
bool ganger_cp_clauses_create(struct ganger_cp_solver *s);
/* Adds a clause whose first two literals can be watched; returns it, or GANGER_CP_NONE if memory is
 * short. At least two literals. */
int32_t ganger_cp_clause_add(struct ganger_cp_solver *s, const struct ganger_cp_literal *at,
                             int32_t size, int32_t levels);
/* Adds a clause at level 0, simplified by what is known there. */
bool ganger_cp_clause_root(struct ganger_cp_solver *s, const struct ganger_cp_literal *at,
                           int32_t size);
bool ganger_cp_clauses_propagate(struct ganger_cp_solver *s, struct ganger_cp_event event);
/* reduce.c: at level 0, drops clauses that are satisfied and the less useful half of those learned. */
void ganger_cp_clauses_reduce(struct ganger_cp_solver *s);

/* analyse.c: learns from s->conflict, backtracks and asserts what was learned. False: the root is
 * refuted. */
bool ganger_cp_learn(struct ganger_cp_solver *s);

/* branch.c */
bool ganger_cp_branch_create(struct ganger_cp_solver *s);
void ganger_cp_bump(struct ganger_cp_solver *s, struct ganger_cp_literal literal);
void ganger_cp_decay(struct ganger_cp_solver *s);
void ganger_cp_unpop(struct ganger_cp_solver *s, int32_t count);
/* The next decision; side GANGER_CP_NONE: everything is fixed. */
struct ganger_cp_literal ganger_cp_branch(struct ganger_cp_solver *s);

/* validate.c */
bool ganger_cp_valid(const struct ganger_cp_model *model);

/* model.c, model_modes.c: the variables and constraints, in this order; false: refuted or no memory. */
void ganger_cp_build(struct ganger_cp_solver *s, const struct ganger_cp_model *model);
bool ganger_cp_build_modes(struct ganger_cp_solver *s, const struct ganger_cp_model *model);

#endif
