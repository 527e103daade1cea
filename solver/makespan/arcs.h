/* Precedences of the makespan model, and the chains they form; used inside this folder. */
#ifndef GANGER_MAKESPAN_ARCS_H
#define GANGER_MAKESPAN_ARCS_H

#include "makespan/model.h"

/* Fills arcs[] of both directions. Arcs that follow from others are left out. */
bool ganger_makespan_arcs_fill(struct ganger_makespan_model *model);
/* Fills head, tail, critical_path and bound. */
void ganger_makespan_chains_fill(struct ganger_makespan_model *model);

#endif
