/*
 * Serial generation as one writes it down first: an array of integers for each renewable, period by period.
 * Kernels are compared with it, for what they give and for how long they take.
 */
#ifndef GANGER_BENCH_MICRO_SCALAR_H
#define GANGER_BENCH_MICRO_SCALAR_H

#include "makespan/model.h"

struct micro_scalar {
    int32_t renewables;
    const int32_t *capacity; /* [renewables * periods], the problem's */
    int32_t *amount;         /* [modes * renewables] */
};

void micro_scalar_init(struct micro_scalar *scalar, const struct ganger_makespan_model *model);
void micro_scalar_clear(struct micro_scalar *scalar);

/* The same as ganger_serial_run for one job; its cells are use[renewables * periods], zeros up to the
 * periods that job->makespan reached before. */
void micro_scalar_run(const struct micro_scalar *scalar, const struct ganger_line_up *line_up,
                      struct ganger_serial_job *job);

#endif
