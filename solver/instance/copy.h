/* A copy of an instance that may be changed before it is sealed. */
#ifndef GANGER_INSTANCE_COPY_H
#define GANGER_INSTANCE_COPY_H

#include "instance/problem.h"

/* The given parts of a problem, nothing derived: change them, then have them validated and sealed. NULL if memory is
 * short. What the problem keeps of an earlier plan is not copied. */
struct ganger_problem *ganger_problem_copy(const struct ganger_problem *problem);

#endif
