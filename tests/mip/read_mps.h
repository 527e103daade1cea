/* The programme of a problem, written to a file and read by GLPK as any other program would. */
#ifndef GANGER_TESTS_MIP_READ_MPS_H
#define GANGER_TESTS_MIP_READ_MPS_H

#include "instance/problem.h"

#include <glpk.h>

/* The test fails if it cannot be read. Freed with glp_delete_prob(). */
glp_prob *programme_read(const struct ganger_problem *problem);

/* True if a column says that a work has begun in a mode, a position among its modes, by a start. */
bool programme_step(glp_prob *programme, int column, int *work, int *mode, int *start);

#endif
