/*
 * Parts of the validation with a file of their own; private to instance/. Each adds findings and returns
 * false only if memory is short.
 */
#ifndef GANGER_INSTANCE_VALIDATE_H
#define GANGER_INSTANCE_VALIDATE_H

#include "base/text.h"
#include "instance/read.h"

struct ganger_validation {
    const struct ganger_problem *problem;
    const struct ganger_locator *locator; /* may be NULL */
    struct ganger_findings *findings;     /* never NULL */
};

/* A finding at a row of a table ("work.csv") of the problem. */
void ganger_validation_refuse(const struct ganger_validation *v, const char *table, int32_t row,
                              const char *column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Line of a row in the user's file, or 0. */
long ganger_validation_line(const struct ganger_validation *v, const char *table, int32_t row);

/* Rows with equal keys, or whose ranges overlap: see rows.c. Up to three keys; those not used are NULL. */
struct ganger_keyed_rows {
    const char *table, *column;
    int32_t rows;
    const int32_t *keys[3];
    const int32_t *from, *to; /* ranges [from, to), for overlaps only */
    const bool *skip;         /* rows to leave out, or NULL */
};

bool ganger_validate_unique(const struct ganger_validation *v, const struct ganger_keyed_rows *rows,
                            const char *message);
bool ganger_validate_disjoint(const struct ganger_validation *v,
                              const struct ganger_keyed_rows *rows);

bool ganger_validate_network(const struct ganger_validation *v);
bool ganger_validate_resources(const struct ganger_validation *v);
bool ganger_validate_works(const struct ganger_validation *v);
bool ganger_validate_precedences(const struct ganger_validation *v);

#endif
