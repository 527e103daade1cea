/* A segment with many works, and what it lets pass in each of their states. */
#ifndef GANGER_TESTS_SUPPORT_CROWDED_H
#define GANGER_TESTS_SUPPORT_CROWDED_H

#include "base/rng.h"
#include "instance/problem.h"

/* One link of one segment that wears or is not built yet, with 1 .. most works that strengthen it, renew it, both or neither,
 * each in two modes. Two demands, of 8 and 5 Mt a year at first. In every other problem some works wait for others. */
struct ganger_problem *crowded_random(struct ganger_rng *rng, int most);
/* Can these works be finished, and no others, and a mode be at work then, or none? */
bool crowded_may_be(const struct ganger_problem *problem, uint32_t finished, int32_t mode);
/* Its capacity at t: works finished as bits by number, and a mode at work, or GANGER_NONE. */
double crowded_capacity(const struct ganger_problem *problem, int32_t t, uint32_t finished,
                        int32_t mode);

#endif
