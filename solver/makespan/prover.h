/*
 * The exact side of the makespan search: two constraint solvers, one that raises the lower bound by refuting
 * one makespan after another, and one that looks for a better schedule than the best known, or proves that
 * there is none.
 */
#ifndef GANGER_MAKESPAN_PROVER_H
#define GANGER_MAKESPAN_PROVER_H

#include "cp/cp.h"
#include "makespan/model.h"

struct ganger_prover {
    const struct ganger_makespan_model *model;
    struct ganger_cp_solver *raiser, *improver;
    int32_t lower;         /* proven */
    int32_t makespan;      /* of the best schedule known to the improver */
    bool optimal;          /* proven: no makespan below `makespan` */
    bool broken;           /* memory ran out: no further phases */
    bool found;            /* the last phase found a better schedule: start, mode */
    int32_t *start, *mode; /* [works] the model's numbers */
    int64_t ticks;         /* spent so far */
    int64_t budget;        /* of the phase under way */
};

/* From the best schedule known, or from start = NULL when there is none. *prover is NULL if the problem is
 * too large for it to be of use. */
ganger_status ganger_prover_create(const struct ganger_makespan_model *model, const int32_t *start,
                                   const int32_t *mode, int32_t makespan,
                                   struct ganger_prover **prover);
void ganger_prover_destroy(struct ganger_prover *prover);
/* Gives both solvers `ticks` each, side by side; `makespan` is the best known by now. */
void ganger_prover_phase(struct ganger_prover *prover, int32_t makespan, int64_t ticks,
                         int threads);

#endif
