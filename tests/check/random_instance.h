/* Small random instances on a line of stations, of the kind that naive.h can evaluate. */
#ifndef GANGER_TESTS_CHECK_RANDOM_INSTANCE_H
#define GANGER_TESTS_CHECK_RANDOM_INSTANCE_H

#include "base/rng.h"
#include "instance/problem.h"

/* NULL if the reader refuses what came out. */
struct ganger_problem *random_instance(struct ganger_rng *rng);

#endif
