/*
 * A window of time, solved anew: works that take place within it are free, all others stay - those before it
 * where they are, those after it as late as can be and then one period earlier. A constraint solver (`cp/`)
 * looks for places, and modes, of the free works in between, or proves that there are none. So the schedule
 * gets shorter by a period. (After Palpant, Artigues and Michelon, Annals of Operations Research 131, 2004.)
 *
 * A window is the scratch of one logical worker.
 */
#ifndef GANGER_MAKESPAN_WINDOW_H
#define GANGER_MAKESPAN_WINDOW_H

#include "makespan/tables.h"

struct ganger_window;

/* Model and tables are the caller's. NULL if memory is short. */
struct ganger_window *ganger_window_create(const struct ganger_makespan_model *model,
                                           const struct ganger_makespan_tables *tables);
void ganger_window_destroy(struct ganger_window *window);

/* One schedule pushed to the left and to the right, in forward time, and what is to be free of it: works number
 * first .. first+count-1 by their early starts, and those under way when the first of them starts. Where
 * model->mirrors is false there is no late schedule: then all works to the last one must be free. */
struct ganger_window_task {
    const int32_t *early, *late, *mode; /* [works] */
    int32_t makespan;
    int32_t first, count;
    const uint8_t *held; /* [works] what keeps its mode though it is free; NULL: nothing */
};

struct ganger_window_schedule {
    int32_t *start,
        *mode; /* [works] the caller's; written if one is found; mode may be NULL if works have one */
    int32_t makespan;
    enum ganger_cp_outcome outcome;
    int64_t ticks; /* spent */
};

/* FOUND: a schedule of a lesser makespan; INFEASIBLE: there is none like that; LIMIT: `ticks` were not enough.
 * Fails with GANGER_STATUS_OUT_OF_MEMORY only. */
ganger_status ganger_window_solve(struct ganger_window *window,
                                  const struct ganger_window_task *task, int64_t ticks,
                                  struct ganger_window_schedule *out);

#endif
