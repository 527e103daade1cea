/*
 * Parts of the description of an instance; private to instance/. Each adds a paragraph to `text`.
 */
#ifndef GANGER_INSTANCE_DESCRIBE_H
#define GANGER_INSTANCE_DESCRIBE_H

#include "base/text.h"
#include "instance/problem.h"

/* Gangs, machines and deliveries: what doing every work takes of each, against what there is; where the aim
 * is the earliest end, how long it takes of each gang and machine. */
void ganger_describe_load(struct ganger_text *text, const struct ganger_problem *problem);

/* Durations, projects, and what order and dates alone say of the end. False if memory is short. */
bool ganger_describe_makespan(struct ganger_text *text, const struct ganger_problem *problem);

/* What may be a slip in the data though a plan can be made. False if memory is short. */
bool ganger_describe_oddities(struct ganger_text *text, const struct ganger_problem *problem);

#endif
