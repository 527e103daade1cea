/*
 * Whom an instance owes its figures to, from datapackage.json: no part of the problem or its SHA-256, but it goes with every
 * plan that is published, as licences such as the ODbL ask.
 */
#ifndef GANGER_INSTANCE_CREDIT_H
#define GANGER_INSTANCE_CREDIT_H

#include "instance/problem.h"

/* Members of datapackage.json: a text, and two lists of objects (data package standard), kept as compact JSON. */
extern const char *const ganger_credit_names[GANGER_CREDIT_PARTS];

/* What a packed instance can hold of one of them. */
enum { GANGER_CREDIT_MOST = 60000 };

/* The text of a part, "" where the instance has none. */
const char *ganger_credit_text(const struct ganger_problem *problem, enum ganger_credit_part part);

/* False if memory is short; `to` has none yet. */
bool ganger_credit_copy(struct ganger_problem *to, const struct ganger_problem *from);
bool ganger_credit_equal(const struct ganger_problem *a, const struct ganger_problem *b);
void ganger_credit_release(struct ganger_problem *problem);

#endif
