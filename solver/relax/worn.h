/*
 * Capacity of a segment, Mt/yr, as the relaxation adds it up: worn, with nothing done on it; and, of a work on it, the least
 * that it can be when the work begins, by the works that come first, and what the finished work adds to that, at most.
 */
#ifndef GANGER_RELAX_WORN_H
#define GANGER_RELAX_WORN_H

#include "instance/problem.h"

double ganger_relax_worn(const struct ganger_problem *problem, int32_t segment, int32_t t);
double ganger_relax_stage(const struct ganger_problem *problem, int32_t work, int32_t t);
double ganger_relax_lift(const struct ganger_problem *problem, int32_t work, int32_t t);

#endif
