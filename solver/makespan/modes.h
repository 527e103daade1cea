/* Which modes works take: keeping within the consumables. Modes are the model's numbers, by work. */
#ifndef GANGER_MAKESPAN_MODES_H
#define GANGER_MAKESPAN_MODES_H

#include "base/rng.h"
#include "makespan/model.h"

/* How far the consumables are exceeded, summed over them in ten-thousandths of each limit; 0: kept. */
int64_t ganger_modes_excess(const struct ganger_makespan_model *model, const int32_t *mode);

/* Random changes that lower the excess until it is 0 or no single change lowers it any more. `used` is
 * scratch [consumables]. Works with one mode are left alone. */
void ganger_modes_repair(const struct ganger_makespan_model *model, int32_t *mode, int64_t *used,
                         struct ganger_rng *rng);

#endif
