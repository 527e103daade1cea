/*
 * Changes of an instance: the verbs of a table of scenarios, and what each does to the given parts of a problem.
 *
 * A change is applied to a copy (instance/copy.h) before it is validated and sealed. Times are cells of the table; they
 * are looked up in the problem as it is then, so that a change of the horizon comes first.
 */
#ifndef GANGER_SCENARIO_CHANGE_H
#define GANGER_SCENARIO_CHANGE_H

#include "base/status.h"
#include "instance/problem.h"

/* name, what `value` is, whether `id` must be there, whether from and to may be, what `id` names */
#define GANGER_CHANGES(X)                                                                          \
    X(NONE, "none", NOTHING, false, false, "")                                                     \
    X(BUDGET, "budget", AMOUNT, false, true, "a consumable")                                       \
    X(CAPACITY, "capacity", AMOUNT, true, true, "a resource")                                      \
    X(DEMAND, "demand", AMOUNT, true, true, "demands")                                             \
    X(RAMP, "ramp", NUMBER, true, true, "demands")                                                 \
    X(VALUE, "value", AMOUNT, true, false, "demands")                                              \
    X(FEE, "fee", RATIO, true, true, "demands")                                                    \
    X(WORK, "work", IN_OUT, true, false, "a work")                                                 \
    X(PROJECT, "project", IN_OUT, true, false, "a project")                                        \
    X(TARGET_BY, "target_by", DAY, true, false, "a target")                                        \
    X(TARGET_KM, "target_km", AMOUNT, true, false, "a target")                                     \
    X(DISCOUNT, "discount", AMOUNT, false, false, "")                                              \
    X(HORIZON, "horizon", DAY, false, false, "")

enum ganger_change {
#define GANGER_CHANGE_ENUM(name, ...) GANGER_CHANGE_##name,
    GANGER_CHANGES(GANGER_CHANGE_ENUM)
#undef GANGER_CHANGE_ENUM
        GANGER_CHANGE_COUNT
};

enum ganger_change_form {
    GANGER_FORM_NOTHING,
    GANGER_FORM_AMOUNT, /* x0.8, +1, -1 or 5 */
    GANGER_FORM_NUMBER, /* 5 */
    GANGER_FORM_RATIO,  /* x0.5, above 0 */
    GANGER_FORM_IN_OUT,
    GANGER_FORM_DAY /* a date; a boundary number too */
};

struct ganger_amount {
    char how; /* '=', '+' or 'x' */
    double number;
};

/* A row, read. Texts are borrowed from the table. */
struct ganger_change_row {
    enum ganger_change change;
    const char *id, *from, *to, *value;
    struct ganger_amount amount; /* of AMOUNT, NUMBER and RATIO */
    bool in;                     /* of IN_OUT */
    double elasticity, share;    /* of a fee */
    long line;
};

/* Where a change was written, for findings. */
struct ganger_change_place {
    const char *file;
    struct ganger_findings *findings;
};

const char *ganger_change_name(enum ganger_change change);
enum ganger_change_form ganger_change_form_of(enum ganger_change change);
bool ganger_change_needs_id(enum ganger_change change);
bool ganger_change_has_times(enum ganger_change change);
/* What `id` names, in words. */
const char *ganger_change_names(enum ganger_change change);

/* Adds a finding about a cell of the row; returns GANGER_STATUS_INPUT_INVALID. */
ganger_status ganger_change_refuse(const struct ganger_change_place *place,
                                   const struct ganger_change_row *row, const char *column,
                                   const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same for an id that none of `count` is, with the nearest of them. */
ganger_status ganger_change_unknown(const struct ganger_change_place *place,
                                    const struct ganger_change_row *row, char *const *ids,
                                    int32_t count);

/* The number after the change. */
double ganger_amount_apply(struct ganger_amount amount, double number);

/* Periods [from, to) of a row; where a cell is empty, the beginning or the end. */
struct ganger_change_span {
    int32_t from, to;
};
ganger_status ganger_change_span_of(const struct ganger_change_place *place,
                                    const struct ganger_problem *problem,
                                    const struct ganger_change_row *row,
                                    struct ganger_change_span *span);
/* The boundary at the end of a day, or that a number says. */
ganger_status ganger_change_day_of(const struct ganger_change_place *place,
                                   const struct ganger_problem *problem,
                                   const struct ganger_change_row *row, int32_t *boundary);

/* Changes the given parts of an unsealed problem. */
ganger_status ganger_change_apply(const struct ganger_change_place *place,
                                  struct ganger_problem *problem,
                                  const struct ganger_change_row *row);

/* The verbs by what they change; private to scenario/. */
ganger_status ganger_change_supplies(const struct ganger_change_place *place,
                                     struct ganger_problem *problem,
                                     const struct ganger_change_row *row);
ganger_status ganger_change_freight(const struct ganger_change_place *place,
                                    struct ganger_problem *problem,
                                    const struct ganger_change_row *row);
ganger_status ganger_change_works(const struct ganger_change_place *place,
                                  struct ganger_problem *problem,
                                  const struct ganger_change_row *row);
ganger_status ganger_change_horizon(const struct ganger_change_place *place,
                                    struct ganger_problem *problem,
                                    const struct ganger_change_row *row);

#endif
