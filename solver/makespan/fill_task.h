/*
 * What it takes to fill a makespan: schedules no longer than a target, built from the beginning to the end in one
 * direction of time.
 *
 * All works together ask for some least energy of each renewable, whatever their modes. What a makespan offers beyond
 * that is its slack: idle capacity and modes of more energy use it up. Where it is short most modes are out from the
 * start, and a schedule that is built period by period shows soon that it wastes too much. At prices for energy and
 * consumables the same holds of all of them together.
 */
#ifndef GANGER_MAKESPAN_FILL_TASK_H
#define GANGER_MAKESPAN_FILL_TASK_H

#include "makespan/fill_prices.h"

struct ganger_fill_task {
    const struct ganger_makespan_model *model;
    const struct ganger_makespan_tables *tables;
    const struct ganger_fill_prices *prices;
    enum ganger_direction direction;
    int32_t target, renewables;
    bool possible;               /* every work has a mode left; else nothing below is set */
    int32_t longest;             /* duration of the modes left */
    int32_t *first_mode, *mode;  /* [works + 1], those that the slack leaves */
    int32_t *shortest, *tail;    /* [works] duration, and the least from its finish to the end */
    int32_t *least, *least_need; /* [works * renewables] energy; [works * consumables] */
    int32_t *capacity, *slack;   /* [renewables] */
    int64_t most_loss; /* the slack by prices, of all renewables and consumables together */
    int64_t *cheapest, *dearer; /* [works] the least cost; [modes] what a mode costs above that */
    void *block;
};

/* Whether problems as this one can be filled: nothing depends on the date, precedences have no lags, milestones
 * stand at the ends only, and no mode is so long that attempts need too much room. */
bool ganger_fill_task_suits(const struct ganger_makespan_model *model);
/* The slack by prices as a share of what the target is worth; negative if anything is short for certain: then it cannot
 * be met. 1 if the problem is too large to look at. */
double ganger_fill_task_slack(const struct ganger_fill_prices *prices, int32_t target);
/* The slack must not be negative. False if memory is short; clear() is due in any case. */
bool ganger_fill_task_init(struct ganger_fill_task *task, const struct ganger_fill_prices *prices,
                           enum ganger_direction direction, int32_t target);
void ganger_fill_task_clear(struct ganger_fill_task *task);

#endif
