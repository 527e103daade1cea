/*
 * Where to look for a better plan once the bound is close: next to the periods in which the plan falls short of it. Moves
 * elsewhere gain nothing.
 */
#ifndef GANGER_THROUGHPUT_FOCUS_H
#define GANGER_THROUGHPUT_FOCUS_H

#include "throughput/hull.h"
#include "throughput/slices.h"

struct ganger_focus {
    double *flow, *lack; /* [periods] */
    int32_t *near;       /* [periods + 1] periods before that are near one where much is lacking */
};

/* False if memory is short. */
bool ganger_focus_init(struct ganger_focus *focus, const struct ganger_line_up *line_up);
void ganger_focus_clear(struct ganger_focus *focus);

/* Leaves out the works of the slices that are never at work near such a period; how near depends on the cycle. */
void ganger_focus_set(struct ganger_focus *focus, struct ganger_hull *hull,
                      struct ganger_slices *slices, int64_t cycle);

#endif
