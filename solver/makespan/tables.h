/*
 * What the constraint solvers (`cp/`) need to know of an instance, as the plain arrays that they read.
 */
#ifndef GANGER_MAKESPAN_TABLES_H
#define GANGER_MAKESPAN_TABLES_H

#include "cp/cp.h"
#include "makespan/model.h"

struct ganger_makespan_tables {
    int32_t *demand;                                 /* [modes * renewables] */
    int32_t *need;                                   /* [modes * consumables] */
    int32_t *limit;                                  /* [consumables] */
    int32_t *step_first, *step_from, *step_capacity; /* of the renewables: see cp/cp.h */
    int32_t orders;
    int32_t *from, *to, *lag; /* [orders] works in the model's numbers */
    enum ganger_cp_order *relation;
};

/* False if memory is short; clear() is due in any case. */
bool ganger_makespan_tables_init(struct ganger_makespan_tables *tables,
                                 const struct ganger_makespan_model *model);
void ganger_makespan_tables_clear(struct ganger_makespan_tables *tables);

#endif
