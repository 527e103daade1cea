/* A shipped instance, random plans, and comparing them to the last bit. */
#ifndef GANGER_TESTS_SUPPORT_SCATTER_H
#define GANGER_TESTS_SUPPORT_SCATTER_H

#include "base/rng.h"
#include "schedule/schedule.h"

/* Places unplaced works, in random order, in a random mode and allowed start; goes round a few
 * times, since one work may let in another. Each work is passed over in one case of
 * `left_out` (0: never). */
void scatter(struct ganger_schedule *schedule, struct ganger_rng *rng, int32_t left_out);

/* The instance steppe, as it is shipped; the caller destroys it. Ends the test if it cannot be read. */
struct ganger_problem *read_steppe(void);

bool same_bits(double a, double b);
bool same_schedule(const struct ganger_schedule *a, const struct ganger_schedule *b);

#endif
