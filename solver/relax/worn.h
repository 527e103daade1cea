/* Capacity of a segment on which nothing is done: base * health, Mt/yr. */
#ifndef GANGER_RELAX_WORN_H
#define GANGER_RELAX_WORN_H

#include "instance/problem.h"

double ganger_relax_worn(const struct ganger_problem *problem, int32_t segment, int32_t t);

#endif
